"""A visitor's own name, from how people introduce themselves in Spanish, English and Portuguese.

Missing a name costs one question; taking "interested" for a name is embarrassing. In doubt there is none.
"""

from __future__ import annotations

import re
import unicodedata

from app.leads.finding import BLANK
from app.leads.given_names import GIVEN_NAMES
from app.leads.names_run import INNER, Run, is_capital, plain, read_run
from app.leads.names_words import PLACES
from app.leads.whose_words import RELATION

# Nothing but a name follows these: lower case will do.
_SURE = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bn[ãa]o )\b(?:me\s+llamo|mi\s+(?:nombre(?:\s+completo)?|gracia)\s+(?:es|:)"
    r"|me\s+chamo|chamo-me"
    r"|(?:o\s+)?meu\s+nome(?:\s+completo)?\s+[ée]\b|my\s+(?:full\s+)?name(?:\s+is|'s|’s|s)"
    r"|(?<!'s\s)(?<!s\s)(?<!her\s)(?<!his\s)(?<!your\s)(?:the\s+)?name['’]s"
    r"|(?<!su\s)(?<!tu\s)(?:nombre|name|nome)\s*:)\s*",
    re.IGNORECASE,
)
_ARTICLE = (
    r"(?:(?:(?:[oa]|la|el)\s+)?(?:se[nñ]or(?:a|ita)?|senhora?|do[nñ]a?|dona|sr\.?|sra\.?|hermana|padre"
    r"|administrador[a]?"
    r"|engenheir[oa]|ingenier[oa]|doctor[a]?|doutor[a]?|licenciad[oa]|profesor[a]?|pastor[a]?)\s+(?=[A-ZÀ-Ý])"
    r"|(?:[oa]|la|el|seu)\s+(?=[A-ZÀ-Ý]))?"
)
# Anything may follow these ("soy de Santiago", "I'm interested"): only what is written like a name counts.
_PERHAPS = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bn[ãa]o )(?:\b(?:soy|sou|aqui\s+(?:quem\s+fala\s+)?[ée]|(?:le|te)?\s*habla|(?:le|te"
    r"|les)\s+(?:escribe|saluda)"
    r"|pued[eo]n?s?\s+llamarme|pode[mn]?\s+(?:me\s+)?chamar\s+de|mi\s+apellido\s+es"
    r"|(?:todos|todo\s+mundo|everybody|everyone|folks|people|friends)\s+(?:me\s+)?(?:calls?|llaman|dicen|cham\w+)\s+(?:me|de)?"
    r"|(?:mi|meu|my|el)\s+(?:nombre|nome|name)(?:\s+(?:es|is|[ée]))?|firma\s*:|i\s+go\s+by|the\s+name\s+is"
    r"|me\s+(?:dicen|llaman)(?=\s+\w+\W*(?:$|[,.!]))|quem\s+fala\s+[ée]|(?:hablas?|est[aá]s?\s+hablando)\s+con"
    r"|i\s*['’]?\s*m|i\s+am|this\s+is|call\s+me|attn:?(?:\s+me)?,?|a\s+nombre\s+de|em\s+nome\s+de|under"
    r"|me\s+cham(?:ar|a|e|em)\s+de|de\s+parte\s+de|(?:su|tu)\s+servidor[a]?:?"
    # Who the letter goes to, where the address is the visitor's own.
    r"|(?:con\s+|a\s+la\s+)?atenci[oó]n(?:\s+[ad]e?)?:?|aos?\s+cuidados?\s+d[eao]|al\s+cuidado\s+de|att?n\.?:?|c/o|a/c"
    r"|(?:yo|eu)(?:\s+(?:mism[oa]|mesm[oa]))?,?(?=\s+(?-i:[A-ZÀ-Ý]))|(?:it['’]?s\s+)?me(?:\s+now)?[,:]?(?=\s+(?-i:[A-ZÀ-Ý]))|myself(?=\s+(?-i:[A-ZÀ-Ý]))"
    r"|(?:an[oó]t[ae]|ap[uú]nt[ae]|reg[ií]str[ae]|ag[eé]nd[ae])(?:me|n?os),?(?=\s+(?-i:[A-ZÀ-Ý]))"
    r"|(?:me\s+(?:anota|coloca|marca)|put\s+me\s+down(?:\s+as)?|sign\s+me\s+up),?(?=\s+(?-i:[A-ZÀ-Ý])))"
    rf"\s+{_ARTICLE}"
    r"|\bit['’]?s\s+(?=(?P<its>[^\W\d_]+)))",
    re.IGNORECASE,
)
_NAMED = r"(?<!\w)(?P<name>[A-ZÀ-Ý][^\W\d_]{1,40}(?:[ \t]{1,3}[A-ZÀ-Ý][^\W\d_]{1,40}){0,2})"
_MYSELF = re.compile(
    rf"{_NAMED}\s*(?:[(,]\s*(?:yo|eu|me|that['’]s\s+me|soy\s+yo|sou\s+eu)\s*[),.\n]|[(,]\s*(?:yo|eu|me|soy\s+yo|sou\s+eu)\W*\Z)"
)
"""As in "Equipo 4: Regina Saldaña (yo), Omar y Vale"."""
_FILLER = re.compile(
    r"^(?:\W|\b(?:hola|buenas|buenos|buen|d[ií]as?|tardes|noches|claro|s[ií]p?|ok|okay|okey|dale(?!\s+(?-i:[A-Z]))|bueno|pues"
    r"|es|soy|sure|yes"
    r"|yeah|hi|hello|hey|ol[áa]|oi|sim|it['’]?s|its|de\s+acuerdo|por\s+supuesto|con\s+gusto|bom|boa|tarde"
    r"|noite|dia|sou"
    r"|[ao](?=\s)|mi|nombre|i['’]?m|i\s+am|con|com|with|anot[ea]|apunt[ea]|ya|va|vale|aqu[ií]|name['’]?s"
    r"|(?:ja|je|ha|k){2,}|[ée](?=\s)|meu(?:\s+nome)?|pode\s+anotar|puedes?\s+poner|an[oó]t[ae](?:me|n?os)?"
    r"|ap[uú]nt[ae](?:me|n?os)?|como"
    r"|just|put(?:\s+(?:it\s+)?(?:down|under))?|thing|nome(?=\s)|name(?=\s)|that['’]?s|s{2,}|licenciad[oa]|se[nñ]or(?:a|ita)?"
    r"|senhora?|con(?:migo)(?:\s+mism[oa])?|comigo(?:\s+mesm[oa])?|sra?\.?(?=\s)|pode(?:\s+(?:colocar|ser|sim))?"
    r"|p[oó]n(?:l[oe]|me|ga|gale|ele)?|poner|colocar|under|de\s+parte\s+de|ese|isso|cosa|att?e|contacto|contato|m[ií][oa](?=\W)"
    r"|meu(?=\W)|mine(?=\W)|yep|go\s+on|exacto|correcto|correct|right|exato|perfecto|perfect|perfeito|divino|genial"
    r"|listo|beleza|blz|combinado|fechado|great|lovely|thank\s+you|please|porfa(?:vor)?|porfi[st]?|x\s+favor|pls"
    r"|(?:la\s+)?reserva(?=[:\s])|ll[aá]m[ea]n?(?=\W)"
    r"|por\s+favor|attn|att|saludos|atentamente|atte|regards|best|cheers|thanks|gracias|obrigad[oa]|la|el"
    r"|(?:hermana|hermano|sister|brother|father)(?=\s+(?-i:[A-Z]))|padre|irm[aã]|sor|frei|fray|pastor[a]?|administrador[a]?|engenheir[oa]|ingenier[oa]|doctor[a]?|doutor[a]?"
    r"|profesor[a]?|me,|yo(?=\W)|eu(?=\W)|de\s+(?=abril\b)"
    r"|don(?!['’])|do[nñ]a|dona|seu)\b)+",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    # From where a run of marks begins, or a row of commas is read once from each of them.
    r"(?<![\s,.!])[\s,.!]*(?:\b(?:gracias|por\s+favor|a\s+la\s+orden|un\s+placer|mucho\s+gusto|encantad[oa]"
    r"|mesmo|mismo|k+|(?:ja|je|ha|rs)+h?|n[eé]|viu|t[aá]|ok|lol|s[ií]\s+se[nñ]or[a]?|sim\s+senhora?|sir|ma['’]?am|y\s+ya|no\s*m[aá]s|nom[aá]s|for\s+me|por\s+aqu[ií]|here"
    r"|speaking|falando|al\s+habla|[yo]u\s+know|y\s+(?:t[uú]|usted|vos|(?:el\s+)?(?:tuyo|suyo))|and\s+yours?"
    r"|e\s+(?:o\s+)?(?:seu|voc[eê])"
    r"|a\s+[st]us?\s+[oó]rdenes|pa(?:ra)?\s+servir(?:le|te)|quien\s+l[aeo]\s+saluda"
    r"|thanks|thank\s+you|please|nice\s+to\s+meet\s+you|obrigad[oa]|prazer"
    r"|muito\s+prazer)\b)+[\W]*$",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    rf"[,;\n|/:@{BLANK}(]|\s[-–—]\s"
    rf"|(?<!\bdr)(?<!\bdra)(?<!\bing)(?<!\blic)(?<!\bsr)(?<!\bsra)(?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\barq)(?<!\blicda)"
    r"(?<!\bprof)(?<!\b[A-Z])\.+\s|\s(?:y|and|e|&)\s(?!\w{1,3}\b\W*$)"
    r"|\s(?:pero|but|mas|aunque|though)\s|\s(?:con|com|with(?:\s+an?)?)\s+\w\b",
    re.IGNORECASE,
)
_GO_ON = re.compile(
    r"\s*(?:$|\W*$|(?:de|del|da|do|dos|das|from|with|at|for|of|para|pra|pa|por|en|em|in|here|speaking|falando|aqu[ií]"
    r"|no(?:m[aá]s)?|n[eé]|again|de\s+nuevo|otra\s+vez|jr\.?|sr\.?|senior|junior|ii|iii|iv|short|diminutivo|bloc[ok]|bloque|apto?|apt|\d\w*)\b)",
    re.IGNORECASE,
)
"""What may follow a name that is written like one, or known: where somebody is from, what for."""

_PRESENTED = (
    re.compile(
        rf"\A\W*(?:(?i:hi|hello|hey|yes|hola|ol[aá]|oi|buenas|good (?:morning|afternoon|evening)|bom dia"
        rf"|boa (?:tarde|noite)|buen(?:os|as) (?:d[ií]as|tardes|noches))\W+)?"
        rf"{_NAMED}\s+(?:here|speaking|again|aqu[ií]|por aqu[ií]|falando)\b"
    ),
    re.compile(
        rf"\A\W*(?:(?i:hi|hello|hey|hola|oi|ol[aá]|bo[am] (?:tarde|noite|dia)|buenas(?: tardes| noches)?"
        rf"|buenos d[ií]as)\W+)?(?i:it['’]?s|aqu[ií]|ac[aá]|es|[ée] [oa])\s+(?:(?:el|la|[oa])\s+)?{_NAMED}"
        r"\s*(?:[,.!\n]|$|(?:de|desde|from|again)\b)"
    ),
    # Thanks on one line are for us ("Gracias, Luis"): what signs stands below them.
    re.compile(
        rf"(?:^|[\n.!,;?]\s*)(?i:(?:atte|att|atentamente|(?:kind |best )?regards|cordialmente"
        rf"|atenciosamente)[.,]?\s+"
        rf"|(?:saludos|quedo atent[oa]|abra[cç]os?|abs|bjs|beijos?|xo+|xx+|cheers|best|un abrazo)\s*[,.!\n]\s*"
        rf"|(?:gracias|thanks|thank you"
        rf"|obrigad[oa])[.,!]*\s*\n\s*|[-–—]+\s*)"
        rf"(?:(?i:ing|lic|licda|dra?|sra?|arq)\.?\s+)?{_NAMED}\s*(?:\W|[A-Z]\b)*+\Z"
    ),
    re.compile(
        rf"(?i:gracias de antemano|thanks in advance|desde j[aá] (?:grat[oa]|agrade[cç]o))[.,!]*\s+{_NAMED}\W*\Z"
    ),
)
"""How people present themselves without a verb; only a known given name counts there."""
_SIGNS = re.compile(
    rf"[\n.!,;?]\s*(?i:atte|att|atentamente|atenciosamente|cordialmente|quedo atent[oa]|(?:kind |best )?regards"
    rf"|saludos(?: cordiales)?|cordial(?:es)? saludos?)"
    rf"\s*[.,\n]+\s*{_NAMED}\s*\W*(?:\Z|\n)"
)
_UNKNOWN_HERE = re.compile(
    rf"\A\W*(?i:hi|hello|hey|hola|ol[aá]|oi|bom dia|boa (?:tarde|noite)|buenas(?: tardes| noches)?|buenos d[ií]as"
    rf"|good (?:morning|afternoon|evening))\W+{_NAMED}\s+(?:here|speaking|por aqu[ií]|aqu[ií]|falando)\s*(?:[,.!\n]|\Z)"
)
"""A greeting before and a stop after leave no doubt, whatever the name."""
_COMPANY = re.compile(
    r"^\W*(?:orfebrer[ií]a|ferreter[ií]a|panader[ií]a|padaria|cl[ií]nica|colegio|escuela|escola|hotel|restaurante?|taller|oficina"
    r"|empresa|grupo|museo|museu|museum|junta|asociaci[oó]n|associa[cç][aã]o|c[aâá]mara|oficinas?|serralheria|gabinete|consultorio|bufete|estudio|inversiones|transportes?|constructora|construtora|comercial|distribuidora|tienda|loja|sal[oó]n|supermercado"
    r"|farmacia|laboratorios?|serralheria|metal[uú]rgica|igreja|iglesia|condom[ií]nio|edif[ií]cio|equipo|team|serviços"
    r"|servicios|notar[ií]a|hacienda|finca|s[ií]tio|fazenda|granja|farm|agro\w*|auto\w*)\b"
    r"|\b(?:inc|llc|ltd|ltda|corp|gmbh|s\.?r\.?l|s\.?a\.?s?|eirl|traders|dental|realty|plumbing|roofing|logistics)\b\.?\W*$",
    re.IGNORECASE,
)
_MOST_OF_A_COMPANY = 80
_GAP = re.compile(r"\s{3,}")
"""Patterns with several places for a space try each: thousands of empty lines would keep the server busy for long."""


def _narrow(gap: re.Match[str]) -> str:
    return "\n" if "\n" in gap[0] else " "


def narrowed(text: str) -> str:
    """Without long gaps."""
    return _GAP.sub(_narrow, text)


def normal(text: str) -> str:
    """As it is read here: a decomposed accent is no letter of its own, and no gap is long."""
    text = narrowed(unicodedata.normalize("NFC", text))
    return _NICKNAME.sub(" ", text) if '"' in text or "“" in text else text


_NICKNAME = re.compile(r"(?<=\w)\s[\"“][A-ZÀ-Ý]\w{1,15}[\"”]\s(?=[A-ZÀ-Ý])")
"""As in 'Malik "Moose" Jefferson'."""


def is_company(text: str) -> bool:
    """Whether it begins or ends as the name of a business does."""
    return _COMPANY.search(text[:_MOST_OF_A_COMPANY]) is not None


def find_name(text: str, *, asked: bool) -> str | None:
    """The name that the visitor gives as their own, or None. `asked`: their name was the last thing asked for.

    The last introduction counts ("no, me llamo Eva"). Addresses and numbers should have been blanked (`finding.hide`).
    """
    text = normal(text)
    name = _introduced(text, asked=asked) or _presented(text)
    if name is None and asked:
        answer = _without_questions(text)
        name = _known_segment(answer) or bare_name(answer) or _opening(answer)
    return name


def _opening(text: str) -> str | None:
    """As in "Wilmar Echeverry wilmar.m gmail": a known name with a surname, whatever follows."""
    run = read_run(_FILLER.sub("", text.strip()), lower_too=False)
    return run.name if run and run.is_known and run.capitals > 1 else None


def _without_questions(text: str) -> str:
    """What is said besides asking: "¿Ana?" gives no name, "Ana Gil. ¿Cuánto es?" does."""
    text = _COURTESY.sub("", text)
    return (
        "".join(part for part in _ENDING.split(text) if not part.rstrip().endswith("?"))
        if "?" in text
        else text
    )


_ENDING = re.compile(r"(?<=[.!?\n,])(?=\s)")


def _introduced(text: str, *, asked: bool) -> str | None:
    name: str | None = None
    for pattern, sure in ((_PERHAPS, asked), (_SURE, True)):
        for match in pattern.finditer(text):
            after = text[match.end() :]
            run = read_run(after, lower_too=sure)
            if run is None or (pattern is _PERHAPS and _is_doubtful(run, after, match, asked=asked)):
                continue
            name = run.name
    if name is None and (mine := _MYSELF.search(text)):
        name = bare_name(mine["name"])
    return name


_DEMONYM = re.compile(
    r"(?:ian|ean|ican|ish|ese|iano|iana|ense|e[nñ][oa]|ês|esa)s?$|(?:^|.)(?:and|iend|ind)o$|ing$|mente$"
)


def is_activity(name: str) -> bool:
    """Whether it ends like what people do or where they are from: "browsing", "Scottish", "dominicano"."""
    return _DEMONYM.search(name.lower()) is not None


def _is_doubtful(run: Run, after: str, introduced: re.Match[str], *, asked: bool) -> bool:
    if run.is_known:
        return False
    if introduced["its"] and not (asked and run.capitals):
        return True
    return _goes_on(after, run) or (len(run.words) == 1 and is_activity(run.name))


def _goes_on(text: str, run: Run) -> bool:
    """As in "I'm outside right now": words in lower case that a sentence goes on after, and no known name."""
    written = text[: run.end]
    if written != written.lower():
        return False
    return bool(re.match(r"[ \t]+(?!(?:y|e|and|de)\b)\w", text[run.end :]))


def _presented(text: str) -> str | None:
    if (match := _UNKNOWN_HERE.search(text) or _SIGNS.search(text)) and (name := bare_name(match["name"])):
        return name
    for pattern in _PRESENTED:
        match = pattern.search(text)
        if match and plain(match["name"].split()[0]) in GIVEN_NAMES and (name := bare_name(match["name"])):
            return name
    return None


def _known_segment(text: str) -> str | None:
    """As in "san miguel, Roxana Pineda": where several things are answered, what begins with a known name."""
    best: Run | None = None
    for segment in _SEGMENT.split(text):
        run = bare_run(segment)
        # "Fernando, Fernando Lozano Rangel": the fuller one.
        if run and run.is_known and (best is None or run.name.startswith(f"{best.name} ")):
            best = run
    return best.name if best else None


def bare_name(text: str) -> str | None:
    """The name in a message that is nothing else, or begins with nothing else ("Ana Pérez, quiero verlo")."""
    run = bare_run(text)
    return run.name if run else None


def bare_run(text: str) -> Run | None:
    """As `bare_name`, with what is known of it."""
    rest = _COURTESY.sub("", _FILLER.sub("", text.strip())).strip()
    if is_company(rest):
        return None
    if (joined := read_run(rest, lower_too=True)) and " y " in f"{joined.name} ".replace(" e ", " y "):
        # "João dos Santos e Silva" is one.
        return joined
    cut = _SEGMENT.search(rest)
    segment = (rest[: cut.start()] if cut else rest).strip(" !¡*\"'()")
    run = read_run(segment, lower_too=True)
    if run is None or (_RELATIVE.fullmatch(run.words[0]) and run.capitals < _WITH_SURNAME):
        return None
    left = segment[run.end :]
    # What stopped before its end is a sentence.
    doubtless = run.capitals > 1 or run.is_known
    if not re.search(r"\w", left) or (_GO_ON.match(left) and doubtless) or _is_role(run, left):
        return None if _is_no_name(run, segment, cut) else run
    return None


_RELATIVE = re.compile(RELATION, re.IGNORECASE)
_WITH_SURNAME = 2


def _is_role(run: Run, left: str) -> bool:
    """As in "Gilmar embalagens" and "Marvin Solís recepción": what they are stands after the name, in one word."""
    return run.is_known and run.capitals > 0 and bool(_ROLE.fullmatch(left))


_ROLE = re.compile(
    r"\s+(?!(?:left|said|says|told|went|sent|gave|knows|will|can|me|te|les?|nos|no|dijo|dice|disse|sabe)\b)[a-zà-ÿ]\w+\W*"
)


def _is_no_name(run: Run, segment: str, cut: re.Match[str] | None) -> bool:
    """Words in lower case that only look like a name: a sentence that was cut off, an activity."""
    if run.is_known or (run.capitals and segment[: run.end] != segment[: run.end].lower()):
        return False
    if segment.isupper() or segment[:1].isupper():
        return False
    return is_activity(run.words[-1]) or bool(cut and cut[0].strip()[:1].isalpha())


def lone_name(text: str, *, expected: bool = True) -> str | None:
    """The name in a message that is nothing but one, written like one or known as one: "Igor", "é a Gisele".

    `expected`: they have been asked for contact data, or gave some. Else only a known name with a surname is one.
    """
    if not expected and (len(text) > _MOST_LONE or sum(map(str.isupper, text)) < _WITH_SURNAME):
        return None
    text = normal(text)
    if not expected:
        run = bare_run(text) if len(text) <= _MOST_LONE else None
        certain = run and run.is_known and run.capitals > 1 and plain(run.words[0]) not in PLACES
        return run.name if run and certain and not re.search(r"\w", text[run.end :]) else None
    signed: Run | None = None
    for sentence, aside in _sentences(text):
        run = bare_run(sentence) if sentence[:1].isupper() or sentence == text.strip() else None
        if run is None or not run.is_known or not run.capitals:
            continue
        if run.capitals > 1 if aside else signed is None or signed.name in run.name:
            signed = run
    if signed:
        return signed.name
    if len(text) > _MOST_LONE or "?" in text:
        return None
    run = bare_run(text)
    if run is None:
        return None
    written = all(is_capital(w) or plain(w) in INNER for w in run.words) and run.words[0] in text
    return run.name if run.is_known or written else None


def _sentences(text: str) -> list[tuple[str, bool]]:
    """The last one and the first one: that is where a name stands. In between commas, only one with a surname is."""
    parts = _STOP.split(text.strip())
    first, *more = re.split(r",\s+", parts[0])
    return [(parts[-1], False), (first, False), *((part, True) for part in more)]


_STOP = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Dr|Sr|Mr|Ms|Fr))(?<!\b(?:Dra|Sra|Mrs|Lic|Ing|Col))[.!?\n]\s+")
_MOST_LONE = 40
_CAPITALISED_WORD = r"[A-ZÀ-Ý][^\W\d_A-ZÀ-Ý][^\W\d_]{0,13}"
_NAME = rf"{_CAPITALISED_WORD}(?: (?:(?:de|da|do|del|dos|van|von|la) ){{0,2}}{_CAPITALISED_WORD}){{0,3}}"
_SOMEBODY = re.compile(rf"\b(?:my|mi|meu|minha|the|el|la|o|a)\s+(?:\w+\s+)?{RELATION}\b", re.IGNORECASE)
_ASK_FOR = re.compile(
    rf"(?i:\b(?:ask\s+for|pregunt\w+\s+por|procur\w+\s+(?:por|pel[oa])|fala\w*\s+com|habl\w+\s+con))\s+"
    rf"(?i:(?:el|la|[oa]|do[nñ]a?|dona|seu|big|the)\s+)?(?P<name>{_NAME})"
)


def named_to_ask_for(text: str) -> str | None:
    """The name in "…, ask for Keisha" or "pregunten por Frasco"."""
    match = _ASK_FOR.search(text)
    if match and _SOMEBODY.search(text, 0, match.start()):
        return None
    return bare_name(match["name"]) if match else None
