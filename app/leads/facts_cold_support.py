"""Words of people who bought already: they need help, complain, or want their money back."""

from __future__ import annotations

from app.leads.facts_text import phrases

SUPPORT = phrases(
    r"existing (?:customer|client|member)",
    r"(?:is|are|keeps) failing(?: with)?(?: \w+){0,3}",
    r"error \d{3,}",
    r"comprei (?:\w+ )?(?:convosco|com voces|com vcs)(?: \w+){0,3}",
    r"deixou de (?:funcionar|ligar|carregar)(?: \w+){0,3}",
    r"(?:me|nos|le) (?:quemaron|rompieron|danaron|arruinaron|perdieron|rayaron|mancharon|chocaron"
    r"|estafaron|enganaron)(?: \w+){0,4}",
    r"quiero (?:mi|que me devuelvan (?:mi|la)) (?:plata|dinero)(?: \w+){0,2}",
    r"need (?:it|this) (?:resolved|sorted|fixed) (?:\w+ ?){0,2}",
    r"(?:voces|vcs) (?:quebraram|estragaram|perderam|mancharam)(?: \w+){0,3}",
    r"you (?:guys )?(?:ruined|broke|damaged|lost|burned|burnt|scratched)(?: \w+){0,3}",
    r"(?:hice|hicimos|realice|fiz|fizemos) (?:un|o|um|mi) pedido(?: \w+){0,3}",
    r"(?:i|we) placed an order(?: \w+){0,3}",
    r"(?:recall|warranty) (?:letter|notice|repair|work)",
    r"(?:i|we) (?:bought|got|purchased) (?:\w+ ){0,3}from (?:you|y'all|yall|u)(?: guys)?",
    r"(?:i'?m|im|i am|we are) (?:already |currently )?(?:a|an) (?:\w+ )?(?:member|customer|client|tenant"
    r"|patient|subscriber|policy ?holder)(?=.{0,120}(?:fail|error|won'?t|can'?t|doesn'?t|not|issue"
    r"|problem|charge|lock|cancel|wrong|help))",
    r"(?:direct debit|payment|card|charge) (?:\w+ )?(?:failed|declined|bounced|twice|went through twice)",
    r"(?:soy|somos) (?:inquilin[oa]|huesped|afiliad[oa]|abonad[oa]|suscriptor\w*)s?(?=.{0,100}(?:no "
    r"|problema|error|cobr|ayuda))",
    r"(?:que|q) (?:me|nos) (?:pusieron|instalaron|hicieron|arreglaron|repararon|vendieron|cambiaron"
    r"|colocaron|entregaron|mandaron|enviaron|dieron|pintaron|montaron)(?: \w+){0,4}",
    r"(?:that|which) (?:you|u|y'all) (?:guys )?(?:sold|fixed|installed|delivered|repaired|did|made|sent"
    r"|built|painted)(?: \w+){0,3}",
    r"(?:over|double|wrongly )[- ]?(?:charged|billed)",
    r"(?:factura|recibo|cuenta|bill|fatura|conta) (?:de \w+ )?(?:\w+ )?(?:salio|llego|vino|esta|came|veio"
    r"|ta) (?:\w+ )?(?:alta|mal|incorrecta|equivocada|doble|cara|wrong|high|errada)(?: \w+){0,2}",
    r"(?:no|nao) (?:me|nos) (?:ha|han) (?:llegado|entregado|respondido|devuelto|pagado|instalado"
    r"|solucionado|resuelto)(?: \w+){0,3}",
    r"me vendieron (?:un|una|el|la|algo) (?:\w+ ){0,5}?(?:fundid\w+|mal[oa]|dan[a-z]+|rot[oa]|usad[oa]"
    r"|fals[oa]|vencid\w+|defectuos\w+|podrid\w+|trucha|trucho|chocad\w+|con (?:problemas?|fallas?|el \w+"
    r" (?:fundido|roto|malo)))",
    r"(?:continuam|continuan|siguen|seguem|still|keep|keeps) (?:me )?(?:cobrando|charging|descontando"
    r"|debitando|billing)(?: \w+){0,4}",
    r"(?:cancele|cancelei|cancelled|canceled|di de baja) (?:\w+ ){0,6}?(?:y|e|and|but|pero|mas) (?:\w+"
    r" ){0,3}(?:cobr\w+|charg\w+|sigue\w*|continu\w+|still)",
    r"(?:resuelvan|resolvam|solucionen|resolver|fix|solve|sort) (?:esto|isso|this(?! \w)|mi"
    r" problema|my problem|o meu problema) ?(?:\w+ ?){0,3}",
    r"(?:chorros|rateros|sinverguenzas|estafador\w*|golpistas|palhacada|descaro|incompetentes|inutiles"
    r"|ladroes|thieves|crooks|scammers|rip ?off|ripped me off|falta de respeto|desrespeito)",
    r"(?:horrible|terrible|awful|pesim[oa]|disgusting|ridiculous|lousy) (?:service|servicio|atencion"
    r"|experience|experiencia|company|empresa|trato)",
    r"(?:por donde|donde|a que hora|cuando) (?:viene|va|esta|llega|anda|queda) (?:el camion|mi (?:pedido"
    r"|orden|paquete|comedor|mueble\w*|compra|\w+)|el (?:tecnico|instalador|chofer|repartidor"
    r"|mensajero))(?: \w+){0,3}",
    r"me dijeron que (?:\w+ ){0,3}(?:llegaba|venia[n]?|lo traian|lo entregaban|me llamaban|hoy|estaba"
    r" list[oa])(?: \w+){0,3}",
    r"(?:where is|where'?s|wheres) my (?:\w+)",
    r"when (?:will|is|does) my (?:\w+) (?:arrive|come|be|ship|get)(?: \w+){0,2}",
    r"(?:cade|onde esta|onde ta|quando chega) (?:o |a )?(?:meu|minha) (?:\w+)",
    r"(?:want|need|get|speak (?:to|with)|talk (?:to|with)) (?:a|the|your|ur) (?:manager|supervisor)(?:"
    r" to)?(?! (?:about|for) (?:buying|a quote|pricing))",
    r"(?:hablar|comunicar\w*|falar) (?:\w+ )?(?:con|com) (?:el|la|un|una|o|a|um) (?:supervisor\w*"
    r"|gerente)(?! de (?:ventas|vendas|compras))",
    r"left (?:my|the|our) (?:\w+ ){1,3}(?:a mess|dirty|damaged|broken|open|unfinished|worse)",
    r"(?:cambiar|mover|modificar|mudar|trocar) (?:la|el|a|o) (?:fecha|hora|dia|data|horario) (?:de|da|do)"
    r" (?:mi|la|el|minha|meu)(?: \w+){0,2}",
    r"(?:want|need|get|give|demand|refund|where is|where's|return)(?: me| us)? (?:my|our|the) (?:money"
    r"|deposit|payment|down payment) ?(?:back)?",
    r"(?:i|we) (?:booked|bought|ordered|paid|signed up|rented|stayed) (?:\w+ ){0,3}(?:with|from|at)"
    r" (?:you|y'all|yall|your)(?: \w+){0,3}",
    r"(?:necesito|quiero|quisiera|solicito|requiero|me (?:pueden|podrian|falta|pasan|envian|mandan|pueden"
    r" enviar|pueden mandar)) (?:\w+ ){0,2}?(?:la|mi|una|el|copia de la) (?:copia de (?:la|mi)"
    r" )?(?:factura|comprobante|recibo|estado de cuenta|constancia|certificado de garantia|ncf)(?:"
    r" \w+){0,2}",
    r"(?:send me|need|get|resend|copy of) (?:\w+ ){0,2}(?:my|the|an?) (?:\w+ )?(?:invoice|receipt"
    r"|statement|contract copy)",
    r"(?:preciso da|quero a|me envia a|me manda a|cade a|segunda via d[ao]) (?:minha )?(?:nota|nota"
    r" fiscal|fatura|boleto|recibo)",
    r"(?:compre|compramos|pague|pagamos|reserve|contrate|encargue) (?:\w+ ){0,6}?(?:el|la|hace|este)"
    r" (?:\w+ )?(?:mes|semana|ano|lunes|martes|viernes|dia|dias|semanas|meses|anos) (?:pasad[oa]"
    r"|anterior)?(?=.{0,80}(?:factura|garantia|no |problema|falla|cambio|devol|cambiar|llega|nunca"
    r"|todavia))",
    r"(?:cambiar|reprogramar|mover|modificar|reschedule|change|move|remarcar|mudar) (?:mi|la|my|our|minha"
    r"|a minha) (?:cita|reserva|reservacion|appointment|booking|reservation|consulta|vuelo|flight|viagem)",
    r"mi (?:reserva|reservacion|cita) (?:\w+ )?(?:esta|no|numero|fue|aparece|codigo)(?: \w+){0,3}",
    r"(?:hace|faz|ha) (?:\w+ ){1,2}(?:dias|semanas|meses|semana|mes) (?:que )?(?:espero|esperamos|pague"
    r"|compre|pedi|estou esperando|que estou|comprei|paguei|sin|no)(?: \w+){0,4}",
    r"(?:todavia|aun|ainda) (?:no|nao) (?:me )?(?:llega|ha llegado|lo recibo|recibi|chegou|recebi|lo"
    r" entregan|me entregan|responden)(?: \w+){0,3}",
    r"(?:still|yet) (?:haven'?t|hasn'?t|not) (?:received|gotten|arrived|heard|been)(?: \w+){0,3}",
    r"(?:haven'?t|hasn'?t|have not) (?:received|gotten|arrived|heard back|shipped|shown up)(?: \w+){0,3}",
    r"(?:you|they|he|the \w+) (?:never|didn'?t) (?:came|come|show|showed|show up|call|called|answer"
    r"|answered|deliver|delivered|finish|finished|responded?)(?: \w+){0,3}",
    r"(?:the|your) (?:technician|driver|guy|installer|crew|contractor|mechanic) (?:\w+ )?(?:never|didn'?t"
    r"|left|broke|damaged|was)(?: \w+){0,4}",
    r"(?:how|como) (?:do i|puedo|hago para|faco para) (?:reset|cancel|return|change|track|cancelar"
    r"|devolver|rastrear|restablecer|dar de baja|trocar)(?: \w+){0,3}",
    r"(?:rastrear|tracking|seguimiento|track) (?:de |del |my |mi |meu )?(?:pedido|orden|order|envio"
    r"|paquete|package)",
    r"(?:ya )?soy (?:cliente|socio|alumno|paciente|inquilin[oa]|asegurad[oa])(?:"
    r" \w+){0,3}(?=.{0,100}(?:no |problema|factura|cambi|cancel|error|ayuda|reclam|duplic|contrase))",
    r"(?:parcel|package|order|paquete|pedido|encomenda|tracking) (?:\w+ )?(?:says|dice|consta|aparece"
    r"|shows|figura)(?: \w+){0,4}",
    r"(?:compre|compramos|adquiri|adquirimos|lleve) [^.!?\n]{0,60}?(?:con|de|a|en) (?:ustedes|uds|su"
    r" tienda|ahi|alla|vuestra tienda)"
    r"[^.!?\n]{0,30}?\b(?:no|se|ya|pero|falla|salio|vino|problema|nunca|y me)(?: \w+){0,3}",
    r"(?:bought|purchased|got|ordered) [^.!?\n]{0,40}?(?:from|at|with) (?:you|y'all"
    r"|your)[^.!?\n]{0,50}?\b(?:isn'?t|is|doesn'?t"
    r"|won'?t|not|broke|stopped|but|and it|never|has|keeps|came|fell)(?: \w+){0,3}",
    r"(?:comprei|compramos|peguei) [^.!?\n]{0,60}?(?:com|de|ai|na loja de) ?(?:voces|vcs"
    r"|ai)?[^.!?\n]{0,30}?\b(?:nao|parou|quebr\w+"
    r"|veio|mas|nunca|ja|defeito)(?: \w+){0,3}",
    r"(?:que|q) (?:voces|vcs|voce|vc) (?:me )?(?:instalaram|venderam|entregaram|fizeram|mandaram"
    r"|consertaram)(?: \w+){0,4}",
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
    r"mi (?:cuenta|contrasena|usuario|factura|suscripcion|membresia|tarjeta) (?:\w+ )?(?:no|esta (?:bloque|mal"
    r"|venc)\w*|fue|salio|llego|tiene (?:un|otro) (?:error|problema|cargo))",
    r"(?:cuenta|cliente|contrato|poliza|socio|account|contract|policy|customer|member|conta|contrato|apolice)"
    r" (?:numero |number |nro\.? |no\.? |n\.? |# ?)?\d{4,}",
    r"(?:ustedes|uds|vosotros|voces|vcs|you guys|y'all|you people) (?:\w+ ){0,2}?(?:me |nos )?(?:instalaron|vendieron"
    r"|hicieron|entregaron|repararon|arreglaron|enviaron|mandaron|cobraron|pusieron|sold|installed|delivered|charged"
    r"|fixed|shipped|sent|instalaram|venderam|entregaram|cobraram|mandaram|fizeram)(?: \w+){0,4}",
    r"(?:me |nos )?habeis (?:cobrado|vendido|instalado|enviado|mandado|hecho|puesto|dejado)(?: \w+){0,4}",
    r"(?:me|nos) (?:cobraron|han cobrado|descontaron|facturaron|cargaron) (?:\w+ ){0,2}?(?:dos veces|doble|de mas"
    r"|otra vez|algo que|un cargo|una cuota|el mes)(?: \w+){0,3}",
    r"(?:que )?(?:me |nos )?(?:devuelv|devolv|reintegr|regres)\w* (?:\w+ ){0,2}?(?:dinero|plata|euros"
    r"|pesos|dolares|cuarto"
    r"|\d+)", r"(?:la |mi |el )?(?:app|aplicacion|sistema|equipo|aparato|internet|servicio|pagina) (?:\w+ )?(?:ya )?no"
    r" (?:me )?(?:marca|funciona|carga|abre|sirve|enciende|llega|responde|anda)(?: \w+){0,4}",
    r"(?:hace|hacen|tengo|llevo|van) (?:\w+ ){1,3}(?:dias|semanas|meses|horas) (?:\w+ ){0,2}?(?:esper\w+"
    r"|sin (?:que|respuesta"
    r"|servicio|luz|internet)|llamando|reclamando)(?: \w+){0,4}",
    r"(?:es )?(?:la )?(?:segunda|tercera|cuarta|enesima) vez que (?:\w+ )?(?:reclamo|llamo|escribo|pasa|me quejo)",
    r"(?:internet|service|wifi|power|signal|app|system|heating) (?:\w+ )?(?:has been|is|was|'s been|went)"
    r" (?:down|out|off"
    r"|not working)(?: \w+){0,3}", r"(?:soy|somos|ya soy) (?:\w+ )?(?:cliente|socio|paciente|alumno|usuario)s? (?:suyo"
    r"|de ustedes|desde|hace)(?=.{0,80}(?:no |problema|cobr|reclam|error|falla|queja|cancel))",
    r"(?:terceira|segunda|quarta) vez (?:que|q) (?:\w+ )?(?:reclamo|ligo|falo|acontece)",
    r"(?:meu|o meu) dinheiro de volta", r"veio (?:faltando|quebrad\w+|errad\w+|com defeito|amassad\w+)(?: \w+){0,3}",
    r"(?:una )?verguenza", r"un absurdo", r"absurdo", r"defensa (?:del|al) consumidor",
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
