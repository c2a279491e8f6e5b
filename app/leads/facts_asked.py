"""What a short answer means by what was asked: "sí", "mañana", "unos 800" are facts only after a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.leads.facts_money import find_amounts
from app.leads.facts_text import fold_text, phrases
from app.leads.facts_want import MAX_OBJECT, Said, is_something
from app.leads.facts_want_words import I_WANT
from app.remembered import Remembered

_KINDS = {
    "theirs": phrases(
        r"(?:nombre|numero|telefono|correo|contacto|contato|telefone|zap|whatsapp|celular|nome|email)s?"
        r" (?:\w+ ){0,3}?(?:de (?:tu|su)"
        r" (?!empresa|casa|negocio|clinica|tienda)\w+|d[ao] (?:seu|sua|teu|tua) (?!empresa|casa|loja)\w+"
        r"|dela|dele|de ella|de el)"
        r"(?! (?:o|ou) (?:el |o )?(?:tuyo|suyo|seu))",
        r"(?:her|his|their) (?:name|number|contact|phone|e-?mail)(?! or yours)",
    ),
    "contact": phrases(
        r"(?:where|who) (?:shall|should|can|do|may|could) (?:i|we|it) (?:send|mail|email|text|reply|reach"
        r"|go|write)(?: \w+){0,2}",
        r"(?:a donde|adonde|a quien|para quem|pra onde|a que correo|para onde) (?:\w+ ){0,2}(?:mand|envi"
        r"|escrib|mando|envio)\w*",
        r"(?:tus|sus|seus|your) (?:datos|dados|details|contact details)",
        r"(?:un|algun|um) contacto",
        r"contato",
        r"(?:tu|su|un|el|me (?:dejas|das|regalas|compartes|pasas)|your|a|seu|teu|um|o) (?:\w+"
        r" ){0,3}(?:numero|telefono|celular|correo|e-?mail|whats?app|contacto|phone|number|contact"
        r"|contato|telefone|zap)\w*",
        r"(?:donde|como|where|how|onde|por donde) (?:\w+ ){0,4}(?:contact\w+|llam\w+|escrib\w+|reach|call"
        r"|ubic\w+|localiz\w+|falar|chamar)",
        r"(?:telefono|correo|e-?mail|(?:phone|cell|mobile|best|good|contact|your) number|telefone|telemovel"
        r"|whats?app|phone|celular|movil|fono|mobile|zap|number(?= (?:to|for|we|i)\b)|(?:el|un|o) numero)",
    ),
    "name": phrases(
        r"who (?:should|do|shall|can) (?:we|i|they|he|she) (?:ask for|put|talk to|speak to|look for)",
        r"(?:por quien|por quem) (?:pregunt\w+|procur\w+)",
        r"and you are",
        r"(?:com|con) (?:quem|quien) (?:ele|ela|el|ella|\w+)? ?(?:fala|habla|hablo|trato)",
        r"who(?: would be|'s| is| will be)? (?:this|the contact|calling|the booking for)",
        r"whose (?:name|details)",
        r"(?:quien|quem) (?:(?:es|e) (?:usted|voce|vos|ud)|eres|sos|(?:nos )?(?:escribe|escreve))",
        r"(?:con quien|com quem) (?:tengo el|tenho o) (?:gusto|placer|prazer)",
        r"con quien (?:confirmo|coordino|trato|hablamos|estoy hablando)",
        r"who (?:is this|am i (?:speaking|talking)|are you|'s this|do i have)",
        r"a quien (?:\w+ )?(?:anot|pong|apunt|registr|llam)\w+",
        r"como (?:te|se|lo|la|le) (?:cham\w+|llam\w+|dicen|digo)",
        r"(?:quien|quem) (?:seria|es|sera|e) (?:el |o )?contacto",
        r"(?:como te llamas|como se llama|(?:tu|su|seu|teu|o) (?:nombre|nome)|con quien (?:hablo|tengo)|quien (?:eres"
        r"|habla)|your name|who am i|seu nome|como voce se chama|com quem (?:falo|eu falo)|a nombre de"
        r" quien|nombre|name|nome)"
    ),
    "when": phrases(
        r"(?:para |hasta |desde |pra |para )?(?:cuando|when|quando)",
        r"(?:que|cual|qual|what|which|o que) (?:\w+ )?(?:dia|dias|fecha|fechas|hora|horario|date|dates"
        r"|day|days|time|data|mes|month)",
        r"how soon",
        r"time ?(?:line|frame)",
        r"plazo",
        r"prazo",
        r"urgen\w+",
        r"que tan pronto",
    ),
    "visit": phrases(
        r"(?:visit\w*|cita|agend\w*|test[- ]?drive|prueba de manejo|pasar|venir|ven(?:gas|ga|ir)|verl[oa]"
        r"|conocer\w*|recorrido|demo|appointment|visit|come (?:by|in|see)|schedule|book|tour|viewing"
        r"|showing|marcar|agendamento|reserv\w+|consulta|evaluacion|valoracion|clase de prueba|aula"
        r" experimental|trial)"
    ),
    "offer": phrases(
        r"(?:cotiz\w+|presupuesto (?:para|sin|formal)|(?:te|le|les) (?:\w+ )?(?:preparo|preparamos|envio"
        r"|mando|hacemos|hago|prepare) (?:\w+ ){0,3}(?:presupuesto|propuesta|cotizacion|proforma|oferta)"
        r"|quote|estimate|proposal|orcamento|proposta|simulacao)"
    ),
    "call": phrases(
        r"(?:(?:te|le|lo|la) (?:llam\w+|contact\w+|marcamos|escrib\w+)|(?:un|una) (?:asesor\w*|persona"
        r"|vendedor\w*|agente) (?:te|le|lo) \w+|call you|give you a call|contact you|reach out|(?:te|lhe)"
        r" (?:ligar|ligue|liga|chame|chamar)|que te llamen|una llamada|a call)"
    ),
    "budget": phrases(
        r"(?:presupuesto|budget|orcamento|valor maximo|valor que|rango|limite|cuanto (?:\w+"
        r" ){0,2}(?:gastar|invertir|pagar)|how much (?:\w+"
        r" ){0,4}(?:spend|pay|afford)|quanto (?:\w+ ){0,3}(?:gastar|investir|pagar)|rango de precio|price"
        r" range|faixa de preco)"
    ),
    "trade_in": phrases(
        r"(?:trade[- ]?in|parte de pago|na troca|de entrada|a cuenta|permuta|(?:vehiculo|carro|auto|car)"
        r" (?:para|to|pra|usado|actual))"
    ),
    "interest": phrases(
        r"(?:te|le|les) (?:interesa|gusta|gustaria|llama la atencion|animas|sirve)\w*",
        r"(?:interested|interesad[oa]s?|interesse|lo quieres|la quieres|te gustan|do you want|would you"
        r" like|gostaria|voce quer)"
    ),
    "need": phrases(
        r"what(?:'s| is)? (?:it |this )?about",
        r"(?:de|sobre) que (?:se trata|es|seria)",
        r"(?:sobre o que|do que se trata)",
        r"(?:que|cual|qual|what|which) (?:\w+ )?(?:producto|articulo|equipo|product|item|produto|vehiculo"
        r"|carro|car|vehicle|imovel|propiedad|property)s?",
        r"what (?:do|are|can|would) (?:you|we) (?:\w+ )?(?:need|want|looking|like)",
        r"(?:cuentame|cuenteme|dime|digame|tell me|me conta|me diga)(?: \w+){0,4}",
        r"que (?:\w+ )?(?:buscas|busca|buscan|necesitas|necesita|te interesa|le interesa|tipo|modelo"
        r"|servicio|tratamiento|quieres|zona|plan|curso|destino)",
        r"(?:en que|como) (?:te|le|les|los|lo) (?:\w+ )?(?:ayud\w+|puedo|podemos|sirvo)",
        r"how (?:can|may) (?:i|we) help",
        r"what (?:are you|can i|can we|kind|type|brings|do you need|service|model|would you like|sort)",
        r"which (?:one|model|service|plan|type|size)",
        r"como (?:posso|podemos) (?:te |lhe )?ajudar",
        r"(?:o )?que (?:voce |vc )?(?:procura|precisa|busca|gostaria|deseja)",
        r"(?:qual|que tipo|cual) (?:\w+ ){0,3}(?:modelo|servicio|servico|interesa|busca\w*|tipo|plano"
        r"|tratamento|curso)",
    ),
}  # fmt: skip
_CONTACT_WORDS = (
    "send", "mail", "text", "reply", "reach", " go", "write", "mand", "envi", "escrib", "datos", "dados", "details",
    "contact", "contat", "numero", "telefon", "celular", "correo", "whatsap", "whatap", "phone", "number", "zap",
    "llam", "call", "ubic", "localiz", "falar", "chamar",
)  # fmt: skip
"""One of these is in all that asks for a contact; the pattern itself takes half a millisecond to say no."""
_TELL = phrases(
    r"(?:dej|deix|pas|compart|indi|escrib|escrev|necesit|precis|mand|envi|inform|regal|facilit|anot|dig|conf)\w+",
    r"(?:me (?:das|da|dan)|dame|deme|leave|give|send|share|drop|tell|need|just|please)",
)
_YES = re.compile(
    r"\W*(?:(?:ay|ah|oh|pues|bueno|well|ok|okay|hmm|mm+)\W+)?(?:s[ip]+|sii+|claro|dale|ok+|okay|oka|okey"
    r"|perfecto|bueno|de una|va|vale|sale|simon|por supuesto|obvio|seguro|"
    r"me parece|esta bien|ta bien|ta to|excelente|listo|eso|correcto|exacto|afirmativo|me encantaria|me"
    r" gustaria|con gusto|de acuerdo|genial|chevere|buenisimo|hagale|hagamoslo|cool"
    r"|yes+|yeah|yep|yup|ya|sure|sounds good|perfect|please|absolutely|definitely|of course|great|that"
    r" works|works for me|i would|i'd (?:like|love)|lets do|let's do"
    r"|sim+|pode ser|pode|bora|quero|isso|beleza|blz|com certeza|aceito|fechado|combinado|gostaria|otimo"
    r"|legal|show|perfeito|joia|massa|fechou|pode (?:sim|marcar)|marca|manda|serve|da certo|fica (?:bom|otimo)"
    r"|(?:me|nos) (?:viene|va|queda|sirve|cuadra) (?:bien|perfecto|genial|de perlas|de lujo|super)|me sirve|me cuadra"
    r"|confirmo|confirmado|venga|hecho|trato hecho|hagale|dale que si|agendado|apartal[oa]|apartamel[oa]"
    r"|(?:that|it) (?:suits|works|sounds)|suits me|brilliant|lovely|grand|go ahead|deal|book (?:it|me)|do it)(?!\w)"
)
_NO = re.compile(
    r"\W*(?:(?:ay|ah|oh|pues|bueno|well|hmm|mm+|gracias|thanks)\W+)?(?:no+|nop|nope|nah|nao|naum|ahora no"
    r"|not (?:now|really|yet)|mejor no|por ahora no|todavia no|aun no|tampoco|paso|prefiero no|agora nao"
    r"|ainda nao|melhor nao)(?!\w)"
    r"(?! (?:hay problema|problem|se preocup|importa|worries|tem problema|mas|solo))"
)
_YES_BUT = re.compile(
    r"\b(?:pero|but|mas) (?:mais pra frente|so (?:depois|mais)|hasta|not until|no|not|nao|ahora no|por"
    r" ahora|mas adelante|despues|later|depois|todavia|not"
    r" now|not yet)\b"
)
_QUESTION = re.compile(r"[^.!?\n]*\?")
_ASKED_BACK = re.compile(
    r"[?¿]|^\W*(?:que|como|cuanto|cual|donde|what|how|which|where|is|are|do|does|can|qual|quanto|onde|tem"
    r"|tienen|hay)\b"
)
_SMALL_TALK = re.compile(
    r"\W*(?:(?:hola+|buen\w*|dias?|tardes?|noches?|hi+|hello|hey|oi+|ola|boa|bom|tarde|noite|dia|saludos"
    r"|gracias|thanks?|thank you|obrigad\w|ok|okay|que tal|klk|tudo bem|todo bien|como estan?)\W*)+"
)
_SENTENCE_END = re.compile(r"\.(?!\d)|[;!?\n]")
_SENTENCE = phrases(
    r"(?:is|isn't|are|was|were|says|said|did|does|doing|has|had|been|will|would|it's|that's|they|he|she"
    r"|you)",
    r"(?:es|son|fue|era|eran|esta|estan|hizo|dice|dijo|va|van|puede|sabe|ustedes|ellos)",
    r"(?:foi|ta|estao|disse|voces|eles)",
)
"""What says something about something is no name of a thing that is wanted."""
_ANSWERS = ("visit", "offer", "call")


@Remembered
def kinds_asked(asked: str) -> tuple[str, ...]:
    """What a text of ours asks for: keys of `_KINDS`, and `plain` for a yes-or-no question. Only its"
    " questions count."""
    folded = fold_text(asked[-600:])
    # Not beyond the last mark: from there the pattern would look for one at every letter.
    questions = _QUESTION.findall(folded, 0, folded.rfind("?") + 1)
    text = " ".join(questions[-2:])
    if not text:
        # A request needs no question mark: "déjame tu nombre y tu número".
        asks = any(word in folded for word in _CONTACT_WORDS) and _KINDS["contact"].search(folded)
        told = ("contact", "name") if asks and _TELL.search(folded) else ("contact",)
        return tuple(kind for kind in told if asks and _KINDS[kind].search(folded))
    return tuple(kind for kind, pattern in _KINDS.items() if pattern.search(text))


def find_answers(text: str, asked: str, already: frozenset[str]) -> Iterator[Said]:
    """What folded text says as an answer to `asked`. `already`: criteria found in it without."""
    kinds = kinds_asked(asked) if asked else ()
    if not kinds:
        if not asked and "need" not in already:
            yield from _bare_need(text, already, asked=False)
        return
    yield from _said_yes_or_no(text, kinds, already)
    if "trade_in" in kinds and "trade_in" not in already and not _NO.match(text):
        start, end = _first_words(text)
        if is_something(text[start:end]):
            yield Said("trade_in", "", start, end)
    if "budget" in kinds and "budget" not in already:
        yield from _bare_amounts(text)
    if "need" in kinds and "need" not in already:
        yield from _bare_need(text, already, asked=True)


def _said_yes_or_no(text: str, kinds: tuple[str, ...], already: frozenset[str]) -> Iterator[Said]:
    yes = _YES.match(text)
    if (no := _NO.match(text)) and not yes:
        yield from _turned_down(kinds, no)
    elif yes:
        if not _YES_BUT.search(text):
            yield from _agreed(kinds, yes, already)
    elif "visit" in kinds and "timeline" in already and "request" not in already:
        start, end = _first_words(text)
        yield Said("request", "visit", start, end)


def _bare_amounts(text: str) -> Iterator[Said]:
    amounts = find_amounts(text)
    for amount in amounts:
        yield Said("budget", "", amount.start, amount.end)
    if not amounts and (bare := re.search(r"\b\d[\d.,]*\b", text)):
        yield Said("budget", "", bare.start(), bare.end())


def _agreed(kinds: tuple[str, ...], yes: re.Match[str], already: frozenset[str]) -> Iterator[Said]:
    if "request" not in already:
        for kind in _ANSWERS:
            if kind in kinds:
                yield Said("request", kind, yes.start(), yes.end())
                return
    if "interest" in kinds and "need" not in already:
        yield Said("need", "", yes.start(), yes.end())


def _turned_down(kinds: tuple[str, ...], no: re.Match[str]) -> Iterator[Said]:
    if "contact" in kinds:
        yield Said("contact", "withheld", no.start(), no.end())
    elif any(kind in kinds for kind in _ANSWERS):
        yield Said("request", "none", no.start(), no.end())
    elif kinds == ("interest",):
        yield Said("cold", "not_interested", no.start(), no.end())


def _bare_need(text: str, already: frozenset[str], *, asked: bool) -> Iterator[Said]:
    """As in "apartamento 2 habitaciones en Naco", which has no verb."""
    if already & {"cold", "interest", "request"} or _ASKED_BACK.search(text):
        return
    small = _SMALL_TALK.match(text)
    start = small.end() if small else 0
    end = min(len(text), start + MAX_OBJECT)
    if stop := _SENTENCE_END.search(text, start, end):
        end = stop.start()
    if not asked and I_WANT.match(text, start):
        # It has a verb, and what that says has been read.
        return
    words = [w for w in re.findall(r"[^\W_]+", text[start:end]) if len(w) > 1]
    if 1 <= len(words) <= 14 and is_something(text[start:end]) and not _TELLS_DATA.search(text[start:end]):
        if not asked and (len(words) > 9 or _SENTENCE.search(text[start:end])):
            return
        yield Said("need", "", start, end)


_TELLS_DATA = phrases(
    r"(?:hablar|conversar|chatear|comunicar\w*|speak|talk|chat|falar) (?:\w+ )?(?:con|to|with|com)",
    r"(?:eres|sos|usted es|you are|you\'re|voce e) (?:un|una|a|an|um|uma)",
    r"sistema",
    r"prompt",
    r"me llamo",
    r"mi (?:nombre|numero|correo|telefono|cel\w*|whatsapp)",
    r"soy",
    r"my (?:name|number|email|phone|cell)",
    r"i'?m",
    r"meu (?:nome|numero|email|telefone|zap)",
    r"sou",
    r"@",
    r"gracias",
    r"thanks",
    r"no",
    r"nao",
    r"not",
    r"jaja\w*",
    r"lol",
    r"test\w*",
    r"prueba",
    r"asdf\w*",
)


def _first_words(text: str) -> tuple[int, int]:
    stop = _SENTENCE_END.search(text, 1)
    return 0, min(stop.start() if stop else len(text), MAX_OBJECT)
