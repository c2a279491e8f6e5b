"""When a visitor wants it: dates in Spanish, English and Portuguese, as near, far or none by the"
" message's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.leads.facts_text import phrases

NEAR_DAYS = 7
"""A day this close is near even when the month ends before it."""


@dataclass(frozen=True, slots=True)
class When:
    """`value`: near, far or none. `day`: the first day meant, if one can be named."""

    start: int
    end: int
    value: str
    day: date | None = None


_NEAR = phrases(
    r"hoy(?: mismo| en dia)?", r"ahora mismo", r"ahorita(?: mismo)?", r"ya mismo", r"ya ya", r"de una vez",
    r"(?:lo )?(?:mas|antes) (?:pronto|rapido|posible)(?: posible)?", r"lo antes que se pueda", r"cuanto antes",
    r"lo mas (?:rapido|pronto) que se pueda", r"(?:muy )?urgent\w*", r"con urgencia", r"me urge\w*", r"de inmediato",
    r"inmediatamente",
    r"inmediato",
    r"est[ae] (?:misma )?(?:semana|finde|fin de semana|noche|tarde|mes|quincena|weekend)",
    r"este mismo mes", r"(?:en|esto?s) (?:estos )?dias", r"en (?:unos|par de|pocos|dos|tres|2|3|4|5) dias",
    r"(?:a |pa(?:ra)? )?(?:fin|final|finales|fines) de(?:l| este)? mes", r"(?:cuando cobre |con )?la quincena",
    r"lo ante posible",
    r"en cuanto pueda\w*",
    r"no puede(?:n)? esperar",
    r"pa(?:'|ra)? (?:hoy|ya|ahora)",
    r"al toque",
    r"today",
    r"tonight",
    r"right away",
    r"right now",
    r"asap",
    r"a s a p",
    r"as soon as (?:possible|i can|we can|you can)",
    r"this (?:week|weekend|month|afternoon|morning|evening)",
    r"(?:by|before|at) (?:the )?end of (?:the|this) (?:month|week)",
    r"immediately", r"in (?:a|the next) (?:few|couple)(?: of)? days", r"urgent(?:ly)?", r"soonest", r"can'?t wait",
    r"hoje(?: mesmo)?", r"agora mesmo", r"o (?:mais rapido|quanto antes)(?: possivel)?", r"quanto antes",
    r"o mais rapido possivel", r"est[ae] (?:mes|semana|fim de semana)", r"ess[ae] (?:mes|semana|finde|fim de semana)",
    r"(?:ate|no) (?:o )?(?:fim|final) do mes", r"pra (?:hoje|ontem|ja)", r"urgencia", r"nos proximos dias", r"fds",
    r"em (?:poucos|alguns|dois|tres) dias",
)  # fmt: skip
_FAR = phrases(
    r"(?:el |del |pro |no |o )?(?:ano|mes|semestre|trimestre) (?:que viene|proximo|entrante|que vem|siguiente)",
    r"(?:el |al |del )?(?:proximo|otro) (?:ano|mes|semestre|verano)", r"(?:o |no |do )?(?:ano|mes) que vem",
    r"proximo (?:ano|mes)", r"pr[oó]ximos meses", r"(?:en|dentro de|de aqui a|como en|em|daqui a) "
    r"(?:unos |uns |como |un |um |\w+ o )?(?:\d+|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce"
    r"|varios|algunos|um|dois"
    r"|tres|quatro|seis|alguns|par de) (?:meses|mes|anos|ano|semestres?)",
    r"en unos meses",
    r"mas adelante",
    r"mas pa(?:ra )?lante",
    r"a futuro", r"en (?:el|un) futuro", r"algun dia", r"para? navidad\w*", r"en (?:verano|primavera|otono|invierno)",
    r"a (?:mediados|principios|finales|fines|inicios) del? (?:otro |proximo |ano|semestre)\w*(?: ano)?",
    r"no (?:tengo|hay|tenemos|es|llevo|corre) (?:ningun[ao] |tanta |mucha )?(?:prisa|apuro|urgencia"
    r"|urgente|afan|apuros|urgent)",
    r"sin (?:prisa|apuro|afan)", r"(?:todavia|aun) no(?: estoy list[oa]| lo necesito| (?:es|hay) \w+)?",
    r"cuando (?:venda|cobre|termine|me paguen|regrese|vuelva|pueda|tenga|reuna|junte|nazca|me mude"
    r"|salga)\b[^.,;!?\n]{0,40}",
    r"next (?:month|year|summer|spring|fall|winter|semester|quarter)",
    r"(?:in|within) (?:about |like |around |maybe )?"
    r"(?:a )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple(?: of)?|several|a"
    r"|one)(?: or \w+)? (?:months?|years?)",
    r"(?:sometime |maybe )?(?:later|down the (?:road|line)|someday|some day|eventually)(?: (?:this|next) year)?",
    r"no (?:rush|hurry)", r"not in (?:a|any) (?:rush|hurry)", r"in the (?:future|spring|summer|fall|winter)",
    r"not (?:ready )?(?:yet|for a while|any ?time soon)",
    r"early next \w+",
    r"when (?:i|we) (?:sell|get|finish|return|move|come back)\b[^.,;!?\n]{0,40}",
    r"sem pressa",
    r"(?:nao )?(?:tenho|estou com|temos) (?:nenhuma )?pressa",
    r"mais pra frente",
    r"mais (?:tarde|adiante)",
    r"futuramente",
    r"no futuro",
    r"ainda nao",
    r"quando (?:eu )?(?:vender|receber|voltar|puder|mudar|terminar)\b[^.,;!?\n]{0,40}",
    r"no (?:verao|inverno|outono)",
    r"(?:el|no) proximo (?:semestre|verano|curso|ano escolar)",
    r"depois do (?:natal|carnaval)",
    r"despues de (?:navidad|reyes|las fiestas|enero|semana santa)", r"after (?:christmas|the holidays|new year\w*)",
)  # fmt: skip
_NONE = phrases(
    r"no se (?:todavia |aun )?(?:cuando|para cuando)",
    r"(?:todavia |aun )?no (?:tengo|hay|tenemos) (?:una )?fecha\w*",
    r"sin fecha",
    r"no date(?: yet)?",
    r"don'?t know when",
    r"not sure when",
    r"haven'?t (?:decided|set) (?:a date|when)",
    r"nao sei (?:ainda )?quando", r"sem data", r"ainda nao tem(?:os)? data",
)  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero january janeiro",
            "febrero february fevereiro",
            "marzo march marco",
            "abril april",
            "mayo may maio",
            "junio june junho", "julio july julho", "agosto august", "septiembre setiembre september setembro",
            "octubre october outubro", "noviembre november novembro", "diciembre december dezembro",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lunes monday segunda segunda-feira",
            "martes tuesday terca terca-feira",
            "miercoles wednesday quarta quarta-feira",
            "jueves thursday quinta quinta-feira",
            "viernes friday sexta sexta-feira",
            "sabado saturday",
            "domingo sunday",
        )
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY = phrases(
    r"(?:(?P<of>(?:de la |da )?(?:proxima|otra) semana) )?(?:(?:para |pa )?(?:el|este|esta|este mismo|on"
    r"|this|next|na|no|nesta|neste|coming"
    r"|proximo|para|pa|pro|pra|by|until|antes del?|before) (?:proximo |proxima |dia |coming )?)"
    rf"(?P<day>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})s?",
    r"(?P<bare>lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday)",
)  # fmt: skip
_TOMORROW = phrases(
    r"(?<!la\s)(?<!esta\s)(?<!de\s)(?<!buena\s)manana",
    r"tomorrow",
    r"(?<!da\s)(?<!de\s)amanha",
    r"tmrw",
    r"tmr",
)
_AFTER_TOMORROW = phrases(r"pasado manana", r"(?:the )?day after tomorrow", r"depois de amanha", r"pasado")
_NEXT_WEEK = phrases(
    r"(?:la |a )?(?:proxima semana|semana (?:que viene|proxima|que entra|entrante|que vem)|otra semana)",
    r"next week(?:end)?",
    r"in a week",
    r"en una semana",
    r"em uma semana",
    r"semana que vem",
    r"(?:el )?(?:proximo|otro) (?:finde|fin de semana)",
)  # fmt: skip
_IN = phrases(
    r"(?:en|dentro de|in|within|em|daqui a|como en) (?:unos |about |like |como |uns )?"
    r"(?P<count>\d{1,3}|un|una|dos|tres|cuatro|cinco|seis|diez|quince|one|two|three|four|ten|um|uma|dois|duas|quatro)"
    r"(?: o (?:\d+|\w+))? (?P<unit>dias?|days?|semanas?|weeks?)"
)
_COUNTS = {
    "un": 1, "una": 1, "um": 1, "uma": 1, "one": 1, "dos": 2, "dois": 2, "duas": 2, "two": 2, "tres": 3, "three": 3,
    "cuatro": 4, "quatro": 4, "four": 4, "cinco": 5, "seis": 6, "diez": 10, "ten": 10, "quince": 15,
}  # fmt: skip
_DAY_OF_MONTH = phrases(
    rf"(?P<d1>[0-3]?\d)(?:st|nd|rd|th|ro|ero|°|º)?(?: de| of| do)? (?P<m1>{_MONTH})(?: (?:de|del|of|do)?"
    rf" ?(?P<y1>20\d\d))?",
    rf"(?P<m2>{_MONTH}) (?:the )?(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?(?:,? (?P<y2>20\d\d))?",
    r"(?P<d3>[0-3]?\d)[/-](?P<m3>[01]?\d)(?:[/-](?P<y3>20\d\d|\d\d))?",
    r"(?:el|para el|on the|dia|el dia|no dia|pro dia|by the|antes del|before the) (?P<d4>[0-3]?\d)(?:st|nd|rd|th)?"
    r"(?! (?:de |%|mil|millon|mil|hab|person|a\b|k\b|am|pm|h))",
)
_IN_MONTH = phrases(
    rf"(?:en|in|para|pa|pra|em|for|by|hasta|until|around|a (?:mediados|principios|finales|fines|inicios)"
    rf" de|a partir de|desde"
    rf"|de|early|mid|late|como (?:en|para|pa)|tipo|para el mes de|next|no mes de|la de|a|before|antes de)"
    rf" (?P<month>{_MONTH})(?: (?:de|del|of)? ?(?P<year>20\d\d))?"
)
_PAST = re.compile(
    r"\b(?:vi|vimos|vio|llame|llamamos|fui|fuimos|hable|compre|compramos|pague|escribi|escrib[ií]|me"
    r" (?:dijeron|llego|atendieron|paso)"
    r"|pase por|saw|called|went|bought|was|were|wrote|got|received|paguei|fui|liguei|comprei|falei|desde)\b"
)
_GREETED = re.compile(r"\b(?:buen|buenos|bom)\s+dia")


def find_when(text: str, on: date) -> Iterator[When]:
    """Every time that is named in folded text, relative to `on`, the day it was written. Overlaps may occur."""
    for pattern, value in ((_NEAR, "near"), (_FAR, "far"), (_NONE, "none")):
        for match in pattern.finditer(text):
            day = on if value == "near" and match[0].startswith(("hoy", "today", "hoje")) else None
            if not _is_past(text, match):
                yield When(match.start(), match.end(), value, day)
    for start, end, day in _days(text, on):
        yield When(start, end, "near" if is_near(day, on) else "far", day)


def is_near(day: date, on: date) -> bool:
    """This month at the latest, or within a week."""
    return (day.year, day.month) <= (on.year, on.month) or (day - on).days <= NEAR_DAYS


def _days(text: str, on: date) -> Iterator[tuple[int, int, date]]:
    for match in _TOMORROW.finditer(text):
        if not _is_past(text, match):
            yield match.start(), match.end(), on + timedelta(days=1)
    for match in _AFTER_TOMORROW.finditer(text):
        yield match.start(), match.end(), on + timedelta(days=2)
    for match in _NEXT_WEEK.finditer(text):
        yield match.start(), match.end(), on + timedelta(days=7 - on.weekday())
    for match in _IN.finditer(text):
        count = (
            _COUNTS.get(match["count"]) or int(match["count"])
            if match["count"] in _COUNTS or match["count"].isdigit()
            else 1
        )
        days = count * (7 if match["unit"].startswith(("s", "w")) else 1)
        yield match.start(), match.end(), on + timedelta(days=days)
    for match in _WEEKDAY.finditer(text):
        name = match["day"] or match["bare"]
        ahead = (_WEEKDAYS[name] - on.weekday()) % 7 or 7
        if not _is_past(text, match) and not match[0].endswith("dos"):
            yield match.start(), match.end(), on + timedelta(days=ahead)
    yield from _dates(text, on)


def _dates(text: str, on: date) -> Iterator[tuple[int, int, date]]:
    for match in _DAY_OF_MONTH.finditer(text):
        if (day := _calendar_day(match, on)) and not _is_past(text, match):
            yield match.start(), match.end(), day
    for match in _IN_MONTH.finditer(text):
        month = _MONTHS[match["month"]]
        if match["month"] in {"may", "march", "marco"} and not re.match(
            r"(?:in|by|for|em|en|until|early|mid|late)\s", match[0]
        ):
            continue
        year = int(match["year"]) if match["year"] else on.year + (month < on.month)
        day = on if (year, month) == (on.year, on.month) else date(year, month, 1)
        if not _is_past(text, match):
            yield match.start(), match.end(), day


def _calendar_day(match: re.Match[str], on: date) -> date | None:
    group = next(n for n in "1234" if match[f"d{n}"])
    number = int(match[f"d{group}"])
    month = on.month
    if group in "12":
        month = _MONTHS[match[f"m{group}"]]
    elif group == "3":
        month = int(match["m3"])
    year_text = match[f"y{group}"] if group != "4" else None
    year = int(year_text) + (2000 if len(year_text) == 2 else 0) if year_text else on.year
    day = _date(year, month, number)
    if day is None or (day < on and year_text):
        return None
    if day < on:
        # "the 5th", written on the 20th, is next month's; a date with a month, next year's.
        following = (year + 1, month) if group != "4" else (year + month // 12, month % 12 + 1)
        day = _date(*following, number)
    return day


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_past(text: str, match: re.Match[str]) -> bool:
    """As in "I saw it today": what happened, not what is wanted."""
    around = text[max(match.start() - 25, 0) : match.start()] + " | " + text[match.end() : match.end() + 22]
    around = (
        re.split(r"[.,;!?\n]", around.partition("|")[0])[-1]
        + re.split(r"[.,;!?\n]", around.partition("|")[2])[0]
    )
    return bool(_PAST.search(around))
