"""The same cold classes as families: who did what to whom, in any tense and with any thing, not sentence by sentence.

`facts_cold_matters` and `facts_cold_support` know fixed phrases; these patterns are put together from verbs and
roles, so that a new wording of an old matter is read without a new rule.
"""

from __future__ import annotations

from app.leads.facts_text import phrases

_SAME = r"[^.!?\n]"
_THANKS = (
    r"(?:muchas |mil |many |muito )?(?:gracias|thanks?|thank you|obrigad[oa]|valeu|sorry|perdon"
    r"|disculp\w+|desculp\w+|lo siento|saludos)"
)
_CLOSES = rf"(?=\W*(?:$|[.!;\n]|{_THANKS}))"
_NO_NEED = (
    r"(?!.{0,120}\b(?:necesit|busc[oa]|quiero comprar|quisiera comprar|cotiz|i need|we need|and need|need an?"
    r"|looking for|looking to buy|want to buy|procuro|procuramos|preciso|precisamos|quero comprar))"
)
"""Who says what they sell and what they need is a buyer."""

_BAD = (
    r"(?:rot[oa]|rayad[oa]|danad[oa]|quebrad[oa]|partid[oa]|floj[oa]|defectuos[oa]|incomplet[oa]"
    r"|equivocad[oa]|abollad[oa]"
    r"|manchad[oa]|vencid[oa]|rasgad[oa]|riscad[oa]|amassad[oa]|errad[oa]|danificad[oa]|estragad[oa]|faltando"
    r"|com defeito|broken|damaged|cracked|scratched|dented|wrong|incomplete|missing|torn|defective|faulty"
    r"|leaking)s?"
)
_AT_YOURS = (
    r"(?:con (?:ustedes|uds|vosotros)|(?:de|en) (?:su|vuestra) (?:tienda|local|sucursal|clinica|taller"
    r"|negocio)"
    r"|com (?:voces|vcs)|(?:na|da) loja de (?:voces|vcs))"
)
_TROUBLE = (
    r"\b(?:no |nao |not |nunca|nadie|ninguem|never|still|todavia|ainda|problem|issue|ruido|barulho|nois"
    r"|luz del|gote"
    r"|vaz(?:a|ou)|bota |leak|broke|fell|caiu|caye|cayo|se (?:me )?(?:dan|romp|cae|sali|despeg)|again"
    r"|otra vez|de novo"
    r"|peor|pior|worse|weird|stopp|parou|dej[oa] de|hurts|duele|doendo|devol|reclam|won't|doesn't|isn't)"
)

SUPPORT = phrases(
    r"(?:armaron|instalaron|hicieron|pusieron|montaron|enviaron|mandaron|entregaron|vendieron) (?:ustedes"
    r"|uds)",
    r"(?:nunca|jamas|never|nao) (?:me |nos )?(?:mandaron|entregaron|enviaron|dieron|devolvieron|mandaram"
    r"|enviaram|entregaram)(?: \w+){0,3}",
    r"(?:you|you guys|your (?:guy|guys|team|tech|technician|people|crew|driver|installer|mechanic))"
    r" (?:forgot|scratched|broke|damaged|ruined|missed|messed up|lost|flooded)(?: \w+){0,3}",
    r"charged (?:me|us) (?:after|again|for something|without|even)(?: \w+){0,3}",
    rf"(?:sem|sin|no) (?:internet|luz|agua|sinal|senal|servico|servicio){_SAME}{{0,50}}?(?:sou|soy|somos)"
    rf" (?:\w+ )?clientes?",
    r"cobrad[oa]s? (?:a mais|de novo|de mas|otra vez|sem|sin)(?: \w+){0,3}",
    # What came was not right.
    rf"(?:llego|llegaron|vino|vinieron|entregaron|arrived|came|showed up|delivered|chegou|chegaram|veio"
    rf"|vieram)"
    rf" (?:\w+ ){{0,4}}?{_BAD}",
    # What was had from us, and what is the matter with it.
    rf"(?:compre|compramos|lleve|saque|sacamos|hice|hicimos|tome|contrate|adquiri|pague|alquilo|alquile"
    rf"|fiz|comprei"
    rf"|peguei|contratei) (?:\w+ ){{0,4}}?{_AT_YOURS}(?={_SAME}{{0,100}}?{_TROUBLE})",
    rf"(?:you|u|y'all|your (?:guy|guys|team|tech|technician|people|crew|driver|installer))(?: guys|"
    rf" just)? (?:put in|put"
    rf"|serviced|placed|fitted|set up|worked on|replaced|rented|came|did|made|gave|built|left)"
    rf"(?! (?:me )?a (?:quote|price))(?={_SAME}{{0,70}}?{_TROUBLE})",
    rf"(?:{_TROUBLE}{_SAME}{{0,50}}?)(?:after|since) (?:you|y'all|your \w+) (?:guys )?(?:\w+ed|did|came"
    rf"|left)",
    r"(?:que )?(?:voces|vcs) (?:me )?(?:colocaram|montaram|trocaram|pintaram|arrumaram|consertaram"
    r"|alugaram)(?: \w+){0,3}",
    r"(?:arreglo|trabajo|servicio|conserto|servico|reparo|instalacao|obturacao|pintura|instalacion"
    r"|reparacion|corte)"
    r" que (?:me |le |nos |les )?(?:hicieron|fizeram|dejaron|deixaram|dieron)(?: \w+){0,3}",
    r"(?:que|q) (?:yo )?les (?:alquilo|rento|compre|pague|contrate|arriendo)(?: \w+){0,3}",
    r"(?:dejo|dejaron|deixou|deixaram|left (?:it|me|us)) (?:\w+ )?(?:peor|pior|worse)(?: \w+){0,2}",
    # Money that was taken.
    rf"(?:cobro|cobraron|cargo|cargos|debito|cobranca|cobraram){_SAME}{{0,25}}?\b(?:no|nao) (?:eu"
    rf" )?(?:reconozco|autorice"
    r"|pedi|corresponde|conozco|reconheco|autorizei|fiz|hice)",
    rf"(?:charged|billed){_SAME}{{0,30}}?\b(?:i|we) (?:never|didn't|did not)(?:"
    rf" \w+){{0,2}}",
    r"(?:unauthori[sz]ed|unknown|duplicate|wrong) (?:charge|payment|billing)",
    r"(?:me|nos) (?:cobraron|cobran) (?:y|pero) (?:\w+ ){0,2}no(?: \w+){0,3}",
    r"se (?:me )?renovo (?:sol[oa]|automatic\w+|sin)(?: \w+){0,2}",
    r"(?:renovou|renewed|renovaron) (?:sozinh[oa]|by itself|without|sem|sin)(?: \w+){0,2}",
    rf"(?!.{{0,40}}\b(?:banco|bank|deuda|debt|divida))(?:pague|pagamos|paguei|i paid|we paid|abone|deposite"
    rf"|transferi){_SAME}{{0,40}}?\b(?:y|e|and|but"
    rf"|pero|mas)"
    r" (?:\w+ ){0,2}?(?:nadie|no|nunca|nao|ninguem|nobody|no one|never|still|ainda|todavia|aun)(?: \w+){1,3}",
    r"(?:que|para que) me (?:devuelvan|reintegren|reembolsen)(?: \w+){0,3}",
    r"(?:i |we )(?:returned|sent) (?:it|them) (?:back )?(?:\w+ ){0,3}?(?:and|but) (?:still|no)(?: \w+){0,2}",
    # Who did not come, and who was unkind.
    r"(?:quedaron|ficaron|quedo|ficou|prometieron|prometeram) (?:\w+ )?(?:de|en|em|que) (?:venir|traer\w*"
    r"|entregar\w*"
    r"|instalar\w*|arreglar\w*|devolver\w*|reparar\w*|vir|consertar|trazer|vinham|venian)(?: \w+){0,3}",
    r"(?:nobody|no one)(?: ever)? (?:showed up|came|turned up|has come)(?: \w+){0,3}",
    r"(?:nadie|ninguem) (?:vino|llego|aparecio|se presento|veio|apareceu)(?: \w+){0,2}",
    r"(?:me|nos) (?:pusieron|hicieron|dejaron|instalaron|cortaron|pintaron|trataron|atendieron|atendio"
    r"|trato|trataram"
    r"|atenderam) (?:\w+ )?(?:muy )?(?:mal|peor|horrible|fatal|feo|pessimamente)(?: \w+){0,2}",
    r"mal (?:atendid|tratad)[oa]s?(?: \w+){0,3}",
    r"(?:el )?trato que (?:me|nos|recibi|recibimos|dieron)(?: \w+){0,2}",
    r"(?:waiter|waitress|staff|driver|receptionist|agent|nurse|mesero|camarero|cajera|recepcionista"
    r"|vendedor\w*|atendente"
    r"|motorista|garcom) (?:\w+ )?(?:was|were|fue|foi|estuvo) (?:\w+ )?(?:rude|awful|mean|groser[oa]"
    r"|gross\w+|mal\w*)",
    r"(?:molest[oa]s?|indignad[oa]s?|decepcionad[oa]s?|furios[oa]s?|chatead[oa]s?|insatisfeit[oa]s?)"
    r" (?:con|com|por)"
    r" (?:el|la|su|ustedes|o|a|voces|lo)(?: \w+){0,3}",
    r"(?:disappointed|furious|upset|unhappy|dissatisfied) (?:with|about|by|at) (?:your|the (?:service|way"
    r"|work|quality)|how (?:you|your|i was)|you)(?:"
    r" \w+){0,3}",
    # What belongs to somebody who is a customer.
    r"(?:report|reportar|relatar|informar) (?:an?|un|una|um|uma) (?:issue|problem|fault|outage|averia"
    r"|incidencia|falla"
    r"|problema|defeito)(?: \w+){0,4}",
    r"(?:mi|my|meu) (?:orden|pedido|paquete|order|parcel|package) (?:\w+ )?(?:dice|aparece|figura|consta"
    r"|says|shows|diz)"
    r"(?: \w+){0,2}",
    r"(?:no |still no |sin )(?:sign|word|rastro|senal|noticias) (?:of|on|de) (?:my|mi) (?:order|package"
    r"|parcel|pedido|orden"
    r"|refund)",
    r"(?:mi|meu|my) (?:certificado|diploma|carnet|certificate)(?: (?:del|do|of|from) (?:\w+ )?(?:curso"
    r"|course|taller|diplomado)| (?:no|nao|never|hasn't|isn't))(?: \w+){0,3}",
    r"(?:no|nao) me (?:dan|entregan|dieron|mandan|deram|entregam) (?:el|la|o|a|mi|meu)"
    r" (?:certificado|diploma|titulo|llave|chave|recibo|carnet)",
    r"(?:confirmacion|comprobante|confirmacao) d[ea] (?:la |mi |minha )?(?:reserva|compra|pago|pedido"
    r"|pagamento)",
    r"(?:perdi|extravie|lost|bote) (?:mi|el|my|the|meu|o) (?:recibo|factura|receipt|invoice|comprobante"
    r"|ticket|boleto)",
    r"(?:olvid[eo]|perdi|no recuerdo|nao lembro|esqueci) (?:de )?(?:la|mi|el|a|minha|o) (?:clave"
    r"|contrasena|pin|usuario"
    r"|password|senha)(?! de (?:mi |la |el )?(?:caja|puerta|cofre|casa|carro))",
    r"copy of my (?:lease|contract|policy|bill|records?)",
    r"(?:factura|recibo|fatura|invoice|bill) (?:\w+ )?(?:vino|salio|llego|veio|came) (?:\w+ )?(?:con|com"
    r"|with|sin)(?: \w+){1,3}",
    r"(?:asegurad|afiliad|matriculad|suscrit|abonad|inscrit|segurad)[oa]s? (?:con|en|com|na|a)"
    r" (?:ustedes|uds|vosotros|voces|vcs|su)",
    rf"(?:i have|we have|tengo|tenemos|tenho|temos) (?:a|an|una|uma) (?:reservation|booking|reserva"
    rf"|reservacion|cita"
    rf"|consulta|appointment)\b(?! (?:con|with|com) (?:el |the |o |my |mi"
    rf" )?ban){_SAME}{{0,40}}?\b(?:change|move|cancel|reschedule|cambiar\w*|mover\w*"
    rf"|cancelar\w*"
    r"|reprogramar\w*|remarcar|mudar)(?: \w+){0,2}",
    r"(?:remarcar|desmarcar|reagendar|cambiar|reprogramar) (?:a|la|o|el) (?:consulta|cita|horario"
    r"|reserva) que (?:ja |ya )?"
    r"(?:tenho|tengo|marquei|hice)",
    r"(?:compre|comprei|bought) (?:un|una|um|uma|a) (?:boleto|pasaje|ticket|passagem|vuelo|flight)"
    r" (?:y|e|and) (?:\w+ )?(?:cambiar\w*|corregir\w*|change|mudar|trocar)(?: \w+){0,3}",
    r"(?:course|class|page|video|app|portal|site|link) (?:\w+ ){0,4}?(?:won't|wont|doesn't|will not)"
    r" (?:load|open|let|work)"
    r"(?: \w+){0,2}",
    r"boleto (?:d?este mes|atual|de \w+ do meu|do meu contrato)(?: \w+){0,3}",
)  # fmt: skip

_PERSON = (
    r"(?:espos[oa]|marido|mujer|pareja|novi[oa]|mama|papa|soci[oa]|jef[ea]|hij[oa]|husband|wife|partner"
    r"|boss|mom|dad"
    r"|mulher|esposa|namorad[oa]|chefe|pai|mae|familia|family)"
)
_PLANS = (
    r"(?:solicitud|cita|visita|reserva|pedido|orden|mensaje|request|appointment|visit|booking|order"
    r"|inquiry|message|consulta"
    r"|solicitacao|mensagem|agendamento)"
)

NOT_INTERESTED = phrases(
    rf"(?:change of plans|mudamos de planos|mudei de planos|cambio de planes|cambiaron los planes),?"
    rf" (?:no longer|ya no|nao|{_THANKS})(?: \w+){{0,2}}",
    r"no longer (?:moving|going|doing|buying|planning|considering|travell?ing|getting married|in the"
    r" market)(?: \w+){0,2}",
    rf"(?:por ahora|de momento|por el momento|for now|por enquanto|no momento) (?:no|nao),? {_THANKS}",
    r"(?:he |hemos )?(?:decidi|decidimos|decidido|resolvi|resolvemos|resolvimos|optamos por|opte por"
    r"|prefiero|preferimos"
    r"|prefiro|preferimos) (?:que )?(?:no|nao) (?:hacer\w*|seguir\w*|comprar\w*|continuar\w*|fazer|ir"
    r"|tomar\w*|contratar\w*"
    r"|proceder|avanzar|avancar)(?: \w+){0,2}",
    r"no (?:voy|vamos) a (?:proceder|avanzar|seguir(?! \w+ndo)|continuar|hacerl[oa]|tomarl[oa]"
    r"|comprarl[oa]|llevarl[oa])",
    r"no (?:voy|vamos) a poder (?:comprar\w*|tomarl[oa]|seguir|hacerl[oa]|llevarl[oa]|pagarl[oa]"
    r"|contratar\w*)",
    rf"(?:mi|my|meu|minha|la) {_PERSON} (?:me |nos )?(?:\w+ )?(?:dijo que no|dice que no|no quiere|no"
    rf" quiso|said no|says no"
    rf"|doesn't want (?:it|to)|disse que nao|nao quer|nao quis|nao deixou)(?=\W*(?:$|[.,;!\n]|{_THANKS}))",
    r"ya no (?:es|sera|fue|va a ser) necesari[oa](?: \w+){0,2}",
    r"ya no (?:procede|aplica|la quiero|lo quiero|los quiero|las quiero)",
    r"(?:no longer|not|isn't|nao e mais|nao sera mais|ja nao e) (?:needed|necessary|required"
    r"|necessari[oa]|preciso)",
    r"(?:no longer|don't) (?:require|requires)(?: \w+){0,3}",
    rf"no hace falta que (?:me |nos )?(?:llam|escrib|veng|mand|envi|contact)\w*(?: mas| ya)?{_CLOSES}",
    r"(?:no need|don't bother|you don't have) (?:to )?(?:call|calling|contact\w*|send\w*|follow\w*)(?:"
    r" \w+){0,2}"
    rf"(?=\W*(?:any ?more|i'm all set|we're all set|we're good|i'm good)|\W*(?:$|[.!\n]|{_THANKS}))",
    rf"(?:cancel|anul|descart|desconsider|borr|elimin|disregard|ignor)(?:e|en|a|ar|o|em|amos|el)? (?:por"
    rf" favor |please )?"
    rf"(?:mi|la|el|esa|ese|minha|meu|a|o|my|the|that) (?:\w+ )?{_PLANS}(?: \w+){{0,2}}",
    rf"(?:descart|cancel|anul|borr)(?:el|em|al|enl|e|a)[oa]s?{_CLOSES}",
    r"(?:pode|puede|pueden|podem) (?:cancelar|desconsiderar|descartar\w*|esquecer|olvidar\w*)(?: \w+){0,2}",
    r"(?:desconsidere|desconsiderem)(?: \w+){0,2}",
    r"(?:you can|please) (?:cancel|disregard|ignore|drop|close)(?: \w+){1,3}",
    r"(?:borr|quit|saqu|elimin)[a-z]{0,5}me de (?:\w+ )?(?:lista|base)(?: \w+){0,2}",
    r"(?:remove|take) me (?:from|off)(?: \w+){0,3}",
    r"(?:tira|tire|remove|remova|apaga|apague) (?:o )?meu (?:numero|contato|nome)(?: \w+){0,3}",
    r"(?:no|nao) (?:es|era|e) (?:bem )?(?:lo|o) que (?:yo |eu )?(?:busco|buscaba|necesito|queria|quiero"
    r"|buscamos|procuro"
    r"|procurava|preciso|esperaba)",
    r"(?:isn't|not|wasn't) (?:really )?(?:what (?:i'm|i am|i was|we're|we were) (?:looking for|after)|for"
    r" me(?: after all)?)",
    r"(?:me quedo|nos quedamos|quedarme|quedarnos) con (?:(?:el|la|lo) (?:mi[oa]|que tengo|que tenemos"
    r"|que ya)"
    r"|mi (?:carro|auto|coche|casa|moto|actual|vieja|viejo|plan|seguro))(?: \w+){0,2}",
    r"(?:ficar|fico|ficamos|continuar) com (?:o|a) (?:meu|minha|que (?:eu )?tenho|mesm[oa]|atual)(?:"
    r" \w+){0,2}",
    r"(?:keep|keeping|stick with|sticking with|stay with|staying with) (?:our|my|the) (?:old|current"
    r"|existing|same)(?: \w+){0,2}",
    r"(?:retiro|retiramos) (?:lo|o) (?:dicho|que (?:dije|disse|escribi))(?: \w+){0,3}",
    r"(?:take (?:it|that) back|scratch that|count me out|it's a no|(?:back|backing|backed) out(?! of the"
    r" (?:garage|driveway)))"
    r"(?: \w+){0,3}",
    r"(?:haga|hagan|haz|hagamos) (?:de cuenta|como) (?:que|si) (?:no|nunca)(?: \w+){0,3}",
    r"faz de conta que (?:nao|nunca)(?: \w+){0,3}",
    r"(?:i'm|i am|we're|we are|im) not (?:going to|gonna) (?:go ahead|proceed|move forward|do it|buy|go"
    r" through|continue"
    r"|be able to buy)(?: \w+){0,3}",
    r"(?:won't|will not|wont) be (?:doing|going ahead|proceeding|moving forward|buying|taking|needing"
    r"|continuing)(?: \w+){0,2}",
    r"(?:decided|chosen|chose) to (?:keep (?:our|my|the)|stay (?:put|where|with)|hold off|skip|stick with"
    r"|leave it)(?: \w+){0,3}",
    rf"(?:not gonna|not going to|isn't going to|ain't gonna) (?:happen|work out){_CLOSES}",
    rf"nao vai (?:dar|rolar|ser possivel|acontecer|mais){_CLOSES}",
    rf"no (?:me|nos) alcanza,? {_THANKS}",
    r"(?:lo|la|los)? ?(?:dejo|dejamos|sera|quedara|dejemos|deixamos|deixo|fica) (?:\w+ )?(?:para|en|pra|numa)"
    r" (?:otra|outra|una proxima|uma proxima)(?: \w+)?",
    r"(?:asi que|entonces|y|e) (?:mejor )?(?:lo|la) (?:dejamos|dejo|cancelamos|cancelo)(?= \W*$"
    r"|\W*[.,!\n]|\W*$)",
    r"(?:lo|la|los) (?:cancelamos|cancelo|anulamos|anulo)(?=\W*(?:$|[.,!\n]))",
    r"deix(?:ar|o|e|amos|emos) (?:pra la|quieto|para la)",
    r"nao precisa(?:m)? mais(?: (?:me )?(?:ligar|chamar|mandar|vir|enviar))?(?: \w+){0,2}",
)  # fmt: skip

_SHOPS = (
    r"(?:amazon|ebay|walmart|costco|ikea|home depot|best buy|target|lowes|craigslist|facebook|marketplace"
    r"|mercado li[bv]re"
    r"|temu|shein|aliexpress|wallapop|olx|magalu|shopee|casas bahia|americanas|corotos|plaza lama|la"
    r" sirena|coppel"
    r"|liverpool|sears|el corte ingles|carrefour|mediamarkt|fravega|garbarino|jumbo|carvana|carmax"
    r"|autotrader|etsy)"
)
_ELSE_ES = (
    rf"(?:otr[oa]s? \w+|otro|otra|alguien mas|un (?:particular|amigo|conocido|vecino|primo)|la"
    rf" competencia|{_SHOPS})"
)
_ELSE_EN = (
    r"(?:another \w+|a different \w+|(?:some|any)(?:one|body|where) else|the other \w+|a (?:friend"
    r"|neighbou?r|private seller"
    rf"|guy|local)|your competitor\w*|{_SHOPS})"
)
_ELSE_PT = rf"(?:outr[oa]s? \w+|outr[oa]|um (?:amigo|vizinho|conhecido|particular)|{_SHOPS})"

BOUGHT = phrases(
    r"(?:nos fuimos|me fui|fomos|fui) (?:con|com) (?:los|las|la|el|os|as|o|a) (?:de|do|da|que|otr\w+"
    r"|outr\w+) \w+",
    r"(?:we|i) (?:bought|got|took) (?:the|my|a|our) (?:neighbou?r|friend|cousin|brother|uncle|dad"
    r"|father)'?s(?: \w+)?",
    r"ja (?:alugamos|alugamos|compramos|contratamos|fechamos|reservamos) (?:outr[oa]|um|uma)(?: \w+)?",
    r"(?:compre|compramos|consegui|conseguimos|encontre|encontramos|contrate|contratamos|alquile|pedi"
    r"|pedimos|ordene|aparte"
    r"|apartamos|firme|firmamos|cerre|cerramos|resolvi|resolvimos|agarre|saque|adquiri|tome|reserve|mande"
    r" a hacer|hice)"
    rf" (?:\w+ ){{0,5}}?(?:en|por|con|a|de|del) {_ELSE_ES}(?: \w+)?",
    r"(?:termine|terminamos|acabe|acabamos) (?:compr|llev|yend|contrat|alquil|eligi|agarr|consigu|cerr"
    r"|firm|pid|decidi"
    r"|reserv|haci)\w*nd\w*(?: \w+){0,4}",
    r"(?:ya )?(?:me|nos) (?:l[oa]s? )(?:vendio|consiguio|regalo|hizo|arreglo|resolvio|presto|alquilo"
    r"|instalo|puso|trajo)"
    r" (?:ya )?(?:un|una|mi|otr[oa])(?: \w+){1,2}",
    r"otr[oa] \w+ (?:ya )?(?:me|nos) (?:l[oa]s? )?(?:vendio|consiguio|hizo|arreglo|resolvio|alquilo"
    r"|instalo|puso)(?: \w+)?",
    r"ya (?:tengo|tenemos|consegui|conseguimos|hay|encontre|encontramos) (?:a )?(?:quien|alguien"
    r"|proveedor|suplidor|otra"
    r" persona)(?: \w+){0,4}",
    r"(?:opte|optamos|optei|nos decantamos|me decante|me inclin\w+|nos inclinamos|elegi|elegimos|escogi"
    r"|escogimos|escolhi"
    r"|escolhemos) (?:por |a )?(?:la |el |o |a )?(?:otr[oa]|outr[oa])s?(?: \w+)?",
    r"mejor (?:precio|oferta) en (?:otr[oa] \w+|la competencia) y (?:\w+ )?(?:l[oa] )?(?:compre|tome"
    r"|cerre|acepte|aproveche)",
    r"(?:picked|bought|ordered|got|found|grabbed|purchased|signed|leased|rented|hired|booked|took)"
    rf" (?:\w+ ){{0,5}}?(?:at|on|from|through|with|off|via) {_ELSE_EN}",
    rf"(?:went|gone|ended up|wound up|sticking|signed|booked) with {_ELSE_EN}",
    r"(?:chose|picked|hired|selected) (?:another|a different|someone else|somebody else|the other)(?: \w+)?",
    r"(?:my|a) \w+ (?:already )?(?:sold|gave|found|lent) me (?:his|hers|her|their|theirs|one|a)(?: \w+)?",
    r"already (?:have|got|found) (?:someone|somebody|a guy|another)(?: \w+){0,4}",
    r"(?:someone|somebody) else is (?:already )?(?:doing|handling|taking care|fixing|on)(?: \w+){0,3}",
    r"(?:i've|we've|have) (?:since|now) (?:bought|found|hired|gotten|got|rented|purchased)(?: \w+){0,2}",
    r"(?:better|cheaper) (?:\w+ )?(?:deal|price|offer|one|quote) (?:at|from|with) (?:another|a different)"
    r" \w+ and (?:\w+ )?"
    r"(?:took|bought|signed|accepted|grabbed)(?: \w+)?",
    r"(?:comprei|compramos|peguei|pegamos|pedi|fechei|fechamos|aluguei|contratei|fiz|fizemos|achei"
    r"|consegui|arrumei)"
    rf" (?:\w+ ){{0,5}}?(?:na|no|pela|pelo|em|com|de|n|num|numa) ?{_ELSE_PT}(?: \w+)?",
    r"(?:meu|minha|um|uma|outr[oa]) \w+ (?:ja )?(?:me |nos )(?:vendeu|deu|arrumou|conseguiu|alugou"
    r"|emprestou) (?:o|a|um|uma|outr[oa])"
    r"(?: \w+)?",
    r"outr[oa] \w+ (?:ja )(?:fez|resolveu|consertou|arrumou|instalou)(?: \w+){0,2}",
    r"ja (?:tenho|temos|arrumei|arrumamos|achei) (?:quem|alguem|fornecedor)(?: \w+){0,3}",
    rf"ja (?:arrumei|arranjei|arrumamos|peguei) (?:um|uma|outr[oa]){_CLOSES}",
)  # fmt: skip

_TRADE = (
    r"(?:vendedor|cajer|recepcionist|electricist|plomer|chofer|meser|camarer|cociner|secretari|enfermer"
    r"|mecanic|albanil"
    r"|pintor|repartidor|conductor|estilist|barber|peluquer|soldador|contador|maestr|profesor|guardi"
    r"|conserj|limpiez"
    r"|ayudant|almacenist|asesor|programador|disenador|auxiliar|vendedor|atendent|motorist|garco"
    r"|cozinheir|estoquist"
    r"|eletricist|pedreir|caixa|gerent|driver|cashier|server|waiter|waitress|receptionist|nurse"
    r"|electrician|plumber|welder"
    r"|mechanic|cook|chef|clerk|technician|tecnic|bartender|barista|cleaner|hairdresser|stylist|sales"
    r" ?(?:man|person|rep"
    r"|associate))[a-z]*"
)

JOB = phrases(
    rf"vagas? (?:pra|pro|para o|para a) {_TRADE}",
    rf"work for an? {_TRADE}",
    r"(?:necesitan|precisam de|precisan|ocupan|do you need|you need|need) (?:a )?(?:alguien|alguem"
    r"|someone|somebody) (?:en|na|no|in|para (?:la|el|limpiar|vender|trabajar)) (?:\w+ ?){1,2}(?=\?)",
    r"(?:formar|ser|hacer|fazer|faria|hacer) parte d(?:e|a|el) (?:(?:su|tu|vuestro|sua|seu) )?(?:equipo"
    r"|empresa|staff|equipe"
    r"|time|personal|plantilla)(?! de (?:futbol|futebol|basket|beisbol|voley|natacion))",
    r"(?:join|be part of|be on) (?:your|the) (?:team|crew|staff|company)",
    rf"(?:plaza|puesto|vacante|anuncio|aviso|vaga|cargo|posicion|empleo|trabajo) (?:de|para|como) {_TRADE}",
    rf"(?:solicitan|requieren|ocupan|precisan|contratam|procuram|estan buscando) (?:un |una |a )?{_TRADE}",
    rf"(?:{_TRADE}) (?:position|opening|role|vacancy|gig)s?",
    rf"(?:trabajar|trabalhar|work|emplearme|empezar|comecar) (?:de|como|as an?) {_TRADE}",
    rf"(?:soy|sou|i'm an?|i am an?) (?:\w+ )?{_TRADE} (?:con|com|with)(?: \w+){{0,3}} experien\w+",
    r"(?:quiero|quisiera|como|para|puedo|me gustaria|deseo|donde) (?:me )?postul(?:ar(?:me)?|o)(?: \w+){0,3}",
    r"(?:me )?candidat(?:ar|ura|o)(?: a| à| para)?(?: \w+){0,2}",
    r"(?:primer[oa]?|primeira) (?:oportunidad laboral|oportunidad|empleo|emprego)(?=\W*(?:$|[.,!?\n]))",
    r"(?:recib|acept|toma|busca|aceita|recebe)(?:n|m|en|an)? (?:\w+ )?(?:pasantes?|practicantes?"
    r"|becari[oa]s?|estagiari[oa]s?)",
    r"(?:take|taking|accept|hire|need) (?:on )?(?:\w+ )?(?:interns?|apprentices?|trainees?)",
    rf"(?:cuanto|quanto|how much) (?:\w+ )?(?:pagan|pagam|ganan|gana|ganha|pay|paying|se paga)(?:"
    rf" \w+){{0,4}}? (?:{_TRADE}"
    r"|quincena|por hora|la hora|an hour|per hour|hourly)",
    r"(?:what's|what is|whats) the (?:pay|salary|wage|hourly rate) (?:for|as|like)(?: \w+)?",
    r"(?:cual es|de cuanto es|que tal|qual e|qual) (?:el|o) (?:sueldo|salario)(?! min)",
    r"help[- ]wanted(?: \w+)?",
    r"(?:the|that|your) (?:job|position|role|vacancy) (?:\w+ ){0,2}?(?:still )?(?:open|available|filled"
    r"|posted|advertised)",
    r"(?:is|are) the (?:job|position|role|vacancy) (?:still )?(?:open|available|filled)",
    r"(?:busco|procuro|buscando|procurando) (?:una |uma |mi |alguna |alguma )?(?:primera |primeira"
    r" )?oportunidade?"
    r"(?=\W*(?:$|[.,!?\n])| (?:de (?:trabajo|empleo|trabalho|emprego)|laboral|na area|en el area|como"
    r"|para trabajar))",
    r"(?:llevar|dejar|entregar|enviar|mandar|recibir|drop off|hand in|levar|deixar) (?:\w+"
    r" ){0,2}?(?:solicitud de empleo"
    r"|papeles de trabajo|hojas? de vida|resume|cv|curriculo|curriculum)",
)  # fmt: skip

_FIRMS = (
    r"(?:negocios?|empresas?|restaurant(?:e)?s?|tiendas?|hoteles|hoteis|hotels|clinicas?|clinics?"
    r"|comercios?|lojas|padarias"
    r"|gimnasios|academias|oficinas|inmobiliarias|imobiliarias|bares|cafeterias|pymes|colegios|dealers"
    r"|dealerships|shops"
    r"|stores|businesses|companies|bakeries|gyms|salons|realtors|agencies|offices|smbs|startups|listings)"
)
_YOURS = (
    r"(?:su|sus|tu|seu|sua|your|vuestr[oa]) (?:negocio|empresa|flotilla|flota|personal|equipo|local"
    r"|tienda|restaurante|clinica"
    r"|hotel|loja|equipe|business|team|company|store|clinic|restaurant|office|fleet|staff|shop|marca|oficina)"
)
_PITCH = (
    r"(?:portafolio|portfolio|catalogo|catalog(?:ue)?|propuesta|proposal|proposta|samples|muestras"
    r"|amostras|brochure|deck"
    r"|rates|rate card|apresentacao|presentacion|one[- ]pager|media kit|dossier)"
)

SUPPLIER = phrases(
    r"(?:les|le|os) (?:paso|mando|envio|dejo|comparto) (?:\w+ )?(?:cotizacion|propuesta|catalogo"
    r"|presupuesto|muestras|brochure)",
    r"represent (?:a|an|the|several|some) (?:\w+ ){1,3}(?:brand|brands|company|line|manufacturer|firm)",
    r"(?:les|le|te|os|lhes) (?:escribo|escribe|hablo|habla|llamo|contacto|saluda|falo|escrevo) (?:de"
    r"|desde|por parte|da|do)"
    rf" {_SAME}{{0,60}}?(?:ofrec\w+|propuesta|publicita\w+|publicidad|catalogo|alianza|convenio|proposta"
    rf"|parceria"
    rf"|para {_YOURS})" + _NO_NEED,
    rf"(?:vendo|vendemos|fabrico|fabricamos|hago|hacemos|fazemos|faco|diseno|disenamos|distribuyo|imprimo"
    rf"|manejo|manejamos"
    rf"|administro|ofrezco|forneco) (?:\w+ ){{1,5}}?(?:para|pra|a|em) (?:(?:\w+ ){{0,2}}){_FIRMS}" + _NO_NEED,
    rf"(?:we|i) (?:make|do|build|sell|design|print|run|offer|handle|manage|write|create|supply|provide"
    rf"|install)"
    rf" (?:\w+ ){{1,4}}?(?:for|to) (?:(?:\w+ ){{0,2}}){_FIRMS}" + _NO_NEED,
    rf"(?:trabajo|trabajamos|trabalho|trabalhamos|i work|we work) (?:con|com|with) (?:\w+"
    rf" ){{0,5}}?{_FIRMS}" + _NO_NEED,
    rf"trabalho com (?:\w+ ){{1,5}}?para {_FIRMS}" + _NO_NEED,
    r"(?:puedo|podemos|podria|podriamos|posso|can) (?:ayudarl[oe]s?|ayudarle|ayudaros|ajuda-los|ajudar"
    r" voces|ajudar) a"
    r" (?:\w+ )?(?:conseguir|vender|crecer|aumentar|atraer|captar|mejorar|reducir|ahorrar|crescer)(?:"
    r" \w+){0,3}",
    r"(?:conseguirl[eo]s?|captarles|atraerles|traerles|get you|bring you) (?:mas|mais|more) (?:clientes"
    r"|clients"
    r"|customers|ventas|vendas|leads)",
    rf"me dedico a {_SAME}{{1,60}}?(?:les|le|os) (?:interes|gust)\w*",
    rf"(?:quiero|queremos|puedo|podemos|podria|posso|podemos|gostaria de|can i|could i|could we|can we"
    rf"|may i|let me|i'd like to"
    rf"|we'd like to|i'd love to|happy to) (?:\w+ )?(?:mandar|enviar|pasar|dejar|mostrar|compartir"
    rf"|presentar|send|show|email"
    rf"|share|drop off)(?:l[eo]s?|te|lhes?|os)? (?:you |off )?(?:\w+ ){{0,2}}?{_PITCH}(?: \w+){{0,3}}",
    r"(?:quien|quem|who) (?:\w+ )?(?:ve|maneja|lleva|se encarga|cuida|decide|handles|does|runs) (?:\w+"
    r" ){0,3}?(?:publicidad"
    r"|marketing|compras|redes|proveedores|advertising|purchasing|ads)",
    r"(?:who's|who is) in charge of (?:\w+ )?(?:marketing|purchasing|advertising|procurement|it|ads"
    r"|vendors|buying)(?: \w+){0,2}",
    r"(?:espacio|pauta|paquete|anuncio)s? publicitari[oa]s?",
    r"somos (?:una |un |uma )(?:\w+ )?(?:startup|fintech|plataforma|agencia|empresa|compania|estudio) que"
    r" (?:ofrec\w+"
    r"|automatiz\w+|ayud\w+|ajud\w+|vend\w+|desarroll\w+|desenvolv\w+|prove\w+|brind\w+|se dedica|hace"
    r"|faz|suministr\w+|fabric\w+)"
    r""
    + _NO_NEED,
    r"(?:les|le|te|os) (?:dejo|dejamos|hago|hacemos|damos|doy|regalamos|ofrec\w+) (?:una |un )?(?:demo"
    r"|muestra|prueba gratis)"
    r"(?: \w+){0,3}",
    r"open to (?:a|an) (?:\w+ )?(?:demo|partnership|collab\w*|pitch)",
    r"(?:our|my|nuestr[oa]|noss[oa]) (?:\w+ )?(?:app|platform|software|tool|product|system|agency"
    r"|aplicacion|plataforma|sistema"
    r"|solucion|ferramenta|aplicativo) (?:helps|cuts|saves|automates|lets|boosts|reduces|ayuda|reduce"
    r"|automatiza|ajuda|reduz)"
    r"(?: \w+){0,4}",
    r"do you (?:already |currently )(?:have|use|work with) (?:a|an) (?:\w+ )?(?:processor|provider"
    r"|supplier|vendor|distributor)",
    r"(?:ya |ja )(?:tienen|tem|cuentan con|trabajan con|tienes) (?:ya )?(?:\w+ )?(?:proveedor\w*"
    r"|suplidor\w*|fornecedor\w*|quien"
    r" (?:se )?(?:les|los|l[oa]s?))(?: \w+){0,3}",
    r"we (?:can )?(?:beat|undercut|match) any (?:\w+ )?(?:rate|price|quote|offer)",
    r"(?:place|sell|stock|carry|distribute|put|get) our (?:\w+ )?(?:products?|line|brand|goods|items)"
    r" (?:in|at|into|with)"
    r" (?:your|you)(?: \w+)?",
    r"(?:busco|buscamos|procuro|looking for) (?:\w+ )?(?:tiendas|distribuidores|lojas|revendedores|stores"
    r"|retailers|resellers)"
    r" (?:que|to|for|para)(?: \w+){0,3}",
    r"i (?:sell|distribute|import|represent) " + _NO_NEED + r"(?!my|mine|it|the|this|that|real)(?:\w+ ?){1,3}",
    rf"offering (?:\w+ ){{1,4}}?(?:for|to) (?:your|{_FIRMS})(?: \w+)?",
    r"(?:calling|writing|reaching out|emailing|messaging) from (?:\w+ ){1,4}?about your(?: \w+){1,3}",
    rf"(?:tenemos|temos|we have|manejamos) (?:\w+ ){{1,6}}?(?:para|pra|for) {_YOURS}" + _NO_NEED,
    rf"(?:para|pra|for) (?:o |la |a )?{_YOURS} (?:tenemos|temos|ofrec\w+)(?: \w+){{0,3}}",
    r"(?:tenemos|temos) (?:una |un |uma )?(?:promocion|promocao|oferta|plan|solucion|solucao|descuento)s?"
    r" (?:\w+ ){1,4}?(?:para|pra)"
    rf" (?:o )?(?:{_FIRMS}|seu negocio)",
    rf"clean(?:ing)? {_YOURS}(?=\W*\?)",
)  # fmt: skip
