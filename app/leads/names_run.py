"""A run of words that can be a name, read from where a text begins: "María de la Concepción Ureña, quiero …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.leads.given_names import GIVEN_NAMES
from app.leads.names_words import NAMES_AND_WORDS, NOT_NAMES, PLACES, SURNAMES_WITH_DE, TITLES

MAX_NAME = 80
MAX_WORDS = 6

_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?"
_WORDS = re.compile(rf"{_WORD}(?:[ \t]+{_WORD}){{0,{MAX_WORDS + 2}}}")
_NO_SPACE = re.compile(r"\S+")
_ORIGIN = re.compile(
    r"\s+(?P<of>de|del|da|do|dos|das|from|of)\s+(?P<the>(?:la|las|los|el|the)\s+)?(?P<where>[^\W\d_]+)(?P<more>.*)$",
    re.DOTALL,
)
_INNER = """
    de del la las los da do das dos di du le van von der den ter ten bin bint ibn ní ni nic mac mc san santa são y e
"""
INNER = frozenset(_INNER.split())
"""What stands between two words of a name, and never ends one."""
_BUSINESS = re.compile(
    r"\s+(?:de(?:l|\s+la)?|da|do|from|of|at)\s+(?:la\s+empresa|empresa|transportes?|grupo|inversiones"
    r"|constructora|comercial\w*|cl[ií]nica|restaurante?|hotel|industrias|talleres|compa[ñn][ií]a|inmobiliaria|agencia"
    r"|tienda|colegio|escuela|universidad|banco|distribuidora|ferreter[ií]a|laboratorios?|farmacia|consultor\w+"
    r"|servicios|autos|grup|loja|construtora|escola|academia|metal[uú]rgica|panader[ií]a|padaria|supermercad\w+)\b.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """`name` is tidy, `written` is not; `text[:end]` is what was read, with a place or company that was dropped."""

    name: str
    written: str
    end: int

    @property
    def words(self) -> list[str]:
        return self.name.split()

    @property
    def is_known(self) -> bool:
        """Whether it begins with a given name that is known as one."""
        first = first_of(self.words)
        return first in GIVEN_NAMES or (first in NAMES_AND_WORDS and self.capitals > 1)

    @property
    def is_titled(self) -> bool:
        return plain(self.words[0]) in TITLES

    @property
    def capitals(self) -> int:
        """How many of its words are written like a name's."""
        return sum(is_capital(word) and plain(word) not in TITLES for word in self.written.split())


def first_of(words: list[str]) -> str:
    """The first that is no title, folded."""
    return next((w for w in map(plain, words) if w not in TITLES), "")


def plain(word: str) -> str:
    return word.lower().rstrip(".").translate(_ACCENTS)


_ACCENTS = str.maketrans("áéíóúüñâêôãõàçö", "aeiouunaeoaoaco")


def is_capital(word: str) -> bool:
    return word[0].isupper() or (len(word) > 2 and word[1] in "'’" and word[2].isupper())


def read_run(text: str, *, lower_too: bool) -> Run | None:
    """The name that `text` begins with, or None. `lower_too`: one in lower case will do, known or not."""
    match = _WORDS.match(text)
    if match is None:
        return None
    places = list(_NO_SPACE.finditer(match[0]))
    written = [place[0] for place in places]
    if written[0].endswith(("'s", "’s")):
        return None
    capital = is_capital(written[0]) and not text.isupper()
    known = first_of(written) in GIVEN_NAMES or _is_name_and_word(written)
    if not (capital or lower_too or known or plain(written[0]) in TITLES):
        return None
    if not (capital or known or plain(written[0]) in TITLES) and _says_what_they_are(written):
        return None
    count = _count(written, capital=capital, lower_too=lower_too)
    while count and plain(written[count - 1]) in INNER | TITLES:
        count -= 1
    if not count:
        return None
    whole = " ".join(written[: min(count, MAX_WORDS)])
    kept = _without_origin(whole)
    name = _tidy(kept)
    said = any(len(plain(word)) > 1 and plain(word) not in TITLES for word in kept.split())
    return Run(name, kept, places[count - 1].end()) if said and 2 <= len(name) <= MAX_NAME else None


def _says_what_they_are(written: list[str]) -> bool:
    """As in "aluno Enzo Gabriel": a word in lower case before names that are written as such."""
    return (
        len(written) > 1
        and not written[1].isupper()
        and is_capital(written[1])
        and written[1] != written[1].lower()
    )


def _count(written: list[str], *, capital: bool, lower_too: bool) -> int:
    """How many of the words are the name's."""
    titled = plain(written[0]) in TITLES
    for number, word in enumerate(written):
        bare = plain(word)
        if bare in TITLES and not _is_past_titles(written[:number]):
            continue
        if number and bare in INNER:
            if bare in {"y", "e"} and not _joins_surnames(written, number):
                return number
            continue
        if number and not (capital or lower_too or bare in GIVEN_NAMES or titled):
            return number
        if not _belongs(written, number, capital=capital):
            return number
        if word.endswith(".") and len(bare) > 2:
            return number + 1
    return len(written)


def _is_past_titles(words: list[str]) -> bool:
    return any(plain(word) not in TITLES for word in words)


def _belongs(written: list[str], number: int, *, capital: bool) -> bool:
    word, bare = written[number], plain(written[number])
    if capital and not is_capital(word):
        return False
    if len(bare) == 1:
        # An initial has a name before it, or stands before one with a dot.
        return capital and is_capital(word) and (number > 0 or (word.endswith(".") and len(written) > 1))
    if bare in NOT_NAMES:
        # "Gareth Price" is a name, "gareth price" may be a question; "Will Turner", "will call".
        surname = capital and number > 0 and is_capital(word) and not word.isupper()
        return surname or (number == 0 and _is_name_and_word(written))
    return _is_spoken(bare)


def _is_name_and_word(written: list[str]) -> bool:
    """As in "Domingo Freitas" and "Will Turner": a given name that is an everyday word as well, before a surname."""
    if plain(written[0]) not in NAMES_AND_WORDS or not is_capital(written[0]) or len(written) < 2:
        return False
    return is_capital(written[1]) and plain(written[1]) not in NOT_NAMES and not written[1].isupper()


def _joins_surnames(written: list[str], number: int) -> bool:
    """As in "dos Santos e Silva" and "Ortega y Gasset", not in "Tom e Ana"."""
    if not 2 <= number < len(written) - 1:
        return False
    after = plain(written[number + 1])
    if after in GIVEN_NAMES or after in NOT_NAMES:
        return False
    return is_capital(written[number + 1]) if is_capital(written[0]) else after in SURNAMES_WITH_DE


def _without_origin(name: str) -> str:
    """ "Anselmo de Tarija" is Anselmo; "Ana de la Cruz" is all of it."""
    name = _BUSINESS.sub("", name)
    origin = _ORIGIN.search(name)
    if origin is None or not origin.start():
        return name
    where, of = plain(origin["where"]), origin["of"]
    if where in SURNAMES_WITH_DE and not (
        where in PLACES and of != "del" and not origin["the"] and len(name[: origin.start()].split()) < 2
    ):
        return name
    if where in PLACES or where in NOT_NAMES or of in {"from", "of"} or not is_capital(origin["where"]):
        return name[: origin.start()]
    if of in {"dos", "das", "del"} or origin["the"]:
        return name
    # "Juan de Souza Lima", but "Sueli da Frascopack".
    return name if of == "de" and origin["more"].strip(" .") else name[: origin.start()]


def _is_spoken(word: str) -> bool:
    """Letters that can be said: not `asdfgh`, not `jjjj`, not `A²`."""
    if not all(c.isalpha() or c in "'’-" for c in word):
        return False
    if len(word) <= 2:
        return True
    if re.search(r"(.)\1\1|['’](?:t|s|ll|re|ve|d|m)$", word) or re.search(
        r"[bcdfghjklmnpqrstvwxz]{5}|(?:-\w\b){2}", word
    ):
        return False
    return not word.isascii() or bool(re.search(r"[aeiouy]", word))


def _tidy(name: str) -> str:
    if len(name.rsplit(maxsplit=1)[-1]) > 2:
        name = name.rstrip(".")
    if not (name.islower() or name.isupper()):
        return name
    words = [
        w if plain(w) in INNER else re.sub(r"(^|['’-])(\w)", lambda m: m[1] + m[2].upper(), w)
        for w in name.lower().split()
    ]
    return " ".join(words)
