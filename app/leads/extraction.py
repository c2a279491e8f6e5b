"""Contact data in what a visitor writes, found by rules: it runs beside the model, which may forget, and without one.

The visitor's own data and somebody else's are kept apart; a correction beats what it corrects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.leads.facts_text import fold_text, without_forged
from app.leads.finding import BLANK, Found, find_emails, find_phones, hide
from app.leads.names import bare_name, find_name, lone_name, name_beside, name_touching, named_to_ask_for


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one text tells. `email` is lower-case, `phone` E.164; both are the visitor's own.

    `meant_email`: the address that `email` is probably a slip of (`ana@gmial.com`). `bad_email` and `bad_phone`: what
    was written where an address or number was given that cannot be one. `others`: contact data of somebody else.
    """

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    meant_email: str | None = None
    bad_email: str | None = None
    bad_phone: str | None = None
    others: tuple[str, ...] = ()


_RELATION = (
    r"(?:espos[oa]|marido|mujer|novi[oa]|herman[oa]|madre|mam[aá]|padre|pap[aá]|hij[oa]|amig[oa]|jef[ea]"
    r"|prim[oa]|t[ií][oa]"
    r"|sueg(?:ro|ra)|cu[ñn]ad[oa]|vecin[oa]|compa[ñn]er[oa]|soci[oa]|secretari[oa]|pareja|abuel[oa]"
    r"|sobrin[oa]"
    r"|wife|husband|girlfriend|boyfriend|partner|brother|sister|mother|mom|mum|father|dad|son|daughter"
    r"|friend|boss|cousin"
    r"|responsables?|encargad[oa]|supervisora?|coordinadora?|contadora?|asistente|gerente|director[a]?"
    r"|manager|accountant|landlord|roommate"
    r"|fianc[eé]e?|landlady|tenant|nurse|agent|lawyer|abogad[oa]|respons[aá]vel|coordenadora?|noiv[oa]"
    r"|ti[oa]|prim[oa]|cunhad[oa]|av[oóô]|v[oóô]"
    r"|grandma|grandpa|grandmother|grandfather|niece|nephew|bookkeeper|superintendent|super|co-?worker"
    r"|teammate|supervisor"
    r"|caser[oa]|due[nñ][oa]|propietari[oa]|inquilin[oa]|contable|client[ea]?|owner|ex(?=\W)|yern[oa]"
    r"|nuer[oa]|cu[nñ]is"
    r"|niet[oa]s?|net[oa]s?|grandson|granddaughter|stepson|stepdaughter|padrin[oa]|madrin[ea]|entead[oa]|hijastr[oa]|padrasto|madrasta"
    r"|suegr[oa]|nora|genro|daughter-in-law|son-in-law|mother-in-law|in-laws?|caregiver|cuidador[a]?|ni[nñ]era|bab[aá]|missus|mrs"
    r"|uncle|aunt|assistant|secretary|colleague|neighbou?r"
    r"|mulher|namorad[oa]|irm[aã]o?|m[aã]e|pai|filh[oa]|chefe|s[oó]ci[oa]|colega|sogr[oa]|vizinh[oa])"
)
_OTHER_PERSON = re.compile(
    rf"(?<!\bpara )(?<!\bfor )(?<!\bpra )(?<!\bpro )(?<!\bpa )"
    rf"\b(?:mi|mis|my|minha|meu|nuestr[oa]|our|un|una|a|um|uma|su|the|con\s+el|con\s+la|de\s+la|del|d[ao]s?"
    rf"|de\s+el)\s+(?:(?:business"
    rf"|propi[oa]|querid[oa]|ex|hij[oa]|older|younger|little|big|best|office)\s+)?{_RELATION}\b(?:['’]s)?",
    re.IGNORECASE,
)
_IN_CHARGE = re.compile(
    rf"\b(?:the|el|la|[oa])\s+(?:\w+\s+)?{_RELATION}\s+(?:is|es|[ée]|se\s+llama)\b"
    r"|\b(?:quien|qui[eé]n|quem|(?:el|la|[oa])\s+que|the\s+(?:one|person|guy)\s+(?:who|that))\s+(?:\w+\s+){0,2}?"
    r"(?:cuida|mexe|resolve|trata|v[eê]|sabe|ocupa|encarga|lleva|maneja|atiende|atende|decide|handles?|deals?|takes"
    r"|manages?|knows?|runs?)\b",
    re.IGNORECASE,
)
"""Who looks after the matter, and is not the one who writes."""
_FOR_WHOM = re.compile(
    r"\W*(?:needs?|wants?|has|is\s+(?:looking|turning)|quiere|necesita|busca|tiene|cumple|ocupa|anda|precisa|quer|tem"
    r"|procura|faz)\b",
    re.IGNORECASE,
)
"""What is done for somebody; the number after it is still the one to call: "my daughter needs braces, 415 …"."""
_CHANNEL = (
    r"(?:n[uú]meros?|tel[eé]fono|telefone|telem[oó]vel|celular|cel|cell|m[oó]vil|correo|e-?mail|mail"
    r"|whats?app|wasap|wsp"
    r"|zap|phone|fone|number|contacto"
    r"|contato|address|direcci[oó]n)"
)
_HERS = re.compile(
    r"\b(?:(?:habl[aáeé]n?|comun[ií]qu\w+|ll[aá]m[ae]n?|escr[ií]b[ae]n?)\s+(?:con"
    r"|a)\s+(?-i:[A-ZÁÉÍÓÚ]\w+)"
    r"|(?:llamar|cont[aá]cte\w*|comun[ií]quese|escr[ií]b[ae](?:n|le)?|ll[aá]me(?:n|le)?|fal[ae]m?"
    r"|lig(?:ue|uem|ar|a))"
    r"\s+(?:a|con|com|para|pra|pro)\s+(?:(?:el|la|[oa]|do[nñ]a?)\s+)?(?-i:(?!What|Cel|Tel|Corr"
    r"|Mail)[A-ZÁÉÍÓÚ]\w+)"
    r"|(?:cont[aá]ct[ea]n?)\s+a\s+(?-i:[A-ZÁÉÍÓÚ]\w+)"
    r"|(?:reach|text|call|contact|phone|ring|message|talk\s+to|speak\s+(?:to|with))"
    r"\s+(?-i:(?!Me\b|My\b|Us\b|Whats|Tel|Cell|Phone|Back|Now|Anytime)[A-Z][a-z]+)\s+(?:on|at|:|(?=\W*$))"
    r"|hers|theirs|(?:his|her|their)\s+(?:land)?line|(?:his|her)\s+mobile|(?:is"
    r"|son)\s+(?:his|hers)|a\s+(?:ella|[eé]l)(?=\W)|(?<![\w ])his\b(?=\W)|(?:his|her|their)\s*[:=]|(?:el"
    r"|la)\s+suy[oa]|[oa]\s+del[ae]"
    r"|de\s+(?:ella|[eé]l|ellos"
    r"|ellas)|del[ae]s?"
    r"|(?:her|his|their)\s+(?:\w+\s+)?(?:number|cell|phone"
    r"|e-?mail|mail|address|contact)"
    r"|(?:call|text|reach|contact|e-?mail|write|ask\s+for|message)\s+(?:her|him|them)|(?:she|he"
    r"|they)['’]?(?:s|re)?(?:\s+(?:is|are))?\s+(?:at|on)"
    r"|(?:chama|chamar|liga|ligar|ligue|fala|falar|escreve|manda)\w*\s+(?:(?:com|para|pra|pro)\s+)?(?:ela"
    r"|ele|el[ae]s)"
    r"|(?:ll[aá]m|escr[ií]b|cont[aá]ct|m[aá]rqu|h[aá]bl)\w*(?:le|l[oa]|les|l[oa]s)\b|(?:ll[aá]m\w*"
    r"|escr[ií]b\w*|h[aá]bl\w*)\s+(?:a|con)\s+(?:ella|[eé]l)\b"
    r"|(?:a\s+nombre\s+de|pregunt\w+\s+por|ask\s+for)\s+[A-ZÁÉÍÓÚ]\w+)",
    re.IGNORECASE,
)
_OPENS_WITH_WHOSE = re.compile(
    r"\W*(?:his|hers|theirs|(?:el|la)\s+suy[oa]|[oa]\s+del[ae]|es\s+de\s+ell?[ao]?)\b", re.IGNORECASE
)
_WORKS = r"(?!\s+(?:no\b|se\b|est[aá]|ta\b|muri))"
_OWN = re.compile(
    rf"\b(?:soy|sou|i['’]?m|i\s+am)\s+(?:\w+\s+){{0,4}}{_RELATION}\b|\by\s+yo\b|\band\s+i\b|\be\s+eu\b"
    rf"|\b(?:a|para|pra)\s+m[ií]m?\b|\bll[aá]m\w{{0,3}}me\b|\b(?:mi|my|meu|minha)\s+(?:propio\s+"
    rf"|own\s+)?(?:\w+\s+)?{_CHANNEL}\b|\b(?:el|the|o)\s+m[ií]o\b{_WORKS}|\bmine\b(?!['’]?s?\s*(?:dead|broke|gone|off))",
    re.IGNORECASE,
)
_SAYS_WHOSE_AFTER = re.compile(
    rf"^\W{{0,4}}(?:(?:pero|but|mas|and|y|e|que)\W+)?(?:(?:es|is|[ée]|(?:that|it)['’]?s|this\s+is|ese\s+es|esse\s+[ée])\W+)?"
    rf"(?:(?:el|the|o)\W+)?(?:{_CHANNEL}\W+)?(?:(?:de|da|do|of)\W+)?"
    rf"(?:(?:mi|my|minha|meu|un|una|a|um|uma)\s+|(?<=d[ao]\s)){_RELATION}\b",
    re.IGNORECASE,
)
_SAYS_OWN_AFTER = re.compile(
    rf"^\W{{0,4}}(?:es|is|[ée])\W+(?:mi|my|meu|minha)\W+(?:\w+\W+)?{_CHANNEL}\b", re.IGNORECASE
)
_ASKED_FOR_AFTER = re.compile(
    r"^\W{0,4}(?:y\s+|and\s+)?(?:pregunt\w+\s+por|ask\s+for|procur\w+\s+(?:por|pel[oa]))\s+"
    r"(?!(?:me|m[ií]|mim)\b)",
    re.IGNORECASE,
)
_THEIRS_STILL = re.compile(rf"^\W*su\s+{_CHANNEL}\b", re.IGNORECASE)
"""After a sentence about somebody: "Mi hermano lo quiere. Su celular …"."""
_CLAUSE = re.compile(r"[;\n!?]|(?<!\b[SsDdMm]r)(?<!\b[SsDd]ra)(?<!\b[Mm]rs)\.(?:\s|$)")
_NEGATED = re.compile(
    r"\b(?:no\s+es|ya\s+no(?:\s+es|\s+uso|\s+sirve)?|no\s+(?:usen|use|escriban|llamen)(?:\s+a[l]?|\s+el)?"
    r"|not|isn['’]?t|n[ãa]o\s+[ée]"
    r"|(?:viejo|anterior|antiguo|old|previous|antigo|velho|equivocado|errado|wrong)(?:\s+(?:es|era|is|was"
    r"|n[uú]mero|number|e-?mail|correo|one))*"
    r"|(?:don['’]?t|n[ãa]o|no)\s+use?)\s*:?\s*(?:el\s+|o\s+|the\s+|my\s+)?$",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:no|perd[oó]n|disculpa|corrijo|correcci[oó]n|mejor|digo|quise\s+decir|sorry|i\s+mean|actually"
    r"|rather|correction"
    r"|desculpa|quer\s+dizer|na\s+verdade|melhor|errata)\b",
    re.IGNORECASE,
)
_BROKEN_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]*@[\w.-]*|(?<!\w)\w+\s+arroba\s+\w+", re.IGNORECASE)
_FEW_DIGITS = re.compile(r"\+?\d[\d\s.()-]{2,14}\d")


def extract(
    text: str,
    *,
    region: str,
    other_region: str = "",
    name_asked: bool = False,
    contact_asked: bool = False,
    theirs_asked: bool = False,
    known: bool = False,
) -> Extracted:
    """What this one text says. `region` (ISO 3166-1 alpha-2) makes local numbers readable, `other_region` those of a
    visitor from elsewhere.

    `name_asked`, `contact_asked`: what the visitor was asked for just before, so that a bare answer is understood;
    `theirs_asked`: they were asked for somebody else's; `known`: they have given contact data of their own before.
    """
    text = without_forged(text)
    emails = find_emails(text)
    without = hide(text, emails)
    phones = find_phones(without, region, other_region)
    spans = sorted([*emails, *phones], key=lambda f: f.start)
    theirs = theirs_asked and not _OWN.search(text)
    # "Best number?" - "404 555 0151, ask for Keisha": so they are called there. Who was not asked passes a message on.
    to_ask_for = named_to_ask_for(text) if contact_asked and _begins_with_data(text, spans) else None
    judged = text if to_ask_for is None else text[: spans[0].end]
    own_emails, other_emails = ([], emails) if theirs else _by_owner(judged, emails, spans)
    own_phones, other_phones = ([], phones) if theirs else _by_owner(judged, phones, spans)
    email, phone = _chosen(text, own_emails), _chosen(text, own_phones)
    rest = hide(without, phones)
    # Beside somebody else's number stands somebody else's name.
    only_others = theirs or (bool(other_emails or other_phones) and not (email or phone))
    name = find_name(rest, asked=name_asked and not only_others)
    if name is None and (email or phone) and not (other_emails or other_phones):
        name = to_ask_for or _name_beside(rest, emails, asked=name_asked or contact_asked)
    if name is None and (contact_asked or known) and not (spans or theirs):
        name = lone_name(text)
    found = Extracted(
        name=name,
        email=email.value if email else None,
        phone=phone.value if phone else None,
        meant_email=email.suggestion if email else None,
        others=tuple(f.value or f.raw for f in (*other_emails, *other_phones)),
    )
    return _with_failures(found, rest, own_emails, own_phones, contact_asked=contact_asked)


def _begins_with_data(text: str, spans: list[Found]) -> bool:
    """Whether nobody is spoken of before it."""
    before = text[: spans[0].start] if spans else ""
    return bool(spans) and len(before) < 30 and not (_OTHER_PERSON.search(before) or _HERS.search(before))


def _with_failures(
    found: Extracted, rest: str, emails: list[Found], phones: list[Found], *, contact_asked: bool
) -> Extracted:
    """Half an address and a number with a digit too few, where one was meant to be given."""
    bad_email = next((f.raw for f in emails if f.value is None), None)
    bad_phone = next((f.raw for f in phones if f.value is None), None)
    if contact_asked and not (found.email or found.phone or bad_email or bad_phone or found.others):
        if match := _BROKEN_EMAIL.search(rest):
            bad_email = match[0]
        elif match := _FEW_DIGITS.search(rest):
            bad_phone = match[0]
    return replace(
        found,
        bad_email=None if found.email else bad_email,
        bad_phone=None if found.phone else bad_phone,
    )


def _by_owner(text: str, found: list[Found], spans: list[Found]) -> tuple[list[Found], list[Found]]:
    own: list[Found] = []
    others: list[Found] = []
    for span in found:
        (others if _is_others(text, span, spans) else own).append(span)
    return own, others


def _is_others(text: str, span: Found, spans: list[Found]) -> bool:
    if _OPENS_WITH_WHOSE.match(text) and not _OWN.search(text):
        return True
    start = max((s.end for s in spans if s.end <= span.start), default=0)
    end = min((s.start for s in spans if s.start >= span.end), default=len(text))
    before = text[max(start, span.start - 120) : span.start]
    clause = _CLAUSE.split(before)[-1]
    relation = max(
        (m.end() for p in (_OTHER_PERSON, _HERS, _IN_CHARGE) for m in p.finditer(clause)), default=-1
    )
    if _FOR_WHOM.match(clause, relation) and not re.search(_CHANNEL, clause[relation:], re.IGNORECASE):
        relation = -1
    own = max((m.end() for m in _OWN.finditer(clause)), default=-1)
    after = text[span.end : end][:60]
    if _SAYS_OWN_AFTER.match(after):
        return False
    if _THEIRS_STILL.match(clause) and _OTHER_PERSON.search(before):
        return True
    # "mi esposa me dijo que escriba, mi número es …" is the visitor's own.
    if relation > own:
        return True
    return own < 0 and bool(_SAYS_WHOSE_AFTER.match(after) or _ASKED_FOR_AFTER.match(after))


def _chosen(text: str, found: list[Found]) -> Found | None:
    """The first, unless a later one corrects it. One that is denied does not count."""
    chosen: Found | None = None
    for span in found:
        if span.value is None or _NEGATED.search(text, max(span.start - 30, 0), span.start):
            continue
        if chosen is None or _CORRECTED.search(text, chosen.end, span.start):
            chosen = span
    return chosen


def _name_beside(rest: str, emails: list[Found], *, asked: bool) -> str | None:
    locals_of = tuple(fold_text(f.value.partition("@")[0]) for f in emails if f.value)
    if name := name_beside(rest, locals_of, asked=False):
        return name
    if name := name_touching(rest, asked=asked):
        return name
    if asked and (name := name_beside(rest, locals_of, asked=True)):
        return name
    if re.search(r"\d", rest):
        return None
    # Two capitalised words and the data, nothing else.
    words = re.sub(
        rf"{BLANK}+|\b(?:tel|cel|correo|e-?mail|whatsapp)\b[.:]?|[\d]", " ", rest, flags=re.IGNORECASE
    ).strip(" ,;.-|\n")
    name = bare_name(words)
    if name and len(name.split()) >= 2 and all(w[0].isupper() for w in words.split() if len(w) > 3):
        return name
    return None
