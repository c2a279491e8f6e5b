"""E-mail addresses and phone numbers in free text, as spans: where they are, and what they mean if they are valid.

Two users with different needs read this: extraction takes what is valid, redaction hides all that looks like one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.leads.spoken import find_spoken


@dataclass(frozen=True, slots=True)
class Found:
    """`text[start:end]` as it was written. `value` is the normal form (lower-case address, E.164 number), or None for
    what only looks like one. `suggestion` is the address that was probably meant (a mistyped well-known domain)."""

    start: int
    end: int
    raw: str
    value: str | None = None
    suggestion: str | None = None


BLANK = "\ufffc"
"""Stands for what has been found already: no letter, no space, no mark that means anything here."""
MAX_FOUND = 30
"""Nobody leaves more addresses in one message; the rest is found but not looked into, so that floods stay cheap."""

_ATOM = r"[\w.!#$%&'*+/=?^`{|}~-]"
# The look-behinds let a run be tried from its start only: without them 4,000 dashes cost a second.
_PLAIN_EMAIL = re.compile(rf"(?<!{_ATOM}){_ATOM}+@{{1,3}}\w(?:[\w.-]*\w)?")
_SPACED_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:[ \t]{1,2}@[ \t]{0,2}|@[ \t]{1,2})\w[\w-]*(?:\.[\w-]*\w)+"
    # A comma or blanks at the last dot, where nothing but an address can be meant.
    r"|(?<![\w.+-])[\w.+-]+[ \t]{0,2}@[ \t]{0,2}\w[\w-]*(?:[ \t]{0,2}[.,][ \t]{0,2}(?:com|net|org|edu)(?:\.\w\w)?)\b",
    re.IGNORECASE,
)

_AT = r"(?:[(\[{]?\s?(?:arroba|@)\s?[)\]}]?|[(\[{]\s?at\s?[)\]}]|at\s+sign\b)"
_AT_WORD = r"at"
_DOT_WORD = r"(?:[(\[{]?\s?(?:punto|dot|ponto)\s?[)\]}]?)"
_UNDERSCORE = (
    r"(?:gui[oó]n\s+bajo|raya\s+(?:abajo|al\s+piso|baja)|barra\s+baja"
    r"|under(?:score|line)|sublinhado|tra[cç]o\s+baixo)"
)
_JOINT = rf"(?:\s*{_DOT_WORD}\s*|\.|\s+(?:{_UNDERSCORE}|gui[oó]n|dash|h[ií]fen|tra[cç](?:o|inho))\s+)"
_LOCAL = rf"(?<![\w.+-])[\w+-]+(?:{_JOINT}[\w+-]+){{0,4}}"
_SPELLED_EMAIL = re.compile(
    rf"{_LOCAL}\s*{_AT}\s*[\w-]+(?:(?:\s*{_DOT_WORD}\s*|\.)[\w-]+){{1,3}}"
    rf"|{_LOCAL}\s+{_AT_WORD}\s+[\w-]+(?:\s*{_DOT_WORD}\s*[\w-]+){{1,3}}",
    re.IGNORECASE,
)
_JOINED_EMAIL = re.compile(
    r"(?<!\w)(?P<words>(?:\w+\s+){0,3}\w+),?\s+(?:tod[oa]s?\s+junt[oa]s?|tudo\s+junto|all\s+one\s+word"
    r"|all\s+together|sin\s+espacios?"
    rf"|sem\s+espa[cç]os?),?\s*(?:{_AT}|at)\s*(?P<domain>[\w-]+(?:(?:\s*{_DOT_WORD}\s*|\.)[\w-]+){{1,3}})",
    re.IGNORECASE,
)
_BEFORE_ADDRESS = frozenset(
    (
        "es",
        "is",
        "é",
        "e",
        "correo",
        "mail",
        "email",
        "a",
        "al",
        "to",
        "mi",
        "my",
        "meu",
        "seria",
        "sería",
        "sera",
        "at",
        "en",
        "sea",
        "osea",
    )
)
_NO_LOCAL_PART = frozenset(
    """
    look looking looked meet meeting me us see seen check here be am is are was visit saw available good ok call start
    stay point arrive work working staff sell buy shop live them him her
    """.split()  # noqa: SIM905 - a list of words
)
_SPELLING = (
    (re.compile(rf"\s*(?:{_AT}|\b{_AT_WORD}\b)\s*", re.IGNORECASE), "@"),
    (
        re.compile(
            rf"\s+{_UNDERSCORE}\s+",
            re.IGNORECASE,
        ),
        "_",
    ),
    (re.compile(r"\s+(?:gui[oó]n|dash|h[ií]fen|tra[cç](?:o|inho))\s+", re.IGNORECASE), "-"),
    (
        re.compile(
            r"\s*(?:(?<!\w)(?:punto|dot|ponto)(?!\w)|[(\[{]\s?(?:punto|dot|ponto)\s?[)\]}])\s*"
            # "gmailpuntocom", but not "adot".
            r"|(?<=\w)(?:punto|dot|ponto)(?=(?:com|net|org|edu|br|mx|es|do|co)\b)",
            re.IGNORECASE,
        ),
        ".",
    ),
)
_SPELLED_HINT = re.compile(r"\barroba\b|\bat\b|[@＠]", re.IGNORECASE)
_WIDE = str.maketrans("＠．", "@.")
_SPELLED_REACH = 100
_WORD = re.compile(r"\W*\w+")
_SPELLED_END = re.compile(r"[a-z]{2,12}")

_MEANT = {
    typo: right
    for right, typos in {
        "gmail.com": "gmial.com gmai.com gmil.com gamil.com gmal.com gmaill.com gmail.con gmail.cm gmail.om gnail.com",
        "hotmail.com": "hotmial.com hotmal.com hotmai.com hotmil.com hotmaill.com hotmail.con hotmail.cm hotamil.com",
        "outlook.com": "outlok.com outloo.com outlook.con oulook.com outlook.cm",
        "yahoo.com": "yaho.com yahooo.com yahoo.con yaoo.com yahoo.cm",
        "icloud.com": "iclod.com icloud.con icoud.com icloud.cm",
    }.items()
    for typo in typos.split()
}

_ENOUGH_DIGITS = re.compile(r"\d(?:[^\d\n]{0,3}\d){6}")
_NUMBER = re.compile(
    r"(?:(?<![\w@])|(?<=tel)|(?<=cel)|(?<=wsp)|(?<=wa))(?:\+|00)?\(?\d(?:[ \t\u00a0.\-\u2010-\u2015()/]{0,3}\d){6,}",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}([-/.])\d{1,2}\1(?:19|20)?\d\d|(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2})(?!\d|[-/.]\d)"
)
_CUE = re.compile(
    r"(?:tel|cel|m[oó]vil|whats?ap|wasap|wsp|n[uú]mero|ll[aá]m|marc"
    r"|phone|call|number|text me|reach|fone|lig[au]|contact)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥]|\b(?:usd|dop|eur|brl|mxn|cop|rd|us|s/))\s?$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(
    r"\s?(?:[$€£¥%]|(?:pesos|d[oó]lares|dollars|euros|reais|usd|dop|eur|brl|mxn|cop|mil\b|millones|milh|million|"
    r"k\b|kms?\b|kil[oó]m|millas|miles\b|milhas|cc\b|m2|mts))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
)
_THOUSANDS = re.compile(r"\d{1,2}(?:([. ])\d{3})(?:\1\d{3})+")


def find_emails(text: str) -> list[Found]:
    """Every address, also spelled out ("ana arroba ejemplo punto com"), in order of appearance."""
    # Nearly every text of every history ends here: two searches for plain letters before one by pattern.
    if "@" not in text and "＠" not in text and not ("at" in (lower := text.lower()) or "arroba" in lower):
        return []
    if not _SPELLED_HINT.search(text):
        return []
    text = text.translate(_WIDE)
    found = [
        *_joined_emails(text),
        *_letter_emails(text),
        *_plain_emails(text),
        *_spaced_emails(text),
        *_spelled_emails(text),
    ]
    return _apart(found)


def find_phones(text: str, region: str, other_region: str = "") -> list[Found]:
    """Every phone number: international, local to `region` (ISO 3166-1 alpha-2), by its looks, or said in words.

    Prices, years, dates, distances and codes with letters are none. What is no number of `region` is tried as one of
    `other_region`, such as the one the visitor's browser is set to.
    """
    spoken = list(_spoken_phones(text, region, other_region))
    spoken.extend(_apart_phones(text, region))
    if not _ENOUGH_DIGITS.search(text):
        return _apart(spoken)
    # Dates go first: read together with a number beside them they would make a phone.
    text = _DATE.sub(lambda match: BLANK * len(match[0]), text)
    return _apart([*spoken, *_valid_phones(text, region), *_likely_phones(text, region, other_region)])


def hide(text: str, found: list[Found]) -> str:
    """The text with the spans blanked, positions kept."""
    for span in found:
        text = f"{text[: span.start]}{BLANK * (span.end - span.start)}{text[span.end :]}"
    return text


def unaccented(text: str) -> str:
    """Letters without their accents, in NFC where there is no plain one."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def is_email(raw: str) -> str | None:
    """The address in lower case, or None. Whether it can be delivered to is not looked up."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - most messages hold no address

    try:
        return validate_email(raw, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def is_phone(raw: str, region: str) -> str | None:
    """The number as E.164, or None. Digits that are no number of `region` may still begin with a country code."""
    import phonenumbers  # noqa: PLC0415 - its tables take 60 ms to load, and most messages hold no number

    digits = re.sub(r"\D", "", raw)
    if not 7 <= len(digits) <= 17:
        return None
    for attempt, where in ((raw, region or None), (f"+{digits.removeprefix('00')}", None)):
        try:
            number = phonenumbers.parse(attempt, where)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def readable_phone(e164: str) -> str:
    """`+18095550101` as people write it: `+1 809-555-0101`."""
    import phonenumbers  # noqa: PLC0415 - its tables take 60 ms to load, and most messages hold no number

    number = phonenumbers.parse(e164, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _email(match: re.Match[str], written: str) -> Found:
    value = is_email(written)
    meant = None
    if value:
        local, _, domain = value.partition("@")
        meant = f"{local}@{_MEANT[domain]}" if domain in _MEANT else None
    return Found(match.start(), match.end(), match[0], value, meant)


def _plain_emails(text: str) -> Iterator[Found]:
    for match in islice(_PLAIN_EMAIL.finditer(text), MAX_FOUND):
        # Quotes, brackets and slashes before an address are not part of what is meant.
        yield _email(match, match[0].lstrip("'`/*=?.!-{|"))
    for match in islice(_PLAIN_EMAIL.finditer(text), MAX_FOUND, None):
        yield Found(match.start(), match.end(), match[0])


def _spaced_emails(text: str) -> Iterator[Found]:
    for match in _SPACED_EMAIL.finditer(text):
        if (found := _email(match, re.sub(r"\s", "", match[0]).replace(",", "."))).value:
            yield found


def _joined_emails(text: str) -> Iterator[Found]:
    """As in "mi correo es ana perez todo junto arroba gmail punto com"."""
    for match in islice(_JOINED_EMAIL.finditer(text), MAX_FOUND):
        words = list(re.finditer(r"\w+", match["words"]))
        first = max((i + 1 for i, w in enumerate(words) if w[0].lower() in _BEFORE_ADDRESS), default=0)
        if first == len(words):
            continue
        written = "".join(word[0] for word in words[first:]) + "@" + match["domain"]
        for pattern, mark in _SPELLING[1:]:
            written = pattern.sub(mark, written)
        if value := is_email(written):
            start = match.start("words") + words[first].start()
            yield Found(start, match.end(), text[start : match.end()], value)


_LETTERS_EMAIL = re.compile(
    rf"(?<!\w)(?P<letters>\w(?:[ \t]{{1,2}}\w){{2,30}})[ \t]*(?:{_AT}|at)[ \t]*"
    rf"(?P<domain>[\w-]+(?:(?:[ \t]*{_DOT_WORD}[ \t]*|[ \t]?\.[ \t]?)[\w-]+){{1,3}})\b",
    re.IGNORECASE,
)
"""As in "a n a g i l @ example . com"."""


def _letter_emails(text: str) -> Iterator[Found]:
    for match in islice(_LETTERS_EMAIL.finditer(text), MAX_FOUND):
        written = re.sub(r"\s", "", match["letters"]) + "@" + match["domain"]
        for pattern, mark in _SPELLING[3:]:
            written = pattern.sub(mark, written)
        if value := is_email(re.sub(r"\s", "", written)):
            yield Found(match.start(), match.end(), match[0], value)


def _spelled_emails(text: str) -> Iterator[Found]:
    done = 0
    for hint in islice(_SPELLED_HINT.finditer(text), MAX_FOUND):
        if hint.start() < done:
            continue
        at, end = max(hint.start() - _SPELLED_REACH, done), hint.end() + _SPELLED_REACH
        while (match := _SPELLED_EMAIL.search(text, at, end)) and match.start() < hint.end():
            if found := _spelled_email(match):
                yield found
                done = match.end()
                break
            # "write me at ana dot perez at gmail dot com": the second "at" is the one.
            word = _WORD.match(text, match.start())
            at = word.end() if word else match.end()


def _spelled_email(match: re.Match[str]) -> Found | None:
    written = match[0]
    for pattern, mark in _SPELLING:
        written = pattern.sub(mark, written)
    if "@" not in match[0]:
        # Nobody spells an accent: "producción arroba …" is said as it sounds.
        written = unaccented(written)
    end = written.rpartition(".")[2].lower()
    if written.partition("@")[0].lower() in _NO_LOCAL_PART and not re.search(_AT, match[0], re.IGNORECASE):
        return None
    found = _email(match, written)
    return found if found.value and _SPELLED_END.fullmatch(end) else None


def _valid_phones(text: str, region: str) -> Iterator[Found]:
    import phonenumbers  # noqa: PLC0415 - its tables take 60 ms to load, and most messages hold no number

    for match in phonenumbers.PhoneNumberMatcher(text, region or None, max_tries=MAX_FOUND):
        if not _is_amount(text, match.start, match.end):
            value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            yield Found(match.start, match.end, match.raw_string, value)


def _spoken_phones(text: str, region: str, other_region: str) -> Iterator[Found]:
    for said in islice(find_spoken(text), MAX_FOUND):
        value = is_phone(said.digits, region) or (
            is_phone(said.digits, other_region) if other_region else None
        )
        if value:
            yield Found(said.start, said.end, text[said.start : said.end], value)


def _likely_phones(text: str, region: str, other_region: str) -> Iterator[Found]:
    for match in _NUMBER.finditer(text):
        start, end = _without_year(text, match.start(), match.end())
        raw = text[start:end]
        if _is_amount(text, start, end) or not _looks_dialled(raw, text[max(start - 30, 0) : start]):
            continue
        value = is_phone(raw, region) or (is_phone(raw, other_region) if other_region else None)
        yield Found(start, end, raw, value)


_AREA_APART = re.compile(
    r"\b(?:area\s+code|c[oó]digo(?:\s+de\s+[aá]rea)?|ddd|prefijo|lada)\W{1,3}(?:(?:es|is|[ée]|el)\W{1,2})?(?P<area>\d{2,4})\b"
    r"\W{1,3}(?:[^\W\d]+\W{1,3}){0,5}(?P<rest>\d[\d \t.-]{4,10}\d)\b",
    re.IGNORECASE,
)


def _apart_phones(text: str, region: str) -> Iterator[Found]:
    """As in "area code 918, then 555-0143"."""
    for match in islice(_AREA_APART.finditer(text), MAX_FOUND):
        if value := is_phone(match["area"] + match["rest"], region):
            yield Found(match.start("area"), match.end(), text[match.start("area") : match.end()], value)


def _without_year(text: str, start: int, end: int) -> tuple[int, int]:
    """As in "Corolla 2023 1250000" which is a year and a price, not a number of eleven digits."""
    head, space, tail = text[start:end].partition(" ")
    if space and _YEAR.fullmatch(head) and re.fullmatch(r"\d{5,}", tail):
        return start + 5, end
    return start, end


def _looks_dialled(raw: str, before: str) -> bool:
    digits = re.sub(r"\D", "", raw)
    groups = re.findall(r"\d+", raw)
    if raw.startswith(("+", "00")):
        return len(digits) >= 8
    if _DAY.fullmatch(digits) or all(_YEAR.fullmatch(group) for group in groups):
        return False
    if _CUE.search(before):
        return True
    if _THOUSANDS.fullmatch(raw) or all(len(group) > 5 and group.endswith("000") for group in groups):
        return False
    if len(digits) == 7:
        return bool(re.fullmatch(r"\d{3}[-.\u2010-\u2015]\d{4}", raw))
    # Too long for a number: two of them, or a card. Better hidden as well.
    return True


def _is_amount(text: str, start: int, end: int) -> bool:
    return bool(_MONEY_BEFORE.search(text, max(start - 6, 0), start) or _AMOUNT_AFTER.match(text, end))


def _apart(found: list[Found]) -> list[Found]:
    """In order of appearance, without overlaps: the valid one stays, then the longer one."""
    kept: list[Found] = []
    taken = bytearray(max((f.end for f in found), default=0))
    for span in sorted(found, key=lambda f: (f.value is None, f.start - f.end, f.start)):
        if not any(taken[span.start : span.end]):
            kept.append(span)
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return sorted(kept, key=lambda f: f.start)
