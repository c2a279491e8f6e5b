"""Whose contact data it is: the visitor's own, or that of somebody whom they speak of.

What is said nearest before it decides ("my husband's", "call me at"), then what is said of it after ("… is my son's").
Saving somebody else's number as the visitor's is the worst error of all, so that who is not the visitor wins a draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.leads.finding import Found
from app.leads.whose_words import BROKEN, CHANNEL, DETERMINER, NAME, REACH, RELATION


@dataclass(frozen=True, slots=True)
class Owned:
    """`found`, and whether it is the visitor's own. If not, `text[start:end]` is what speaks of its owner."""

    found: Found
    own: bool
    start: int = 0
    end: int = 0


_I = re.IGNORECASE
_NO_ADJECTIVE = r"(?!(?:que|es|is|del?|d[ao]|mi|my|of|y|and|con|por|no|the|el|la|su)\b)"
_RELATIVE = rf"{DETERMINER}\s+(?:{_NO_ADJECTIVE}(?-i:[a-zà-ÿ])\w*\s+){{0,2}}?{RELATION}(?:['’]?s)?\b"
_OTHER_PERSON = re.compile(
    rf"(?<!\bpara )(?<!\bfor )(?<!\bpra )(?<!\bpro )(?<!\bpa )(?<!\bas )\b{_RELATIVE}"
    rf"|\b(?:{CHANNEL})\s+(?:for|para|pra|pro)\s+{_RELATIVE}|\b{RELATION}\s+(?:is|es|[ée]|se\s+llama)\s+{NAME}"
    # "Call for my mother" is for her; "liga pro meu marido" is him to be called.
    rf"|\b(?:lig|fal|chama|escrev|mand|envi|pergunt|pass|entreg)\w*\s+(?:pro|pra|para)\s+(?:(?:o|a|meu|minha|nosso|nossa)\s+)?{RELATION}\b",
    _I,
)
_IN_CHARGE = re.compile(
    r"\b(?:quien|qui[eé]n|quem|(?:el|la|[oa])\s+que|the\s+(?:one|person|guy)\s+(?:who|that|buying|moving))\s+"
    r"(?:(?!me\b)\w+\s+){0,2}?"
    r"(?:cuida|mexe|resolve|trata|v[eê]|sabe|ocupa|encarga|lleva|maneja|atiende|atende|decide|firma|recib\w+|receb\w+"
    r"|compra|paga|coordina|coordena|handles?|deals?|takes|manages?|knows?|runs?|signs|pays)\b"
    r"|\b(?:s?he['’]?s|s?he\s+is|they['’]?re|ella\s+es|él\s+es|ela\s+[ée]|ele\s+[ée])\s+(?:the\s+(?:one|person)|(?:el|la|[oa])\s+que|que\b|quien|quem)",
    _I,
)
"""Who looks after the matter, and is not the one who writes."""
_HERS = re.compile(
    rf"\b(?:{REACH}\s+(?:(?:a|con|com|para|pra|pro|to|with)\s+)?(?:(?:el|la|[oa]|do[nñ]a?|don|seu)\s+)?{NAME}"
    rf"|{REACH}\s+(?:(?:con|com|to|with|a|para|pra)\s+)?(?:her|him|them|ella|[eé]l|ellos|ellas|ela|ele|elas|eles)\b"
    r"|(?:con|com|with|a|for)\s+(?:ella|él|el(?=\s*[:.;,])|ela|ele|her|him)(?=\W)"
    r"|hers|theirs|(?:his|her|their)\s+(?:land)?line|(?:his|her)\s+mobile|(?:is|son)\s+(?:his|hers)"
    r"|(?<![\w ])his\b(?=\W)"
    r"|(?:his|her|their)\s*[:=]|(?:el|la)\s+suy[oa]|[oa]\s+del[ae]|de\s+(?:ella|[eé]l|ellos|ellas)\b"
    rf"|(?:s?he['’]?s|(?:her|his)\s+name(?:['’]?s|\s+is)|ella\s+es|él\s+es|ela\s+[ée]|ele\s+[ée]|se\s+llama|se\s+chama)\s+{NAME}"
    rf"|(?:{CHANNEL}|[oa])\s+del[ae]s?\b|del[ae]s?\s*[:=(]"
    rf"|{REACH}\s+(?:a|ao|con|com|to|with)\s+(?:el|la|o|a|the|los|las)\s+(?!(?:{CHANNEL}|oficinas?|casa|office|house|tienda|loja"
    r"|negocio|trabajo|trabalho|empresa|home|work|local|recep\w+|hotel|desk|front|shop|store)\b)(?-i:[a-zà-ÿ])\w+"
    rf"|(?:her|his|their|your|su|sus|tu|tus|teu|seu|vuestro|vosso)\s+(?:\w+\s+)?(?:{CHANNEL})"
    r"|(?:she|he|they)['’]?(?:s|re)?(?:\s+(?:is|are))?\s+(?:at|on)"
    r"|(?:ll[aá]m|escr[ií]b|cont[aá]ct|m[aá]rqu|h[aá]bl)\w*(?:le|l[oa]|les|l[oa]s)\b"
    r"|(?:pregunt\w+\s+por|ask\s+for)\s+(?-i:[A-ZÁÉÍÓÚ]\w+)"
    # "El de Pedro", "o do Pedro", "Pedro's".
    rf"|(?<!mi )(?<!my )(?<!meu )(?:{CHANNEL}|el|la|o|a)\s+(?:de|do|da)\s+(?:(?:el|la|don|do[nñ]a|dona|seu)\s+)?{NAME}"
    rf"|{NAME}['’]s?\s+(?:(?:\w+\s+)?(?:{CHANNEL})|is|at|on)\b|{NAME}['’]s(?=\s*[:,]?\s*$|,?\s+(?:he|she|they)\b)|(?:use|try|call|have)\s+{NAME}['’]s)",
    _I,
)
"""How somebody is to be reached who is not the one who writes."""
_THEY_CALLED = re.compile(
    r"\b(?:(?:(?:ya\s+|he\s+|j[aá]\s+|estoy\s+|I\s+(?:have\s+|['’]?ve\s+)?(?:already\s+|just\s+)?|tried\s+)"
    r"(?:llam[eé]|llamado|llamando|marqu[eé]|marcado|escrib[ií]|escrito|mand[eé]|mandado|liguei|mandei|escrevi|tentei"
    r"|called|rang|dialed|dialled|tried|texted|emailed|e-mailed|wrote|calling|phoned|messaged)"
    r"|(?:les?|te)\s+(?:llam[eé]|marqu[eé]|escrib[ií])|llamé|marqué|escribí|liguei|mandei|escrevi)"
    r"(?!\s+(?:(?:les|te|you|v[oc]s|voc[eê]s)\s+)?(?:from|desde|d[eo]|mal)\b)"
    r"|(?:me|nos)\s+(?:llamaron|llam[oó]|ligaram|ligou|escribieron|escribi[oó]|escreveram|mandaram|dieron|dio|deram|deu"
    r"|pasaron|pas[oó]|passaram|passou)|got\s+a\s+(?:call|text|message)|(?:called|texted|rang|messaged)\s+(?:me|us)"
    r"|gave\s+me|saw|vi\s+(?:este|el|un|o|esse|um)|(?:sign|letrero|cartel|web|website|site|google|facebook|placa|anuncio)"
    r"\s+(?:says?|dice|diz|sale|aparece|pone|tiene|tem|has)|(?:sale|aparece|listed|aparece\s+como))\b",
    _I,
)
"""A number that was called, or that called: that of the shop or of whoever it is."""
_FOR_WHOM = re.compile(
    rf"\W*(?:{NAME}\W+)?(?:(?:who|que|he|she|[eé]l|ella|ele|ela|les?|los?|las?|me|nos|te|also|tamb\w+)\W+){{0,2}}"
    r"(?:needs?|wants?|has|is\s+(?:looking|turning)|quiere|necesita|busca|tiene|cumple|ocupa|anda|precisa|quer|tem"
    r"|procura|faz|recom\w+|referred|indic\w+|told|said|says|suggest\w+|mention\w+|used|loved?s?|likes?|asked|pidi[oó]|pediu"
    r"|dijo|dice|diz|disse|habl[oó]|falou|compr[oó]u?|bought|got|sent|mand[oó]u?|gust\w+|adora|adorou|vive|lives|mora"
    r"|trabaja|works|trabalha|est[aá]|went|fue|foi|can(?:not|['’]?t)|puede|can|va\s+a|vai|n[oã]o?\s+(?:quier|pued|tien|sab|pod|quer|tem)\w*)\b",
    _I,
)
"""What is done for somebody; the number after it is still the one to call: "my daughter needs braces, 415 …"."""
_ME = (
    r"(?:(?:ll[aá]m|escr[ií]b|m[aá]rc|m[aá]rqu|cont[aá]ct|h[aá]bl|av[ií]s|m[aá]nd|env[ií]|ub[ií]c|ub[ií]qu|local[ií][cz]|b[uú]sc"
    r"|t[ií]mbr|resp[oó]nd|conf[ií]rm|cons[ií]g|p[oó]n)\w{0,4}me(?:l[oa]s?)?\b"
    r"|\b(?:me|nos)\s+(?!\w*(?:ron|ram|ou|ió|mó)\b)(?:pued\w+\s+|pod\w+\s+|v\w+\s+)?(?:llam|escrib|marc|marq|contact|ubic|local|encuentr|consig|lig|chama"
    r"|avis|manda|escrev|retorn|ach|envi)\w*"
    r"|\b(?:call|text|ring|reach|contact|e-?mail|message|phone|buzz|get|find|hit|write|send|try|catch|ping)\s+(?:me|us|it\s+to\s+me)\b"
    r"|\b(?:comigo|conmigo|pra\s+mim|para\s+mim)\b)"
)
_OWN_CHANNEL = (
    rf"\b(?:mi|my|meu|minha|nuestro|nosso|our)\s+(?:propi[oa]\s+|own\s+)?(?!{RELATION}s?\b)(?:\w+\s+)?(?:{CHANNEL})\b"
    rf"(?!{BROKEN})"
)
_OWN = re.compile(
    rf"\b(?:soy|sou|i['’]?m|i\s+am|habla|escribe|saluda|this\s+is|somos)\s+(?:\w+\s+){{0,4}}{RELATION}\b"
    rf"|\by\s+yo\b|\band\s+(?:i|me)\b|\be\s+eu\b|\byo\s*:|\beu\s*:|\bme\s*:"
    rf"|\b(?:soy|sou|[ée])\s+(?:yo|eu)\b|\b(?:yo|eu)\s+(?:mism[oa]|mesm[oa])\b|\beu\s+q(?:ue)?\b|\bi['’]?m\s+(?:at|on)\b"
    rf"|\b(?:a|para|pra)\s+m[ií]m?\b|{_ME}(?:\s+(?:él|ella|ele|ela)\b|\s+(?:un|una|el|la|um|uma|[oa]|an|the)\s+(?:\w+\s+)?{RELATION}\b)?|{_OWN_CHANNEL}"
    rf"|\b(?:el|the|o)\s+m[ií]o\b(?!{BROKEN})|\bo\s+meu\b(?=\s*(?:[ée]|:|,|\W*$))(?!{BROKEN})|\bmine\b(?!{BROKEN})"
    r"|\b(?:lo|la)\s+(?:manejo|contesto|atiendo|reviso|uso)\b|\b(?:manejo|contesto|atiendo|reviso|uso|atendo)\s+(?:yo|eu)\b"
    r"|\bi\s+(?:check|answer|manage|read)\b",
    _I,
)
_IS = (
    r"(?:es|is|[ée]|(?:that|it)['’]?s|this\s+is|ese\s+es|esse\s+[ée]|este\s+es|pertenece\s+a|pertence\s+a|(?:it\s+)?belongs\s+to"
    r"|que\s+es|que\s+[ée]|which\s+is)"
)
_SAYS_WHOSE_AFTER = re.compile(
    rf"^(?P<gap>\W{{0,4}})(?:(?:pero|but|mas|and|y|e|ah|ay|uy|oh|no|ojo|bueno|well|perd[oó]n|sorry|digo)\W+){{0,2}}(?P<is>{_IS}\W+)?"
    rf"(?:(?:el|the|o)\W+)?(?:(?:{CHANNEL}|fijo|landline|home|casa)\W+)?(?P<of>(?:de|da|do|del|of)\W+)?"
    rf"(?:(?:{DETERMINER}|me)\s+|(?<=d[ao]\s)|(?<=del\s))(?:\w+\s+)?{RELATION}(?:['’]?s)?\b(?!\s+n[ãa]?o\b)",
    _I,
)
_NAMED_AFTER = re.compile(
    rf"^\W{{0,4}}(?:(?:pero|but|mas|and|y|e)\W+)?{_IS}\W+(?:(?:el|o|the)\s+)?(?:(?:{CHANNEL})\s+)?"
    rf"(?:(?:de|do|da)\s+(?:(?:el|la|don|do[nñ]a|dona|seu)\s+)?{NAME}|{NAME}['’]s\b"
    r"|(?:de\s+(?:ella|[eé]l)|del[ae]|hers|his|su[yj]o|theirs)\b)",
    _I,
)
_OF_THE_SHOP = re.compile(
    r"^\W{0,4}[^.!\n?]{0,25}\b(?:de\s+(?:ustedes|uds|voc[eê]s|vcs|vosotros|la\s+tienda)|yours?|vosso|vuestro)\b[^.!\n?]{0,20}\?"
    r"|^[^.!\n?]{0,12}\b(?:still\s+(?:right|good|valid)|your\s+(?:number|e-?mail))\b",
    _I,
)
_ANSWERED_BY_THEM = re.compile(
    rf"^[ \t,;(–—-]{{1,3}}(?:(?:do[nñ]a?|dona|seu|sra?\.?|mrs?\.?|ms\.?)?\s*{NAME}(?:\s+{NAME})?[ \t,;]{{1,3}})?"
    r"(?:(?:y|and|e|that|que)\s+)?(?:s?he['’]?s|s?he|they|ella|él|ele|ela)\b(?!/)(?!\s+(?:es|[ée])\s+(?:el|la|mi)\b)"
    r"|^[ \t,;(–—-]{1,3}(?:con|com|with)\s+(?:él|ella|ele|ela|him|her)\b"
    r"|^[ \t,;(–—-]{1,3}(?:es|[ée]|is)\s+(?:el\s+que|la\s+que|quien|quem|the\s+one\s+who)"
    r"\s+(?:mand|decid|sab|llev|manej|pag|compr|firm|ati|est|v[ae]|know|pay|sign)\w*"
    r"|^[ \t,;(–—-]{1,3}(?:(?:que\s+)?l[oa]|que)\s+(?:manej|llev|ve|ati[eé]nd|contest|revis|us)\w*\s+(?:mi|la|el)\s",
    _I,
)
_SAYS_OWN_AFTER = re.compile(
    rf"^\W{{0,4}}(?:es|is|[ée])\W+(?:mi|my|meu|minha)\W+(?!{RELATION})(?:\w+\W+)?(?:{CHANNEL})\b"
    rf"|^\W{{0,4}}(?:(?:{_IS})\W+|(?P<next>))(?:(?:el\s+m[ií]o|mine)\b(?!\s+(?:est[aá]|is|was|no)\b)(?!{BROKEN})|o\s+meu\b(?!\s\w)|mi\s+(?:cel|n[uú]mero|whats\w*|tel\w*|correo)|my\s+(?:cell|number|e-?mail))\b",
    _I,
)
_USED_BY_ME = re.compile(
    r"\b(?:(?:pero|but|mas|although|aunque)\W+(?:\w+\W+){0,3}?"
    r"(?:yo|eu|manejo|contesto|atiendo|reviso|uso|atendo|i\s+(?:check|answer|manage|use|read)))\b",
    _I,
)
_ASKED_FOR_AFTER = re.compile(
    r"^\W{0,4}(?:y\s+|and\s+|e\s+)?(?:pregunt\w+\s+por|ask\s+for|procur\w+\s+(?:por|pel[oa])|recados?\s+(?:con|com)"
    r"|deje\w*\s+recado\s+con|habl\w+\s+con|fala\w*\s+com|speak\s+(?:to|with)|talk\s+to)\s+"
    r"(?!(?:me|m[ií]|mim|moi)\b(?!\s+\w))",
    _I,
)
_I_AM_AWAY = re.compile(
    r"^[\s.,;!-]{0,4}(?:(?:pq|porque|because|since|as|ya\s+que|que)\s+)?(?:"
    r"(?:yo|eu)\s+(?:ando|estoy|toy|vivo|moro|estou|t[oô]|trabajo|trabalho)\s+(?:en|em|in|fuera|fora|lejos|longe|sin|sem|trabaj\w+|trabalh\w+)"
    r"|(?:yo|eu)\s+s[oóò]l?o?\s|i\s+(?:only|just)\s"
    r"|i\s+live\s+(?:in|abroad|far)|i\s*['’]?m\s+(?:at\s+work|abroad|away|overseas|in\s+(?-i:[A-Z])))",
    _I,
)
"""After a name and a number: who cannot be reached gave somebody else's."""
_ENDS_WITH_NAME = re.compile(rf"{NAME}(?:\s+{NAME})*[\s,:]*\Z", _I)
_THEIRS_STILL = re.compile(rf"^\W*su\s+(?:{CHANNEL})\b", _I)
"""After a sentence about somebody: "Mi hermano lo quiere. Su celular …"."""
_CLAUSE = re.compile(r"[;\n!?]|(?<!\b[SsDdMm]r)(?<!\b[SsDd]ra)(?<!\b[Mm]rs)(?<!\b[LlIi][in][cg])\.(?:\s|$)")
_CONTACTING = re.compile(
    rf"\b(?:{REACH}|decid\w+|decides|handles|maneja|lleva|encarga|resolve|contact\w*|us[ae]|anot[ae]|(?:el|o)\s+d[eo])\b",
    _I,
)
_OPENS_WITH_WHOSE = re.compile(
    r"\W*(?:his|hers|theirs|(?:el|la)\s+suy[oa]|[oa]\s+del[ae]|es\s+de\s+ell?[ao]?)\b", _I
)
_REACH_BACK = 120
_REACH_ON = 80


def speaks_of_own(text: str) -> bool:
    """Whether anything in it is said to be the visitor's own."""
    return _OWN.search(text) is not None


def speaks_of_relation(text: str) -> bool:
    """Whether a relative, a colleague or the like is spoken of."""
    return _OTHER_PERSON.search(text) is not None


def speaks_of_others(text: str) -> bool:
    """Whether somebody else is spoken of, or how to reach them."""
    return bool(_OTHER_PERSON.search(text) or _HERS.search(text))


def by_owner(text: str, spans: list[Found]) -> list[Owned]:
    """Each of the addresses and numbers of `text`, which are in order, and whose it is."""
    if _OPENS_WITH_WHOSE.match(text) and not _OWN.search(text):
        return [Owned(span, own=False, start=0, end=span.end) for span in spans]
    judged: list[Owned] = []
    for number in range(len(spans)):
        judged.append(_judge(_around(text, number, spans), judged[-1] if judged else None))
    return judged


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around one span and could say whose it is: `text[first:span.start]`, the last clause of that, which
    starts at `clause_at`, and what follows up to the next span."""

    text: str
    span: Found
    first: int
    clause_at: int
    clause: str
    after: str
    more_follows: bool

    @property
    def before(self) -> str:
        return self.text[self.first : self.span.start]


def _around(text: str, number: int, spans: list[Found]) -> _Around:
    span = spans[number]
    following = spans[number + 1].start if number + 1 < len(spans) else None
    first = max(spans[number - 1].end if number else 0, span.start - _REACH_BACK)
    clause_at = first + _last_clause(text[first : span.start])
    return _Around(
        text=text,
        span=span,
        first=first,
        clause_at=clause_at,
        clause=text[clause_at : span.start],
        after=text[span.end : following][:_REACH_ON],
        more_follows=following is not None,
    )


def _judge(around: _Around, last: Owned | None) -> Owned:
    span, clause_at = around.span, around.clause_at
    if _is_said_to_be_own(around):
        return Owned(span, own=True)
    if last and not last.own and _ONLY_JOINS.match(around.before):
        return Owned(span, own=False, start=around.first, end=span.end)
    said = _said_after(around.after, around.more_follows)
    if not said and _ENDS_WITH_NAME.search(around.clause) and (away := _I_AM_AWAY.match(around.after)):
        said = away.end()
    if said and not _USED_BY_ME.search(around.after):
        return Owned(span, own=False, start=_begin_of_owner(around), end=span.end + said)
    own = max((m.end() for m in _OWN.finditer(around.clause)), default=-1)
    other = _nearest_other(around.clause) or (_spoken_of_before(around) if own < 0 else None)
    if other is not None and other[1] > own:
        return Owned(span, own=False, start=clause_at + other[0], end=span.end)
    return Owned(span, own=True)


def _is_said_to_be_own(around: _Around) -> bool:
    mine = _SAYS_OWN_AFTER.match(around.after)
    if mine is None:
        return False
    # "…, el mío …" speaks of the next one.
    return (
        mine["next"] is None or not around.more_follows or bool(around.after[mine.end() :].strip(" :,es-'’"))
    )


def _spoken_of_before(around: _Around) -> tuple[int, int] | None:
    """As in "Talk to the manager. Mr Cole, 212 …": a clause that says too little to stand alone."""
    if _THEIRS_STILL.match(around.clause) and _OTHER_PERSON.search(around.before):
        return 0, 0
    if (
        around.clause_at <= around.first
        or len(around.clause.split()) > _FEW_WORDS
        or _INTRODUCED.search(around.clause)
    ):
        return None
    before = around.text[around.first : around.clause_at].rstrip()
    sentence_at = _last_clause(before[:-1])
    sentence = before[sentence_at:]
    speaks = _CONTACTING.search(sentence) or _IN_CHARGE.search(sentence)
    if not speaks or _OWN.search(sentence):
        return None
    other = _nearest_other(sentence)
    if other is None:
        return None
    return around.first + sentence_at + other[0] - around.clause_at, 0


_FEW_WORDS = 3
_ONLY_JOINS = re.compile(rf"\W*(?:(?:y|and|e|o|or|ou|{CHANNEL})\b\W*){{0,3}}\Z", _I)
_INTRODUCED = re.compile(
    r"\b(?:soy|sou|i['’]?m|i\s+am|me\s+(?:llamo|chamo)|(?:my|mi|meu)\s+(?:name|nombre|nome))\b", _I
)


def _last_clause(before: str) -> int:
    return max((m.end() for m in _CLAUSE.finditer(before)), default=0)


def _nearest_other(clause: str) -> tuple[int, int] | None:
    """Where the last words that give what follows to somebody else start, and where they end."""
    best: tuple[int, int] | None = None
    for pattern in (_OTHER_PERSON, _HERS, _IN_CHARGE, _THEY_CALLED):
        for match in pattern.finditer(clause):
            if best is not None and match.end() <= best[1]:
                continue
            gap = clause[match.end() :]
            owner = _OF.search(clause, 0, match.start())
            if (
                pattern is _OTHER_PERSON
                and not owner
                and _FOR_WHOM.match(gap)
                and not _CHANNEL_IN.search(gap)
            ):
                continue
            best = match.start(), match.end()
    return best


_OF = re.compile(r"\b(?:d[aeo]|del|of)\s*\Z", _I)
_INTRODUCES_NEXT = re.compile(
    rf"\W*(?:{NAME}\W*)?(?:(?:es|is|[ée]|al?|at|on|n[oa]|{CHANNEL})\W*){{0,3}}\Z", _I
)
_CHANNEL_IN = re.compile(rf"\b(?:{CHANNEL})\b", _I)


def _said_after(after: str, more_follows: bool) -> int:
    """How much of `after` says that what stands before it is somebody else's; 0 if nothing does."""
    if match := _SAYS_WHOSE_AFTER.match(after):
        apart = "." in match["gap"] or "\n" in match["gap"]
        aside = any(mark in match["gap"] for mark in "(-–—")
        if match["is"] or aside or not (apart or more_follows):
            return match.end()
        # "…, y el de mi esposa es …" speaks of the next one.
        if more_follows and not _INTRODUCES_NEXT.match(after, match.end()) and (match["of"] or not apart):
            return match.end()
    for pattern in (_NAMED_AFTER, _OF_THE_SHOP, _ANSWERED_BY_THEM, _ASKED_FOR_AFTER):
        if match := pattern.match(after):
            return match.end()
    return 0


def _begin_of_owner(around: _Around) -> int:
    """Who stands right before it ("Rosa 829 …, my sister") is spoken of after it."""
    start = around.clause_at
    return max((around.text.rfind(mark, start, around.span.start) + 1 for mark in ",:;."), default=0) or start


_MENTIONED = re.compile(
    rf"(?P<before>\b(?:soy|sou|i['’]?m|i\s+am|habla|escribe|saluda|somos|as|como|llamo|chamo)\s+(?:\w+\s+){{0,2}}?)?"
    rf"(?:{_RELATIVE}|\b{RELATION}(?=\s+(?:is|es|[ée]|se\s+llama|se\s+chama)\b))"
    rf"(?:\s*[,:(]\s*|\s+(?:is|es|[ée]|se\s+llama|se\s+chama|called|named|:)?\s*)"
    rf"(?:(?:[oa]|el|la|don|do[nñ]a|dona|seu|sr\.?|sra\.?)\s+)?{NAME}(?:\s+(?:(?:de|da|do|del|dos|la)\s+){{0,2}}{NAME}){{0,3}}",
    _I,
)


def without_others(text: str, owned: Iterable[Owned]) -> str:
    """The text, of the same length, without what speaks of somebody else: no name in it is the visitor's."""
    for one in owned:
        if not one.own:
            end = name.end() if (name := _NAME_NEXT.match(text, one.end)) else one.end
            text = f"{text[: one.start]}{_GONE * (end - one.start)}{text[end:]}"
    return _MENTIONED.sub(_blank_mentioned, text)


_GONE = "\n"
_NAME_NEXT = re.compile(
    rf"[ \t(–—-]*(?:(?:do[nñ]a?|dona|seu|sra?\.?|mrs?\.?)\s+)?{NAME}(?:[ \t]+{NAME}){{0,2}}", _I
)
"""As in "829 … Dona Neide": with nothing between, it is the same person's."""


def _blank_mentioned(match: re.Match[str]) -> str:
    return match[0] if match["before"] else _GONE * len(match[0])
