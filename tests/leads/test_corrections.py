"""Addresses and numbers that are spelled, said, split and corrected, in one message and a message later."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.leads.extraction import extract
from app.leads.reading import hear_contact
from app.leads.types import VisitorMessage

EMAILS = [
    ("mcalleja (arroba) example (punto) com... perdón, example punto org", "mcalleja@example.org"),
    ("ana.gil@example.com, digo, .net", "ana.gil@example.net"),
    ("ana.gil@example.com no perdón ana.gill@example.com", "ana.gill@example.com"),
    ("es mi nombre y apellido pegado: luisparedes arroba example punto com", "luisparedes@example.com"),
    ("carnes el rodeo, osea carneselrodeo todo junto arroba example punto com", "carneselrodeo@example.com"),
    ("j punto torres guion bajo 88 arroba example punto com punto do", "j.torres_88@example.com.do"),
    ("JTORRES@EXAMPLE.COM", "jtorres@example.com"),
    ("jtorres@example.com.", "jtorres@example.com"),
    ("ana-gil(at)example(dot)com", "ana-gil@example.com"),
    ("damo.k at example dot net", "damo.k@example.net"),
    ("sorry typo, jon.wu@example.com not jom.wu@example.com", "jon.wu@example.com"),
    ("it's jon.wu@example.com (not .org)", "jon.wu@example.com"),
    ("j o n w u at example dot com", "jonwu@example.com"),
    ("jon_wu2 at sign example dot com", "jon_wu2@example.com"),
    ("jon.wu@ example.com", "jon.wu@example.com"),
    ("bia underline reis arroba example ponto com", "bia_reis@example.com"),
    ("bia traço reis arroba example ponto com ponto br", "bia-reis@example.com.br"),
]
PHONES = [
    ("VE", "cuatro doce 555 01 44", "+584125550144"),
    ("DO", "es el ocho cero nueve 555 0142", "+18095550142"),
    ("DO", "809 555 cero uno cuarenta y dos", "+18095550142"),
    ("DO", "809-555-0142 no, espera, 0124", "+18095550124"),
    ("DO", "809-555-0142, perdón termina en 24", "+18095550124"),
    ("DO", "809 555 01 42 ó 829 555 0199", "+18095550142"),
    ("DO", "mi código es 809 y el resto 555-0142", "+18095550142"),
    ("DO", "ochocientos nueve, cinco cincuenta y cinco, cero uno cuarenta y dos", "+18095550142"),
    ("DO", "8095550142ext 4", "+18095550142"),
    ("DO", "(809)5550142", "+18095550142"),
    ("DO", "809.555.01.42", "+18095550142"),
    ("DO", "+1 (809) 555 - 0142", "+18095550142"),
    ("DO", "antes era 829 555 0199, ahora 809 555 0142", "+18095550142"),
    ("DO", "809 555 0142. el 829 555 0199 ya no lo uso", "+18095550142"),
    ("DO", "el 829 555 0199 no, mejor al 809 555 0142", "+18095550142"),
    ("US", "two one two five five five oh one four two", "+12125550142"),
    ("US", "area code 212, then 555 0142", "+12125550142"),
    ("US", "212.555.0142 x33", "+12125550142"),
    ("US", "(212) 555-0142. scratch that, 0124 at the end", "+12125550124"),
    ("US", "used to be 646 555 0199 but now it's 212 555 0142", "+12125550142"),
    ("US", "212 555 0142 is the new one, 646 555 0199 is dead", "+12125550142"),
    ("US", "212-five five five-0142", "+12125550142"),
    ("US", "not 646 555 0199, it's 212 555 0142", "+12125550142"),
    ("BR", "onze, nove oito cinco cinco cinco, zero um quatro dois", "+5511985550142"),
    ("BR", "ddd 11 e o numero é 98555-0142", "+5511985550142"),
    ("BR", "(11)985550142", "+5511985550142"),
    ("BR", "11 98555 0142, aliás, 0124", "+5511985550124"),
    ("BR", "11 9 8555 0142", "+5511985550142"),
    ("BR", "antes era 11 98555-0199, agora é 11 98555-0142", "+5511985550142"),
]


@pytest.mark.parametrize(("text", "email"), EMAILS)
def test_an_address_however_it_is_said(text: str, email: str) -> None:
    assert extract(text, region="DO", contact_asked=True).email == email


@pytest.mark.parametrize(("region", "text", "phone"), PHONES)
def test_a_number_however_it_is_said(region: str, text: str, phone: str) -> None:
    assert extract(text, region=region, contact_asked=True).phone == phone


def hear(*texts: str) -> tuple[str | None, str | None]:
    """(e-mail, phone) after these messages, each of which answers the one of ours before it."""
    messages = [
        VisitorMessage(
            id=f"m{seq}", text=text, at=datetime(2026, 3, 2, tzinfo=UTC), seq=seq, asked="", asked_at=None
        )
        for seq, text in enumerate(texts)
    ]
    *before, last = messages
    told, heard = hear_contact(before, region="DO")
    later, _ = hear_contact([last], region="DO", heard=heard, earlier=before)
    return later.email or told.email, later.phone or told.phone


@pytest.mark.parametrize(
    ("first", "then", "email", "phone"),
    [
        ("ana.gil at example dot net", "no wait, just example dot com sorry", "ana.gil@example.com", None),
        ("ana@example.com", "perdón, es punto net", "ana@example.net", None),
        ("809-555-0142", "é 0124 no final, troquei", None, "+18095550124"),
        ("809-555-0142", "perdón, termina en 24", None, "+18095550124"),
        ("809-555-0142", "sorry, last four are 0124", None, "+18095550124"),
        ("809-555-0142", "no, mi casa es la 2044", None, "+18095550142"),
        ("809-555-0142", "el de mi esposa termina en 24", None, "+18095550142"),
        ("ana@example.com", "wait, toyota.com says otherwise", "ana@example.com", None),
    ],
)
def test_a_message_may_correct_the_end_of_one_before(
    first: str, then: str, email: str | None, phone: str | None
) -> None:
    assert hear(first, then) == (email, phone)
