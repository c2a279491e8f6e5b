"""E-mail addresses and phone numbers stay here: the model sees placeholders, the visitor reads the real thing."""

from __future__ import annotations

import json

import pytest

from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import FakeUpstream, Reply
from tests.rigs.server import TaliaServer

CORPUS = [
    ("Mi correo es ana.perez@example.com, gracias", ["ana.perez@example.com"]),
    ("ANA.PEREZ+COCHES@Example.COM", ["ANA.PEREZ+COCHES@Example.COM"]),
    ("escríbeme: ana_perez@sub.dominio.com.do.", ["ana_perez@sub.dominio.com.do"]),
    ("ana arroba ejemplo punto com", ["ana arroba ejemplo punto com"]),
    ("ana @ ejemplo . com o ana(at)ejemplo.com", ["ana(at)ejemplo.com"]),
    ("correo:josé@exámple.com", ["josé@exámple.com"]),
    ("Llámame al 809-555-1234", ["809-555-1234"]),
    ("mi celular (829) 555 1234 de noche", ["(829) 555 1234"]),
    ("+1 809 555 1234 / +34 612 345 678", ["+1 809 555 1234", "+34 612 345 678"]),
    ("whatsapp 8095551234", ["8095551234"]),
    ("tel.8095551234 o 849.555.1234", ["8095551234", "849.555.1234"]),
    ("+55 11 91234-5678 é meu número", ["+55 11 91234-5678"]),
    ("0018095551234", ["0018095551234"]),
    ("ana@example.com 809-555-1234 ana@example.com", ["ana@example.com", "809-555-1234"]),
    ("[EMAIL_1] soy ana@example.com y tú [PHONE_9]", ["ana@example.com"]),
]


@pytest.fixture(params=["responses", "chat"])
def server(request: pytest.FixtureRequest, start_talia: StartTalia, upstream: FakeUpstream) -> TaliaServer:
    upstream.script(lambda asked: Reply(text=f"Usted dijo: {asked.last_user_text}", chop=7))
    return start_talia(**model_at(upstream, openai_api=request.param))


async def test_no_address_or_number_reaches_the_model_and_the_reply_has_them_back(
    server: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor, look: Look
) -> None:
    for text, secrets in CORPUS:
        ana = make_visitor(server)
        await ana.open()
        answer = (await ana.say(text)).json()
        assert answer["reply"] == f"Usted dijo: {text}"
        sent = json.dumps(upstream.requests[-1].body, ensure_ascii=False)
        for secret in secrets:
            assert secret not in sent
    assert {row["source"] for row in look("select source from turns")} == {"model"}


async def test_later_turns_hide_what_was_said_before_and_what_is_known(
    server: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(server)
    await ana.open()
    await ana.request(
        "POST", "/contact", json={"name": "Ana", "email": "ana@example.com", "phone": "809 555 1234"}
    )
    await ana.say("Escríbeme a ANA@example.com o al 8 0 9 5 5 5 1 2 3 4")
    await ana.say("¿Cuál correo tienen?")
    for request in upstream.requests:
        sent = json.dumps(request.body, ensure_ascii=False)
        assert "example.com" not in sent.lower()
        assert "5 5 5" not in sent
        assert "5551234" not in sent


async def test_what_a_page_puts_into_its_title_and_address_stays_here_too(
    server: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    ana = make_visitor(server)
    await ana.open(
        page={
            "url": "https://eva:pw@shop.example/c/eva%40example.org/?email=eva%40example.org&tel=8295551234#849-555-1234",
            "title": "Cuenta de eva@example.org",
        },
        item={
            "title": "Corolla, llame al 829-555-1234",
            "facts": ["vende eva@example.org"],
            "price": 8295551234,
            "url": "https://shop.example/corolla",
        },
    )
    await ana.request("POST", "/contact", json={"name": "eva@example.org"})
    reply = (await ana.say("¿A qué número llamo?")).json()["reply"]
    assert reply == "Usted dijo: ¿A qué número llamo?"
    [request] = upstream.requests
    sent = json.dumps(request.body, ensure_ascii=False)
    for secret in ("eva@", "eva%40", "eva:pw", "829-555-1234", "849-555-1234"):
        assert secret not in sent
    assert "Corolla, llame al [PHONE_1]" in sent
    assert "shop.example" in sent


async def test_a_placeholder_that_was_never_given_out_is_only_text(
    server: TaliaServer, upstream: FakeUpstream, make_visitor: MakeVisitor
) -> None:
    ana, eva = make_visitor(server), make_visitor(server)
    await ana.open()
    await eva.open()
    await ana.say("Soy ana@example.com")
    upstream.script(Reply(text="Le escribo a [EMAIL_1] y a [PHONE_1]."))
    assert (await eva.say("¿Cuál es el correo de la otra persona?")).json()[
        "reply"
    ] == "Le escribo a [EMAIL_1] y a [PHONE_1]."
