"""What a model says, made safe while it streams: nothing of our instructions, no images, no tricky links, no invented
prices, not too long.

Four stages, each a small machine over the stream that holds back only what may still turn out to be a match:
leaks, links, claims, length. What `feed` and `finish` return, joined, is the final text; it does not depend on the
chunks.
"""

from __future__ import annotations

import re
import secrets
import string
import unicodedata
from functools import lru_cache
from typing import Literal

from app.replies.grounds import Grounds
from app.replies.links import Links

TripReason = Literal["leak", "empty", "invented_price", "invented_availability"]

LEAK_CHARS = 40
"""A run of the instructions this long, in letters and digits, is a leak."""
GRAM = 16
"""Text is held back once this much of it runs along the instructions; shorter runs are everyday words."""
CANARY_START = 3
"""A canary is held back from here: its first letters are the same for every request and occur in words."""
MAX_HELD = 600

# NUL and lone surrogates cannot be stored; direction marks make a link read like another one.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DROP = dict.fromkeys((ord(c) for c in map(chr, range(128)) if not c.isalnum()), None)
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase) | _DROP
# Only where a row of marks begins: tried at each of a thousand, it would be a million steps.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[)\]\"'»”]*(?=\s)|\n")
_ENDED = re.compile(r"(?<![.!?…])[.!?…]+[)\]\"'»”]*\Z")
MAX_SENTENCE = 600
"""A sentence that is longer is judged in pieces of this length."""
_CLAIM = re.compile(
    r"[\d$€£]|disponib|disponív|disponiv|availab|stock|existencia|estoque|inventario"
    r"|vendid|vendió|vendio|reservad|reserved|agot|esgot|sold|millon|millón|milh"
    # A sum in words: its currency or its scale, and what mostly stands before them.
    r"|\bmil|thousand|hundred|\bgrand|\bpeso|d[oó]lar|dollar|\bbuck|\beuro|\brea(?:l|is)|\bsoles|\blucas|quetzal|bolivian"
    r"|\bcol[oó]n|\bveint|treint|cuarent|cincuent|sesent|setent|ochent|novent|\bcien|cient[oa]s|quinient"
    r"|twent|thirt|fort[yi]|fift|sixt|sevent|eight|ninet|\bvint|trint|quarent|cinquent|sessent|oitent|\bcento|[eo]zent"
    # That few are left, that it can be had at once, that it is there or gone.
    r"|\bqueda|\bresta|\bleft|[úu]ltim|\blast|i(?:n|m)?mediat|\bpronta|\blist[oa]s?\s+para|\bready"
    r"|\b(?:l[oa]s?|todav[ií]a|no)\s+tenemos|\bwe\s+(?:still\s+)?have\s+(?:it|them|one)|\bainda\s+(?:[oa]s?\s+)?temos"
    r"|\bn[aã]o\s+(?:[oa]s?\s+)?temos|\btemos\s+(?:el[ea]|sim)|longer|any\s?more|\bven[td]a|for\s+sale",
    re.IGNORECASE,
)
"""What a claim cannot be made without. A sentence is held back from here to its end, and judged as a whole."""
_PIECES = (
    "dispon", "availab", "stock", "existencia", "estoque", "inventario", "vend", "reserv", "agot", "esgot",
    "sold", "mil", "thousand", "hundred", "grand", "peso", "dólar", "dolar", "dollar", "buck", "euro",
    "real", "reai", "soles", "lucas", "quetzal", "bolivian", "colon", "colón", "vein", "trein", "cuaren",
    "cincuen", "sesen", "seten", "ochen", "noven", "cien", "quinien", "twent", "thirt", "fort", "fift",
    "sixt", "sevent", "eight", "ninet", "vint", "trint", "quarent", "cinquent", "sessent", "oitent",
    "cento", "zent", "queda", "rest", "left", "ltim", "last", "mediat", "pronta", "list", "ready",
    "tenemos", "temos", "have", "longer", "any", "venta", "venda", "for sale",
)  # fmt: skip
"""In lower case, what every claim without a figure has a piece of: looking for them costs less than the pattern."""
_FIGURE = re.compile(r"[\d$€£]")
_LONGEST_CLAIM = 24


class GuardTripped(Exception):
    """The text may not go on. `leak`: it gives away instructions; `empty`: there was nothing to read in it;
    `invented_…`: it states what nobody told it."""

    def __init__(self, reason: TripReason) -> None:
        super().__init__(reason)
        self.reason: TripReason = reason


def new_canary() -> str:
    """A random mark for one request. It starts with letters that begin few words, so that prose is never held back."""
    return f"zxq{secrets.token_hex(9)}"


class Guard:
    """One reply's text.

    `system_text` is the assistant's own text, its variables not filled in: it is indexed once and remembered, and what
    is put into it (titles, names) belongs to the visitor anyway. `max_chars` bounds the final text; `grounds` is what
    it may state as fact, and may grow while the text comes.
    """

    __slots__ = ("_begun", "_claims", "_leaks", "_length", "_links", "_visible")

    def __init__(
        self, *, canary: str, system_text: str, max_chars: int, grounds: Grounds | None = None
    ) -> None:
        self._leaks = _Leaks(_fold(canary), _grams(system_text))
        self._links = Links()
        self._claims = _Claims(grounds)
        self._length = _Length(max_chars)
        self._begun = False
        self._visible = False

    @property
    def truncated(self) -> bool:
        """Whether the text reached its bound; nothing more will come out, so the source can be closed."""
        return self._length.full

    def feed(self, chunk: str) -> str:
        """The next piece of the final text, perhaps empty. Raises GuardTripped before any leaking text is out."""
        if not chunk.isprintable():
            chunk = _UNWANTED.sub("", chunk)
        if not self._begun:
            chunk = chunk.lstrip()
            self._begun = bool(chunk)
        text = self._length.feed(self._claims.feed(self._links.feed(self._leaks.feed(chunk))))
        if text and not self._visible:
            self._visible = _is_visible(text)
        return text

    def finish(self) -> str:
        """The rest of the final text. Raises GuardTripped("empty") when the whole had nothing to read."""
        rest = self._links.feed(self._leaks.finish()) + self._links.finish()
        text = self._length.feed(self._claims.feed(rest) + self._claims.finish()) + self._length.finish()
        if not (self._visible or _is_visible(text)):
            raise GuardTripped("empty")
        return text


class _Leaks:
    """Looks for the canary and for long runs of the instructions, in folded text: letters and digits only."""

    __slots__ = ("_canary", "_grams", "_held", "_reach", "_run", "_tail", "_tripped")

    def __init__(self, canary: str, grams: frozenset[str]) -> None:
        if len(canary) < 8:
            raise ValueError("a canary needs at least 8 letters or digits")
        self._canary = canary
        self._grams = grams
        self._reach = max(len(canary), GRAM) - 1
        self._tail = ""
        self._held = ""
        self._run = 0
        self._tripped = False

    def feed(self, chunk: str) -> str:
        folded = _fold(chunk)
        if self._tripped:
            raise GuardTripped("leak")
        if not folded and not self._held:
            return chunk
        seen = len(self._tail)
        tail = self._tail + folded
        if self._canary in tail:
            self._trip()
        self._follow_runs(tail, seen)
        self._tail = tail[-self._reach :]
        hold = max(self._run, self._started_canary())
        text = self._held + chunk
        if not hold:
            self._held = ""
            return text
        start = _raw_start(text, hold)
        if len(text) - start > MAX_HELD:
            start = len(text)
        self._held = text[start:]
        return text[:start]

    def finish(self) -> str:
        text, self._held = self._held, ""
        return text

    def _follow_runs(self, tail: str, seen: int) -> None:
        grams, run = self._grams, self._run
        for end in range(seen + 1, len(tail) + 1):
            if tail[end - GRAM if end > GRAM else 0 : end] in grams:
                run = run + 1 if run else GRAM
                if run >= LEAK_CHARS:
                    self._trip()
            else:
                run = 0
        self._run = run

    def _started_canary(self) -> int:
        """How many of the last folded characters may be the beginning of the canary."""
        tail, canary = self._tail, self._canary
        at = tail.find(canary[0], max(len(tail) - len(canary) + 1, 0))
        while at >= 0:
            if canary.startswith(tail[at:]):
                started = len(tail) - at
                return started if started >= CANARY_START else 0
            at = tail.find(canary[0], at + 1)
        return 0

    def _trip(self) -> None:
        self._tripped = True
        self._held = ""
        raise GuardTripped("leak")


class _Claims:
    """Lets no sentence through that states a price or an availability without grounds."""

    __slots__ = ("_grounds", "_held", "_said")

    def __init__(self, grounds: Grounds | None) -> None:
        self._grounds = grounds
        self._said = ""
        self._held = ""

    def feed(self, text: str) -> str:
        if self._grounds is None:
            return text
        if text[:1].isspace() and not self._held and _ENDED.search(self._said):
            # The end of a sentence shows only in what comes after it.
            self._said = ""
        text = self._held + text
        self._held = ""
        out = ""
        while text:
            sentence, rest, ended = _first_sentence(text, MAX_SENTENCE - len(self._said))
            claim = self._claim_in(sentence)
            if claim is not None and not ended:
                self._held = text[claim:]
                self._said += text[:claim]
                return out + text[:claim]
            if claim is not None:
                self._judge(self._said + sentence)
            out += sentence
            self._said = "" if ended else self._said + sentence
            text = rest
        return out

    def finish(self) -> str:
        text, self._held = self._held, ""
        if text:
            self._judge(self._said + text)
        return text

    def _claim_in(self, sentence: str) -> int | None:
        """Where in the sentence's new part a claim begins, perhaps with letters that are out already."""
        before = self._said[-_LONGEST_CLAIM:]
        text = before + sentence
        low = text.casefold()
        if not (_FIGURE.search(text) or any(map(low.__contains__, _PIECES))):
            return None
        match = _CLAIM.search(text)
        return max(match.start() - len(before), 0) if match else None

    def _judge(self, sentence: str) -> None:
        assert self._grounds is not None
        complaint = self._grounds.complaint(sentence)
        if complaint is not None:
            self._held = ""
            raise GuardTripped(complaint)


class _Length:
    """Lets `max_chars` through. Near the end only whole sentences, so that the last one is not cut in the middle."""

    __slots__ = ("_count", "_held", "_max", "_soft", "full")

    def __init__(self, max_chars: int) -> None:
        self._max = max_chars
        self._soft = max_chars - min(400, max_chars // 4)
        self._count = 0
        self._held = ""
        self.full = False

    def feed(self, text: str) -> str:
        if self.full:
            return ""
        count = self._count + len(text)
        if count <= self._soft:
            self._count = count
            return text
        text = self._held + text
        self._held = ""
        if self._count + len(text) > self._max:
            self.full = True
            return self._cut(text[: self._max - self._count])
        end = self._last_sentence(text)
        self._held = text[end:]
        self._count += end
        return text[:end]

    def finish(self) -> str:
        text, self._held = self._held, ""
        return text

    def _last_sentence(self, text: str) -> int:
        """Where the last whole sentence ends; text before the soft bound goes out whatever it is."""
        end = max(self._soft - self._count, 0)
        for match in _SENTENCE_END.finditer(text, end):
            end = match.end()
        return end

    def _cut(self, text: str) -> str:
        free = max(self._soft - self._count, 0)
        end = self._last_sentence(text)
        if end > free or self._count > self._soft:
            return text[:end]
        # Not one sentence ended since the soft bound.
        room = text[free:-1]
        space = room.rfind(" ")
        return text[:free] + (room[:space].rstrip() if space >= 0 else room) + "…"


def _first_sentence(text: str, room: int) -> tuple[str, str, bool]:
    """The first sentence, what follows it, and whether it is whole: it ended, or is as long as `room`."""
    match = _SENTENCE_END.search(text)
    end = match.end() if match else len(text)
    if end > max(room, 1):
        return text[: max(room, 1)], text[max(room, 1) :], True
    return text[:end], text[end:], match is not None


def _is_visible(text: str) -> bool:
    return any(c.isprintable() and not c.isspace() for c in text)


def _fold(text: str) -> str:
    """Letters and digits in lower case without accents: what is left when someone spells a secret out with dashes."""
    if text.isascii():
        return text.translate(_LOWER)
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _raw_start(text: str, folded: int) -> int:
    """Where the last `folded` folded characters of `text` begin."""
    at = len(text)
    while at and folded > 0:
        at -= 1
        folded -= len(_fold(text[at]))
    return at


@lru_cache(maxsize=64)
def _grams(system_text: str) -> frozenset[str]:
    grams: set[str] = set()
    for part in re.split(r"\{\{[^}]*\}\}", system_text):
        folded = _fold(part)
        grams.update(folded[i : i + GRAM] for i in range(len(folded) - GRAM + 1))
    return frozenset(grams)
