"""What is a promise and what is not, in three languages, and by when it is to be kept."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.conversations.promises import promise_in
from app.sites.hours import BusinessHours, Schedule

ZONE = ZoneInfo("America/Santo_Domingo")
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday, 11:00 there
SHIFTS = [["09:00", "13:00"], ["15:00", "19:00"]]
OFFICE = Schedule(
    BusinessHours.model_validate({"intervals": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), SHIFTS)}),
    ZONE,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Perfecto, te llamamos mañana a las 10.", "call"),
        ("Te llamaremos hoy mismo.", "call"),
        ("Voy a llamarle esta tarde", "call"),
        ("Un asesor te llamará en unos minutos", "call"),
        ("Alguien del equipo te va a llamar", "call"),
        ("Nos pondremos en contacto contigo.", "message"),
        ("Te envío la cotización por correo", "message"),
        ("Te escribo por WhatsApp el lunes.", "message"),
        ("Te confirmo la cita en una hora", "confirm"),
        ("La cita te la confirma una persona del equipo.", "confirm"),
        ("We'll call you tomorrow.", "call"),
        ("Someone from the team will call you shortly.", "call"),
        ("I'll get back to you on Monday", "message"),
        ("Our team will reach out to you by email.", "message"),
        ("I will send you the quote", "message"),
        ("We will confirm your visit.", "confirm"),
        ("Ligamos para você amanhã.", "call"),
        ("Vou te ligar hoje à tarde", "call"),
        ("Alguém da equipe vai ligar para você", "call"),
        ("Entraremos em contato em breve.", "message"),
        ("Vamos enviar a proposta por e-mail", "message"),
        ("Vou confirmar o horário", "confirm"),
        ("Someone from the team confirms the appointment; I'll leave it noted.", "confirm"),
        ("Quem confirma a visita é uma pessoa da equipe; eu deixo anotada.", "confirm"),
        ("Anotado; a equipe confirma se esse horário está livre.", "confirm"),
    ],
)
def test_promises(text: str, kind: str) -> None:
    found = promise_in(f"Hola. {text}", OFFICE, NOW)
    assert found is not None
    assert found.kind == kind
    assert found.quote == text
    assert found.due_at > NOW


@pytest.mark.parametrize(
    "text",
    [
        "¿Te llamamos mañana?",
        "¿Quieres que te llamemos?",
        "Si me dejas tu teléfono, te llamamos.",
        "No te llamaremos sin tu permiso.",
        "El equipo te lo puede confirmar.",
        "Con eso el equipo ya puede contactarte.",
        "Para que una persona del equipo te contacte sobre esta consulta.",
        "Deberían responderte a más tardar hoy a las 16:40.",
        "¿Cómo te llamas?",
        "Me llamo Ana y te escucho.",
        "Puedes llamarnos al 809-555-1234.",
        "Would you like us to call you?",
        "If you leave your number, we will call you.",
        "We will not call you without asking.",
        "You can call us any time.",
        "They are back on Monday at 9:00.",
        "Se deixar seu telefone, ligamos para você.",
        "Quer que a gente ligue para você?",
        "Não vamos ligar para você.",
        "Pode ligar para a loja quando quiser.",
        "Someone from the team can confirm the opening hours.",
        "Falta alguém da equipe confirmar.",
        "",
    ],
)
def test_no_promises(text: str) -> None:
    assert promise_in(text, OFFICE, NOW) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Te llamamos.", "2026-11-20T17:00"),  # four open hours: 11-13, 15-17
        ("Te llamamos hoy.", "2026-11-20T19:00"),
        ("Te llamo hoy a las 5 de la tarde.", "2026-11-20T17:00"),
        ("Te llamo a las 4.", "2026-11-20T16:00"),
        ("Te llamo a las 9:30 de la mañana.", "2026-11-21T09:30"),
        ("Te llamamos mañana.", "2026-11-23T13:00"),  # a Saturday: shut, so four hours into the next opening
        ("We'll call you on Tuesday at 3 pm.", "2026-11-24T15:00"),
        ("We will call you on Friday.", "2026-11-27T19:00"),
        ("Te escribo el lunes por la mañana.", "2026-11-23T19:00"),
        ("We'll call you in 20 minutes.", "2026-11-20T11:20"),
        ("Te confirmo en media hora.", "2026-11-20T11:30"),
        ("Vou te ligar amanhã às 14h30.", "2026-11-21T14:30"),
        ("Te llamamos pasado mañana a las 11.", "2026-11-22T11:00"),
        ("Te llamo a las 99.", "2026-11-20T17:00"),
    ],
)
def test_when_it_is_due(text: str, due: str) -> None:
    found = promise_in(text, OFFICE, NOW)
    assert found is not None
    assert found.due_at == datetime.fromisoformat(due).replace(tzinfo=ZONE)


def test_a_site_that_is_never_open_keeps_its_promises_within_a_day() -> None:
    shut = Schedule(BusinessHours(intervals={}), ZONE)
    found = promise_in("Te llamamos.", shut, NOW)
    assert found is not None
    assert (found.due_at - NOW).days == 1
