"""Budget, financing and trade-in: what a visitor can pay, and how."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.leads.facts_text import negated, phrases
from app.leads.facts_want import Said

_NUMBER = r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_SCALE = {
    "k": 1_000, "mil": 1_000, "thousand": 1_000, "grand": 1_000, "lucas": 1_000, "lukas": 1_000, "luca": 1_000,
    "conto": 1_000, "contos": 1_000,
    "m": 1_000_000, "mm": 1_000_000, "millon": 1_000_000, "millones": 1_000_000, "palo": 1_000_000,
    "palos": 1_000_000,
    "million": 1_000_000, "millions": 1_000_000, "milhao": 1_000_000, "milhoes": 1_000_000, "melones": 1_000_000,
}  # fmt: skip
_CURRENCIES = {
    "rd$": "DOP", "rd": "DOP", "dop": "DOP", "us$": "USD", "usd": "USD", "u$s": "USD", "u$d": "USD", "dolares": "USD",
    "dolar": "USD",
    "dollars": "USD",
    "bucks": "USD",
    "verdes": "USD",
    "r$": "BRL",
    "reais": "BRL",
    "real": "BRL",
    "brl": "BRL",
    "€": "EUR", "euros": "EUR", "euro": "EUR", "eur": "EUR", "mxn": "MXN", "cop": "COP", "clp": "CLP", "ars": "ARS",
    "pen": "PEN",
    "s/": "PEN",
    "soles": "PEN",
    "£": "GBP",
    "pounds": "GBP",
    "quid": "GBP",
    "q": "GTQ",
    "quetzales": "GTQ",
    "lempiras": "HNL", "colones": "CRC", "guaranies": "PYG", "bolivianos": "BOB",
}  # fmt: skip
_BEFORE = r"(?:rd\$|us\$|u\$[sd]|r\$|mx\$|\$|€|£|s/\.?|usd|dop|eur|rd)"
_AFTER = (
    r"(?:pesos?(?: (?:mexicanos|dominicanos|colombianos|argentinos|chilenos|mx))?|dolares|dolar|dollars"
    r"|bucks|euros?|reais|real"
    r"|usd|dop|eur|brl|mxn|cop|clp|ars|soles|pounds|quid|quetzales|lempiras|colones|guaranies|bolivianos"
    r"|verdes|rd\$?|us\$?|€|\$)"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?P<before>{_BEFORE})?\s?(?P<number>{_NUMBER})\s?(?P<scale>k|mil|thousand|grand"
    rf"|lu[ck]as?|contos?|mm?|mill?on(?:es)?"
    rf"|palos?|millions?|milhao|milhoes|melones)?(?![\w/])(?:\s(?:de\s)?)?(?P<after>{_AFTER})?(?!\w)"
)
_WORDS = re.compile(
    r"\b(?P<words>(?:un|medio|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|veinte|treinta"
    r"|cuarenta|cincuenta|cien|ciento"
    r"|doscient[oa]s|trescient[oa]s|cuatrocient[oa]s|quinient[oa]s|seiscient[oa]s|setecient[oa]s"
    r"|ochocient[oa]s|novecient[oa]s"
    r"|one|two|three|four|five|ten|twenty|thirty|forty|fifty|a hundred|um|dois|cinquenta|vinte|trinta"
    r"|quarenta|cem|duzentos|trezentos)"
    r"(?:\s(?:y\s)?\w+)?\s(?:mil(?:lon|lones)?|thousand|million|grand|milhao|milhoes|palos"
    r"|lucas))(?:\s(?:de\s)?(?:pesos|dolares|euros|reais|dollars))?\b"
)
_BUDGET = phrases(
    r"presupuesto(?: (?:es|maximo|total|de|aproximado|ronda|anda|seria|como|en|por))*",
    r"(?:hasta|maximo|max|tope|no (?:mas|paso|puedo pasar(?:me)?|quiero pasar(?:me)?) de|menos de|por"
    r" debajo de|alrededor de|unos?|cerca de|rondando|entre)",
    r"(?:tengo|tenemos|cuento con|contamos con|dispongo de|disponemos de|puedo (?:pagar|gastar|llegar"
    r"|invertir|dar)|podemos (?:pagar|gastar|invertir)|pensaba (?:gastar|invertir)|quiero gastar|ando con"
    r"|manejo)(?: (?:hasta|unos|como|un|de|a|en|maximo|alrededor de|cerca de|entre|ahorrados?))*",
    r"(?:mi |meu |my )?(?:limite|limit|tope|maximo)(?: (?:es|e|is|de|of|seria|son|sao))*",
    r"que no pase(?:n)? de",
    r"budget(?: (?:is|of|around|about|max|for|would be|like|up to|this|it|'s))*",
    r"(?:up to|max(?:imum)?|no more than|under|below|less than|around|about|between|at most"
    r"|spend(?:ing)?(?: (?:about|around|up to))?|afford|i have|we have|got)",
    r"orcamento(?: (?:e|de|ate|maximo|gira|uns|seria))*",
    r"(?:ate|no maximo|ate uns|uns|cerca de|tenho(?: (?:ate|uns))?|temos|posso (?:pagar|gastar|dar)"
    r"|consigo pagar|em torno de|por volta de|menos de)(?: (?:uns|ate|de|no maximo))*",
    r"(?:les?|te|lhe)? ?(?:ofrezco|doy|dou|ofereco)",
)  # fmt: skip
_PAY = phrases(
    r"(?:por|per|x|a|cada|each|/) ?(?:pessoa|person|persona|cabeza|cabeca|head|plato|unidad|unidade|unit"
    r"|m2|metro|mes|noche|night|hora|hour)",
    r"(?:de |el |para (?:el )?|un )?(?:inicial|enganche|prima|pie|cuota inicial)",
    r"(?:al|por|x) mes",
    r"mensual(?:es|mente)?",
    r"a month",
    r"per month",
    r"monthly",
    r"down",
    r"por mes",
    r"de entrada",
    r"mensais",
    r"al contado",
    r"cash",
    r"a vista",
    r"/ ?mes",
)
_FINANCING = phrases(
    r"financ\w+",
    r"a (?:credito|cuotas|plazos|meses)",
    r"en (?:cuotas|plazos|pagos|mensualidades)",
    r"(?:un |el |con )?(?:prestamo|credito|leasing)(?: \w+)?",
    r"hipoteca\w*",
    r"(?:meses|msi) sin intereses",
    r"(?:con )?(?:enganche|cuota inicial)",
    r"pagos? mensuales",
    r"mensualidades",
    r"pre ?aprobad[oa]\w*",
    r"infonavit",
    r"(?:a |the )?(?:loan|mortgage|lease)",
    r"payment plan",
    r"monthly payments?",
    r"installments?",
    r"pre-?approv\w+",
    r"credit (?:union|score)",
    r"parcel\w+",
    r"em (?:\d+ ?x|\w+ vezes)",
    r"(?:emprestimo|consorcio)",
    r"fgts",
)  # fmt: skip
_CASH = phrases(
    r"(?:de |al )contado",
    r"(?:en |pago (?:en |de )?)efectivo",
    r"en cash",
    r"(?:pay|paying)(?: (?:in|with))? cash",
    r"cash (?:buyer|in hand|offer)",
    r"all cash",
    r"a vista",
    r"no pix",
    r"en dinero",
)
_TRADE_IN = phrases(
    r"(?:tenho|tem) (?:um|uma|o|a) (?:\w+ ){1,4}(?:pra|para) (?:dar|trocar|entrar)(?: \w+){0,3}",
    r"(?:reciben|toman|aceptan|agarran) (?:un|una|mi|el|la) (?:\w+ ?){1,3}(?: y (?:yo )?(?:doy|pago"
    r"|pongo) la diferencia)?",
    r"(?:doy|entrego|dejo) (?:mi|un|una|el|la) (?:\w+ ){1,3}(?:y|mas) (?:\w+ )?(?:diferencia|efectivo"
    r"|resto)",
    r"trade[- ]?in",
    r"trad(?:e|ing) (?:in )?(?:my|our|a|it)(?: \w+){1,4}",
    r"(?:como |en |de )?parte de pago",
    r"(?:tengo|tenemos|entrego|doy|dar|entregar|dejar|ofrezco) (?:mi |un |una |el |la )(?:\w+"
    r" ){1,5}?(?:para|pa|como|en|de|a) (?:cambi\w+|trad\w+|parte(?: de pago)?|cuenta|entregar|canje|permuta)",
    r"(?:reciben|aceptan|toman|agarran|cogen|reciben?) (?:\w+ ){0,3}(?:usado|vehiculo|carro|auto|mi|como"
    r" parte|en parte|permuta)(?: \w+){0,3}",
    r"permut\w+",
    r"(?:cambiar|cambio|entregar|dar) mi (?:\w+ ){1,3}(?:por|como|usad[oa]|viej[oa]|actual|20\d\d|en)(?:"
    r" \w+){0,3}",
    r"(?:dar|dou|darei|entregar|aceitam|pegam) (?:o |a )?(?:meu|minha) (?:\w+ ){1,4}(?:na troca|de"
    r" entrada|na negociacao|como entrada|no negocio)",
    r"na troca",
    r"(?:aceitam|pegam) (?:\w+ )?troca",
    r"usado (?:na|como) (?:troca|entrada)",
    r"(?:a )cuenta",
)  # fmt: skip
_UNIT_AFTER = re.compile(
    r"\s?(?:personas|people|pessoas|invitados|guests|convidados|anos|years?|habitaciones|cuartos"
    r"|recamaras|bedrooms?|quartos|metros|m2|mts|km|kms|millas|miles"
    r"|pm|am|hrs?|horas?|dias|days|semanas|meses|months|weeks|empleados|employees|usuarios|users|unidades"
    r"|units|alumnos|students|ninos|kids|plazas|%|kg|libras|cc|pulgadas|inches|sq|pies|seats|licencias"
    r"|piezas|sillas|noches|nights|alunos|funcionarios)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in `text[start:end]`. `currency` is an ISO code, or empty for pesos or none named."""

    start: int
    end: int
    value: float
    currency: str


def find_amounts(text: str) -> list[Amount]:
    """Numbers that may be money; dates, phones, sizes and numbers of people are not."""
    found = []
    for match in _AMOUNT.finditer(text):
        before, scale, after = match["before"], match["scale"], match["after"]
        if not (before or scale or after) and (
            _UNIT_AFTER.match(text, match.end("number")) or _is_small(match["number"])
        ):
            continue
        value = _number(match["number"]) * _SCALE.get(scale or "", 1)
        code = _CURRENCIES.get((before or "").strip(), "") or _CURRENCIES.get((after or "").split(" ")[0], "")
        end = match.end("after") if after else match.end("scale") if scale else match.end("number")
        found.append(Amount(match.start(), end, value, code))
    return found


def find_money(text: str) -> Iterator[tuple[Said, dict[str, float | str]]]:
    """Budget, financing and trade-in in folded text, with the amounts."""
    yield from _budgets(text)
    for value, pattern in (("wants", _FINANCING), ("cash", _CASH)):
        for match in pattern.finditer(text):
            if value == "wants" and negated(text, match.start()):
                yield Said("financing", "no", match.start(), match.end()), {}
            else:
                yield Said("financing", value, match.start(), match.end()), {}
    for match in _TRADE_IN.finditer(text):
        if not negated(text, match.start()):
            yield Said("trade_in", "", match.start(), match.end()), {}


def _budgets(text: str) -> Iterator[tuple[Said, dict[str, float | str]]]:
    amounts = find_amounts(text)
    words = [Amount(m.start(), m.end(), 0.0, "") for m in _WORDS.finditer(text)]
    for amount in (*amounts, *words):
        cue = _cue_before(text, amount.start)
        if cue is None and not _PAY.match(text, _skip(text, amount.end)):
            continue
        start = cue if cue is not None else amount.start
        tail = _PAY.match(text, _skip(text, amount.end))
        data: dict[str, float | str] = {"amount_max": amount.value} if amount.value else {}
        if amount.currency:
            data["currency"] = amount.currency
        yield Said("budget", "", start, tail.end() if tail else amount.end), data


def _cue_before(text: str, start: int) -> int | None:
    begin = max(start - 45, 0)
    cues = [
        m
        for m in _BUDGET.finditer(text, begin, start)
        if re.fullmatch(r"[\s:,]{0,3}(?:\w+\s){0,2}", text[m.end() : start])
    ]
    return cues[0].start() if cues else None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _is_small(number: str) -> bool:
    return len(re.sub(r"\D", "", number)) < 3 or bool(re.fullmatch(r"(?:19|20)\d\d", number))


def _number(written: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?", written):
        whole = re.sub(r"[.,]\d{1,2}$", "", written) if re.search(r"[.,]\d{1,2}$", written) else written
        return float(re.sub(r"\D", "", whole))
    return float(written.replace(",", "."))
