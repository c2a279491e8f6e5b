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
    r"este mismo mes",
    r"hurry(?: up)?",
    r"apuren(?:se)?",
    r"(?:es una |de |an? )?(?:emergencia|emergency)",
    r"(?:the )?sooner the better",
    r"(?:mientras|cuanto) antes mejor",
    r"quanto antes melhor",
    r"(?:agora|ahora) (?:a|en|por|de) (?:la )?(?:noite|noche|tarde|manha)",
    r"(?:atienden|abren|abiertos?|necesito|quiero|pueden|vengan|venir|atendem|preciso|abertos?|aberto)"
    r" (?:\w+ ){0,3}(?:ahora|agora)",
    r"(?:lo|la) (?:necesito|quiero|ocupo) (?:ya|ahora)",
    r"(?:to|tou|estou) indo",
    r"(?:voy|vamos) (?:saliendo|en camino|de camino)",
    r"on (?:my|our) way",
    r"(?:pa|para|pra|for) (?:ayer|ontem|yesterday)",
    r"antes de que (?:se )?(?:acab|termin)\w+ (?:el|este) (?:mes|ano|semana)",
    r"(?:a |pa )?(?:mas tardar|lo mas tarde) \w+",
    r"en lo que (?:resta|queda) (?:de|del) (?:la semana|mes)",
    r"lo antes(?: que puedan?)?",
    r"hoy o manana",
    r"ya(?=[^\w?]*$)", r"(?:en|esto?s) (?:estos )?dias", r"en (?:unos|par de|pocos|dos|tres|2|3|4|5) dias",
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
    r"(?:el |del |pro |no |o )?(?:ano|mes|semestre|trimestre) (?:(?:que|q|k) viene|proximo|entrante"
    r"|(?:que|q|k) vem|siguiente)",
    r"(?:el |al |del )?(?:proximo|otro) (?:ano|mes|semestre|verano)", r"(?:o |no |do )?(?:ano|mes) (?:que|q|k) vem",
    r"proximo (?:ano|mes)", r"proximos meses", r"(?:en|dentro de|de aqui a|como en|em|daqui a) "
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
    r"not (?:till|til|until|before)(?: \w+){1,3}",
    r"(?:not|no|nao|ni) (?:this|este|esse) (?:year|ano|mes|month)",
    r"q[1-4]",
    r"(?:el |en el |no )?(?:primer|segundo|tercer|cuarto|primeiro|terceiro|quarto|first|second|third"
    r"|fourth) (?:trimestre|semestre|quarter)",
    r"(?:este ano|este mes|esta semana) no",
    r"after (?:the )?(?:summer|winter|spring|fall|school|harvest|wedding|baby)(?: \w+)?",
    r"despues del? (?:verano|invierno|curso|parto|viaje)",
    r"depois d[oae] (?:verao|inverno|ferias)",
    r"(?:el |na |no )?(?:verano|primavera|otono|invierno) (?:(?:que|q|k) viene|proximo|del? \w+)",
    r"(?:a |en |no |em )?largo plazo",
    r"(?:esperar\w*|esperando|aguantar\w*|ahorrar\w*|ahorrando|juntando|save up|saving up|juntar) (?:\w+"
    r" ){0,2}(?:un poco|a bit|primero|first|para|plata|dinero|money|grana)",
    r"(?:este|this|o) (?:ano|year) (?:(?:que|q|k) viene|next)",
    r"(?:in|over|within) the next (?:few|couple|\d+)(?: of)?(?: \w+)? (?:months|years)",
    r"(?:en|nos|en los|dentro de) proximos (?:meses|anos)",
    r"(?:quizas?|tal vez|talvez|maybe|a lo mejor|de repente) (?:\w+ ){0,2}(?:otro|proximo|next|outro)"
    r" (?:ano|mes|year|month)",
    r"sem pressa",
    r"(?:nao )?(?:tenho|estou com|temos) (?:nenhuma )?pressa",
    r"mais pra frente",
    r"mais (?:tarde|adiante)",
    r"futuramente",
    r"no futuro",
    r"ainda nao",
    r"quando (?:eu )?(?:vender|receber|voltar|puder|mudar|terminar)\b[^.,;!?\n]{0,40}",
    r"no (?:verao|inverno|outono)",
    r"la (?:pra|para) (?:o )?(?:fim|meio|final|comeco) do ano",
    r"(?:el|no) proximo (?:semestre|verano|curso|ano escolar)",
    r"depois do (?:natal|carnaval)",
    r"(?:till|til|until|in|for|by) (?:the )?(?:spring|summer|fall|autumn|winter)(?! (?:sale|class|camp|special|tires))",
    r"despues de (?:navidad|reyes|las fiestas|enero|semana santa)", r"after (?:christmas|the holidays|new year\w*)",
)  # fmt: skip
_NONE = phrases(
    r"no se (?:todavia |aun )?(?:cuando|para cuando)",
    r"(?:todavia |aun )?no (?:tengo|hay|tenemos) (?:una )?fecha\w*",
    r"sin fecha",
    r"sem previsao",
    r"whenever(?: \w+){0,3}",
    r"(?:todavia|aun) no (?:se|sabemos|hemos decidido|lo se|decido)(?: \w+){0,2}",
    r"no (?:lo )?(?:se|sabemos|sabria decir)(?: (?:todavia|aun|bien))?(?=\W*$)",
    r"cuando (?:sea|se pueda)(?=\W|$)",
    r"quando (?:der|for)",
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
_ANY_DAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_SURE_DAY = "|".join(d for d in _WEEKDAYS if d not in {"segunda", "terca", "quarta", "quinta", "sexta"})
"""In Portuguese a bare "segunda" is also the second: a day only after a word that leads one in."""
_WEEKDAY = phrases(
    r"(?:(?:para |pa )?(?:el|este|esta|este mismo|on|this|next|na|no|nesta|neste|coming|proximo|para|pa"
    r"|pro|pra|by|until"
    r"|antes del?|before|visitar|hoy|manana)"
    rf" (?:proximo |proxima |dia |coming )?)?(?P<day>{_SURE_DAY})s?(?: (?:o|ou|or|y|and|e)"
    rf" (?:{_ANY_DAY}))?(?: (?:the )?\d{{1,2}}(?!\d|:| ?(?:am|pm|h)))?",
    rf"(?:na|nesta|proxima|pra|para|essa|esta|ate|visitar|quer\w+|la pra)"
    rf" (?P<day2>{_ANY_DAY})(?:-feira)?(?: (?:ou|e) (?:{_ANY_DAY}))?",
)  # fmt: skip
_BARE_WEEKDAY = phrases(rf"(?P<day>{_ANY_DAY})(?P<day2>\b)?(?: (?:o|ou|or|y|and|e) (?:{_ANY_DAY}))?")
_TOMORROW = phrases(
    r"(?<!la\s)(?<!esta\s)(?<!\d\sde\s)(?<!buena\s)manana",
    r"tomorrow",
    r"(?<!da\s)(?<!de\s)amanha",
    r"tmrw",
    r"tmr",
)
_AFTER_TOMORROW = phrases(r"pasado manana", r"(?:the )?day after tomorrow", r"depois de amanha")
_NEXT_WEEK = phrases(
    r"(?:la |a )?(?:proxima semana|semana (?:(?:que|q|k) viene|proxima|que entra|entrante|(?:que|q|k)"
    r" vem)|otra semana)",
    r"next week(?:end)?",
    r"in a week",
    r"en una semana",
    r"em uma semana",
    r"semana (?:que|q|k) vem",
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
    r"(?!24/7)(?P<d3>[0-3]?\d)[/-](?P<m3>[0-3]?\d)(?:[/-](?P<y3>20\d\d|\d\d))?",
    r"(?:el |para el |the |dia )?(?P<d5>[0-3]?\d)(?:st|nd|rd|th)? (?:de|of|do|deste) (?:(?:este|ese|this"
    r"|the|the current) )?(?:mes|month)",
    r"(?:del|de|do dia|from the) (?P<d7>[0-3]?\d)(?:st|nd|rd|th)? (?:al?|ao|to(?: the)?|until)"
    r" [0-3]?\d(?:st|nd|rd|th)?(?! (?:de|of|\w+s)\b)",
    r"(?:el|para el el|on the|dia|el dia|no dia|pro dia|by the|for the|antes del|before the|ate o dia|ate"
    r" dia|pra dia|hasta el|pal|pa'l) (?P<d4>[0-3]?\d)(?:st|nd|rd|th)?"
    r"(?! (?:de |%|mil|millon|mil|hab|person|a\b|k\b|am|pm|h))",
    r"(?:for |by |on |before )?the (?P<d6>[0-3]?\d)(?:st|nd|rd|th)"
    r"(?! (?:floor|time|one|street|st|ave|avenue|grade|gen|generation|edition|row|level|option|or|and|car|house))",
)
_IN_MONTH = phrases(
    r"(?:en|in|para|pa|pra|em|for|by|hasta|ate|until|till|around|a (?:mediados|principios|finales|fines|inicios) de"
    r"|a partir de|early|mid|late|como (?:en|para|pa)|tipo|para el mes de|next|no mes de|la (?:de|pra"
    r"|para|por)|a|before|antes de"
    r"|entre|despues de|depois de|after|seria|sera|comecando em|empezando en|starting(?: in)?) "
    rf"(?P<month>{_MONTH})(?: (?:o|ou|or|y|and|e|-) (?:{_MONTH}))?(?: (?:de|del|of)? ?(?P<year>20\d\d))?"
)
_BARE_MONTH = phrases(rf"(?P<month>{_MONTH})(?: (?:o|ou|or) (?:\w+))?(?P<year>\b)?")
_HARDLY_MONTHS = frozenset(("may", "march", "marco", "abril", "april", "june", "julio", "august"))
"""Also a verb or a name: a month only after a word that leads one in."""
_PAST = re.compile(
    r"\b(?:vi|vimos|vio|llame|llamamos|fui|fuimos|hable|compre|compramos|pague|escribi|escrib[ií]|me"
    r" (?:dijeron|llego|atendieron|paso)"
    r"|pase por|\w{3,}(?:aron|ieron)|(?:he|ha|han|hemos|habeis) \w+(?:ado|ido|to|cho)|saw|called|went"
    r"|bought|was|were|wrote|got|received|paguei|fui|liguei|comprei|falei)\b"
)


_DENIED = re.compile(
    r"\b(?:not|no|nao|isn't|isnt|aren't|wasn't|don't|never)\s+(?:es |e |is |sea |that |tan |tao |so )?$"
)


def find_when(text: str, on: date, *, asked: bool = False) -> Iterator[When]:
    """Every time that is named in folded text, relative to `on`, the day it was written. Overlaps may occur.

    `asked`: it answers a question about the time, so that a bare month or weekday is one.
    """
    for pattern, value in ((_NEAR, "near"), (_FAR, "far"), (_NONE, "none")):
        for match in pattern.finditer(text):
            day = on if value == "near" and match[0].startswith(("hoy", "today", "hoje")) else None
            denied = value == "near" and _DENIED.search(text, max(match.start() - 16, 0), match.start())
            if not denied and not _is_past(text, match):
                yield When(match.start(), match.end(), value, day)
    for start, end, day in _days(text, on, asked=asked):
        yield When(start, end, "near" if is_near(day, on) else "far", day)


def is_near(day: date, on: date) -> bool:
    """This month at the latest, or within a week."""
    return (day.year, day.month) <= (on.year, on.month) or (day - on).days <= NEAR_DAYS


def _days(text: str, on: date, *, asked: bool) -> Iterator[tuple[int, int, date]]:
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
    for match in (*_WEEKDAY.finditer(text), *(_BARE_WEEKDAY.finditer(text) if asked else ())):
        ahead = (_WEEKDAYS[match["day"] or match["day2"]] - on.weekday()) % 7 or 7
        if not _is_past(text, match):
            yield match.start(), match.end(), on + timedelta(days=ahead)
    yield from _dates(text, on, asked=asked)


_FEASTS = phrases(
    r"(?:antes d[eo]l? |para |pa |pra |ate |hasta |before |by |for |en |in |no"
    r" )(?P<christmas>navidad(?:es)?|natal|christmas|xmas|nochebuena)",
    r"(?:a |para |al |hasta |por |no |ate o |pro |by (?:the )?|at (?:the )?|before (?:the"
    r" )?)?(?P<end>(?:fin|final|finales|fines|fim) d[eo]l? (?:este )?ano"
    r"|end of (?:the|this) year|year'?s end|fin de ano)",
)


_YEAR = phrases(r"(20[2-4]\d)")
"""A bare one is a time only where one was asked for: else it is a model's."""


def _feast(match: re.Match[str], on: date) -> date:
    return date(on.year, 12, 24 if match["christmas"] else 28)


def _dates(text: str, on: date, *, asked: bool) -> Iterator[tuple[int, int, date]]:
    for match in _FEASTS.finditer(text):
        yield match.start(), match.end(), _feast(match, on)
    for match in _YEAR.finditer(text) if asked else ():
        if int(match[1]) > on.year:
            yield match.start(), match.end(), date(int(match[1]), 1, 1)
    for match in _DAY_OF_MONTH.finditer(text):
        if (day := _calendar_day(match, on)) and not _is_past(text, match):
            yield match.start(), match.end(), day
    for match in (*_IN_MONTH.finditer(text), *(_BARE_MONTH.finditer(text) if asked else ())):
        name = match["month"]
        if name in _HARDLY_MONTHS and not (asked or _LEADS_IN.match(match[0])):
            continue
        if not _is_past(text, match):
            yield match.start(), match.end(), _month_day(name, match["year"], on)


_LEADS_IN = re.compile(r"(?:in|by|for|em|en|until|till|early|mid|late|para|hasta|ate)\s")


def _month_day(name: str, year: str | None, on: date) -> date:
    month = _MONTHS[name]
    number = int(year) if year else on.year + (month < on.month)
    return on if (number, month) == (on.year, on.month) else date(number, month, 1)


def _calendar_day(match: re.Match[str], on: date) -> date | None:
    group = next(n for n in "1234567" if match[f"d{n}"])
    number = int(match[f"d{group}"])
    month = on.month
    if group in "12":
        month = _MONTHS[match[f"m{group}"]]
    elif group == "3":
        number, month = (
            sorted((number, int(match["m3"])), reverse=True)
            if int(match["m3"]) > 12
            else (number, int(match["m3"]))
        )
    year_text = match[f"y{group}"] if group in "123" else None
    year = int(year_text) + (2000 if len(year_text) == 2 else 0) if year_text else on.year
    day = _date(year, month, number)
    if day is None or (day < on and year_text):
        return None
    if day < on:
        # "the 5th", written on the 20th, is next month's; a date with a month, next year's.
        following = (year + 1, month) if group in "123" else (year + month // 12, month % 12 + 1)
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
