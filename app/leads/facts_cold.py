"""Who is no buyer, whatever they write besides: the cold classes, and the words that end one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.leads import facts_cold_families as families
from app.leads.facts_cold_matters import COMPETITOR, HOMEWORK, JOB, PRANK, SUPPLIER
from app.leads.facts_cold_support import SUPPORT
from app.leads.facts_text import negated, phrases
from app.leads.facts_want import Said

STICKY = frozenset(("support", "supplier", "competitor", "job_seeker", "homework", "prank"))
"""What is wanted in the same talk is then no need of a buyer's, unless they say that it is another matter."""

_CURIOUS = phrases(
    r"(?:solo|solamente|nomas|nada mas|simplemente|na'? ma|sol[oa]|so) (?:era |es |estoy |estaba |estamos"
    r" |toy |tamos |ando |andaba |queria |vengo a |por |pa |por pura |de )*(?:mirando|viendo|curiosea\w*"
    r"|curios\w+|ojea\w*|chequea\w*|mirar|ver|averigua\w*|pregunt\w+|preguntando|vitrineando|chismea\w*"
    r"|husmea\w*|explora\w*|saber|conocer)(?! (?:si|los|las|el|la|cuando|donde|carros|opciones|precios?)"
    r" (?:\w+ )?(?:disponible|pueden|hoy|manana))",
    r"(?:solo|nomas|nada mas|na' ma|nama) (?:taba|tava|toy|ando|andaba|estaba) (?:mirando|viendo"
    r"|chequeando|preguntando)",
    r"(?:me )?(?:aburro|aburri\w*|aburrid[oa])(?: \w+){0,4}",
    r"(?:yo )?no tengo (?:eso|ese dinero|tanto dinero|con que|ni para)(?: \w+){0,2}",
    r"(?:era|es|fue) (?:por|pura|de) curios\w+",
    r"deus me livre",
    r"ni loc[oa]",
    r"no (?:quiero|pienso) (?:viajar|comprar|nada)(?=\W)",
    r"(?:quem me dera|ojala pudiera|i wish)(?: \w+){0,3}",
    r"(?:im|i'm|i am|just|only|was) (?:\w+ )?(?:bored|killing time|passing time)(?: \w+){0,3}",
    r"(?:soñar|sonar) no cuesta nada", r"(?:just|only) (?:dreaming|daydreaming)",
    r"(?:estoy|estaba|ando|toy) (?:solo|solamente|nomas|nada mas) (?:mirando|viendo|curios\w+|preguntando"
    r"|averiguando|pregunt\w+)",
    r"(?:mirando|viendo|preguntando|curioseando|mirar|ver|averiguar|preguntar) (?:nomas|nada mas|no mas"
    r"|solamente)",
    r"por (?:pura |simple |mera )?curiosidad",
    r"(?:pura|mera|simple) curiosidad",
    r"es curiosidad",
    r"curiosidad (?:nomas|nada mas)",
    r"curioseando",
    r"de curios[oa]",
    r"tengo curiosidad",
    r"tenia curiosidad",
    r"me (?:dio|da|entro) curiosidad",
    r"no (?:pienso|voy a|planeo|vamos a|quiero|pensamos|tengo (?:planes|pensado|intencion(?:es)?) de"
    r"|estoy (?:pensando en|buscando|en plan de|para|interesad[oa] en)|ando buscando|busco) (?:comprar"
    r"|comprando|adquirir|contratar|nada|gastar)(?: nada)?",
    r"no (?:voy a|pienso|es para) comprar",
    r"vitrineando",
    r"nomas (?:pasaba|queria ver)",
    r"me gusta (?:ver|mirar) (?:carros|casas)",
    r"(?:just|only|merely) (?:\w+ )?(?:looking|browsing|curious|wondering|checking|asking|window shopping"
    r"|poking around|exploring)(?: around)?(?! (?:for|at|if you (?:have|could)|to (?:buy|see)))",
    r"out of curiosity",
    r"(?:i'?m|im|was|am) (?:just |only )?curious",
    r"curious(?: that'?s all)?$",
    r"window shopping",
    r"(?:not|never) (?:\w+ )?(?:buying|planning (?:on buying|to buy)|going to buy|looking to buy|in the"
    r" market)",
    r"no (?:intention|plans) (?:of|to) buy\w*",
    r"tire kick\w+",
    r"(?:so|apenas|somente) (?:\w+ )?(?:olhando|olhar|olhadinha|vendo|curios\w+|curiosidade|pesquisando"
    r"|dando uma olhad\w+|perguntando|dar uma olhad\w+|saber)",
    r"(?:dando|dar) uma olhad\w+",
    r"por curiosidade",
    r"(?:pura|mera|so) curiosidade",
    r"curiosidade mesmo",
    r"nao (?:vou|pretendo|quero|penso em|estou (?:pensando em|querendo)) comprar(?: nada)?",
)  # fmt: skip
_BOUGHT = phrases(
    r"ya (?:lo |la |los |las |me )?(?:compre|compramos|consegui|conseguimos|encontre|encontramos|contrate"
    r"|contratamos|resolvi|resolvimos|alquile|alquilamos|reserve|decidi|decidimos)(?: \w+)? (?:con |en "
    r"|por |otr\w+ )?(?:otr[oa]\w*|uno|una|(?:otro )?lado|otra parte|afuera|por fuera)(?: \w+){0,2}",
    r"ya (?:lo |la |los |las )?(?:compre|compramos|consegui|conseguimos|resolvi|resolvimos|contrate"
    r"|contratamos|alquile|alquilamos|encontre)(?=\W*(?:$|[.,;!?\n]|gracias))",
    r"(?:compre|compramos|consegui|conseguimos|contrate|contratamos|resolvi|fui|fuimos|me fui|nos fuimos"
    r"|decidi|decidimos|lo hice|lo hicimos|reserve|reservamos|cerre|cerramos|firme|firmamos|inscribi"
    r"|inscribimos|encontre|encontramos) (?:\w+ ){0,4}?(?:en|con|por|a) (?:otr[oa]s?(?: \w+)?|la"
    r" competencia|otro lado|otra parte|alguien mas)",
    r"ya (?:me )?l[oa]s? (?:compr|consegu|resolv|encontr|contrat|alquil)\w+(?: \w+)? (?:en|con|por)"
    r" (?:otr\w+|un|una|el|la)(?: \w+){0,2}",
    r"(?:mi|un|el|la) \w+ (?:ya )?(?:me |nos |l[oa] )?(?:compro|consiguio|regalo|presto|vendio|resolvio)"
    r" (?:\w+ ){0,3}?(?:en otr\w+|otr[oa]|uno|una)(?: \w+)?",
    r"ya (?:me|nos) (?:regalaron|dieron|consiguieron|compraron|prestaron|resolvieron)(?: \w+){0,2}",
    r"ya tengo (?:uno|una|otr[oa]) (?:de|con|en|que) (?:\w+ ?){1,3}",
    r"(?:ended up|wound up) (?:getting|buying|going|hiring|signing|booking)(?: \w+){0,5}",
    r"(?:my|a) \w+ (?:already )?(?:bought|got|found) (?:me |us )?(?:one|it|a \w+)(?: \w+){0,2}",
    r"(?:acabei|acabamos) (?:comprando|fechando|pegando|indo|contratando|achando|alugando)(?: \w+){0,4}",
    r"ja (?:foi|ta|esta) resolvido(?: \w+){0,3}",
    r"(?:me|nos) (?:decidi|decidimos|quede|quedamos|fui|fuimos) (?:\w+ )?(?:por|con) (?:(?:el|la|los|las)"
    r" )?(?:otr[oa]\w*|la"
    r" competencia)",
    r"(?:already|just|actually|ended up) (?:bought|got|found|purchased|hired|went with|booked|buying"
    r"|getting|going with|hiring|signed)(?: \w+){0,3}(?: (?:one|elsewhere|another|someone|somewhere"
    r"|other)\w*(?: else)?)",
    r"(?:bought|got|found|purchased|booked|hired|went with|going with|signed with|chose|picked)(?:"
    r" \w+){0,4}? (?:elsewhere|another (?:\w+)|somewhere else|someone else|a different \w+|a competitor)",
    r"already (?:bought|got|found|purchased|hired|booked)(?: (?:one|it|something|that))?(?=\W*(?:$"
    r"|[.,;!?\n]|thanks?))",
    r"(?:they|i|we) (?:already )?(?:went|decided) with (?:another|someone|a different|other)(?: \w+)?",
    r"ja (?:comprei|compramos|consegui|achei|encontrei|contratei|fechei|resolvi|aluguei)(?: \w+)? ?(?:com"
    r" |em |de |um |uma )?(?:outr[oa]\w*|uma?|em outro lugar)?(?=\W*(?:$|[.,;!?\n]|obrigad\w)| outr| em"
    r" outr| com outr)",
    r"(?:comprei|compramos|fechei|fechamos|contratei|consegui|achei|aluguei|fui|acabei (?:fechando"
    r"|comprando|indo)) (?:\w+ ){0,4}?(?:em|com|de|na|no|n) ?(?:outr[oa]s?(?: \w+)?|concorrente)",
)  # fmt: skip
_NOT_INTERESTED = phrases(
    r"lo dejo(?=\W*(?:$|[.,;!?\n]|gracias))",
    r"no sig(?:ais|an|as) con (?:ello|eso|esto)",
    r"(?:anul|cancel)(?:a|e|en|ar)(?:la|lo|las|los)(?: \w+){0,2}",
    r"al final (?:me|nos) (?:l[oa]s? )?(?:ha|han|hizo|puso|dio|dieron|regal\w+|prest\w+|resolv\w+)(?: \w+){0,3}",
    r"(?:party|event|wedding|trip|it|everything|game|meeting) (?:\w+ )?(?:got|was|is|has been|been)"
    r" (?:called off|cancel\w+)",
    r"please cancel(?=\W*$|[.,!])",
    r"won'?t (?:be needing|need)(?: \w+){0,2}",
    r"(?:se suspendio|se cancelo|ya no se va a hacer|ya no sera necesario|no va a hacer falta)(?: \w+){0,3}",
    r"(?:went|going) with the other(?: \w+)?",
    r"ya no(?=\W*(?:$|[.,;!?\n]|gracias))",
    r"al final (?:me quedo|nos quedamos|renuevo|renovamos|sigo|seguimos|no)(?: \w+){0,3}",
    r"(?:staying put|decided to stay|sticking with (?:what|my|our))(?: \w+){0,3}",
    r"deixa(?=\W*$)",
    r"(?:la boda|el viaje|o casamento|a festa|el evento|the wedding|the trip|the party) (?:\w+ )?(?:se"
    r" cancelo|ya no va|cancelad[oa]|foi cancelad[oa]|is off|got cancel\w+|was cancel\w+)",
    r"(?:a gente terminou|terminamos|rompimos|nos separamos|we broke up)",
    r"ya no (?:me |nos |lo |la |los |las |le )?(?:interesa\w*|quier\w+|necesit\w+|hace falta|estoy"
    r" interesad[oa]|voy a (?:comprar|necesitar|querer)|vamos a|busco|estoy buscando|estamos buscando)(?:"
    r" \w+){0,3}",
    r"no (?:me|nos) interesa(?:n)?(?: \w+){0,2}",
    r"no (?:estoy|estamos) interesad[oa]s?",
    r"(?:mejor|pensandolo bien|al final|creo que|la verdad|finalmente)(?: que)? (?:no|lo dejo"
    r"|lo dejamos|lo dejemos|dejalo|dejemoslo|olvidalo|nada)(?=\W*(?:$|[.,;!?\n]|gracias|asi|quiero|voy a"
    r" comprar|lo quiero|la quiero|compro|sigo))(?: (?:quiero|lo quiero|voy a comprar|compro|sigo))?",
    r"(?:dejal[oa]|dejel[oa]|dejemosl[oa]|lo dejo|lo dejamos) (?:asi|ahi|para otra|hasta ahi)(?! por (?:hoy|ahora))",
    r"olvid(?:al[oa]|el[oa]|ense|emos(?:lo)?)",
    r"(?:cambie|cambiamos) de (?:opinion|idea|parecer|planes)",
    r"desist\w+",
    r"(?:me|nos) (?:arrepenti\w*|ech\w+ para atras)",
    r"no (?:voy|vamos) a (?:comprar|necesitar|contratar|seguir|continuar|hacer) (?:nada|ya|mas|con esto)",
    r"no (?:quiero|queremos|necesito|necesitamos|busco) (?:nada|comprar (?:nada|ya)|seguir)(?: \w+){0,2}",
    r"ya no (?:gracias|vale la pena|sera|va)",
    r"(?:numero|chat|pagina|sitio) equivocad[oa]",
    r"me equivoque de (?:numero|chat|pagina|sitio|empresa|tienda)",
    r"(?:no|deje) (?:me )?(?:molest|escrib|mand)\w+ mas",
    r"se cay[oó] (?:el )?(?:plan|negocio|viaje|proyecto)",
    r"cancel\w* todo",
    r"ya no hace falta",
    r"(?:problem solved|problema resuelto|figured it out|fixed it (?:myself|ourselves)|sorted it(?: out)?"
    r"|lo resolvi yo|ya se (?:arreglo|resolvio)|ja (?:resolvi|consertei))(?: \w+){0,2}",
    r"(?:ya )?no (?:lo|la|los|las) (?:voy|vamos) a (?:tomar|comprar|hacer|querer|necesitar|llevar)(?:"
    r" \w+){0,2}",
    r"(?:mejor|entonces) (?:dej\w+|nada|olvid\w+)(?: asi)?(?=\W*(?:$|[.,;!?\n]|gracias))",
    r"(?:nvm|nevermind)",
    r"(?:don'?t|do not|no longer) (?:need|want) (?:you|your|u)(?: guys| services?| help)?(?: \w+){0,2}",
    r"cancel (?:it|that|everything|my order)(?: \w+){0,2}",
    r"(?:no|nao) gracias,? ya no(?: \w+){0,3}",
    r"nao (?:vou|vamos|quero|queremos|preciso|precisamos) mais(?: (?:de )?(?:comprar|querer|precisar"
    r"|fazer|nada|ir))?(?: \w+){0,2}",
    r"(?:vou|vamos) desistir(?: \w+){0,2}", r"pensando bem(?: \w+)? (?:nao|vou desistir|deixa)(?: \w+){0,2}",
    r"(?:not|no longer|never been)(?: really| that| at all)? interested(?: anymore| any more| any longer)?",
    r"never ?mind",
    r"forget (?:it|about it)",
    r"changed (?:my|our) mind",
    r"(?:don'?t|do not|no longer)(?: really| actually)? (?:want|need|care for)(?: (?:it|that|this"
    r"|anything|one|to (?:buy|go)))?(?: (?:anymore|any more|any longer|now|after all))",
    r"no longer (?:need|want|looking|interested)(?: \w+){0,2}",
    r"(?:don'?t|do not) (?:want|need) (?:anything|it|this)",
    r"wrong (?:number|chat|place|site|company)",
    r"(?:i'?ll|we'll|gonna|going to) pass(?= |\W*$)(?! by)",
    r"(?:decided|deciding) (?:not to|against)(?: \w+){0,2}",
    r"(?:stop|quit) (?:bothering|messaging|texting) me",
    r"plans fell through",
    r"leave me alone",
    r"on second thought,? no",
    r"nao (?:me interess\w+|tenho (?:mais )?interesse|quero mais|preciso mais|estou (?:mais"
    r" )?interessad\w+|vou (?:mais )?(?:querer|precisar)|quero nada)(?: \w+){0,2}",
    r"(?:nao )?(?:quero|preciso|precisamos|queremos) mais nao",
    r"deixa (?:pra la|quieto|assim)",
    r"esquece\w*",
    r"desisti\w*",
    r"mudei de ideia",
    r"melhor nao(?=\W*(?:$|[.,;!?\n]|obrigad\w+))",
    r"numero errado",
    r"foi engano",
)  # fmt: skip
_CLASSES = (
    ("support", SUPPORT),
    ("supplier", SUPPLIER),
    ("competitor", COMPETITOR),
    ("job_seeker", JOB),
    ("homework", HOMEWORK),
    ("prank", PRANK),
    ("bought_elsewhere", _BOUGHT),
    ("not_interested", _NOT_INTERESTED),
    ("curious", _CURIOUS),
    ("support", families.SUPPORT),
    ("supplier", families.SUPPLIER),
    ("job_seeker", families.JOB),
    ("bought_elsewhere", families.BOUGHT),
    ("not_interested", families.NOT_INTERESTED),
)
_OWN_NEGATION = frozenset(("not_interested", "bought_elsewhere", "curious", "support"))
_SOMEBODY_ELSE = phrases(
    r"(?:la |a )?(?:otra|outra) (?:empresa|compania|tienda|clinica|agencia|loja|companhia|academia"
    r"|escuela|escola)",
    r"(?:el )?otro (?:plomero|mecanico|tecnico|dentista|contratista|proveedor|medico|taller)",
    r"(?:en|de|con|por|da|do|na|no|em|com) (?:la |el )?(?:otr[oa]|outr[oa]) (?!vez|cosa|dia|lado|semana|mes)\w+",
    r"from (?:another|the other|a different) \w+",
    r"my (?:old|other|previous|former|last|current) (?:company|mechanic|dentist|doctor|contractor"
    r"|provider|agency|gym|vet|shop|landlord|plumber|bank|insurer)",
    r"(?:another|the other|a different|our current|our old) (?:company|shop|clinic|contractor|guy|plumber"
    r"|dentist|mechanic|provider|place)",
)
"""Who complains of somebody else looks for somebody better."""
_IF = re.compile(
    r"\b(?:si|if|se(?! (?:me|nos|le|les|lo|la)\b)|cuando|when|unless|a menos que|evitar|avoid)\W+(?:\w+\W+){0,4}$"
)
_FAILED = re.compile(
    r"\W*(?:\w+\W+){0,2}?(?:y|e|and|but|pero|mas)?\W*(?:no|nao|never|nunca|didn't)\s+(?:me\s+)?"
    r"(?:vino|llego|sirvio|funciono|quedo|veio|deu|apareceu|aparecio|came|show|come|work|arrive|entreg)"
)
"""Whoever went to somebody else and was let down is looking again."""
_BUYING_AFTER_ALL = phrases(
    r"(?:aparte|ademas|tambien|de paso|por otro lado|y otra cosa|otra cosa|ahora si|mejor si|en serio|ya"
    r" en serio|hablando en serio|fuera de broma|cambie de (?:idea|opinion)|pensandolo bien|igual|de"
    r" hecho)\W+(?:\w+\W+){0,6}?(?:quier\w+|busc\w+|necesit\w+|compr\w+|interesa\w*|cotiz\w+)(?: \w+){1,6}",
    r"(?:para mi mism[oa]|para mi casa|para mi familia|personalmente)\W+(?:\w+\W+){0,3}?(?:quier\w+|busc\w+|necesit\w+"
    r"|compr\w+)(?: \w+){1,6}",
    r"(?:quier\w+|quisiera) (?:tambien |ademas )(?:\w+ ){0,2}(?:comprar|contratar|otr[oa]) (?:\w+ ?){1,5}",
    r"(?:also|besides|separately|by the way|btw|on another note|seriously(?: though)?|for real"
    r"|actually)\W+(?:\w+\W+){0,5}?(?:want|need|looking|interested|like|buy)(?: \w+){1,6}",
    r"(?:for myself|for me personally)",
    r"(?:tambem|alem disso|aproveitando|agora (?:e )?serio|falando serio|mudei de"
    r" ideia)\W+(?:\w+\W+){0,6}?(?:quero|preciso|procuro|comprar|interesse|queria)(?: \w+){1,6}",
)  # fmt: skip


def _around(match: re.Match[str]) -> tuple[int, int]:
    return max(match.start() - 40, 0), match.end() + 30


def find_cold(text: str) -> Iterator[Said]:
    """Cold classes in folded text."""
    for value, pattern in _CLASSES:
        for match in pattern.finditer(text):
            if value not in _OWN_NEGATION and negated(text, match.start()):
                continue
            if value == "support" and _SOMEBODY_ELSE.search(text, *_around(match)):
                continue
            if value == "bought_elsewhere" and _FAILED.match(text, match.end()):
                continue
            if _IF.search(text, max(match.start() - 30, 0), match.start()):
                continue
            yield Said("cold", value, match.start(), match.end())


def find_buying_after_all(text: str) -> Iterator[Said]:
    """Where somebody who wrote about another matter says that they want to buy as well."""
    for match in _BUYING_AFTER_ALL.finditer(text):
        if not negated(text, match.start()):
            yield Said("need", "", match.start(), match.end())
