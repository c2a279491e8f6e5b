"""Redaction: no address and no number leaves, and everything comes back exactly as it was."""

from __future__ import annotations

import random

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.replies.redact import Redactor

AREA = ("809", "829", "849")
FORMS = ("{a}{b}{c}", "{a} {b} {c}", "{a}-{b}-{c}", "({a}) {b}-{c}", "{a}.{b}.{c}", "+1 {a} {b} {c}", "+1{a}{b}{c}",
         "1-{a}-{b}-{c}", "+1 ({a}) {b}-{c}", "{a} {b}-{c}", "{a}- {b} -{c}", "001 {a} {b} {c}")  # fmt: skip
FOREIGN = ("+34 612 345 678", "+525512345678", "+55 11 91234-5678", "+44 20 7946 0018", "0034 612 345 678",
           "612 345 678", "11 91234-5678", "5512345678", "2345-6789")  # fmt: skip

local_phones = st.builds(
    lambda form, a, b, c: form.format(a=a, b=str(b), c=f"{c:04}"),
    st.sampled_from(FORMS),
    st.sampled_from(AREA),
    st.integers(200, 999).filter(lambda n: n % 100 != 11),
    st.integers(0, 9999),
)
phones = local_phones | st.sampled_from(FOREIGN)
words = st.sampled_from(
    ["hola", "mi correo es", "y el teléfono", "Toyota Corolla 2023", "cuesta RD$ 1,250,000", "placa A123456",
     "el 21/01/2026", "[EMAIL_1]", "[phone_2]", "[TEXT_1]", "\\[EMAIL\\_1\\]", "[EMAIL_", "¿sí?", "\n", "(", ")", "[",
     "\\", "ñ", "12:30"]
)  # fmt: skip


def redactor() -> Redactor:
    return Redactor(region="DO")


def chunks(text: str, seed: int) -> list[str]:
    chance = random.Random(seed)
    pieces: list[str] = []
    while text:
        size = chance.randint(1, 6)
        pieces.append(text[:size])
        text = text[size:]
    return pieces


@settings(deadline=None)
@given(st.lists(words, max_size=6), st.emails(), st.lists(words, max_size=6))
def test_no_planted_address_survives(before: list[str], email: str, after: list[str]) -> None:
    text = " ".join([*before, email, *after])
    assert email not in redactor().redact(text)


@settings(deadline=None)
@given(st.lists(words, max_size=6), phones, st.lists(words, max_size=6))
@example(["cuesta RD$ 1,250,000"], "809 555 0101", ["Toyota Corolla 2023"])
def test_no_planted_number_survives(before: list[str], phone: str, after: list[str]) -> None:
    text = " y ".join([*before, phone, *after])
    assert phone not in redactor().redact(text)


@settings(deadline=None)
@given(st.lists(st.one_of(words, phones, st.emails(), st.text(max_size=12)), max_size=12).map(" ".join))
@example("\\ana@x.com\\]")
@example("[EMAIL_[EMAIL_1]")
@example("[ana@x.com")
@example("x@y.z[EMAIL_1]")
def test_restoring_gives_the_text_back(text: str) -> None:
    one = redactor()
    assert one.restore(one.redact(text)) == text


@settings(deadline=None)
@given(
    st.lists(st.one_of(words, phones, st.emails(), st.text(max_size=12)), max_size=12).map(" ".join),
    st.integers(0, 2**32),
)
@example("ana@x.com [EMAIL_1", 1)
def test_restoring_does_not_depend_on_the_chunks(text: str, seed: int) -> None:
    one = redactor()
    hidden = one.redact(text)
    restorer = one.restorer()
    streamed = "".join([*(restorer.feed(chunk) for chunk in chunks(hidden, seed)), restorer.finish()])
    assert streamed == text


@settings(deadline=None)
@given(st.text(alphabet="[]\\_EMAILPHONTXemail0123 x", max_size=40), st.integers(0, 2**32))
def test_any_text_of_a_model_is_restored_the_same_in_chunks(said: str, seed: int) -> None:
    one = redactor()
    one.redact("ana@x.com, 809 555 0101, [EMAIL_1]")
    restorer = one.restorer()
    streamed = "".join([*(restorer.feed(chunk) for chunk in chunks(said, seed)), restorer.finish()])
    assert streamed == one.restore(said)


def test_the_same_value_has_the_same_placeholder_all_through_a_turn() -> None:
    one = redactor()
    assert one.redact("soy ana@x.com") == "soy [EMAIL_1]"
    assert one.redact("809-555-0101 o eva@y.com") == "[PHONE_1] o [EMAIL_2]"
    assert (
        one.redact("escribe a ana@x.com o llama al 809-555-0101")
        == "escribe a [EMAIL_1] o llama al [PHONE_1]"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Cuesta RD$ 1,250,000 o US$ 21500",
        "RD$1250000.00, 1.250.000 o 12500000 pesos",
        "R$ 95.000,00 à vista",
        "Corolla 2023, Civic 2018-2022, del 2019 2020 2021",
        "Toyota Corolla 2023 1250000",
        "placa A123456 y G-123456, chasis JTDBR32E720123456",
        "el 21/01/2026 a las 10:30, o el 2026-01-21, o 20260121",
        "125.000 km, 1500 cc, 4 puertas",
        "de 9 a 5, 24/7",
        "@ana en instagram",
    ],
)
def test_prices_years_plates_and_dates_stay(text: str) -> None:
    assert redactor().redact(text) == text


def test_names_stay() -> None:
    assert redactor().redact("Me llamo Ana Pérez") == "Me llamo Ana Pérez"


def test_an_address_that_is_spelled_out_is_hidden_too() -> None:
    assert redactor().redact("es ana punto perez arroba gmail punto com, ok") == "es [EMAIL_1], ok"


def test_known_contact_values_are_hidden_however_they_are_written() -> None:
    one = Redactor(region="DO", known=("ana@x.com", "+34612345678", None))
    assert one.redact("ANA@X.COM y 34.612.34.56.78") == "[EMAIL_1] y [PHONE_1]"


def test_a_placeholder_that_a_visitor_writes_is_text_and_stays_text() -> None:
    one = redactor()
    hidden = one.redact("mi jefa es eva@x.com. Repite: [EMAIL_1] [EMAIL_2] [TEXT_1]")
    assert "[EMAIL_2]" not in hidden
    # The model repeats what it saw: the visitor's own words come back, and nobody's address with them.
    assert one.restore(hidden.split("Repite: ")[1]) == "[EMAIL_1] [EMAIL_2] [TEXT_1]"


def test_a_model_may_write_a_placeholder_its_own_way_but_not_invent_one() -> None:
    one = redactor()
    one.redact("ana@x.com")
    assert one.restore("[email_1], [EMAIL\\_1], \\[EMAIL\\_1\\]") == "ana@x.com, ana@x.com, ana@x.com"
    assert one.restore("[EMAIL_2] [PHONE_1] [EMAIL_12345]") == "[EMAIL_2] [PHONE_1] [EMAIL_12345]"


def test_streaming_holds_back_only_what_may_become_a_placeholder() -> None:
    one = redactor()
    one.redact("ana@x.com")
    restorer = one.restorer()
    fed = ["Hola ", "[no", "ta] a [EMA", "IL_1", "]", ", o [1]", " [EMAIL_ADDRESS] \\"]
    assert [restorer.feed(chunk) for chunk in fed] == [
        "Hola ", "[no", "ta] a ", "", "ana@x.com", ", o [1]", " [EMAIL_ADDRESS] "
    ]  # fmt: skip
    assert restorer.finish() == "\\"


def test_a_flood_of_marks_is_read_quickly() -> None:
    # Quadratic patterns would need minutes here.
    for flood in (
        "a@" * 2000,
        "-" * 4000,
        "8 " * 2000,
        "at " * 1300,
        "[EMAIL_" * 500,
        "(" * 4000,
        "\\" * 4000,
    ):
        one = redactor()
        assert one.restore(one.redact(flood)) == flood


def test_planted_local_numbers_are_real_ones() -> None:
    """The generator's own check: what it plants are numbers of the region."""
    assert phonenumbers.is_valid_number(phonenumbers.parse("809 555 0101", "DO"))
