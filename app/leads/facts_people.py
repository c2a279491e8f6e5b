"""Who decides, what holds a visitor back, and whether they want to be reached."""

from __future__ import annotations

from collections.abc import Iterator

from app.leads.facts_text import negated, phrases
from app.leads.facts_want import Said

_PARTNER = (
    r"(?:espos[oa]|marido|mujer|novi[oa]|pareja|soci[oa]s?|jef[ea]|papa|papas|mama|padre|padres|familia"
    r"|herman[oa]|hij[oa]s?|doctor\w*|contador\w*"
    r"|gerente|junta|director\w*|equipo|wife|husband|partner|boss|family|mom|dad|parents|board|team"
    r"|manager|cfo|director|owner|fiancee?"
    r"|girlfriend|boyfriend|mulher|namorad[oa]|chefe|mae|pai|pais|diretor\w*|noiv[oa]|contador)"
)
_SHARED = phrases(
    rf"(?:tengo|tendria|debo|necesito|quiero|voy|hay|falta|tenemos) (?:\w+ ){{0,2}}?(?:consult\w+|habl\w+"
    rf"|ver\w*|convers\w+|discut\w+|prengunt\w+|pregunt\w+|convenc\w+|decid\w+)(?:lo|la)? (?:\w+ )?(?:con"
    rf"|a) (?:mi|mis|el|la|los|nuestr[oa]) {_PARTNER}",
    rf"(?:lo |la )?(?:decid\w+|consult\w+|aprueb\w+|autoriz\w+|pag\w+) (?:\w+ )?(?:con |entre |es )?(?:mi"
    rf"|mis|el|la) {_PARTNER}(?: y yo)?",
    rf"(?:mi|mis|el|la) {_PARTNER} (?:y yo (?:decid\w+|lo decid\w+|vamos|estamos)|(?:es quien|es el que"
    rf"|es la que|tiene que|debe|quien) (?:\w+ ){{0,2}}(?:decid\w+|aprob\w+|autoriz\w+|pag\w+|firma\w*"
    rf"|opina\w*)|decid\w+|aprueb\w+|autoriz\w+|paga\w*|tiene la ultima palabra)",
    rf"(?:need|have|want|got|gotta|should|must|let me) (?:to )?(?:\w+ )?(?:talk|check|discuss|ask|run"
    rf"|speak|consult|convince)(?: \w+){{0,3}}? (?:my|the|our) {_PARTNER}",
    rf"(?:my|the|our) {_PARTNER} (?:and i (?:decide|will|are|need)|decides?|has to|needs to|makes|makes"
    rf" the|signs?|approves?|pays|is paying|would have to|has the final)(?: \w+){{0,4}}",
    rf"(?:tenho que|preciso|vou|temos que) (?:\w+ )?(?:falar|conversar|ver|consultar|decidir"
    rf"|perguntar)(?: \w+){{0,2}}? (?:com|pra|para|pro|a) ?(?:o |a |os )?(?:meu|minha|meus|nosso|nossa)?"
    rf" ?{_PARTNER}",
    rf"(?:meu|minha|o|a) {_PARTNER} (?:decide|que decide|aprova|paga|tem que|precisa|e eu)(?: \w+){{0,3}}",
    rf"quem (?:decide|paga|aprova) e (?:o |a )?(?:meu|minha)? ?{_PARTNER}",
    rf"(?:quien|el que|la que) (?:decide|paga|firma|aprueba|compra)(?: \w+)? es (?:mi|el|la) {_PARTNER}",
)  # fmt: skip
_PRONOUN = phrases(
    r"(?:el|ella|ellos) (?:es|son) (?:el|la|los|quien|quienes) (?:que )?(?:decide|paga|autoriza|aprueba"
    r"|compra|manda)n?",
    r"(?:he|she|they)(?:'s| is|'re)? (?:the one (?:who|that) )?(?:decid|pay|sign|approv)(?:es|s|ing|ying)?",
    r"(?:ele|ela) (?:e )?(?:que |quem )?(?:vai pagar|decide|paga|aprova|resolve)",
    r"(?:no|nao) (?:decido|pago) yo",
    r"not my (?:call|decision)",
)  # fmt: skip
_OWN = phrases(
    r"(?:yo )?(?:lo )?decido yo(?: (?:sol[oa]|mism[oa]))?",
    r"yo (?:soy (?:quien|el que|la que) )?(?:decid[oe]|mando|pago|compro|autorizo|firmo)(?: \w+)?",
    r"(?:la )?decision es mia",
    r"soy (?:el |la )?(?:dueno|duena|propietari[oa]|gerente|director\w*|encargad[oa])(?: de \w+)?",
    r"no (?:tengo|necesito) (?:que )?consultar\w*",
    r"i (?:decide|make the decisions?|call the shots|am the (?:owner|decision[- ]maker|one who decides)"
    r"|sign|approve)(?: \w+)?",
    r"(?:it'?s )?my (?:call|decision)",
    r"i'?m the (?:owner|decision[- ]maker|manager|one (?:who|that) decides|buyer)",
    r"sole (?:owner|decision[- ]maker)",
    r"(?:eu )?(?:mesm[oa] )?(?:quem )?decid[oe] (?:sou )?(?:eu|sozinh[oa])(?: mesm[oa])?",
    r"(?:a )?decisao e minha",
    r"sou (?:o |a )?(?:don[oa]|proprietari[oa]|gerente|responsavel)",
)  # fmt: skip
_OBJECTIONS = (
    (
        "price",
        phrases(
            r"(?:muy|demasiado|bien|super|un poco|mucho mas|bastante|ta|esta) car[oa]s?",
            r"car[ii]simo",
            r"(?:no (?:me|nos) (?:alcanza|llega|da))(?: \w+){0,2}",
            r"(?:se (?:me|nos) (?:sale|va|pasa)) (?:de|del) (?:\w+ )?(?:presupuesto|las manos|mano)",
            r"fuera de (?:mi|nuestro) presupuesto",
            r"(?:mas barato|mejor precio) (?:en|lo vi|lo consigo|me lo)(?: \w+){0,2}",
            r"(?:hay|hacen|tienen|dan|algun) (?:\w+ )?(?:descuento|rebaja)s?",
            r"es mucho dinero",
            r"(?:too|pretty|quite|very|so|bit|kinda) (?:expensive|much|pricey|high|steep)",
            r"(?:out of|over) (?:my|our) budget",
            r"can'?t afford(?: \w+){0,2}",
            r"cheaper(?: \w+){0,2}",
            r"(?:muito|meio|um pouco|bem|ta|esta) car[oa]s?",
            r"fora do (?:meu |nosso )?orcamento",
            r"mais barato",
            r"salgad[oa]",
        ),
    ),
    (
        "trust",
        phrases(
            r"(?:no (?:confio|me fio)|desconfi\w+|me da (?:miedo|desconfianza|cosa)|como se que|es una"
            r" estafa|miedo a (?:que|los|las))(?: \w+){0,4}",
            r"(?:(?:don'?t|do not) trust|is this legit|how do i know|a scam|worried (?:about|that))(?:"
            r" \w+){0,4}",
            r"(?:nao confio|e golpe|tenho medo|e confiavel)(?: \w+){0,3}"
        ),
    ),
    (
        "timing",
        phrases(
            r"(?:tarda|demora)n? (?:mucho|demasiado)",
            r"no (?:tengo|me da) tiempo",
            r"takes too long",
            r"too far(?: away)?",
            r"(?:queda|esta|es) (?:muy |demasiado )?lejos",
            r"muito longe",
            r"demora muito",
        ),
    ),
    (
        "comparing",
        phrases(
            r"(?:estoy|estamos|ando) (?:comparando|viendo otras|cotizando|evaluando)(?: \w+){0,4}",
            r"(?:otra|otras) (?:opciones|ofertas|cotizaciones)",
            r"(?:comparing|shopping around|other (?:quotes|offers|options))(?: \w+){0,3}",
            r"(?:comparando|outras (?:opcoes|propostas))(?: \w+){0,3}",
            r"(?:tengo|lo) que pensar\w*",
            r"(?:dejame|dejeme) pensar\w*",
            r"(?:need to|let me|gotta) think(?: about it)?",
            r"(?:vou|preciso) pensar",
        ),
    ),
)  # fmt: skip
_DATA = (
    r"(?:mi |mis |el |ese |meu |minha |my |any |that )?(?:numero|telefono|celular|correo|email|e-?mail|datos|contacto"
    r"|whatsapp|informacion personal|number|phone|contact(?: info\w*)?|info|details|data|personal info\w*|telefone|zap"
    r"|contato|dados)"
)
_WITHHELD = phrases(
    rf"(?:prefiero|preferiria|mejor) no (?:\w+ ){{0,2}}(?:dar|darl[oa]s?|dejar|compartir|decir)\w*(?:"
    rf" {_DATA})?",
    rf"no (?:\w+ )?(?:quiero|doy|voy a dar|pienso dar|me gusta dar|deseo|dejo|comparto|puedo dar)(?:"
    rf" (?:dar|dejar|compartir|que))? ?\w*(?: \w+)? ?{_DATA}",
    rf"sin (?:dar|dejar|tener que dar) {_DATA}",
    r"no (?:me )?(?:pidas?|pidan) (?:mi |el )?(?:numero|telefono|correo|datos)",
    r"no doy (?:mi |mis )?(?:datos|numero|telefono|correo)",
    r"(?:por aqui|por este chat|por el chat) (?:mismo|nomas|esta bien|prefiero|nada mas)",
    r"(?:prefiero|mejor) (?:que sea |todo |seguir )?(?:por aqui|por este chat|por el chat|por aca)",
    r"prefiero no(?=\W*(?:$|[.,;!?\n]|gracias|por ahora|todavia))",
    r"(?:todavia|aun|por ahora) no (?:quiero )?(?:dar|dejar|doy)\w*(?: \w+){0,3}",
    r"despues (?:se lo|te lo|les) (?:doy|paso)",
    rf"(?:don'?t|do not|not|won'?t|rather not|prefer not|not gonna|not going to)(?: \w+){{0,3}}? (?:give"
    rf"|giving|share|sharing|leave|leaving|hand)(?: \w+){{0,3}}? {_DATA}",
    r"(?:i'?d |would )?(?:rather|prefer) not(?: to)?(?: (?:say|share|give|leave)\w*)?",
    r"(?:no|not) (?:phone )?calls?(?: please)?",
    r"(?:keep it|stay|prefer|rather) (?:\w+ )?(?:in|on|by) (?:this|the) chat",
    r"without giving(?: \w+){0,3}",
    r"not comfortable (?:giving|sharing|leaving)(?: \w+){0,3}",
    rf"(?:prefiro|melhor) nao (?:\w+ ){{0,2}}(?:passar|dar|deixar|informar|dizer|compartilhar)(?:"
    rf" {_DATA})?",
    rf"nao (?:quero|vou|gosto de|passo|dou|posso|costumo)(?: (?:passar|dar|deixar|informar))? ?(?:o |a"
    rf" )?{_DATA}",
    rf"sem (?:passar|dar|deixar|informar) (?:o |a )?{_DATA}",
    r"prefiro nao",
    r"(?:prefiro|melhor) (?:\w+ )?por aqui(?: mesmo)?",
    r"por aqui mesmo",
)  # fmt: skip
_REVOKED = phrases(
    r"(?:borr|elimin|quit)[aei]\w* (?:mi|mis|todos mis|el) (?:numero|datos|telefono|correo|contacto"
    r"|informacion)",
    r"(?:no|dejen de|deje de|deja de) (?:me )?(?:contact|llam)\w+ (?:mas|nunca mas)",
    r"ya no me (?:llamen|contacten|escriban)",
    r"no quiero que me (?:llamen|contacten|escriban)(?: mas)?",
    r"(?:delete|remove|erase) my (?:number|data|details|info\w*|email|phone|contact)",
    r"(?:don'?t|do not|stop) (?:call|contact|text|email|calling|contacting|texting|emailing)\w* me(?:"
    r" again| anymore)?",
    r"(?:apag|exclu|remov)\w+ (?:o meu|meu|meus|os meus) (?:numero|dados|telefone|contato|email)",
    r"nao (?:me )?(?:liguem|liga|ligue|contatem|chamem)(?: mais)?(?! (?:de|antes|depois|a))",
    r"nao quero (?:que|ser) (?:me )?(?:lig|contat|cham)\w+",
)  # fmt: skip


def find_people(text: str) -> Iterator[Said]:
    """Authority, objections and the wish not to be contacted, in folded text."""
    for match in (*_SHARED.finditer(text), *_PRONOUN.finditer(text)):
        yield Said("authority", "shared", match.start(), match.end())
    for match in _OWN.finditer(text):
        if not negated(text, match.start()):
            yield Said("authority", "own", match.start(), match.end())
    for value, pattern in _OBJECTIONS:
        for match in pattern.finditer(text):
            if not negated(text, match.start()):
                yield Said("objection", value, match.start(), match.end())
    for match in _WITHHELD.finditer(text):
        yield Said("contact", "withheld", match.start(), match.end())
    for match in _REVOKED.finditer(text):
        yield Said("contact", "revoked", match.start(), match.end())
