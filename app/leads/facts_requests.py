"""What a visitor asks to happen: a visit, a test drive, an offer, a call, the purchase itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.leads.facts_text import negated, phrases
from app.leads.facts_want import Said, is_something, object_of

_TEST_DRIVE = phrases(
    r"test[- ]?drive\w*",
    r"prueba de (?:manejo|conduccion|ruta)",
    r"manejo de prueba",
    r"(?:dar(?:le)? )?una vuelta en (?:el|la|ese|esa)",
    r"(?:probar|manejar|conducir)(?:lo|la|los|las)",
    r"(?:probar|manejar|test) (?:el|la|ese|esa|the) (?:carro|auto|vehiculo|camioneta|jeepeta|moto|car"
    r"|truck|\w+)",
    r"take it for a (?:spin|drive)",
    r"drive it",
    r"fazer um test[- ]?drive",
    r"dirigir (?:ele|o carro)",
    r"teste drive",
)  # fmt: skip
_VISIT = phrases(
    r"(?:can|could|may) (?:i|we) (?:see|view|check out|tour|try) (?:it|them|this|that|the \w+|one)(?: \w+){0,2}",
    r"(?:can|could|would) (?:you|u) (?:\w+ )?(?:fit|squeeze|get) (?:me|us|him|her) in",
    r"fit (?:me|us) in",
    r"(?:me )?(?:consigue[ns]?|encaixa[m]?|encaixar|hacen un hueco|hagan un espacio|hace un lugar)(?: \w+){0,2}",
    r"(?:can|could|may|should) i (?:drop|bring|take)(?: \w+){0,2} (?:off|in|by|over)(?: \w+)?",
    r"(?:puedo|podria|se puede|podemos) (?:llevar|dejar|traer|pasar a dejar)\w*(?: \w+){0,3}(?= (?:hoy"
    r"|manana|ahora|el|este|alla|ahi))",
    r"(?:posso|da pra|podemos) (?:levar|deixar|passar)(?: \w+){0,2}(?= (?:ai|hoje|amanha|agora|na|no))",
    r"(?:to|tou|estou) indo",
    r"(?:vcs|voces) (?:vem|veem|viriam|podem vir)(?: \w+)?",
    r"(?:viessem|vengan|vinieran|pasaran) (?:a )?(?:medir|ver|instalar|revisar|limpiar\w*|buscar\w*)",
    r"venir a (?:medir|ver|instalar|revisar|limpiar|buscar|reparar|arreglar)\w*",
    r"que (?:lo|la|los|las|me lo|me la) (?:instalen|revisen|midan|arreglen|reparen|limpien|traigan|lleven)",
    r"(?:cita|turno|consulta|hora) con (?:el|la|un|una) \w+",
    r"(?:atienden|atendem|attend) (?:ahora|agora|hoy|hoje|manana|amanha|urgencias)(?: \w+){0,2}",
    r"(?:agend|program|cuadr|coordin|concert|separ|reserv|apart|sac|pedir|pido|hac|aparta|marc|anot"
    r"|ped)\w* (?:\w+ ){0,3}(?:cita|visita|turno|hora|consulta|clase|recorrido|mesa|evaluacion|valoracion"
    r"|demo|tour|reunion|espacio|cupo|sesion|encuentro|consulta|horario|aula|avaliacao|sessao|reuniao"
    r"|entrevista)\w*",
    r"agendar(?:me|la|lo)?(?! (?:online|en linea))",
    r"agend(?:ame|eme|enme|emos|amos|anos|ado|ada)", r"me agenda[ns]?",
    r"(?:quer\w+|quier\w+|kier\w+|quisier\w+|necesit\w+|dame|deme|dan|darme|tienen|hay|tienes|consigo|conseguir|me"
    r" gustaria|busco) (?:\w+ ){0,3}(?:cita|visita|turno|consulta|recorrido|demo|demostracion|reunion"
    r"|clase (?:de prueba|gratis|muestra)|evaluacion|valoracion)s?",
    r"(?:una?|la|mi) (?:cita|visita|clase de prueba|prueba gratis|evaluacion)(?= (?:para|el|manana|hoy|este|esta))",
    r"(?:quer\w+|kier\w+|quisiera\w*|me gustaria|nos gustaria|vamos a|voy a|puedo|podemos|podria"
    r"|podriamos|cuando|se puede|pued[eo]|hay chance de|quisieramos) (?:\w+ ){0,3}?(?:ver|verl[oa]s?"
    r"|visitar\w*|conocer|pasar|ir|irl[oa]|pasarme|acercarme|llevarl[oa]|llevar|traerl[oa]"
    r"|inspeccionar\w*|revisarl[oa])(?= (?:(?:a )?(?:ver|verl[oa]|visitar|conocer|el|la|los|las|por|en"
    r" persona|manana|hoy|este|esta|alla|ahi|al|a la|a las|donde|con|l[oa]s? |un|esos|ese|esa|pa|para)\b)"
    r"|\W*$|[.,?!])",
    r"(?:paso|voy|vamos|pasamos|estar[ei]|estoy|llego|caigo|me acerco|pasare|iremos|ire|pasaria) (?:por"
    r" (?:alla|ahi|la \w+)|a verl[oa]|para alla|alla|ahi|el|este|manana|hoy|esta)(?: \w+){0,2}",
    r"(?:nos|me) (?:pueden?|podria|podrian) (?:atender|recibir|ver|mostrar|ensenar)",
    r"(?:atiend|recib)\w+ (?:manana|hoy|el|este)",
    r"(?:cupo|espacio|turno|disponibilidad|cita)s? (?:para|el|este|manana|hoy)",
    r"verl[oa]s? en persona",
    r"(?:pued\w+|podria\w*|pod[eé]is|alguien puede|que|necesito que|quiero que|quisiera que|me urge que)"
    r" (?:me |nos )?(?:venir|pasar|pase|pasen|venga|vengan|vayan|vaya|mandar|manden|mande|enviar|envien"
    r"|envie)(?: (?:un |una |a |alguien|su )?(?:tecnico|medir|ver|alguien|especialista|asesor|plomero"
    r"|electricista|ingeniero|visita|persona|hoy|manana|el|esta)\w*){1,3}",
    r"(?:venga|vengan|pase|pasen|manden|envien) (?:a )?(?:alguien|un|una|ver|medir|revisar|hoy|manana"
    r"|esta)(?: \w+){0,2}",
    r"(?:que )?vayamos a (?:ver|visitar)\w*(?: \w+){0,2}",
    r"vamos a (?:verl[oa]|ir a ver)(?: \w+){0,2}",
    r"(?:necesit\w+|quier\w+|busc\w+|tienen|hay|dame|pedir) (?:una )?hora (?:para|con|manana|hoy|el|este"
    r"|esta|disponible)",
    r"(?:me|nos) (?:pued\w+|podr\w+) (?:atender|recibir|ver|mostrar)",
    r"(?:lo|la) (?:quiero|quisiera|queria|puedo|podria|podemos) (?:ir a )?(?:ver|visitar|conocer|probar)",
    r"(?:can|could|will) (?:you|someone|somebody|anyone|u) (?:guys )?(?:come|send|stop by|swing by|look"
    r" at|take a look|come out|come over|see (?:me|him|her|us))(?: \w+){0,3}",
    r"(?:need|want|get|like) (?:a |an |some)?(?:body|one|plumber|technician|tech|electrician|engineer"
    r"|contractor|inspector|vet|doctor)(?: \w+)? (?:out|here|to come|to look|over|today|tomorrow)(?:"
    r" \w+){0,2}",
    r"send (?:someone|somebody|a \w+)(?: \w+){0,2}",
    r"(?:can|could|would|will|pls|please) (?:you |u |ye |someone )?(?:\w+ ){0,2}?(?:get|send|have|bring|deliver|fit"
    r"|squeeze) (?:an?|some|the|me|us|it|them|your|one) ?(?:\w+ ){0,3}?(?:to|out|over|round|here|in|today"
    r"|tomorrow|now|down)(?: \w+)?",
    r"(?:pls|please) (?:send|come|deliver)(?: \w+){0,2}",
    r"come (?:do|and do|out|measure|have a look|fix|give)(?: \w+){0,3}",
    r"(?:mande[ns]?|manden|mandeme|mandenme|traiga[ns]?|traiganme|traigame|llevenme|envien|envienme|manda|mandem|traz|traga[m]?"
    r"|entregu?em?) (?:\w+ ){0,3}?(?:hoy|ahora|ya|aqui|manana|para aca|hoje|agora|amanha|pra ca|(?:este|esse|el) \w+)",
    r"(?:pasan|pasen|vienen|vendrian|podrian venir|pueden ir) a (?:verl[oa]|ver|medir\w*|revisar\w*|buscar\w*"
    r"|instalar\w*|arreglar\w*|recoger\w*)",
    r"(?:apunt|anot|pon|met|inscrib|matricul)(?:a|e|en)?me(?:n)? (?:el|para|pa|en|este|manana|hoy|a las)(?: \w+){0,3}",
    r"(?:la|una) demo (?:el|hoy|manana|este|esta|para)(?: \w+)?",
    r"(?:conseguem|consegue|podem|pode|da pra|poderiam|conseguiriam|alguem pode) (?:vir|passar|mandar"
    r" alguem|enviar alguem|atender|me atender|receber|me receber)(?: \w+){0,2}",
    r"(?:consigo|posso|podemos|da pra|gostaria de|queria|quero) (?:ir )?(?:visitar|ver|conhecer)(?:"
    r" \w+){0,2}",
    r"ver (?:el|la|los|las) \w+(?: \w+){0,2} (?:en persona|manana|hoy|el (?:lunes|martes|miercoles|jueves"
    r"|viernes|sabado|domingo)|este|esta)",
    r"(?:book|schedule|make|set up|arrange|get|reserve|need|want|have)(?: me)? (?:\w+"
    r" ){0,3}(?:appointment|visit|viewing|showing|tour|demo|consultation|table|trial|session|slot"
    r"|walkthrough|checkup|evaluation|class)s?(?: \w+)?",
    r"(?:an? |any )?(?:appointment|viewing|showing|consultation|walkthrough)s? (?:for|on|this|today"
    r"|tomorrow|available|open)",
    r"(?:can|could|may|when can|like to|want to|love to|wanna|we'll|i'll|will|going to|able to)(?: (?:i"
    r"|we))? ?(?:come|stop|swing|drop|pop|go)(?: (?:by|in|over|down|see|and see|look|to see|check|take a"
    r" look))+",
    r"(?:come|stop|swing|drop) by",
    r"come (?:in|see|look|take a look|check|tomorrow|today|on|this)",
    r"(?:see|view|visit|tour|check)(?: out)? (?:it|them|the \w+|that \w+|this \w+|your \w+)(?: \w+){0,2}"
    r" (?:in person|today|tomorrow|this|on)",
    r"see (?:it|them|the \w+) in person",
    r"(?:trial|free|intro) (?:class|lesson|session)",
    r"day pass",
    r"(?:a|the|schedule|book) (?:demo|tour|showing|viewing|walkthrough)",
    r"(?:agend|marc|reserv)\w* (?:\w+ ){0,3}(?:visita|consulta|horario|aula|avaliacao|reuniao|sessao|mesa"
    r"|hora)\w*",
    r"(?:quero|queria|gostaria(?: de)?|posso|podemos|da pra|tem como|consigo|poderia|vou|vamos) (?:\w+"
    r" ){0,2}?(?:visitar|conhecer|ver|passar|ir|fazer uma visita|levar (?:el[ea]|meu|minha))(?= (?:ai|la"
    r"|o|a|os|as|no|na|ver|amanha|hoje|pessoalmente|nesse|neste|esse|este|sabado|domingo|segunda|terca"
    r"|quarta|quinta|sexta|um|uma|de perto)\b|\W*$|[.,?!])",
    r"aula (?:experimental|teste|gratis)",
    r"(?:tem|teria|ha) (?:\w+ )?(?:horario|vaga|encaixe)s? (?:\w+ )?(?:pra|para|amanha|hoje|sabado|na|no)",
    r"marcar(?: (?:pra|para|uma?|um))?",
    r"pessoalmente",
    r"encaixe",
)  # fmt: skip
_OFFER = phrases(
    r"pas[ae](?:me|nme|nos) (?:\w+ )?(?:costos?|precios?|presupuesto|valor)",
    r"ballpark(?: for)?",
    r"(?:want|need|get|getting) (?:\w+ )?bids?",
    r"(?:me|nos|lhe) (?:\w+ )?(?:pas\w+|das|dan|da|mand\w+|envi\w+|dice[ns]?|diga[n]?|diz|fala) (?:\w+"
    r" ){0,2}?(?:precios?|presupuesto|valor(?:es)?|costos?|precos?|tarifas?)",
    r"send (?:me |us )?(?:\w+ ){0,2}(?:prices?|pricing|price list|rates|numbers)",
    r"co[tr]?[tc]i[zs]\w*",
    r"cotis[ae]\w*",
    r"(?<!de\s)presupuesto (?:para|de|por|formal|sin compromiso|detallado)(?! (?:de )?(?:\d|max))",
    r"(?:hac|mand|envi|pas|dar|dan|dame|deme|das|prepar|arm)\w* (?:\w+ ){0,2}(?:presupuesto|proforma|propuesta|oferta"
    r"|estimado|cotizacion)",
    r"(?:necesit|quier|quisier|pid|pedir|solicit|busc|dese|gustaria)\w* (?:\w+ ){0,2}(?:presupuesto"
    r"|proforma|propuesta|oferta|estimado)",
    r"proforma",
    r"(?:una|la mejor|su mejor|mejor) (?:oferta|propuesta)",
    r"(?:les|le|te) ofrezco (?:\w+ ){0,3}\d[\d.,]*",
    r"(?:get|need|want|send|give|have|like|email|request|for)(?: me| us)? (?:\w+ ){0,3}(?:quote|estimate"
    r"|proposal|offer|bid)s?",
    r"(?:a|the|free|your best|formal|written) (?:quote|estimate|proposal|bid|offer)",
    r"best (?:offer|price)",
    r"quote (?:me|us|for)",
    r"quoted?",
    r"orcamento",
    r"(?:manda|envia|faz|fazer|quero|preciso|gostaria|mandar|enviar|passar|me passa)\w* (?:\w+"
    r" ){0,3}(?:proposta|simulacao|cotacao|orcamento)",
    r"(?:fazer )?(?:uma )?(?:simulacao|cotacao)",
    r"(?:simul\w+|calcul\w+) (?:\w+ ){0,2}(?:cuotas?|prestamo|hipoteca|financ\w+)",
)  # fmt: skip
_CALL = phrases(
    r"(?:need|want) (?:someone|somebody|help) (?:now|asap|today|right away|immediately)",
    r"me (?:manda|mande|mandem) (?:no|um|uma) (?:zap|whats\w*|mensagem|msg)",
    r"ll[aá]m[ae](?:me|nme|nos|nnos|rme)",
    r"(?:me|nos) (?:ll[ao]m(?!o\b|a\w* la atencion|aba|ar[eé]?\b la)\w+|puede[ns]? llamar|podrian? llamar"
    r"|pueden? marcar|marcan?|dan una llamad\w+"
    r"|tir\w+ una llamad\w+|pueden? contactar|contactan?|contacten|hablan|escriben?|escriban?|pued\w+"
    r" escribir|pued\w+ hablar|pasan con)",
    r"que (?:me|nos|alguien me|un (?:asesor|vendedor) me) (?:llam|contact|escrib|marqu|habl)\w+",
    r"(?:escrib|contact|marqu|habl|tir)[ae]n?(?:me|nme|nos)",
    r"(?:espero|quiero|necesito|prefiero) (?:\w+ )?(?:llamada|que me)",
    r"(?:hablar|comunicar\w*|conversar) con (?:un|una|el|la|algun) (?:vendedor\w*|asesor\w*|ejecutiv\w*"
    r"|agente|representante|encargad\w*|doctor\w*|medic\w+)",
    r"(?:please |pls |can you |could you |can someone |could someone |have someone |someone |just |to"
    r" )?(?:call|phone|ring|text|contact|whatsapp|reach)(?: out to)? (?:me|us|him|her)(?: back)?",
    r"give (?:me|us) a (?:call|ring|shout)",
    r"(?:want|need|get|expect|like) (?:\w+ )?(?:a )?call(?:back)?",
    r"(?:talk|speak) (?:to|with) (?:a |an |some|your )?(?:agent|sales\w*|rep\w*|broker|realtor|advisor"
    r"|doctor|dentist|specialist|vet|owner|manager)",
    r"me (?:liga|ligue|ligar|ligam|liguem|chama|chame|chamem|contata|contate|retorna|retorne|mand[ae]"
    r" (?:mensagem|msg|zap))(?: (?:ai|no|agora|hoje|por favor))?",
    r"(?:pode[m]?|podem|poderia[m]?|quero que|alguem pode) (?:me )?(?:ligar|chamar|contatar|retornar"
    r"|entrar em contato)",
    r"(?:liga|ligue|ligam|liguem) (?:pra|para) (?:mim|a gente|nos)",
    r"entr(?:a|e|em|ar) em contato",
    r"falar com (?:um|uma|o|a|algum) (?:vendedor\w*|consultor\w*|corretor\w*|atendente|medic\w+|dentista)",
)  # fmt: skip
_BUY = phrases(
    r"(?:put|set) (?:\w+ ){1,4}aside(?: for (?:me|us))?",
    r"(?:program|confirm|agend)[ae](?:lo|la|melo|mela|me)?(?= de una|\W*$|[.,!])",
    r"(?:lock|book|reserve|grab) (?:it|that|them)(?: in| for me)?",
    r"(?:reserv|apart|separ|anot|apunt)[ae](?:me|lo|la|melo|mela|nos|noslo)",
    r"(?:por favor|please|pfv|pls),? (?:reserve|reserva|reserven|aparta|aparten|agende|book)(?=\W*$|[.,!])",
    r"(?:quier\w+|kiero|quisier\w+|puedo|como|donde|deseo|me gustaria|voy a|vamos a|listo para|lista para"
    r"|podemos) (?:\w+ ){0,2}?(?:apartar\w*|separar\w*|reservar\w*|dar (?:el|la|un) (?:inicial|sena"
    r"|reserva|deposito|avance|abono|adelanto)|dejar (?:una?|el|la) (?:sena|deposito|abono|inicial"
    r"|reserva)|firmar|pagar\w*|cerrar|comprarl[oa]|inscribirme|matricularme|inscribirl[oa]"
    r"|matricularl[oa])",
    r"(?:cuenta|numero de cuenta) (?:para|pa) (?:depositar|transferir|hacer)",
    r"me l[oa]s? (?:llevo|quedo|aparta[ns]?|reserva[ns]?|separa[ns]?)",
    r"l[oa]s? (?:llevo|compro) (?:hoy|manana|ya|este|esta|el)?",
    r"(?:where|how) (?:do|can|should) (?:i|we) (?:pay|sign|book|order|enroll|register|put down|place)",
    r"(?:put|leave|pay|place|make) (?:down )?(?:a |the |my )?(?:deposit|down payment|reservation|order)",
    r"(?:ready|want|like|wanna) (?:\w+ )?to (?:sign(?: up)?|enroll|buy it|close|order"
    r"|purchase it|move forward|book|register)",
    r"i(?:'ll| will) take (?:it|them|that|two|\d+)",
    r"sign (?:me|us) up",
    r"let'?s (?:do it|close|book|move forward)",
    r"(?:quero|queria|posso|como|vou|gostaria de|da pra) (?:\w+ ){0,2}?(?:reservar|fechar|pagar|dar (?:a"
    r"|uma) (?:entrada|sinal)|matricular|assinar|garantir|comprar (?:agora|hoje|ele|ela))",
    r"fechar (?:negocio|o negocio|hoje|agora|contrato)",
    r"vou levar",
    r"(?:matricul|inscrib|apunt|anot)(?:e|a|en)(?:me|nme|nos)(?=\W*$|[.,!?])",
    r"(?:lo|la) (?:quiero|voy a) pagar (?:hoy|ya|ahora|manana)",
    r"(?:pago|pagamos) (?:en|na|contra|al) (?:la )?entrega",
)  # fmt: skip
_KINDS = (("test_drive", _TEST_DRIVE), ("buy", _BUY), ("visit", _VISIT), ("offer", _OFFER), ("call", _CALL))
_LATER = phrases(
    r"(?:luego|despues|mas tarde|otro dia|mas adelante|en otro momento) (?:\w+ ){0,3}(?:aviso|escribo"
    r"|llamo|digo|confirmo|paso|voy|pido)",
    r"(?:yo|nosotros) (?:les?|te|los) (?:aviso|escribo|llamo|digo)",
    r"i'?ll (?:let you know|call you|get back|reach out|text you|think)",
    r"(?:eu )?(?:te |lhe )?(?:aviso|ligo|chamo) (?:depois|mais tarde|voces)",
    r"maybe (?:later|someday|one day)",
    r"algun dia",
)  # fmt: skip
_PAST_OR_ASKED = phrases(
    r"(?:tuve|tenia|fui|hice|hicimos|pedi|pedimos|ped[ií]|ya (?:tengo|hice|fui|agende)|me (?:dieron"
    r"|cancelaron|mandaron|hicieron)|had|made|went|got|missed|already|tive|fui|fiz|ja (?:tenho|fiz"
    r"|marquei))",
    r"(?:hay que|se necesita|hace falta|es necesario|do i (?:need|have)|precisa|tem que)",
)  # fmt: skip


def find_requests(text: str) -> Iterator[Said]:
    """Requests in folded text. One that is turned down is `none`; one that is put off or over is none at all."""
    for value, pattern in _KINDS:
        for match in pattern.finditer(text):
            before = text[max(match.start() - 24, 0) : match.start()]
            around = text[max(match.start() - 30, 0) : match.end() + 30]
            if _PAST_OR_ASKED.search(re.split(r"[.,;!?\n]", before)[-1] + match[0]) or _LATER.search(around):
                continue
            if negated(text, match.start()):
                continue
            yield Said("request", value, match.start(), match.end())
            if value in {"offer", "visit", "buy"}:
                yield from _what_for(text, match)
            elif value == "test_drive":
                # Nobody tries what they do not want.
                yield Said("need", "", match.start(), match.end())


_FOR = phrases(r"(?:de|del|para|por|on|for|of|pra|da|do)")


def _what_for(text: str, match: re.Match[str]) -> Iterator[Said]:
    """Who asks for an offer or an appointment for something wants it."""
    start, end = object_of(text, match.end())
    if _FOR.match(text, match.end() + 1) and is_something(text[start:end]):
        yield Said("need", "", match.start(), end, about=(start, end))


_NO_HOUR = (
    r"(?! (?:al|a la|a las|as|ao|antes|depois|despues|de|en|na|no|por la|los|hasta|ate|tan|muy|entre|durante|sin|before"
    r"|after|at|in|on|until|during|so|too)\b)"
)
"""Who says when not to be called wants to be."""
_CALLED_OFF = phrases(
    r"(?:cancel\w+|anul\w+|olvid\w+|suspend\w+) (?:\w+ ){0,3}(?:cita|visita|prueba|reunion|clase|llamada"
    r"|reserva|demo|turno|test drive)",
    r"(?:ya )?no (?:voy|vamos|podre|puedo|podemos|voy a poder|vamos a poder) (?:\w+ ){0,2}(?:ir|pasar"
    r"|visitar|asistir|llegar)(?! (?:hoy|manana|el|este|esta|a las))",
    r"cancel (?:\w+ ){0,3}(?:appointment|visit|viewing|test drive|tour|demo|call|booking)",
    r"(?:can'?t|won'?t|not going to) (?:make it|come|be there)(?! (?:on|today|tomorrow|this|until))",
    r"cancel\w* (?:\w+ ){0,3}(?:consulta|agendamento|horario)",
    r"nao (?:vou|posso|consigo) (?:mais )?(?:ir|poder ir)(?! (?:hoje|amanha))",
    rf"no (?:me |nos )?(?:llam\w+|contact\w+|escrib\w+)(?: mas)?{_NO_HOUR}",
    rf"don'?t (?:call|contact|text) me{_NO_HOUR}",
    rf"nao me (?:lig\w+|cham\w+|contat\w+){_NO_HOUR}",
)  # fmt: skip


def find_called_off(text: str) -> Iterator[Said]:
    """Requests that are taken back."""
    for match in _CALLED_OFF.finditer(text):
        yield Said("request", "none", match.start(), match.end())
