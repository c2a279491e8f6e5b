"""Who is no buyer, whatever they write besides: the cold classes, and the words that end one."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    r"bored",
    r"(?:so|apenas|somente) (?:\w+ )?(?:olhando|olhar|olhadinha|vendo|curios\w+|curiosidade|pesquisando"
    r"|dando uma olhad\w+|perguntando|dar uma olhad\w+|saber)",
    r"(?:dando|dar) uma olhad\w+",
    r"por curiosidade",
    r"(?:pura|mera|so) curiosidade",
    r"curiosidade mesmo",
    r"nao (?:vou|pretendo|quero|penso em|estou (?:pensando em|querendo)) comprar(?: nada)?",
)  # fmt: skip
_SUPPORT = phrases(
    r"(?:mi|el|nuestro|un|meu|o|my|the|our) (?:pedido|orden|encargo|envio|paquete|encomenda|order|package"
    r"|delivery|shipment)(?: \w+)? (?:\w+ )?(?:no|nunca|llego|esta|sigue|nao|chegou|hasn'?t|never|didn'?t"
    r"|is|was|came|veio|atras\w+|\d)",
    r"(?:numero de|nro de|#) ?(?:orden|pedido|factura|ticket|caso|reclamo)",
    r"(?:order|invoice|ticket|case) (?:number|#|no)",
    r"(?:pedido|orden|factura|order|ticket) ?(?:#|n°|no\.?|numero)? ?\d{3,}",
    r"(?:quiero|quisiera|necesito|exijo|solicito|vengo a|deseo|para|hacer|poner|tengo) (?:\w+"
    r" ){0,2}(?:reclam\w+|queja\w*|devolver|devolucion|reembolso|quejarme|denunci\w+)",
    r"reembols\w+",
    r"devuelvan (?:mi|el) dinero",
    r"devolucion",
    r"(?:una|mi|es una) queja",
    r"reclamo",
    r"pesimo (?:servicio|trato)",
    r"mal servicio",
    r"estaf\w+",
    r"ladrones",
    r"me (?:enganaron|robaron|cobraron (?:de mas|doble|dos veces|mal)|quedaron mal)",
    r"defensor\w* del consumidor",
    r"pro ?consumidor",
    r"procon",
    r"profeco",
    r"(?:(?:que )?(?:me|nos|le) (?:vendieron|instalaron|entregaron|hicieron|pusieron|repararon"
    r"|arreglaron)|compre|compramos|compro|compr[eé]) (?:[^.!?\n]{0,60}?)(?:no (?:funciona|sirve|enciende"
    r"|prende|anda|enfria|carga|arranca|abre)|se (?:dano|rompio|averio|cayo|despego|salio|desarmo|partio"
    r"|descompuso|quebro)|defect\w+|falla\w*|dana\w+|roto|rota|problema\w*|malo|mala|gotea|vino (?:mal"
    r"|sin)|llego (?:mal|sin|rot\w+)|garantia|se me (?:dano|rompio|cayo|salio|despego))",
    r"(?:no (?:funciona|sirve|enciende|prende|enfria|carga)|se (?:dano|rompio|averio|despego)|falla\w*"
    r"|gotea) (?:[^.!?\n]{0,50}?)(?:que (?:me|nos) (?:vendieron|instalaron|entregaron|hicieron|pusieron)"
    r"|que (?:les )?compre|que compramos)",
    r"(?:no puedo|no me deja|no logro|no consigo) (?:entrar|acceder|iniciar sesion|loguearme|ingresar"
    r"|abrir)(?: \w+){0,3}",
    r"(?:olvide|perdi|cambiar|restablecer|recuperar) (?:mi|la) (?:contrasena|clave|password)",
    r"mi (?:cuenta|contrasena|usuario|factura|poliza|contrato|suscripcion|reserva|membresia|plan|tarjeta)"
    r" (?:\w+ )?(?:no|esta (?:bloque|mal|venc)\w*|fue|salio|se|llego|sigue|tiene (?:un|otro))",
    r"cancel\w* (?:mi|la|el) (?:suscripcion|membresia|plan|contrato|poliza|cuenta|servicio|inscripcion)",
    r"dar(?:me)? de baja",
    r"(?:pagar|pago de|copia de|duplicado de|donde pago) (?:mi|la|una) (?:factura|cuota|mensualidad"
    r"|recibo)",
    r"(?:hacer valida|reclamar|usar|aplica|activar|sobre) (?:la|mi) garantia",
    r"(?:esta|sigue|todavia) (?:en|bajo|con) garantia",
    r"garantia (?:de|del) (?:mi|que compre|lo que compre)",
    r"soporte tecnico",
    r"servicio al cliente",
    r"(?:llevo|tengo) (?:\w+ ){1,3}(?:esperando|reclamando|llamando|sin (?:respuesta|servicio|internet))",
    r"nadie (?:me )?(?:responde|contesta|atiende|resuelve|da respuesta)",
    r"(?:el|un|la) (?:tecnico|instalador|chofer|doctor|empleado|vendedor)\w* (?:\w+ )?(?:no (?:vino|llego"
    r"|aparecio|volvio)|nunca (?:vino|llego|aparecio)|me (?:dejo|trato))",
    r"(?:i|we) (?:want|need|demand|would like|'d like) (?:\w+ ){0,2}(?:refund|to complain|to return|my"
    r" money back|to file)",
    r"refund\w*",
    r"money back",
    r"complain(?:t|ing)?",
    r"charged (?:me )?(?:twice|double|wrong|again)",
    r"(?:hasn'?t|never|didn'?t|not) (?:arrived?|come|been delivered|shown? up|received)",
    r"(?:i|we|you) (?:bought|purchased|ordered|sold|installed|got)(?: me| us)?"
    r" (?:[^.!?\n]{0,60}?)(?:doesn'?t (?:work|start|turn)|isn'?t working|broke\w*|stopped|defective|wrong"
    r"|broken|faulty|leak\w*|missing|falling apart|problem\w*|not working|warranty)",
    r"(?:you|u|y'all) (?:guys )?(?:sold|installed|delivered|fixed|repaired)",
    r"can'?t (?:log ?in|access|sign in|get into)",
    r"(?:reset|forgot|change) my password",
    r"my (?:account|subscription|bill|invoice|order|policy|claim|password|login|membership)(?: \w+)?",
    r"cancel (?:my|the) (?:subscription|membership|account|plan|policy|order|contract)",
    r"customer service",
    r"tech(?:nical)? support",
    r"(?:still )?waiting (?:for|on) (?:my|the|a) (?:order|refund|technician|reply|delivery)",
    r"worst (?:service|experience|company)",
    r"scam\w*",
    r"under warranty",
    r"warranty claim",
    r"unacceptable",
    r"(?:quero|preciso|gostaria de|vim) (?:\w+ ){0,2}(?:reclamar|reclamacao|devolver|reembolso|cancelar"
    r"|trocar o produto)",
    r"reclamacao",
    r"nota fiscal",
    r"segunda via",
    r"boleto (?:venc\w+|errado|atras\w+)",
    r"cobrad[oa]s? (?:duas|errad\w+|em dobro|indevid\w+)",
    r"nao (?:consigo|estou conseguindo) (?:entrar|acessar|logar|abrir)",
    r"minha (?:conta|senha|fatura|compra|assinatura|matricula) (?:\w+ )?(?:nao|esta|foi|veio|continua"
    r"|bloque\w+)",
    r"(?:comprei|instalaram|me venderam|contratei|compramos) (?:[^.!?\n]{0,60}?)(?:nao (?:funciona|chegou"
    r"|liga|veio|presta)|quebr\w+|defeito|estrag\w+|errad\w+|problema\w*|garantia|parou|veio com|vazando"
    r"|pifou)",
    r"(?:parou de|nao esta|nao ta) funciona\w*",
    r"atrasad[oa]s?",
    r"ninguem (?:me )?(?:responde|atende|resolve|retorna)",
    r"pessimo (?:atendimento|servico)",
    r"suporte(?: tecnico)?",
    r"esqueci (?:a|minha) senha",
    r"entrega atras\w+",
)  # fmt: skip
_SUPPLIER = phrases(
    r"(?:les|le|para) (?:ofrec\w+|ofrezco|vendo|vendemos|proveemos|suplimos|presento|presentamos"
    r"|propongo)(?! (?:\w+ ){0,3}(?:por (?:el|la|ese|esa)|\d))",
    r"(?:ofrec|suministr|distribu|import|suplim|fabric|prove)(?:emos|imos|amos|o) (?!\w+ por (?:el|la))",
    r"(?:queremos|quisiera(?:mos)?|quiero|me gustaria|nos gustaria|deseo|vengo a|venimos a|interesad\w+"
    r" en) (?:\w+ )?(?:ofrecer\w*|presentar\w*|proponer\w*|venderles?|mostrarles? (?:nuestr|mi)|ser (?:su"
    r" )?(?:proveedor|suplidor|distribuidor))\w*",
    r"(?:somos|soy|represento a|trabajo (?:con|para|en)) (?:\w+ ){0,5}(?:proveedor\w*|suplidor\w*"
    r"|distribuidor\w*|fabricante\w*|importador\w*|mayorista\w*|agencia de (?:marketing|publicidad|seo)"
    r"|agencia digital|empresa de (?:marketing|publicidad|software|seguridad|limpieza|desarrollo web)"
    r"|vendedor\w* de|imprenta)",
    r"nuestr[oa]s? (?:catalogo|productos?|servicios?|agencia|plataforma|precios al por mayor|propuesta)",
    r"alianza\w*(?: (?:comercial|estrategica)\w*)?",
    r"(?:posicion\w+|aumentar|mejorar|duplicar|incrementar) (?:\w+ ){0,2}(?:su|sus|tu|tus) (?:pagina|web"
    r"|ventas|sitio|seguidores|redes|marca|negocio|clientes)",
    r"colaboracion(?:es)? (?:pagada|con)",
    r"soy influencer",
    r"(?:canje|intercambio) (?:de|por) (?:publicidad|contenido)",
    r"departamento de compras",
    r"encargado de compras",
    r"quien (?:compra|maneja (?:las )?compras|ve (?:lo de )?compras)",
    r"(?:hablar con|contactar a|correo de) (?:\w+ ){0,3}(?:gerente|dueno|encargado)s? (?:de (?:compras"
    r"|marketing))",
    r"we (?:offer|provide|sell|supply|manufacture|distribute|specialize|specialise|help (?:businesses"
    r"|companies|dealers|clinics|restaurants|gyms))",
    r"(?:i|we) (?:can|could|will|would like to|want to|'d like to|'d love to) (?:help (?:you|your)|offer"
    r" you|show you|boost|increase|grow|pitch|introduce|present)(?: \w+){0,3}",
    r"(?:our|my) (?:agency|company|team|firm|product|services?|software|platform|solution) (?:can|could"
    r"|helps?|offers?|provides?|specializ\w+|will|is a)",
    r"partner(?:ship)?s?(?: (?:with|opportunity))?",
    r"(?:boost|increase|grow|double|improve|rank) your (?:\w+ )?(?:sales|website|site|traffic|seo|ranking"
    r"|rankings|business|leads|revenue|google)",
    r"seo (?:services?|expert|agency|audit)",
    r"backlinks?",
    r"guest post\w*",
    r"wholesale (?:prices|supplier|catalog)",
    r"(?:purchasing|procurement) (?:department|manager)",
    r"who handles (?:your )?(?:\w+ )?(?:purchasing|marketing|procurement|it|buying)",
    r"reseller program",
    r"(?:oferec|fornec|distribu|fabric|vend)(?:emos|imos|amos) ",
    r"somos (?:\w+ ){0,4}(?:fornecedor\w*|distribuidor\w*|fabricante\w*|agencia|representante\w*"
    r"|atacadista\w*)",
    r"(?:queremos|gostaria(?:mos)? de|quero|queria|vim) (?:\w+ )?(?:oferecer|apresentar|propor)(?:"
    r" \w+){0,4}",
    r"noss[oa]s? (?:catalogo|produtos|servicos|agencia|solucao|plataforma)",
    r"parceria",
    r"aumentar (?:as|suas|as suas) vendas",
    r"setor de compras",
    r"responsavel pel[oa]s? compras",
)  # fmt: skip
_COMPETITOR = phrases(
    r"(?:soy|somos|trabajo|tengo|trabajamos) (?:\w+ ){0,4}(?:competencia|del (?:mismo )?rubro|del ramo"
    r"|otro dealer|otra (?:agencia|inmobiliaria|clinica|tienda|academia|escuela)|colega[s]? (?:suyo|de"
    r" ustedes))",
    r"(?:la )?competencia",
    r"(?:yo |nosotros )?tambien (?:vendo|vendemos|tengo (?:un|una) (?:dealer|tienda|clinica|agencia"
    r"|gimnasio|negocio|inmobiliaria|taller|restaurante|escuela|academia))",
    r"estudio de mercado",
    r"(?:comparar|igualar|ajustar|poner) (?:mis|nuestros|los) precios",
    r"mi (?:propio )?(?:dealer|gimnasio|clinica|agencia|negocio|inmobiliaria|academia|taller|restaurante"
    r"|mueblerias?) (?:\w+ ){0,3}(?:igual|parecido|tambien|cerca|a (?:dos|tres) cuadras|de la zona)",
    r"tengo un negocio (?:igual|parecido|similar|como el de)",
    r"competitor\w*",
    r"competing",
    r"(?:i|we) (?:also )?(?:run|own|manage|work (?:at|for)) (?:a|an|another) (?:\w+ ){0,3}(?:dealership"
    r"|gym|clinic|agency|restaurant|school|practice|studio|salon|shop|store)(?! (?:and|that|who|looking"
    r"|so|,))",
    r"market research",
    r"(?:benchmark|compare|match)(?:ing)? (?:\w+ ){0,2}(?:our|my|your) (?:prices|pricing|rates)",
    r"same (?:business|industry|line of work|niche) as you",
    r"concorren\w+",
    r"tenho (?:uma|um) (?:\w+ ){0,2}(?:igual|parecid\w+|do mesmo ramo|tambem)",
    r"mesmo ramo",
    r"pesquisa de mercado",
    r"trabalho (?:em|na|no|numa|para) (?:outra|outro|uma outra) (?:\w+ ){0,2}(?:concession\w+|clinica"
    r"|academia|imobiliaria|loja|escola|agencia)",
)  # fmt: skip
_JOB = phrases(
    r"(?:busco|buscando|necesito|quiero|quisiera|solicito|ando (?:en busca de|buscando)|me interesa"
    r"|interesad[oa] en|consigo|hay|tienen|dan|ofrecen) (?:\w+ ){0,3}(?:empleo|trabajo|chamba|vacantes?"
    r"|pasantias?|puesto(?: de trabajo)?|laburo|pega|camello)(?! (?:de (?:plomer|pint|construc|remodel"
    r"|electric|repar|jardin)|en mi|para mi casa))",
    r"vacantes?",
    r"(?:mi |un |el |enviar |mandar |dejar |dejo )?(?:curriculum|curriculo|hoja de vida|cv|resume)(?!"
    r" (?:the|your|my (?:sub|plan)))",
    r"(?:estan|andan|siguen) (?:contratando|reclutando|buscando (?:personal|gente|empleados))",
    r"trabajar (?:con|para|en|ahi con) (?:ustedes|uds|su|la empresa|la tienda)",
    r"recursos humanos",
    r"bolsa de (?:empleo|trabajo)",
    r"(?:aplicar|postular(?:me)?|postulo) (?:a|al|para|para el|para un|a la) (?:\w+ )?(?:puesto|vacante"
    r"|empleo|trabajo|posicion|plaza)",
    r"(?:busco|tengo) experiencia (?:en ventas|como)",
    r"pasantias?",
    r"(?:are|r) (?:you|u|y'all) (?:guys )?(?:\w+ )?hiring",
    r"(?:any|job|open) (?:openings?|vacanc\w+|positions?)",
    r"(?:looking|apply\w*|applied|application) (?:for|to) (?:\w+ ){0,3}(?:job|position|work|internship"
    r"|employment|role|opening)s?",
    r"(?:a|any|part[- ]time|full[- ]time|summer) jobs?",
    r"internships?",
    r"my (?:resume|cv)",
    r"hiring",
    r"work (?:for|with) (?:you|your)(?! (?:to|on))",
    r"human resources",
    r"job (?:application|opening|fair)",
    r"(?:procuro|procurando|busco|preciso de|quero|tem|queria|atras de|estao com|gostaria de) (?:\w+"
    r" ){0,3}(?:emprego|vagas?(?: (?:de|para) \w+)|trabalho(?: ai)?|estagio)",
    r"vagas? (?:de (?:emprego|vendedor\w*|recepcion\w*|estagio|trabalho)|abert\w+|disponive\w+)",
    r"(?:enviar|mandar|deixar|meu) (?:\w+ )?curriculo",
    r"estao contratando",
    r"trabalhar (?:com|ai|na|no|pra) (?:voces|ai|loja|empresa)",
    r"estagio",
    r"trabalhe conosco",
)  # fmt: skip
_HOMEWORK = phrases(
    r"(?:para|es|hacer|haciendo|hago|tengo|una|mi|la|de) (?:\w+ )?(?:una |la |mi |de )?(?:tarea"
    r"|asignacion|tesis|monografia|exposicion|maqueta)(?: \w+){0,5}",
    r"(?:proyecto|trabajo|investigacion|encuesta|ensayo|estudio|entrevista|practica|informe) (?:\w+"
    r" ){0,3}(?:de|para|en|del|final|universitari\w+|escolar) ?(?:la |el |mi |una |un )?(?:universidad"
    r"|uni|escuela|colegio|clase|curso|escolar|final|liceo|materia|maestria|carrera|grado|tesis|prepa"
    r"|facultad|u\b)",
    r"trabajo (?:universitario|escolar|final)",
    r"proyecto (?:universitario|escolar|final|de grado)",
    r"(?:soy|somos) estudiantes?(?: \w+){0,4}(?=.{0,60}(?:tarea|proyecto|trabajo|investig|tesis|encuesta"
    r"|clase|materia|entrevista))",
    r"(?:mi|el|la) (?:profesor\w*|profe|maestr[oa]) (?:\w+ ){0,2}(?:pidio|puso|mando|dijo|asigno)",
    r"(?:my|for|our|a|an|the) (?:\w+ ){0,2}(?:homework|assignment|school project|class project|essay|term"
    r" paper|thesis|dissertation|case study|college project|research (?:project|paper))(?! help| tutor)",
    r"(?:school|class|college|university|uni) (?:project|paper|assignment|report|presentation)",
    r"for (?:my|a|our) (?:\w+ )?class(?!es)(?: project)?(?= (?:i|we|about|on|at school)|\W*$|[.,])",
    r"my (?:professor|teacher)",
    r"(?:trabalho|projeto|pesquisa|tcc|licao|dever|seminario) (?:da|de|do|para a|pra|escolar|final|de"
    r" casa)(?: \w+)? ?(?:faculdade|escola|universidade|curso|colegio|aula|casa|materia|disciplina)?(?=\W"
    r"|$)",
    r"trabalho (?:da|de|pra|para a?) (?:faculdade|escola|aula|curso|colegio)",
    r"tcc",
    r"licao de casa",
    r"meu professor",
    r"minha professora",
)  # fmt: skip
_PRANK = phrases(
    r"(?:es|era|fue|solo es|todo es|estoy de) (?:una |pura |puro |un )?(?:bromas?|relajo|chiste|joda"
    r"|vacile|mentira)",
    r"(?:estoy|estaba|ando|toy|tamo) (?:\w+ )?(?:relajando|bromeando|jodiendo|vacilando|jugando"
    r"|molestando|mamando gallo)",
    r"(?:te|los|les) (?:estoy|estaba) (?:vacilando|jodiendo|tomando el pelo|troleando)",
    r"mentira (?:ja\w*|jaj\w*|era)",
    r"(?:ja|je|ha|rs|kk){4,}\w*",
    r"(?:casate conmigo|quieres? (?:casarte|salir) conmigo|dame un beso|eres (?:linda|sexy|soltera))",
    r"(?:un|una|el|comprar|vend\w+|tienen) (?:\w+ )?(?:unicornio\w*|dragon\w*|dinosaurio\w*|nave(?:s)?"
    r" espacial\w*|platillo volador|ovni|submarino nuclear|maquina del tiempo|tanque de guerra|batimovil"
    r"|alfombra voladora|cohete|elefante)",
    r"(?:en|a|para|desde) (?:la luna|marte|jupiter|narnia|saturno|hogwarts)",
    r"(?:pagar|pago|cambio|doy) (?:\w+ ){0,3}(?:con |en |por )?(?:un rinon|mi suegra|besos|chicles"
    r"|piedras|abrazos|platanos|mi alma|dinero de monopolio)",
    r"(?:just|only) (?:kidding|joking|messing(?: with you)?|trolling|playing)",
    r"jk",
    r"lol jk",
    r"(?:i'?m|was) (?:kidding|joking|trolling)",
    r"it'?s a (?:joke|prank)",
    r"prank\w*",
    r"(?:a|the|buy|my|have|any) (?:\w+ )?(?:unicorns?|dragons?|dinosaurs?|spaceships?|time machines?"
    r"|batmobile|flying carpets?|ufo)",
    r"(?:on|to|from) (?:the moon|mars|jupiter|narnia|hogwarts)",
    r"marry me",
    r"(?:pay|paying) (?:\w+ ){0,3}(?:in |with )?(?:monopoly money|bananas|hugs|my soul|kisses|pokemon"
    r" cards)",
    r"(?:to|tou|estou|tava|era|e|so) (?:\w+ )?(?:zoando|zoeira|brincando|brincadeira|trollando|de zoas?"
    r"|zoacao|pegadinha)",
    r"(?:quer )?casar comigo",
    r"unicornio\w*",
    r"(?:na|pra|para a|ate a) lua",
    r"(?:em|pra|para) marte",
    r"dragao",
    r"disco voador",
    r"maquina do tempo",
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
    r"(?:me|nos) (?:decidi|decidimos|quede|quedamos|fui|fuimos) (?:\w+ )?(?:por|con) (?:otr[oa]\w*|la"
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
    r"ya no (?:me |nos |lo |la |los |las |le )?(?:interesa\w*|quier\w+|necesit\w+|hace falta|estoy"
    r" interesad[oa]|voy a (?:comprar|necesitar|querer)|vamos a|busco|estoy buscando|estamos buscando)(?:"
    r" \w+){0,3}",
    r"no (?:me|nos) interesa(?:n)?(?: \w+){0,2}",
    r"no (?:estoy|estamos) interesad[oa]s?",
    r"(?:mejor|pensandolo bien|al final|creo que|la verdad|finalmente|por ahora)(?: que)? (?:no|lo dejo"
    r"|lo dejamos|lo dejemos|dejalo|dejemoslo|olvidalo|nada)(?=\W*(?:$|[.,;!?\n]|gracias|asi|quiero|voy a"
    r" comprar|lo quiero|la quiero|compro|sigo))(?: (?:quiero|lo quiero|voy a comprar|compro|sigo))?",
    r"(?:dejal[oa]|dejel[oa]|dejemosl[oa]|lo dejo|lo dejamos) (?:asi|ahi|para otra|hasta ahi)",
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
    r"(?:ya )?no hace falta",
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
    ("support", _SUPPORT),
    ("supplier", _SUPPLIER),
    ("competitor", _COMPETITOR),
    ("job_seeker", _JOB),
    ("homework", _HOMEWORK),
    ("prank", _PRANK),
    ("bought_elsewhere", _BOUGHT),
    ("not_interested", _NOT_INTERESTED),
    ("curious", _CURIOUS),
)
_OWN_NEGATION = frozenset(("not_interested", "bought_elsewhere", "curious", "support"))
_IF = re.compile(r"\b(?:si|if|se|cuando|when|unless|a menos que|evitar|avoid)\W+(?:\w+\W+){0,4}$")
_BUYING_AFTER_ALL = phrases(
    r"(?:aparte|ademas|tambien|de paso|por otro lado|y otra cosa|otra cosa|ahora si|mejor si|en serio|ya"
    r" en serio|hablando en serio|fuera de broma|cambie de (?:idea|opinion)|pensandolo bien|igual|de"
    r" hecho)\W+(?:\w+\W+){0,6}?(?:quier\w+|busc\w+|necesit\w+|compr\w+|interesa\w*|cotiz\w+)(?: \w+){1,6}",
    r"(?:para mi(?: mism[oa])?|para mi casa|para mi familia|personalmente)\W+(?:\w+\W+){0,3}?(?:quier\w+"
    r"|busc\w+|necesit\w+|compr\w+)(?: \w+){1,6}",
    r"(?:quier\w+|busc\w+|necesit\w+|quisiera) (?:\w+ ){0,3}(?:otr[oa]|un[ao]? nuev[oa]|comprar) (?:\w+"
    r" ?){1,5}",
    r"(?:also|besides|separately|by the way|btw|on another note|seriously(?: though)?|for real"
    r"|actually)\W+(?:\w+\W+){0,5}?(?:want|need|looking|interested|like|buy)(?: \w+){1,6}",
    r"(?:for myself|for me personally)",
    r"(?:want|need|looking for|buy|like) (?:\w+ ){0,3}(?:another|a new|a second) (?:\w+ ?){1,4}",
    r"(?:tambem|alem disso|aproveitando|agora (?:e )?serio|falando serio|mudei de"
    r" ideia)\W+(?:\w+\W+){0,6}?(?:quero|preciso|procuro|comprar|interesse|queria)(?: \w+){1,6}",
    r"(?:quero|preciso de|queria|procuro) (?:\w+ ){0,2}(?:outr[oa]|um nov[oo]|uma nova|comprar) (?:\w+"
    r" ?){1,5}",
)  # fmt: skip


def find_cold(text: str) -> Iterator[Said]:
    """Cold classes in folded text."""
    for value, pattern in _CLASSES:
        for match in pattern.finditer(text):
            if value not in _OWN_NEGATION and negated(text, match.start()):
                continue
            if _IF.search(text, max(match.start() - 30, 0), match.start()):
                continue
            yield Said("cold", value, match.start(), match.end())


def find_buying_after_all(text: str) -> Iterator[Said]:
    """Where somebody who wrote about another matter says that they want to buy as well."""
    for match in _BUYING_AFTER_ALL.finditer(text):
        if not negated(text, match.start()):
            yield Said("need", "", match.start(), match.end())
