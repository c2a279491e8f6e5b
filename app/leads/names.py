"""A visitor's own name, from how people introduce themselves in Spanish, English and Portuguese.

Missing a name costs one question; taking "interested" for a name is embarrassing. In doubt there is none.
"""

from __future__ import annotations

import re
import unicodedata

from app.leads.finding import BLANK
from app.leads.given_names import GIVEN_NAMES
from app.leads.names_words import NOT_NAMES, SURNAMES_WITH_DE

MAX_NAME = 80
_MAX_WORDS = 5

_WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?"
_WORDS = re.compile(rf"{_WORD}(?:[ \t]+{_WORD}){{0,{_MAX_WORDS + 2}}}")

# Nothing but a name follows these: lower case will do.
_SURE = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bn[ãa]o )\b(?:me\s+llamo|mi\s+nombre(?:\s+completo)?\s+(?:es|:)"
    r"|me\s+chamo|chamo-me"
    r"|(?:o\s+)?meu\s+nome(?:\s+completo)?\s+[ée]\b|my\s+(?:full\s+)?name(?:\s+is|'s|’s|s)"
    r"|(?<!'s\s)(?<!s\s)(?<!her\s)(?<!his\s)(?<!your\s)(?:the\s+)?name['’]s"
    r"|(?<!su\s)(?<!tu\s)(?:nombre|name|nome)\s*:)\s*",
    re.IGNORECASE,
)
# Anything may follow these ("soy de Santiago", "I'm interested"): only what is written like a name counts.
_PERHAPS = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bn[ãa]o )\b(?:soy|sou|aqui\s+[ée]|(?:le|te)?\s*habla|(?:le|te"
    r"|les)\s+(?:escribe|saluda)"
    r"|pued[eo]n?s?\s+llamarme|pode[mn]?\s+(?:me\s+)?chamar\s+de|mi\s+apellido\s+es"
    r"|(?:todos|everybody|everyone|folks|people|friends)\s+(?:me\s+)?(?:calls?|llaman|dicen|chamam)\s+(?:me|de)?"
    r"|(?:mi|meu|my)\s+(?:nombre|nome|name)(?:\s+(?:es|is|[ée]))?|firma\s*:|i\s+go\s+by|the\s+name\s+is"
    r"|me\s+(?:dicen|llaman)(?=\s+\w+\W*(?:$|[,.!]))|quem\s+fala\s+[ée]|(?:hablas|est[aá]s?\s+hablando)\s+con"
    r""
    r"|i\s*['’]?\s*m|i\s+am|this\s+is|call\s+me|attn:?(?:\s+me)?,?|a\s+nombre\s+de|em\s+nome\s+de|under"
    r"|me\s+cham(?:ar|a|e|em)\s+de)"
    r"\s+(?:(?:(?:[oa]|la|el)\s+)?(?:se[nñ]or(?:a|ita)?|senhora?|do[nñ]a?|dona|sr\.?|sra\.?)\s+(?=[A-ZÀ-Ý])"
    r"|(?:[oa]|la|el|seu)\s+(?=[A-ZÀ-Ý]))?",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^(?:\W|\b(?:hola|buenas|buenos|buen|d[ií]as?|tardes|noches|claro|s[ií]|ok|okay|okey|dale|bueno|pues"
    r"|es|soy|sure|yes"
    r"|yeah|hi|hello|hey|ol[áa]|oi|sim|it['’]?s|its|de\s+acuerdo|por\s+supuesto|con\s+gusto|bom|boa|tarde"
    r"|noite|dia|sou"
    r"|[ao](?=\s)|mi|nombre|i['’]?m|i\s+am|con|com|with|anot[ea]|apunt[ea]|ya|va|vale|aqu[ií]|name['’]?s"
    r"|(?:ja|je|ha|k){2,}|[ée](?=\s)|meu(?:\s+nome)?|pode\s+anotar|puedes?\s+poner|an[oó]te(?:me)?|ap[uú]nte(?:me)?|como"
    r"|just|put(?:\s+down)?|thing|nome(?=\s)|name(?=\s)|that['’]?s|s{2,}|licenciad[oa]|se[nñ]or(?:a|ita)?|senhora?|con(?:migo)(?:\s+mism[oa])?|comigo(?:\s+mesm[oa])?|sra?\.?(?=\s)|pode\s+colocar|p[oó]n(?:lo|me|ga)?|poner|colocar|under|de\s+parte\s+de|ese|isso|cosa|att?e|contacto|contato|m[ií][oa](?=\W)|meu(?=\W)|mine(?=\W)"
    r"|yep|go\s+on|isso|exacto|correcto|correct|right|exato|perfecto|perfect"
    r"|por\s+favor|attn|att|saludos|atentamente|atte|regards|best|cheers|thanks|gracias|obrigad[oa]|la|el"
    r"|do[nñ]a?|dona|seu)\b)+",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"[\s,.!]*(?:\b(?:gracias|por\s+favor|a\s+la\s+orden|un\s+placer|mucho\s+gusto|encantad[oa]"
    r"|mesmo|mismo|kk+|(?:ja|ha|rs)+"
    r"|a\s+[st]us?\s+[oó]rdenes|para\s+servir(?:le|te)"
    r"|y\s+t[uú]|thanks|thank\s+you|please|nice\s+to\s+meet\s+you|obrigad[oa]|prazer"
    r"|muito\s+prazer)\b)+[\W]*$",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    rf"[,;\n|/:@{BLANK}]|\s[-–—]\s"
    rf"|(?<!\bdr)(?<!\bdra)(?<!\bing)(?<!\blic)(?<!\bsr)(?<!\bsra)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\barq)"
    r"(?<!\bprof)\.\s|\s(?:y|and|e|&)\s(?!\w{1,3}\b\W*$)"
    r"|\s(?:pero|but|mas|aunque|though)\s|\s(?:con|com|with(?:\s+an?)?)\s+\w{1,2}\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"\d+|[,;\n|/·•()\[\]{BLANK}]+|\s[-–—]+\s|^\s*[-–—]+|\s\W*$"
    rf"|(?<!\b[A-Za-z]{{2}})(?<!\b[A-Za-z]{{3}})\.\s|[!?:]"
)
_CUES = re.compile(
    r"\b(?:mi|my|meu|tel|tel[eé]fono|telefone|cel|celular|m[oó]vil|correo|e-?mail|mail|whats?app|wsp|zap"
    r"|n[uú]mero|number|phone|cell"
    r"|es|is|[ée]|or|o|ou|y|and|e|al|en|ext|no|me)\b[.:]?|[\d+]",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"\s+(?:de(?:l|\s+la)?|da|do|from|of|at)\s+(?:santiago|santo\s+domingo|lima|m[eé]xico|bogot[aá]"
    r"|madrid|buenos\s+aires|miami|s[aã]o\s+paulo|la\s+empresa|empresa|transportes?|grupo|inversiones"
    r"|constructora|comercial\w*|cl[ií]nica"
    r"|restaurante?|hotel|industrias|talleres|compa[ñn][ií]a|inmobiliaria|agencia|tienda|colegio|escuela"
    r"|universidad|banco"
    r"|distribuidora|ferreter[ií]a|laboratorios?|farmacia|consultor\w+|servicios|autos|grup|loja"
    r"|construtora|escola|academia)\b.*$",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"\s+(?:de|del|da|do|dos|das|from|of)\s+(?:(?:la|las|los|el|the)\s+)?(?P<where>[^\W\d_]+).*$", re.DOTALL
)
_INNER = frozenset(
    ("de", "del", "la", "las", "los", "da", "do", "das", "dos", "di", "van", "von", "der", "den")
)
_TITLES = frozenset(("dr", "dra", "ing", "lic", "sr", "sra", "mr", "mrs", "ms", "arq", "prof", "don", "dona"))
_PARTICLES = _INNER | {"y", "e", "bin", "al", "el"}


_WORKS_AT = re.compile(
    r"\s+(?:at|from|with|of)\s+[A-Z].*$|,?\s+(?:or|o|ou)\s+(?:my|mi|meu|minha)\s.*$", re.DOTALL
)


_NAMED = r"(?P<name>[A-ZÀ-Ý][^\W\d_]+(?:[ \t]+[A-ZÀ-Ý][^\W\d_]+){0,2})"
_PRESENTED = (
    re.compile(
        rf"\A\W*(?:(?i:hi|hello|hey|yes|hola|ol[aá]|oi|buenas|good (?:morning|afternoon|evening)|bom dia"
        rf"|boa (?:tarde|noite)|buen(?:os|as) (?:d[ií]as|tardes|noches))\W+)?"
        rf"{_NAMED}\s+(?:here|speaking|again|aqu[ií]|por aqu[ií])\b"
    ),
    re.compile(
        rf"\A\W*(?:(?i:hi|hello|hey|hola|oi|ol[aá]|bo[am] (?:tarde|noite|dia)|buenas(?: tardes| noches)?"
        rf"|buenos d[ií]as)\W+)?(?i:it['’]?s|aqu[ií]|ac[aá]|es|[ée] [oa])\s+(?:(?:el|la|[oa])\s+)?{_NAMED}"
        r"\s*(?:[,.!\n]|$|(?:de|desde|from|again)\b)"
    ),
    # Thanks on one line are for us ("Gracias, Luis"): what signs stands below them.
    re.compile(
        rf"(?:^|[\n.!,;]\s*)(?i:(?:atte|att|atentamente|(?:kind |best )?regards|cordialmente"
        rf"|atenciosamente)[.,]?\s+"
        rf"|(?:saludos|quedo atent[oa]|abra[cç]os?|cheers|best)\s*[,.\n]\s*|(?:gracias|thanks|thank you"
        rf"|obrigad[oa])[.,!]*\s*\n\s*)"
        rf"{_NAMED}\s*(?:{BLANK}|\W)*\Z"
    ),
)
"""How people present themselves without a verb; only a known given name counts there."""


_GAP = re.compile(r"\s{3,}")
"""Patterns with several places for a space try each: thousands of empty lines would keep the server busy for long."""


def _narrow(gap: re.Match[str]) -> str:
    return "\n" if "\n" in gap[0] else " "


_SIGNS = re.compile(
    rf"[\n.!,;]\s*(?i:atte|att|atentamente|atenciosamente|cordialmente|quedo atent[oa]|(?:kind |best )?regards)"
    rf"\s*[.,\n]+\s*{_NAMED}\s*(?:{BLANK}|\W)*\Z"
)
_UNKNOWN_HERE = re.compile(
    rf"\A\W*(?i:hi|hello|hey|hola|ol[aá]|oi)\W+{_NAMED}\s+(?:here|speaking|por aqu[ií])\s*[.,!\n]"
)
"""A greeting before and a stop after leave no doubt, whatever the name."""


def _presented(text: str) -> str | None:
    if (match := _UNKNOWN_HERE.search(text) or _SIGNS.search(text)) and (name := bare_name(match["name"])):
        return name
    for pattern in _PRESENTED:
        match = pattern.search(text)
        if match and _plain(match["name"].split()[0]) in GIVEN_NAMES and (name := bare_name(match["name"])):
            return name
    return None


def find_name(text: str, *, asked: bool) -> str | None:
    """The name that the visitor gives as their own, or None. `asked`: their name was the last thing asked for.

    The last introduction counts ("no, me llamo Eva"). Addresses and numbers should have been blanked (`finding.hide`).
    """
    # A decomposed accent is no letter of its own.
    text = _GAP.sub(_narrow, unicodedata.normalize("NFC", text))
    name: str | None = None
    shouted = text.isupper()
    for pattern, sure in ((_PERHAPS, asked), (_SURE, True)):
        for match in pattern.finditer(text):
            taken = _take(text[match.end() :], lower_too=sure, shouted=shouted)
            if taken and pattern is _PERHAPS and _goes_on(text[match.end() :], taken):
                continue
            name = taken or name
    name = name or _presented(text)
    if name is None and asked and "?" not in _COURTESY.sub("", text):
        name = _known_segment(text) or bare_name(text)
    return name


def _goes_on(text: str, taken: str) -> bool:
    """As in "I'm outside right now": words in lower case that a sentence goes on after, and no known name."""
    written = text[: len(taken)]
    if written != written.lower() or _plain(taken.split(maxsplit=1)[0]) in GIVEN_NAMES:
        return False
    return bool(re.match(r"[ \t]+(?!(?:y|e|and|de)\b)\w", text[len(taken) :]))


def _known_segment(text: str) -> str | None:
    """As in "san miguel, Roxana Pineda": where several things are answered, what begins with a known name."""
    for segment in _SEGMENT.split(text):
        name = bare_name(segment)
        if name and _plain(name.split()[0]) in GIVEN_NAMES:
            return name
    return None


def bare_name(text: str) -> str | None:
    """The name in a message that is nothing else, or begins with nothing else ("Ana Pérez, quiero verlo")."""
    rest = _COURTESY.sub("", _FILLER.sub("", text.strip()))
    rest = _WORKS_AT.sub("", _BUSINESS.sub("", rest))
    segment = _SEGMENT.split(rest.strip(), maxsplit=1)[0].strip(" .!¡*\"'()")
    match = _WORDS.match(segment)
    if match is None or re.search(r"\w", segment[match.end() :]):
        return None
    words = match[0].split()
    taken = _take(segment, lower_too=True, shouted=segment.isupper())
    # What stopped before its end is a sentence.
    whole = len(_without_origin(" ".join(words)).split())
    return taken if taken and len(taken.split()) == whole else None


_CAPITALISED_WORD = r"[A-ZÀ-Ý][^\W\d_A-ZÀ-Ý][^\W\d_]{0,13}"
_CAPITALISED = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñçãõâêô]{2,14}"
_LONE = re.compile(rf"(?:\A|[.!?;\n]\s*)(?P<name>{_CAPITALISED}(?: {_CAPITALISED})?) ?{BLANK}")
"""A capitalised word or two, alone between the end of a sentence and the data: "… today. Lena 503-555-0152"."""


_NAME = rf"{_CAPITALISED_WORD}(?: (?:(?:de|da|do|del|dos|van|von|la) ){{0,2}}{_CAPITALISED_WORD}){{0,3}}"
_TITLE = r"(?:(?i:sr|sra|dr|dra|ing|lic|mrs?|ms|prof|do[nñ]a?|dona)\.? )?"
_TOUCHING = (
    # Before it, as in "… on Saturday. Nomsa, 083 …".
    re.compile(
        rf"(?:\A|[.!?;,\n(]\s*|\s[-–—]\s*)(?P<name>{_TITLE}{_NAME})\s*[,:;–—-]?\s*(?:\w{{1,9}}[.:]?\s+)?{BLANK}"
    ),
    # After it, as in "083 … - Jess".
    re.compile(
        rf"{BLANK}[\s.,;:()–—-]*(?:(?:con|com|with|é|es|it['’]s|de|from|soy|sou)\s+(?:[ao]|la|el)?\s*)?"
        rf"(?P<name>{_TITLE}{_NAME})(?=\s*(?:$|[.,;:!?()\n]|[^\w\s]))"
    ),
)
_SIGNED = re.compile(
    rf"(?:{BLANK}\s*(?:[-–—(,.]|[-–—]{{2}}|(?:con|com)\s)\s*|\A(?=.*[.!?]\s+\S+(?: \S+)?,\s*{BLANK}).*[.!?]\s+)"
    rf"(?P<name>{_TITLE}{_NAME})\W*(?:\Z|{BLANK})",
    re.DOTALL,
)
_STREET = re.compile(r"\d+\s*(?:[A-ZÀ-Ý]|\w+\s+(?:st|ave|rd)\b)|[A-ZÀ-Ý]\w+,?\s+\d{1,5}\b", re.UNICODE)


_GREETS_US = re.compile(
    r"\W*(?:gracias|thanks?|thank\s+you|obrigad[oa]|valeu|cheers|hola|hi|hello|hey|oi|ol[aá]|buenas|dear"
    r"|estimad[oa]|querid[oa])\b",
    re.IGNORECASE,
)
"""What follows is our name, not theirs: "Thanks Dave, 404 …"."""


def name_touching(rest: str, *, asked: bool) -> str | None:
    """The words written like a name that stand right before or after the visitor's data, whatever name it is.

    `rest` has the data blanked. `asked`: it answers "your name and number?"; else only what ends the text may sign it.
    """
    for pattern in _TOUCHING if asked else (_SIGNED,):
        for match in pattern.finditer(rest):
            name = None if _GREETS_US.match(match["name"]) else bare_name(match["name"])
            if (
                name
                and not name.endswith(("'s", "’s"))
                and (_is_known(name) or not _STREET.search(rest.replace(BLANK, "")))
            ):
                return name
    return None


def lone_name(text: str) -> str | None:
    """The name in a message that is nothing but one, written like one or known as one: "Igor", "é a Gisele"."""
    last = re.split(r"[.!?\n]\s+", text.strip())[-1]
    if last != text.strip() and len(last) <= _MOST_LONE and last[:1].isupper():
        signed = bare_name(last)
        if signed and len(signed.split()) <= 3 and _is_known(signed):
            return signed
    if len(text) > _MOST_LONE or "?" in text:
        return None
    name = bare_name(text)
    if name is None:
        return None
    written = all(w[0].isupper() or _plain(w) in _INNER for w in name.split()) and name.split()[0] in text
    return name if _is_known(name) or written else None


def named_to_ask_for(text: str) -> str | None:
    """The name in "…, ask for Keisha" or "pregunten por Frasco"."""
    match = _ASK_FOR.search(text)
    return bare_name(match["name"]) if match else None


_MOST_LONE = 40
_ASK_FOR = re.compile(
    rf"(?i:\b(?:ask\s+for|pregunt\w+\s+por|procur\w+\s+(?:por|pel[oa])|fala\w*\s+com|habl\w+\s+con))\s+"
    rf"(?i:(?:el|la|[oa]|do[nñ]a?|dona|seu)\s+)?(?P<name>{_NAME})"
)


def _is_known(name: str) -> bool:
    return next((w for w in map(_plain, name.split()) if w not in _TITLES), "") in GIVEN_NAMES


def name_beside(rest: str, locals_of: tuple[str, ...], *, asked: bool) -> str | None:
    """The name that stands beside contact data, as in "Ana Pérez, 809-555-0101" or a signature.

    `rest` is the text with the data blanked, `locals_of` what stands before the @ of the addresses. A word is a name if
    it is known as one, if the address says it too, or if data was `asked` for and it is written like one.
    """
    if lone := _LONE.search(rest):
        name = None if _GREETS_US.match(lone["name"]) else bare_name(lone["name"])
        if name is not None:
            return name
    on_a_street = bool(_STREET.search(rest.replace(BLANK, "")))
    for segment in _BESIDE.split(rest):
        if _GREETS_US.match(segment):
            continue
        words = _CUES.sub(" ", segment).split()
        if not 1 <= len(words) <= _MAX_WORDS:
            continue
        name = bare_name(" ".join(words))
        if name is None:
            continue
        first = next((w for w in map(_plain, name.split()) if w not in _TITLES), "")
        written = all(w[0].isupper() for w in words if len(w) > 3) and words[0][0].isupper()
        if (
            first in GIVEN_NAMES
            or any(len(w) > 2 and _plain(w) in local for w in name.split() for local in locals_of)
            or (asked and written and not on_a_street and not name.endswith(("'s", "’s")))
        ):
            return name
    return None


def _take(text: str, *, lower_too: bool, shouted: bool) -> str | None:
    match = _WORDS.match(text)
    if match is None or match[0].split()[0].endswith(("'s", "’s")):
        return None
    words: list[str] = []
    capital = match[0][0].isupper() and not shouted
    known = next((w for w in map(_plain, match[0].split()) if w not in _TITLES), "") in GIVEN_NAMES
    if not (capital or lower_too or known or _plain(match[0].split()[0]) in _TITLES):
        return None
    for word in match[0].split():
        bare = _plain(word)
        if words and not (capital or lower_too or bare in GIVEN_NAMES or _plain(words[0]) in _TITLES):
            break
        if bare in _INNER and words:
            words.append(word)
            continue
        if bare in _TITLES and not words:
            words.append(word)
            continue
        # "Gareth Price" is a name, "gareth price" may be a question.
        surname = known and capital and words and word[0].isupper() and not word.isupper()
        if (bare in NOT_NAMES and not surname) or (capital and not word[0].isupper()) or not _is_spoken(bare):
            break
        words.append(word)
        if word.endswith(".") and len(bare) > 2:
            break
    while words and _plain(words[-1]) in _PARTICLES | _TITLES:
        words.pop()
    name = _tidy(_without_origin(" ".join(words[:_MAX_WORDS])))
    return name if 2 <= len(name) <= MAX_NAME else None


def _without_origin(name: str) -> str:
    """ "Anselmo de Tarija" is Anselmo; "Ana de la Cruz" is all of it."""
    origin = _ORIGIN.search(name)
    if origin is None or _plain(origin["where"]) in SURNAMES_WITH_DE:
        return name
    return name[: origin.start()] if origin.start() else name


def _plain(word: str) -> str:
    return word.lower().rstrip(".").translate(_ACCENTS)


_ACCENTS = str.maketrans("áéíóúüñâêôãõàç", "aeiouunaeoaoac")


def _is_spoken(word: str) -> bool:
    """Letters that can be said: not `asdfgh`, not `jjjj`, not `A²`."""
    if not all(c.isalpha() or c in "'’-" for c in word):
        return False
    if len(word) <= 2:
        return True
    if re.search(r"(.)\1\1", word) or re.search(r"[bcdfghjklmnpqrstvwxz]{5}", word):
        return False
    return not word.isascii() or bool(re.search(r"[aeiouy]", word))


def _tidy(name: str) -> str:
    name = name.rstrip(".")
    if not (name.islower() or name.isupper()):
        return name
    words = [
        w if w in _INNER else re.sub(r"(^|['’-])(\w)", lambda m: m[1] + m[2].upper(), w)
        for w in name.lower().split()
    ]
    return " ".join(words)
