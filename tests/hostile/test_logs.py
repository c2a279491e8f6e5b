"""Logs hold ids, codes and times: in a visit where everything goes wrong, nothing that anybody wrote or is gets in."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest

from app.db.postgres import PostgresRpc
from app.errors import AppError
from tests.channels.conftest import Look, MakeVisitor, StartTalia, model_at
from tests.fakes.upstream import Call, FakeUpstream, Fault, Reply, Rule
from tests.hostile.test_geolocation import http, provider
from tests.realtime.redis_server import RedisServer

EMAIL = "planted.person@example.com"
PHONE = "809-555-7391"
DIGITS = "8095557391"
NAME = "Zacarías Plantado"
TEXT = "palabra-plantada-en-el-mensaje"
REPLY = "palabra-plantada-en-la-respuesta"
LABEL = "etiqueta-plantada"
AGENT = "NavegadorPlantado/1.0"
ADDRESS = "203.0.114.77"
PAGE = "pagina-plantada"
PLANTED = [
    EMAIL,
    "planted.person",
    PHONE,
    DIGITS,
    NAME,
    "Zacarías",
    TEXT,
    REPLY,
    LABEL,
    AGENT,
    ADDRESS,
    PAGE,
    "sk-plantada",
]


async def test_a_visit_where_everything_goes_wrong_leaves_nothing_in_the_logs(
    logs: io.StringIO,
    capfd: pytest.CaptureFixture[str],
    start_talia: StartTalia,
    upstream: FakeUpstream,
    make_visitor: MakeVisitor,
    redis_server: RedisServer,
    look: Look,
) -> None:
    upstream.script(
        Rule(
            contains="tool",
            times=1,
            reply=Reply(tool_calls=(Call(name="save_contact", arguments=f'{{"x":"{EMAIL}"}}'),)),
        ),
        Rule(nth=2, reply=Reply(text=f"{REPLY} " * 9, tokens_per_second=200, fault=Fault(kind="cut", at=4))),
        Rule(
            nth=3,
            reply=Reply(fault=Fault(kind="status", status=400, code="invalid", message=f"{TEXT} {EMAIL}")),
        ),
        Rule(nth=4, reply=Reply(text=REPLY, fault=Fault(kind="bad_json", at=1))),
        Rule(nth=5, reply=Reply(echo_instructions=True)),
        Reply(text=f"{REPLY} para [EMAIL_1]"),
    )
    async with provider(http(f'{{"city":"{TEXT}"'.encode())) as geolocation:
        server = start_talia(
            **model_at(upstream, openai_api_key="sk-plantada", openai_threads="openai"),
            log_level="debug",
            redis_url=redis_server.url,
            geolocation_api_url=geolocation.url,
            trusted_proxies="127.0.0.1",
            rate_limit_session="25/minute",
        )
        ana = make_visitor(server, **{"User-Agent": AGENT, "X-Forwarded-For": ADDRESS})
        opened = await ana.open(
            session_id=LABEL, page={"url": f"https://shop.example/{PAGE}?e={EMAIL}", "title": PAGE}
        )
        for n in range(7):
            assert (await ana.say(f"{n} tool {TEXT}: soy {NAME}, {EMAIL}, {PHONE}")).status_code == 200
        async with ana.stream(f"{TEXT} otra vez") as events:
            async for event in events:
                if event.type == "chat.reply.started":
                    break
        consent = {
            "purpose": "contact",
            "granted": True,
            "text_version": opened["site"]["consents"]["version"],
            "locale": "es",
        }
        requests: list[tuple[str, str, Any]] = [
            ("POST", "/contact", {"name": NAME, "email": EMAIL, "phone": PHONE, "consents": [consent]}),
            ("POST", "/contact", {"email": f"{EMAIL}@", "phone": f"{PHONE}000000"}),
            ("POST", "/consent", consent | {"text_version": TEXT}),
            ("POST", "/messages", {"session_id": LABEL, "content": TEXT, "plantado": EMAIL}),
            ("POST", "/messages", {"session_id": f"{LABEL}-otra", "content": TEXT}),
            ("POST", "/handoff", {"summary": f"{NAME} {PHONE}"}),
            ("POST", "/rating", {"rating": 5, "comment": f"{TEXT} {EMAIL}"}),
            ("GET", f"/history/{LABEL}", None),
            ("GET", f"/history/{TEXT}", None),
            ("GET", f"/events/{ana.token}", None),
            ("GET", f"/{EMAIL}", None),
            ("GET", f"/events?access_token={ana.token}", None),
        ]
        for method, path, body in requests:
            more = {"json": body} if body is not None else {}
            await ana.request(method, path, **more)
        await ana.request("POST", "/messages", content=f'{{"content":"{TEXT} {EMAIL}"'.encode())
        await ana.request(
            "GET", "/events", headers={"Last-Event-ID": TEXT, "Authorization": f"Bearer {ana.token}x"}
        )
        await ana.http.get(f"/{EMAIL}/{TEXT}", headers={"Referer": f"https://x.example/{EMAIL}"})
        redis_server.kill()
        await ana.say(f"{TEXT} sin redis")
        look(
            "alter table mensajes add constraint planted check (texto <> 'x' and length(texto) < 9) not valid"
        )
        assert (await ana.say(f"{TEXT} {EMAIL}")).status_code == 422
        look("alter table mensajes drop constraint planted")
        look("alter function registrar_mensaje_webchat rename to gone")
        assert (await ana.say(f"{TEXT} {EMAIL}")).status_code == 500
        look("alter function gone rename to registrar_mensaje_webchat")
        assert (await ana.request("DELETE", "/session")).status_code == 204
        everything = logs.getvalue()
    lines = [json.loads(line) for line in everything.splitlines()]
    events_logged = {line["event"] for line in lines}
    assert {
        "request",
        "model_failed",
        "turn_done",
        "geolocation_failed",
        "realtime.redis.down",
    } <= events_logged
    everything += "".join(capfd.readouterr())
    found = [planted for planted in [*PLANTED, str(ana.token)[3:20]] if planted in everything]
    assert found == []
    assert all(
        "request_id" in line for line in lines if line["event"] in {"request", "model_failed", "turn_done"}
    )
    assert all("turn_id" in line for line in lines if line["event"] in {"model_failed", "turn_done"})


async def test_a_crash_of_our_own_says_where_and_not_what(
    logs: io.StringIO, start_talia: StartTalia, make_visitor: MakeVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = make_visitor(start_talia())

    async def crash(self: PostgresRpc, function: str, /, **args: Any) -> Any:
        if function == "registrar_mensaje_webchat":
            raise ValueError(f"{args['content']} is not what was expected")
        return await call(self, function, **args)

    call = PostgresRpc.call
    monkeypatch.setattr(PostgresRpc, "call", crash)
    answer = await visitor.say(TEXT)
    assert (answer.status_code, answer.json()["code"]) == (500, AppError.code)
    assert TEXT not in answer.text
    logged = logs.getvalue()
    assert "request_crashed" in logged
    assert "post_visitor_message" in logged, "where it happened"
    assert TEXT not in logged


async def test_what_a_client_names_itself_is_not_believed_in_a_log(
    logs: io.StringIO, start_talia: StartTalia, make_visitor: MakeVisitor
) -> None:
    visitor = make_visitor(start_talia(log_level="info"))
    ids = ["x" * 65, "a b", '"},{"event":"forged"}', "short", "<script>", "ñ".encode()]
    for given in ids:
        answer = await visitor.request("POST", "/sessions", json={}, headers={"X-Request-Id": given})
        assert answer.headers["x-request-id"] not in {str(given), "forged"}
    kept = await visitor.request(
        "POST", "/sessions", json={}, headers={"X-Request-Id": "0198aaaa-my-own-id-1"}
    )
    assert kept.headers["x-request-id"] == "0198aaaa-my-own-id-1"
    await asyncio.sleep(0)
    logged = logs.getvalue()
    assert "forged" not in logged
    assert "<script>" not in logged
    assert '"request_id": "0198aaaa-my-own-id-1"' in logged
