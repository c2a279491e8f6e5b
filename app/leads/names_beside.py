"""The name that stands beside the visitor's own address or number, as in "si porfa Karla 809 …" or in a signature.

The message is taken apart at its marks; what touches the data is more of a name than what stands far from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.leads.finding import BLANK
from app.leads.names import bare_run, is_activity, is_company, normal
from app.leads.names_run import Run, plain, read_run

_BOUNDARY = re.compile(
    rf"{BLANK}+|[,;\n|/·•()\[\]!?:+\"]+|\s[-–—]+\s|^\s*[-–—]+|[-–—]+(?={BLANK})|(?<={BLANK})\s*[-–—]+"
    r"|(?<!\b[A-Z])(?<!\b(?i:dr|sr|mr|ms|fr|jr|st))(?<!\b(?i:lic|ing|mrs|dra|sra|arq|doc|col|rev))\.+(?:\s|$)|\.+$|[-–—](?=[A-ZÀ-Ý])(?<=\s[-–—])"
)
_CUE_WORDS = (
    r"(?:mi|my|meu|tel|tel[eé]fono|telefone|telem[oó]vel|cel|celular|m[oó]vil|correo|e-?mail|mail|whats?app|whats|wsp|zap"
    r"|n[uú]mero|number|phone|cell|fone|es|is|[ée]|or|ou|y|and|al|en|ext|no|me|el|on|at|fijo)"
)
_CUES = re.compile(rf"\b{_CUE_WORDS}\b[.:]?|[\d+#]++", re.IGNORECASE)
_CUE = re.compile(rf"\W*+(?:{_CUE_WORDS}|[\d+#]++)\W*", re.IGNORECASE)
_GREETS_US = re.compile(
    r"\W*(?:gracias|thanks?|thank\s+you|obrigad[oa]|valeu|cheers|hola|hi|hello|hey|oi|ol[aá]|buenas|dear"
    r"|estimad[oa]s?|querid[oa])\b",
    re.IGNORECASE,
)
"""What follows is our name, not theirs: "Thanks Dave, 404 …"."""
_PLACE_BEFORE = re.compile(
    r"\b(?:en|in|em|at|de|desde|from|to|hacia|near|cerca|calle|rua|av\w*|avenida|sector|barrio|bairro|plaza|pra[cç]a|vila|villa"
    r"|res(?:idencial)?|edificio|torre|zona|colonia|ciudad|no|na|nos|nas|do|da|el|la|los|las|the|un|una|a|an|um|uma|o)\W*$",
    re.IGNORECASE,
)
_STREET = re.compile(r"\d+\s*[A-ZÀ-Ý]|[A-ZÀ-Ý]\w+,?\s+\d{1,5}\b|\b(?i:calle|rua|av|avenida|street|road)\b")
_MOST = 40


@dataclass(frozen=True, slots=True)
class _Chunk:
    """`text` between two marks. `left`, `right`: whether data stands there with nothing but marks between; `near`:
    whether no sentence ends between."""

    text: str
    left: bool
    right: bool
    near: bool


def name_beside(rest: str, locals_of: tuple[str, ...], *, asked: bool) -> str | None:
    """The name that stands beside contact data. `rest` has the visitor's own data blanked, and no other's in it.

    `locals_of`: what stands before the @ of the addresses, folded. `asked`: who they are or how to reach them was asked
    for, so that what is written like a name is one.
    """
    best: tuple[int, str] | None = None
    on_a_street = bool(_STREET.search(rest.replace(BLANK, "")))
    for chunk in _chunks(normal(rest)):
        for run, exact in _runs(chunk):
            worth = _worth(run, chunk, locals_of, exact=exact, asked=asked, on_a_street=on_a_street)
            if worth and (best is None or worth > best[0]):
                best = worth, run.name
    return best[1] if best else None


def _chunks(rest: str) -> Iterator[_Chunk]:
    pieces: list[tuple[str, str, int]] = []
    at = 0
    for boundary in islice(_BOUNDARY.finditer(rest), _MOST):
        pieces.append((rest[at : boundary.start()], boundary[0], at))
        at = boundary.end()
    pieces.append((rest[at:], "", at))
    # What only names the kind of data ("mi cel") parts nobody from it.
    said = [(_CUES.sub(" ", text).strip(), mark, start) for text, mark, start in pieces]
    data_before, ended = False, True
    for number, (text, mark, _start) in enumerate(said):
        if text:
            right, ends = _data_after(said, number)
            near = (right or not ended) and (data_before or not ends)
            yield _Chunk(pieces[number][0].strip(), data_before, right, near)
            data_before, ended = False, False
        if BLANK in mark:
            data_before, ended = True, False
        elif "\n" in mark or mark.strip().startswith((".", "!", "?")):
            ended = True


def _data_after(said: list[tuple[str, str, int]], number: int) -> tuple[bool, bool]:
    """Whether data follows with nothing between, and whether a sentence ends before it."""
    ends = False
    for text, mark, _ in said[number:]:
        if text and text is not said[number][0]:
            return False, ends
        if BLANK in mark:
            return True, ends
        ends = ends or mark.strip().startswith((".", "!", "?"))
    return False, ends


def _runs(chunk: _Chunk) -> Iterator[tuple[Run, bool]]:
    """What in it can be a name, and whether it is all there is."""
    greeted = _GREETS_US.match(chunk.text)
    if (
        greeted
        and not chunk.left
        and not _GREETS_US.match(chunk.text, greeted.end())
        and chunk.text[greeted.end() :].strip()
    ):
        return
    if is_company(chunk.text):
        return
    words = _trimmed(chunk.text)
    if run := bare_run(words):
        yield (
            run,
            not re.search(
                r"\w",
                words[words.find(run.words[-1]) + len(run.words[-1]) :] if run.words[-1] in words else "",
            ),
        )
        return
    if chunk.right:
        yield from _ending(words)
    if chunk.left and (run := read_run(words, lower_too=False)) and (run.is_known or run.capitals > 1):
        yield run, False


def _trimmed(text: str) -> str:
    """Without the words for the kind of data at its ends."""
    words = list(_WORD.finditer(text))
    first, last = 0, len(words)
    while first < last and _CUE.fullmatch(words[first][0]):
        first += 1
    while last > first and _CUE.fullmatch(words[last - 1][0]):
        last -= 1
    return text[words[first].start() : words[last - 1].end()] if first < last else ""


_WORD = re.compile(r"\S+")


def _ending(words: str) -> Iterator[tuple[Run, bool]]:
    """The longest name that the words end with: "… hoy Karla Zendejas"."""
    places = list(re.finditer(r"\S+", words))[-6:]
    for place in places[1:]:
        before, tail = words[: place.start()], words[place.start() :]
        if not tail[0].isupper() and not _D_APOSTROPHE.match(tail):
            continue
        run = read_run(tail, lower_too=False)
        whole = run and not re.search(r"\w", tail[run.end :])
        if whole and _PLACE_BEFORE.search(before):
            return
        if run and whole and (run.is_known or len(run.words) > 1 or not is_activity(run.name)):
            yield run, False
            return


_NO_MORE = re.compile(r"\s+(?:no|sin|sem|without|not|not|como|like|as|con|com|with)\b")
"""As in "Hamish no relation to anyone", "Noelio con o"."""
_D_APOSTROPHE = re.compile(r"[dDlL]['’][A-ZÀ-Ý]")


def _worth(
    run: Run, chunk: _Chunk, locals_of: tuple[str, ...], *, exact: bool, asked: bool, on_a_street: bool
) -> int:
    """How sure it is that this is their name; 0 = not at all."""
    touches = chunk.left or chunk.right
    if any(len(w) > _SHORTEST and plain(w) in local for w in run.words for local in locals_of):
        return 9 if touches else (7 if exact else 0)
    if run.is_known or (run.is_titled and run.capitals > 0):
        if touches:
            return 8 if run.capitals else 6
        return 5 if exact and (asked or run.capitals) else 0
    if not run.capitals or run.capitals < sum(len(w) > _LONGEST_PARTICLE for w in run.words):
        return 0
    return _worth_of_unknown(run, chunk, exact=exact, asked=asked, on_a_street=on_a_street)


_SHORTEST = 2
_LONGEST_PARTICLE = 3


def _worth_of_unknown(run: Run, chunk: _Chunk, *, exact: bool, asked: bool, on_a_street: bool) -> int:
    """Of words that are written like a name and are not known as one."""
    surname = run.capitals > 1
    if not (chunk.left or chunk.right):
        return 1 if asked and exact and surname and not on_a_street else 0
    if chunk.near and (exact or surname) and (not on_a_street or (surname and asked and not exact)):
        return 4 if surname else 3
    if chunk.near and chunk.right and not exact:
        return 2
    return 2 if asked and not on_a_street else 0
