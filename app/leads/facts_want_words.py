"""The words by which people say what they want or ask about, and those that name nothing."""

from __future__ import annotations

import re

from app.leads.facts_text import phrases

I_WANT = phrases(
    r"(?:my|our) \w+ (?:wants?|needs?)(?: to)?",
    r"(?:nos|me) falta[n]?(?= (?!\w* ?(?:saber|decidir|confirmar)))",
    r"querri(?:a|amos)",
    r"(?:me |nos )?(?:podeis|podriais|podrian|pueden|puedes|podrias|podes|podrias) (?:hacer|preparar"
    r"|arreglar|reparar|instalar|limpiar|pintar|conseguir|armar|cortar|imprimir|montar|buscar)(?:me|nos"
    r"|le|lo|la)?",
    r"(?:podem|pode|conseguem|consegue|da pra) (?:fazer|preparar|arrumar|consertar|instalar|limpar|pintar|montar)",
    r"(?:nos|me) (?:vamos|voy) (?:a|de)(?! (?:casar|ver|ir|pensar|dormir))",
    r"viajamos a",
    r"(?:we're|we are|i'm|im|i am) (?:going|traveling|travelling|flying|heading) to(?! (?:be|have|get"
    r"|wait|sleep|think))",
    r"(?:vamos|vou) viajar (?:pra|para|a)",
    # Spanish, as it is spelled and as it is typed
    r"(?:qu?|k)u?i?er(?:o|emos|e|en)",
    r"(?:qu?|k)ui?si(?:e|é)ra(?:mos|n)?",
    r"quer[ei]a(?:mos)?",
    r"dese(?:o|amos|aria)",
    r"[bv]us[ck](?:o|amos|a|an|ando)", r"(?:me|nos|le|les) interesa(?:n|ria|rian|mos)?",
    r"(?:ne[cs]e?[cs]i)t(?:o|amos|a|an|aria|ariamos|ando)",
    r"nesesito",
    r"necesitar",
    r"(?:me|nos|le) (?:gusta|gustaria|gusto|encantaria|encanto)",
    r"(?:estoy|estamos|toy|toi|tamos|ando|andamos|sigo|esta) (?:muy |bien |bastante )?(?:interesad[oa]s?"
    r"|detras de|atras de|en busca de|pensando en|loc[oa] por|viendo|mirando)(?: en)?",
    r"(?:me|nos|le) hace(?:n)? falta",
    r"(?:me|nos) urge",
    r"ocup(?:o|amos)",
    r"tengo ganas de",
    r"me llevo",
    r"andaba buscando",
    r"vengo (?:por|a)",
    r"voy a (?=comprar|contratar|casar|remodelar|construir|viajar|necesitar|mudar|celebrar|inscribir"
    r"|operar|abrir|hacer)",
    r"vamos a (?=comprar|contratar|casar|remodelar|construir|viajar|necesitar|mudar|celebrar|inscribir|abrir|hacer)",
    r"nos vamos a casar",
    r"me voy a casar",
    r"pensaba",
    r"pienso",
    r"pensamos",
    r"plane(?:o|amos)",
    r"prefiero",
    r"preferimos",
    r"quiero que (?:me|nos) (?=hagan|instalen|coticen|manden|reserven)",
    r"me (?:decidi|decido) por",
    r"nos decidimos por",
    r"(?:to|tou|estou|tava) de olho (?:em|n[oa]s?)",
    r"de olho n[oa]s?",
    r"(?:le|les) (?:tengo|eche|he echado|puse) (?:el )?ojo a",
    r"(?:tenho|tava com) (?:vontade|interesse) de",
    r"me (?:llama la atencion|late|tinca|encanta|conviene|sirve|cuadra|parece bien)(?: (?=el|la|los|las"
    r"|ese|esa|hacerme))?",
    r"requ(?:ier|er)(?:o|imos|imos|e|en|iero|iere)",
    r"requerimos",
    r"(?:estoy|ando|estamos) necesitando",
    r"necesit\w+ (?=cambiar|reparar|arreglar|instalar)",
    r"(?:para|por) (?:hacerme|ponerme|comprarme)",
    r"quiero que (?=venga|pase|vengan)",
    r"(?:va|voy) por",
    r"sacar(?:me)? (?=un|una|el|la)",
    r"(?:doy|pago|daria|pongo) la diferencia por", r"(?:me|nos) apunto a", r"(?:me|nos|le) (?:vendria|vendrian) bien",
    # English
    r"keen (?:on|to)",
    r"(?:i|we)(?: am|'m| are|'re)? after",
    r"got my eye on",
    r"(?:my|our) eye on",
    r"thinking about (?=getting|buying|a|an)",
    r"in need of",
    r"wanting(?: to)?",
    r"(?<!you\s)(?<!u\s)(?<!they\s)(?:want|need)(?: to)?(?! (?:you|me|it to|this to))",
    r"(?:has|have) to get",
    r"would love",
    r"need(?=\s+\w)",
    r"looking to",
    r"could you (?:do|make|fix|install|repair)",
    r"can (?:you|u|someone) (?:fix|repair|install|do|make|build|replace)",
    r"(?:i|we|she|he|they)(?: really| just| do| also| still)? (?:want|wants|need|needs|wanted|needed)(?:"
    r" to)?",
    r"(?:i|we)(?:'d| would)?(?: really)? (?:like|love)(?: to)?",
    r"(?:we're|i'm|we are|i am|im|were|been|also|just)? ?(?:looking|searching|shopping|hunting|hoping"
    r"|planning|trying|thinking|going)"
    r" (?:for|to|on|into|of|about|at)",
    r"looking (?=rent|buy|get|hire)",
    r"in the market for",
    r"(?:interested|interest) in",
    r"wanna",
    r"gonna need",
    r"in need of",
    r"i'll take",
    r"we'll take",
    r"(?:i|we) (?:could|can) use",
    r"needs?(?= (?:a|an|some|to|new|help with|\d))",
    r"wants? (?=a|an|to)",
    r"ready to (?=buy|sign|order|book|start|move)",
    # Portuguese
    r"(?:curti|gostei|amei)(?: d[oae]s?)?",
    r"(?:a gente|nos) (?:quer|precisa(?: de)?|ta querendo|procura)",
    r"tava (?:querendo|procurando|precisando)(?: de)?",
    r"(?:to|estou) afim de",
    r"(?:pode|podem|voces) (?=consertar|instalar|arrumar|fazer)",
    r"quer(?:ia|emos)? contratar",
    r"necessito(?: de)?",
    r"desejo",
    r"pretendo",
    r"quero",
    r"queremos",
    r"queria(?:mos)?",
    r"gostaria(?:mos)?(?: de)?",
    r"precis(?:o|amos|a|ando|ava)(?: de)?",
    r"procur(?:o|amos|a|ando)",
    r"(?:estou|estamos|to|tou|tamo|ando) (?:procurando|precisando(?: de)?|querendo|interessad[oa]s?(?:"
    r" (?:em|na|no))?|pensando em|atras (?:de|do|da)|buscando|a procura de|planejando)",
    r"quer(?= \w+[aei]r\b(?<!falar)(?<!agendar)(?<!marcar)(?<!saber)(?<!dizer)| (?:um|uma|uns|umas) )",
    r"tenho interesse (?:em|no|na|nos|nas)",
    r"me interess(?:a|ei|o)(?: pel[oa]| por)?",
    r"vou (?:querer|precisar(?: de)?|levar)",
    r"tem como (?=fazer|colocar)",
)  # fmt: skip
PROBLEM = phrases(
    r"(?:fridge|freezer|oven|washer|dryer|dishwasher|furnace|heater|boiler|ac|a/c|toilet|sink|laptop|tv"
    r"|heating|garage door|transmission|brakes) (?:just )?(?:stopped|died|broke|won'?t|isn'?t|quit|is"
    r" (?:leaking|broken|dead|not)|went)(?: \w+){0,3}",
    r"(?:se )?(?:murio|dano|rompio|quemo) (?:el|la|mi) (?:\w+)(?: \w+){0,2}",
    r"me duele[n]?(?: \w+){0,4}", r"(?:tengo|tiene|ando con|con) (?:un |mucho |una )?dolor(?: \w+){0,4}",
    r"(?:se )?(?:me|nos|le) (?:llovio|quemo|trabo|tapo|quebro|perdio|volo|rompio|partio|cayo|dano|fue"
    r"|quebro|averio|pico|salio|inundo|filtra) (?:un"
    r"|una|el|la|el|los|las|mi)(?: \w+){1,4}",
    r"(?:tengo|tenemos|hay) (?:un |una |unas |unos )?(?:gotera|filtracion|fuga|caries|plaga|cucarachas"
    r"|comejen|humedad|infeccion|muela|moho|raton\w*|termitas?|hongo\w*)\w*(?: \w+){0,4}",
    r"mi (?:perr\w+|gat\w+|cachorr\w+|conejo|mascota|bebe|hij[oa]) (?:\w+ )?(?:esta|anda|tiene|no come|no"
    r" quiere comer|vomit\w+|cojea|se trago|se siente)(?: \w+){0,4}",
    r"my (?:\w+ )?(?:tooth|teeth|roof|dog|cat|puppy|kitten|back|car|ac|a/c|furnace|fence|sink|knee|rabbit"
    r"|boiler) (?:\w+ )?(?:hurts?|aches?|leaks?|is|are|has|won't|broke|died|keeps?|needs?|fell"
    r"|stopped)(?: \w+){0,5}",
    r"toothache",
    r"(?:spilled|dropped|broke|cracked|smashed|shattered|chipped) (?:\w+ ){0,3}my (?:\w+ ?){1,3}",
    r"my (?:\w+ ){1,3}(?:won'?t|doesn'?t|isn'?t|stopped|died|broke|fell|keeps|leaks|hurts|needs|is"
    r" (?:broken|dead|leaking|cracked|clogged))(?: \w+){0,4}",
    r"(?:meu|minha|o meu|a minha) (?:\w+ ){1,4}(?:queimou|quebrou|parou|pifou|estragou|furou|vazou|travou|entupiu"
    r"|nao (?:liga|funciona|gela|esquenta|abre|fecha|pega|carrega|come|enxerga))(?: \w+){0,3}",
    r"(?:mi|la|el) (?:\w+ ){1,4}?(?:se (?:quemo|rompio|dano|trabo|apago|descompuso|fundio|jodio|tapo)"
    r"|dejo de (?:funcionar|enfriar))(?: \w+){0,3}",
 r"i (?:\w+ )?(?:chipped|broke|cracked|lost|knocked out) (?:my|a) \w+(?: \w+){0,2}",
    r"(?:se )?(?:me|nos|le) (?:ha|han) (?:roto|estropeado|danado|caido|averiado|inundado|salido|atascado)(?: \w+){1,4}",
    r"(?:mi|la|el|nuestr[oa]) (?:caldera|nevera|lavadora|techo|calentador|bomba|inversor|aire|cerradura"
    r"|tuberia|inodoro|fregadero|muela|diente) (?:\w+ )?(?:no (?:enfria|funciona|prende|calienta|arranca)"
    r"|se (?:rompio|dano)|esta|gotea|tiene)(?: \w+){0,4}",
    r"water heater(?: \w+){1,4}",
    r"(?:clogged|leaking|leaky|broken|flooded|blocked) (?:toilet|drain|sink|pipe|roof|heater|faucet"
    r"|basement)\w*",
    r"(?:locked out|no hot water|no heat)(?: \w+){0,3}",
    r"(?:entupi\w+|vazamento|goteira|infiltracao|curto circuito|pneu furado)(?: \w+){0,4}",

    r"(?:i|we) have (?:a|an) (?:\w+ )?(?:leak|cavity|infestation|infection|crack|chipped tooth)(?:"
    r" \w+){0,4}",
    r"(?:estou|to|tou|esta) com (?:muita |uma )?dor(?: \w+){0,4}",
    r"dor de dente",
    r"quebr(?:ei|ou) (?:um|o|a|meu|minha) (?:\w+ ?){1,3}",
    r"(?:meu|minha) (?:cachorr\w+|gat\w+|pet|dente|telhado|filh[oa]|cao) (?:\w+ )?(?:esta|ta|tem|nao come"
    r"|vomit\w+|quebrou|doi)(?: \w+){0,4}",
)  # fmt: skip
EVENT = phrases(
    r"(?:we're|we are|i'm|im|i am) getting married(?: \w+){0,3}",
    r"nos casamos(?: \w+){0,3}",
    r"(?:vamos|vou) (?:nos |me )?casar(?: \w+){0,3}",
    r"(?:we're|we are|i'm|i am) (?:moving|relocating) (?:to|in|into|out)(?: \w+){0,3}",
)  # fmt: skip
TAKES_IT = phrases(
    r"(?<!ya\s)(?<!no\s)(?:me )?l[oa]s? (?:llevo|compro|tomo|quiero|quieros|reservo|aparto|agarro"
    r"|necesito|pido|ordeno|encargo)",
    r"me l[oa]s? (?:llevo|quedo|apart\w+|reserv\w+|separ\w+)",
    r"i(?:'ll| will) (?:take|buy|get) (?:it|them|that|this|one)",
    r"i want (?:it|that one|this one|them)",
    r"we'll take (?:it|them)",
    r"vou (?:levar|ficar com|querer|comprar)(?: (?:ele|ela|esse|essa|sim))?",
    r"quero (?:ele|ela|esse|essa|este|esta|comprar)",
    r"quiero (?:ese|esa|este|esta|eso|ese mismo|esa misma)",
    r"ese (?:mismo )?me interesa",
    r"esa (?:misma )?me interesa",
)  # fmt: skip
ASKS_ABOUT = phrases(
    r"(?:qt|qto|qnto|qnt|kanto) (?:fica|custa|e|sai|ta|seria|cobram?)(?: (?:o|a|os|as|um|uma|pra|para|por|de))*",
    r"(?:todavia|aun|ainda|ya) (?:lo|la|esta|estan|ta|tem|tienen)(?: (?:el|la|disponible|disponivel))*",
    r"(?:q|k|que)? ?(?:onda|tal) con",
    r"pregunto por(?! [A-Z])",
    r"(?:informes|info|cotizar|pregunta) (?:de|del|sobre|por)",
    r"(?:what|how much) (?:would|does|will|do) (?:a|an|the|it|you)(?: (?:charge|cost)(?: (?:for"
    r"|me))?)?(?: (?:a|an|the))?",
    r"(?:do|does|can|could|will) (?:you|u|y'all|they) (?:guys )?(?:also |still )?(?:hire out|rent out"
    r"|deliver|ship|service|repair|fix|make|build|clean|teach|cater|handle|work on|work with|treat|groom"
    r"|board|print)(?: (?:a|an|the|any))?",
    r"(?:hac[eé]n|haceis|hacen|reparan|arreglan|instalan|dan|ofrecen|manejan|trabajan|atienden|limpian"
    r"|alquilan|imprimen|fabrican|preparan|organizan|imparten)(?: (?:el|la|los|las|un|una|con|de|clases"
    r" de))*",
    r"(?:voces |vcs |ces |cês )?(?:consertam|arrumam|faz|fazem|fazes|alugam|imprimem|fabricam|ensinam|dao aula de"
    r"|atendem|limpam|preparam|organizam|entregam)(?: (?:o|a|os|as|um|uma|de))*",
    r"(?:cuanto|kuanto|qnto|cto)(?: me| nos| es| seria)? ?(?:cuesta[n]?|vale[n]?|sale[n]?|cobra[n]?"
    r"|esta[n]?|saldria[n]?|costaria[n]?|valdria|piden|cuesta|es|seria|costo)?(?: (?:por|para|el|la|los"
    r"|las|un|una|de|en|mas o menos))*",
    r"(?:a )?(?:cuanto|como) (?:esta[n]?|dan|tienen|venden)",
    r"(?:que|cual es el|el) (?:precio|costo|valor|presio)(?: tiene[n]?)?(?: (?:de|del|el|la|para|por))*",
    r"precio[s]? (?:de|del|para|por)(?: (?:el|la|los|las|un|una))?",
    r"(?:info|informacion|informes|detalles|datos|catalogo) (?:de|del|sobre|para|acerca de)(?: (?:el|la"
    r"|los|las|un|una))?",
    r"(?:todavia |aun )?(?:tienen?|tendran|hay|ay|manejan|venden|ofrecen|trabajan|hacen|alquilan|rentan"
    r"|instalan|aceptan|consiguen|disponen de|esta disponible|sigue disponible|siguen disponibles"
    r"|disponible)(?: (?:el|la|los|las|un|una|de|con))*",
    r"(?:y )?(?:el|la) .{2,40} (?:esta|sigue|todavia esta) (?:disponible|en venta)",
    r"how much (?:is|are|for|does|do|would|to|it cost)(?: (?:a|an|the|it|cost|be|you charge|for|to))*",
    r"(?:price|cost|pricing|rates?|quote|details|info|information) (?:of|for|on|about)(?: (?:a|an|the"
    r"|your))?",
    r"(?:do|does|are|can|would) (?:you|u|ya|y'all|they) (?:guys )?(?:still )?(?:have|sell|carry|offer|do"
    r"|rent|install|stock|take|provide|got)(?: (?:a|an|any|the))?",
    r"is (?:the|that|this) .{2,40} (?:still )?available",
    r"quanto (?:custa[m]?|e|esta|fica|sai|ta|cobram?|seria|custaria|que e)(?: (?:o|a|os|as|um|uma|pra"
    r"|para|por|de))*",
    r"(?:qual|qual e|qual o|o) (?:o )?(?:preco|valor|custo)(?: (?:do|da|de|dos|das|para|pra))*",
    r"(?:voces |vcs |ces )?(?:ainda )?(?:tem|teem|vendem|fazem|trabalham com|oferecem|alugam|instalam"
    r"|aceitam)(?: (?:o|a|um|uma|algum|alguma))?",
    r"(?:informac\w+|detalhes|info) (?:sobre|do|da|de)(?: (?:o|a|os|as))?",
)  # fmt: skip

LEAD_IN = re.compile(
    r"(?:(?:que|como|de|a|en|em|por|para|pa|pra|un|una|unos|unas|el|la|los|las|lo|um|uma|o|os|as|an|the"
    r"|to|for|some|any|on|of|in"
    r"|mi|mis|my|our|meu|minha|nuestro|nuestra|al|del|do|da|no|na|algo|something|ese|esa|este|esta|that"
    r"|this|these|those|if|si"
    r"|ver|see|get|getting|find|finding|buy|buying|purchase|comprar(?:me|le)?|comprarnos|conseguir"
    r"|adquirir|tener|obtener|encontrar|adquirirlo"
    r"|hacer(?:me|le|nos)?|have|having|do|doing|start|empezar|comenzar|iniciar|fazer|ter|achar|realizar"
    r"|llevar|tomar|pedir|ordenar|algun|alguna"
    r"|mas|muy|really|just|solo|also|tambien|bien|con|with|it|ya|now|pues|maybe|sobre|about|information"
    r"|informacion|info|informacoes"
    r"|hi|hola|ustedes|uds|you|us|me|nos|ti|possible|posible|mandar|poner|ponerme|colocar|put|cual|which"
    r"|what|are|is|es)\b\W*)*"
)
META = phrases(
    r"saber",
    r"preguntas?",
    r"(?:una? )?(?:duda|pergunta|question|consulta rapida|inquietud)s?",
    r"preguntar\w*",
    r"consultar\w*",
    r"hablar\w*",
    r"conversar",
    r"entender",
    r"conocer el precio",
    r"escuchar",
    r"ayuda",
    r"una? (?:persona|humano|agente|asesor\w*)",
    r"reclam\w+",
    r"quej\w+",
    r"devol\w+",
    r"cancel\w+",
    r"reembolso",
    r"trabaj(?:ar|o)\b",
    r"empleo",
    r"vender\w*",
    r"ofrecer\w*",
    r"presentar\w*",
    r"mostrar\w*",
    r"proponer\w*",
    r"informacion",
    r"info",
    r"nada",
    r"molestar",
    r"decir\w*",
    r"que me (?:dig|expli|devuelv|respond|confirm|resuelv|llam|contact|ayud)\w*",
    r"que (?:le|les|ustedes|uds|the|voces)\b",
    r"eso",
    r"pensar\w*",
    r"ir(?:me|se)?",
    r"perder",
    r"know",
    r"ask",
    r"talk",
    r"speak",
    r"complain",
    r"return",
    r"refund",
    r"help",
    r"hear",
    r"say",
    r"tell",
    r"apply",
    r"a job",
    r"work",
    r"sell",
    r"offer",
    r"show",
    r"check",
    r"make sure",
    r"think",
    r"go(?= (?:home|back|away|out|on|over|through)\b|\W*$)",
    r"seu",
    r"report",
    r"perguntar",
    r"falar",
    r"tirar uma duvida",
    r"uma ajuda",
    r"devolver",
    r"reembolso",
    r"trabalhar",
    r"oferecer",
    r"apresentar",
    r"un numero",
    r"el numero",
    r"your number",
    r"dar\w*",
    r"give",
    r"numero",
    r"whatsapp",
    r"esperar",
    r"wait",
    r"confirmar",
    r"ver si",
    r"ver como",
    r"ver que",
    r"see if",
    r"see how",
    r"broma\w*",
    r"joder",
    r"tu (?:numero|prompt)",
    r"your (?:prompt|instructions)",
    r"jugar",
    r"curiosidad",
    r"cotizar",
    r"dar una vuelta",
    r"llamada",
    r"(?:it|that|this|me|him|her) (?:is|was|to)",
    r"nada mas",
    r"mucho",
    r"a lot",
    r"a human",
    r"a person",
    r"an agent",
    r"someone(?! (?:to|who|that|for|now|asap|today))",
    r"alguien(?! (?:que|para))",
    r"atencao",
    r"atencion",
    r"feedback",
    r"opinion\w*",
    r"buen dia",
    r"gracias",
    r"thanks",
    r"emprego",
    r"vacante\w*",
    r"tarea",
    r"homework",
)  # fmt: skip
_EMPTY_WORDS_TEXT = """
    a aca adquirir agora ahi ahora ajuda al algo algun alguna alguno alli amanha and ano any anything aqui are
    as asap asi at available ay ayuda bien boa bom bueno but buy by can com como comprar con contigo contratar
    cosa cosas cost costo cual cuando cuanto da das de del desde dia dinero disponible do donde dos e el ella
    ellas ellos em en entonces es esa ese eso esta estan este esto favor for from gracias ha hay hello help here
    hey hi hoje hola how hoy i if in info informacion information is isso isto it its ja la las le les lo los
    mais manana mano manos many mas me mejor mes mi mis momento money month more much muchos muy na nada nadie
    nas no nobody noche noite nos nothing now o obrigada obrigado of oi ok ola on one opciones opcoes options or
    os otra otro outra outro para pero please por porque pra precio preco price product producto productos
    products purchase que quem quien saber se see semana service services servicio servicios si siempre sim
    sobre some something son stuff su sus tal tambem tambien tarde te thanks that the their them then there they
    thing things this tipo tipos to today todo todos tomorrow tu tudo uds um uma un una unas uno unos usted
    ustedes valor varias varios vc vcs vender venta ver voces week what whats y ya year yes you your
"""
_DAYS_TEXT = """
    lunes martes miercoles jueves viernes sabado domingo monday tuesday wednesday thursday friday saturday sunday
    segunda terca quarta quinta sexta enero febrero marzo abril mayo junio julio agosto septiembre octubre
    noviembre diciembre
    finde weekend proximo proxima next
"""
EMPTY_WORDS = frozenset((_EMPTY_WORDS_TEXT + _DAYS_TEXT).split())
_GENERIC_TEXT = """
    apartamento apartamentos apartment apartments apto aptos auto autos car carro carros cars casa casas cita
    citas clase clases class classes coche coches cosas course courses curso cursos descuento descuentos
    discount discounts event evento eventos events furniture gimnasio gym home homes horario house houses
    imoveis imovel insurance membership membresia moveis mueble muebles ofertas parking parqueo parts pecas plan
    planes planos plans promocion promociones properties property propiedad propiedades repuestos seguro seguros
    trip trips vehicle vehicles vehiculo vehiculos viaje viajes
"""
GENERIC = frozenset(_GENERIC_TEXT.split())
WORD = re.compile(r"[^\W_][\w'.-]*")
OBJECT_END = re.compile(
    r"\.(?!\d)|[;!?\n¿¡]|,(?!\d)|\b(?:pero|but|porque|because|cuanto|cuando puedo|how much|quanto|mi (?:numero"
    r"|correo|telefono|cel\w*|nombre|whatsapp|presupuesto)"
    r"|my (?:number|email|phone|name|budget)|meu (?:numero|email|telefone|nome)|me llamo|soy|puedo|can i"
    r"|could|me pueden|gracias|please|por favor)\b"
)
STILL_THERE = phrases(
    r"(?:quedan?|hay|tienen|sobran) (?:lugar(?:es)?|cupos?|plazas?|entradas|boletos|mesas|asientos|espacios?)",
    r"(?:any )?(?:spots?|seats?|tickets?|places?|rooms?) (?:left|open|available)",
    r"(?:tem|ha|sobrou) (?:vagas?|lugar(?:es)?|mesa)",
    r"disponibles?",
    r"en (?:stock|venta)",
    r"a la venta",
    r"(?:todavia|aun) (?:esta|estan|l[oa]s? tienen|hay|queda)",
    r"hay stock",
    r"available(?! (?:from|on|after|to|anytime|starting))",
    r"on the lot",
    r"in stock",
    r"for (?:sale|rent|lease)",
    r"en (?:alquiler|renta|arriendo)",
    r"(?:para|pra) alugar",
    r"disponive(?:l|is)",
    r"a venda",
    r"em estoque",
    r"ainda (?:tem|esta|ta)",
)
INFO = phrases(
    r"informaci?on\w*",
    r"info",
    r"precios?",
    r"details?",
    r"detalles",
    r"pric\w+",
    r"cost\w*",
    r"know (?:about|the|if|how)",
    r"saber",
    r"conocer",
    r"informac\w+",
    r"preco",
    r"valor",
)
TALK = phrases(
    r"(?:hablar|conversar|chatear|comunicar\w*|speak|talk|chat|falar) (?:con|to|with|com) (?:\w+ )?(?:persona"
    r"|alguien|humano|asesor\w*|agente|vendedor\w*|person|someone|somebody|agent|seller|pessoa|alguem|atendente)",
    r"robot",
    r"bot",
    r"(?:persona|humano) (?:real|de verdad)",
    r"real person",
    r"human",
    r"who are you",
    r"quien eres",
    r"chistes?",
    r"jokes?",
    r"piadas?",
    r"poem\w*",
    r"weather",
    r"clima",
    r"opinion\w*",
    r"politic\w*",
    r"abren|abiert[oa]s?|abrem|aberto",
    r"open(?:ing)?",
    r"hours?",
    r"horarios?",
    r"dueno",
    r"owner",
    r"direccion",
    r"ubicad\w+",
    r"address",
    r"endereco",
    r"impuestos",
    r"gana[n]?",
    r"salario",
    r"tarjetas?",
    r"jaja\w*",
    r"lol",
    r"haha\w*",
    r"kkk\w*",
    r"tele",
    r"franquicia",
    r"system",
    r"sistema",
    r"ignor\w+",
    r"instruc\w+",
    r"fe[lz]i[zc]\w*",
    r"dormir",
    r"sleep",
    r"bored",
    r"aburr\w+",
    r"sucursal",
    r"logo",
    r"pagina",
    r"website",
    r"anuncio",
)  # fmt: skip
GREETING = re.compile(
    r"\W*(?:(?:hola+|buen\w*|muy|dias?|tardes?|noches?|hi+|hello|hey|good|morning|afternoon|evening|oi+"
    r"|ola|boa|bom|tarde|noite|saludos"
    r"|cordial|que tal|klk|tudo bem|todo bien|como estan?|senores|amigos|gente|disculp\w+|una (?:consulta"
    r"|pregunta)|oigan|oye|che)\W+)+"
)
SENTENCE_END = re.compile(r"\.(?!\d)|[;!?\n]")
INTRODUCES = re.compile(r"\b(?:soy|sou|somos|i'?m|i am)\b")
