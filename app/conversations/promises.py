"""A promise that somebody wrote ("te llamamos mañana"), and by when it has to be kept. Rules, in three languages.

What is asked ("¿te llamamos?"), denied, or tied to a condition ("si dejas tu teléfono, te llamamos") is no promise. Who
promises an answer here in the chat has promised what deadlines watch over anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from app.sites.hours import Schedule

PromiseKind = Literal["call", "message", "confirm"]

MAX_QUOTE = 300
FALLBACK = timedelta(days=1)
"""For a site that is never open."""


@dataclass(frozen=True, slots=True)
class Promise:
    """`quote` is the sentence that promises, at most MAX_QUOTE characters."""

    kind: PromiseKind
    quote: str
    due_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "quote": self.quote, "due_at": self.due_at.isoformat()}


def promise_in(text: str, schedule: Schedule, now: datetime) -> Promise | None:
    """The first promise of the text, due in open time where no moment is named."""
    for sentence in _SENTENCES.split(text):
        folded = sentence.casefold()
        if "?" in sentence or _CONDITION.match(folded):
            continue
        for kind, pattern in _PATTERNS:
            found = pattern.search(folded)
            if found and not _DENIAL.search(folded[: found.start()]):
                return Promise(kind, sentence.strip()[:MAX_QUOTE], _due(folded, schedule, now))
    return None


def names_a_day(text: str) -> bool:
    """Whether a weekday, today, tomorrow or the day after stands in it."""
    folded = text.casefold()
    return any(day.search(folded) for day in (_TODAY, _TOMORROW, _AFTER_TOMORROW, *_WEEKDAYS))


_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_CONDITION = re.compile(r"[\s¡¿]*(?:si|se|if|cuando me|quando me|once you|as soon as you)\b")
_DENIAL = re.compile(r"\b(?:no|nunca|não|nao|never|not|won't|can't|cannot)\b[^,;:]{0,12}$")

_ES_WHO = r"(?:(?:el|nuestro) equipo|alguien|un[oa]? (?:persona|compañer[oa]|asesora?|vendedora?|coleg[ao]))"
_ES_TO = r"(?:te|le|les|os|lo|la)(?: (?:lo|la|los|las))?"
_PT_WHO = r"(?:(?:a|nossa) equipe|alguém|um[a]? (?:pessoa|colega|consultora?|vendedora?))"
_EN_WHO = r"(?:i|we|they|someone|somebody|(?:the|our) team|a colleague|a seller|an? (?:advisor|agent))"
_EN_WILL = rf"{_EN_WHO}(?:[^.,;]{{0,20}}?)(?:'ll|’ll| will| (?:am|are|is) going to)(?: \w+ly)?"


def _verbs(first_person: str, infinitives: str, third: str) -> str:
    """Spanish: "te llamamos", "voy a llamarte", "alguien del equipo te va a llamar"."""
    return "|".join(
        (
            rf"\b{_ES_TO} (?:{first_person})\b",
            rf"\b(?:voy|vamos) a (?:(?:{infinitives})(?:te|le|les|os)(?:lo|la|los|las)?)\b",
            rf"\b{_ES_TO} (?:voy|vamos) a (?:{infinitives})\b",
            rf"\b{_ES_WHO}[^.,;]{{0,30}}? {_ES_TO} (?:va a (?:{infinitives})|{third})\b",
            rf"\b{_ES_TO} (?:{third}) {_ES_WHO}",
        )
    )


_CALL = "|".join(
    (
        _verbs(
            r"llam(?:o|amos|aré|aremos)|telefone(?:o|aré|aremos)|doy una llamada|daremos una llamada",
            r"llamar|telefonear",
            r"llama|llamará|llamarán",
        ),
        r"\brecibir(?:ás|á|án) una llamada\b",
        rf"\b{_EN_WILL} (?:call|phone|ring)\b",
        r"\byou(?:'ll|’ll| will) (?:get|receive) a call\b",
        r"\b(?:te |lhe )?lig(?:o|amos|aremos|arei) (?:para|pra) (?:você|vc|voce|o senhor|a senhora|ti)\b",
        r"\b(?:te|lhe) (?:lig(?:o|amos|aremos|arei)|telefon(?:o|amos|aremos))\b",
        r"\b(?:vou|vamos) (?:te |lhe )?(?:ligar|telefonar)\b",
        rf"\b{_PT_WHO}[^.,;]{{0,30}}? (?:vai (?:te |lhe )?(?:ligar|telefonar)|ligará|te liga)\b",
        r"\bvocê (?:vai receber|receberá) uma ligação\b",
    )
)
_MESSAGE = "|".join(
    (
        _verbs(
            r"(?:escrib|contact|env[ií]|mand|avis)(?:o|amos|imos|aré|aremos|iré|iremos)|paso (?:el|la|los|las)",
            r"escribir|contactar|enviar|mandar|avisar",
            r"escribe|escribirá|contacta|contactará|envía|enviará|manda|mandará|avisa|avisará",
        ),
        r"\b(?:nos|me|se) (?:pond(?:remos|ré|rá|rán)|ponemos|pongo) en contacto\b",
        r"\brecibir(?:ás|á|án) (?:un (?:correo|mensaje|whatsapp|e-?mail)|una (?:respuesta por|propuesta|cotización))",
        rf"\b{_EN_WILL} (?:contact|text|e-?mail|message|write to|send|let you know|follow up)\b",
        rf"\b{_EN_WILL} (?:get back to|get in touch|be in touch|reach out)\b",
        r"\byou(?:'ll|’ll| will) (?:get|receive) an? (?:e-?mail|message|quote|text)\b",
        r"\b(?:entr(?:aremos|arei|o|amos)|vou entrar|vamos entrar) em contato\b",
        rf"\b{_PT_WHO}[^.,;]{{0,30}}? (?:vai|irá) (?:entrar em contato|te? ?(?:escrever|mandar|enviar|avisar))",
        rf"\b{_PT_WHO}[^.,;]{{0,30}}? entrará em contato\b",
        r"\b(?:vou|vamos) (?:te |lhe )?(?:escrever|mandar|enviar|avisar|retornar)\b",
        r"\b(?:te|lhe) (?:escrev|mand|envi|avis)(?:o|amos|emos|aremos|eremos|arei|erei)\b",
        r"\b(?:enviaremos|retornaremos|avisaremos) (?:para |a )?(?:você|vc|o senhor|a senhora)\b",
    )
)
_CONFIRM = "|".join(
    (
        _verbs(r"confirm(?:o|amos|aré|aremos)", r"confirmar", r"confirma|confirmará"),
        rf"\b{_EN_WILL} confirm\b",
        r"\b(?:vou|vamos) (?:te |lhe )?confirmar\b|\b(?:te|lhe) confirm(?:o|amos|aremos|arei)\b",
        r"\b(?:someone|somebody|(?:the|our) team|a colleague)[^.,;]{0,20}? confirms\b",
        rf"\b{_PT_WHO}[^.,;]{{0,30}}? (?:vai (?:te |lhe )?confirmar|confirmará|confirma)\b",
        rf"\bquem confirma[^.,;]{{0,30}}? é {_PT_WHO}",
    )
)
_PATTERNS: tuple[tuple[PromiseKind, re.Pattern[str]], ...] = (
    ("call", re.compile(_CALL)),
    ("message", re.compile(_MESSAGE)),
    ("confirm", re.compile(_CONFIRM)),
)

_TODAY = re.compile(r"\b(?:hoy|today|hoje|esta (?:tarde|noche|noite)|tonight|this (?:afternoon|evening))\b")
_AFTER_TOMORROW = re.compile(r"\b(?:pasado mañana|day after tomorrow|depois de amanhã)\b")
_TOMORROW = re.compile(r"(?<!la )\bmañana\b|\btomorrow\b|\bamanhã\b")
_WEEKDAYS = tuple(
    re.compile(rf"\b(?:{names})\b")
    for names in (
        "lunes|monday|segunda(?:-feira)?",
        "martes|tuesday|terça(?:-feira)?",
        "miércoles|miercoles|wednesday|quarta(?:-feira)?",
        "jueves|thursday|quinta(?:-feira)?",
        "viernes|friday|sexta(?:-feira)?",
        "sábado|sabado|saturday",
        "domingo|sunday",
    )
)
_SPAN = re.compile(
    r"\b(?:en|in|em|dentro de|within)\s+(?:unos |unas |about |uns |umas )?(\d{1,3}|una?|an?|uma?|one|media|half an)\s+"
    r"(min\w*|hor\w*|hour\w*|d[ií]as?|days?|dias?)"
)
_CLOCK = re.compile(
    r"\b(?:a las?|at|às|as|by|before|antes de las?)\s+(\d{1,2})(?:[:h.](\d{2}))?\s*h?\s*"
    r"(a\.?\s?m|p\.?\s?m|de la (?:mañana|tarde|noche)|da (?:manhã|tarde|noite))?"
)
_EVENING = re.compile(r"p|tarde|noche|noite")
_FIRST_OFFICE_HOUR = 7


def _due(sentence: str, schedule: Schedule, now: datetime) -> datetime:
    for when in (_in_a_while, _at_a_moment):
        moment = when(sentence, schedule, now)
        if moment is not None and moment > now:
            return moment
    return schedule.after(now, schedule.hours.promise_seconds) or now + FALLBACK


def _in_a_while(sentence: str, _schedule: Schedule, now: datetime) -> datetime | None:
    found = _SPAN.search(sentence)
    if found is None:
        return None
    amount = float(found[1]) if found[1].isdigit() else 0.5 if found[1] in {"media", "half an"} else 1.0
    unit = found[2]
    minutes = amount * (1 if unit.startswith("min") else 60 if unit.startswith("ho") else 1440)
    return now + timedelta(minutes=minutes)


def _at_a_moment(sentence: str, schedule: Schedule, now: datetime) -> datetime | None:
    local = now.astimezone(schedule.zone)
    day, clock = _day(sentence, local.date()), _wall_time(sentence)
    if day is None and clock is None:
        return None
    if clock is None:
        assert day is not None
        return _end_of(day, schedule)
    moment = datetime.combine(day or local.date(), clock, schedule.zone)
    if day is None and moment <= local:
        moment += timedelta(days=1)
    return moment.astimezone(UTC)


def _end_of(day: date, schedule: Schedule) -> datetime | None:
    """When the site closes on that day; on a day off, a promise's time into the next opening."""
    closing = schedule.closing(day)
    if closing is not None:
        return closing
    return schedule.after(datetime.combine(day, time(), schedule.zone), schedule.hours.promise_seconds)


def _day(sentence: str, today: date) -> date | None:
    named: tuple[tuple[re.Pattern[str], Callable[[], date]], ...] = (
        (_AFTER_TOMORROW, lambda: today + timedelta(days=2)),
        (_TOMORROW, lambda: today + timedelta(days=1)),
        (_TODAY, lambda: today),
    )
    for pattern, day in named:
        if pattern.search(sentence):
            return day()
    for number, pattern in enumerate(_WEEKDAYS):
        if pattern.search(sentence):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _wall_time(sentence: str) -> time | None:
    found = _CLOCK.search(sentence)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or ""
    evening = bool(half) and bool(_EVENING.search(half.replace("la ", "").replace("da ", "")))
    if hour < 12 and (evening or (not half and hour < _FIRST_OFFICE_HOUR)):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
