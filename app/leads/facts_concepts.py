"""Words of three languages that mean the same, under one name: what the small model learns of one holds for the others.

Each line of a concept is a list of folded words; one that ends in * stands for all that begin so (its first four to six
letters count). A word belongs to one concept at most, and where two languages quarrel about it, to none.
"""

from __future__ import annotations

_CONCEPTS = {
    "not": "no not nao don't dont didn't didnt doesn't doesnt won't wont can't cant isn't haven't hasn't"
    " never nunca jamas ni nem sin sem without tampoco tampouco neither ain't nope couldn't wouldn't"
    " nadie nobody ninguem nada nothing ningun ninguna nenhum nenhuma none",
    "want": "quiero quero queria quieres quiere queremos quisiera quisieramos want wants wanted wanna"
    " gostaria gostariamos deseo desejo deseamos quieren kiero gustaria love'd i'd",
    "need": "necesito necesita necesitamos necesitan preciso precisa precisamos precisando need needs needed"
    " ocupo ocupamos urge require requiere requerimos needing necesitaria precisaria necessito",
    "seek": "busco buscamos buscando busca procuro procurando procuramos looking seeking searching buscaba"
    " procurava ando andamos hunting shopping",
    "have": "tengo tenemos tenho temos have've tenia tinha i've we've",
    "you": "ustedes uds usted ud vos voce voces vc vcs you u ur your yours su sus vuestro vuestra vuestros"
    " tu tus seu sua seus suas teu tua ye y'all",
    "we": "somos nosotros nosotras nos nuestro nuestra nuestros nossa nosso nossos nossas our ours we"
    " we're us fazemos hacemos ofrecemos trabajamos trabalhamos vendemos fabricamos",
    "i": "yo eu i i'm im soy sou me mi mis my mine meu minha meus minhas mim mio mia estoy estou",
    "sell": "vendo vender vendes venden vendem selling sell sells seller ofrec* oferec* offering provee*"
    " fornec* supplier* supplies distrib* wholesal* mayorista* atacad* representante represent*"
    " catalogo catalogue portfolio fabricante* manufactur* proveedor* importador* promocionar"
    " anunciar publicidad marketing seo",
    "buy": "comprar compro compramos compraria buy buying purchase adquirir pedir order encargar llevarme"
    " levar contratar hire rent alquilar rentar alugar reservar book booking encomendar inscribirme"
    " matricularme matricular sign enroll",
    "bought": "compre comprei bought purchased adquiri contrate contratei contrato comprado comprada vendieron"
    " venderam sold instalaron instalaram installed entregaron entregaram delivered pague paguei paid"
    " cobraron cobraram charged pedi encargue trajeron trouxeram arreglaron consertaram",
    "price": "precio* preco* price* cost costs cuesta cuestan custa custam cuanto quanto valor tarifa* rate"
    " rates sale salen cobran cobram charge costo costos cuota mensualidad fee fees",
    "job": "empleo* emprego* job jobs hiring vacante* vaga vagas curric* cv resume puesto personal staff"
    " salary sueldo salario pasantia* estagio* intern* recrut* reclut* laburo chamba vacancy"
    " vacancies career* jornada aprendiz apprentic* experiencia experience postular postul* candidat*"
    " applicant apply contratando contratan contratam rrhh rh hr",
    "study": "tarea tareas homework assignment uni university univers* facul faculdade facultad profe"
    " profesor* professor* thesis tesis tcc monografia coursework entrevist* encuesta* survey"
    " proyecto project projeto research investig* estudiante* estudante* student students exposicion"
    " escolar classmates classe dissertation mba seminario exam interview grade semester",
    "broken": "rompio roto rota rompieron broke broken quebrou quebrado quebrada dano danado danada dana*"
    " damag* falla fallo falhou defect* leak leaks leaking gotea vaza vazando prende funciona work"
    " working estrag* avari* crack* scratched rajad* torcid* rayado manchado doblado rust* oxid*"
    " stopped dejo deixou parou error erro fails failing burst crashed",
    "warranty": "garantia* warrant* guarantee reembols* refund* devol* devuelv* return returns estorno estornar"
    " devuelvan cambien compensation",
    "complain": "reclam* complain* queja* queix* denunc* estafa* estafadores golpe scam timo verguenza vergonha"
    " absurdo disgrace rude pesimo pessimo horrible terrible worst peor pior mentira desastre"
    " unacceptable inaceptable harto harta decepcion* ladrones ripped ridiculous",
    "order": "pedido pedidos encomenda* entrega entregas delivery shipment tracking rastreio rastre* guia"
    " factura* invoice boleto boleta nota parcel paquete package receipt recibo reserva orden account"
    " cuenta conta login password contrasena senha poliza policy contract",
    "wait": "esperando esper* wait waiting waited aguard* still todavia ainda aun sigo seguimos",
    "ago": "ago hace atras yesterday ayer ontem pasado passado last desde since anoche",
    "cancel": "cancel* anul* dejalo dejelo olvid* forget nevermind esquec* desist* deixa arrepenti anymore"
    " drop scrap scratch",
    "rival": "compet* concorr* rubro gremio ramo industry benchmark* colegas trade comparando",
    "call": "llame llamen llama llamar llamame llameme llamada call calls ring phone phoned ligar liga ligue"
    " liguem ligacao marque marquen chame chama chamem whatsapp whatsap wsp wpp zap escriba escribe"
    " escriban escribir escribanme text contact* contat* avise avisen avisa retorno callback hablar"
    " falar speak talk comunicar mensaje mensagem message",
    "visit": "visit* pasar paso pase pasen pasamos ver verlo verla verlos see come vir venir venga vengan vem"
    " venha passar passo look conocer conhec* cita citas appointment* viewing agend* marcar schedule"
    " hora horario slot cupo lugar espacio recorrido tour medir measure inspeccion* revisar check"
    " mirar olhar swing drop stop acercarme mandar manden mande send enviar envie llevar traer bring"
    " pickup recoger tecnico technician",
    "offer": "cotiz* presup* orcam* orcamento quote quotes estimat* propuest* proposta proposal* bid bids"
    " simulacion simulacao simulate ballpark figure numbers numeros",
    "try": "probar prueba try trial test testar experimentar muestra sample demo demonstration amostra",
    "now": "hoy hoje today ya now agora ahora asap pronto urgente urgent urgencia urgently inmediato"
    " imediato tonight mismo mesmo immediately straightaway tomorrow manana amanha logo early"
    " temprano",
    "week": "semana week weekend finde weekly lunes martes miercoles jueves viernes sabado domingo segunda"
    " terca quarta quinta sexta monday tuesday wednesday thursday friday saturday sunday sat fri mon"
    " tue wed thu",
    "month": "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre"
    " diciembre janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro january"
    " february april june july august september october november december jan feb aug sept oct nov"
    " dec",
    "later": "proximo proxima next viene ano anos year years meses months verano verao summer invierno"
    " inverno winter spring primavera otono outono autumn adelante depois despues later eventually"
    " someday semestre frente rato apuro prisa pressa rush hurry calma afan futuro future",
    "deadline": "antes before until hasta ate by plazo deadline prazo vence expires expira limite entrego"
    " apertura inaugur* opening llega chega arrives arriving nace nasce due empieza comeca starts",
    "kin": "esposa esposo marido mujer wife husband hijo hija hijos filho filha filhos son daughter kid"
    " kids mama papa mae pai mom dad mum mother father hermano hermana irmao irma brother sister"
    " abuela abuelo avo grandma novia novio namorada namorado girlfriend boyfriend suegra sogra primo"
    " prima tia tio aunt uncle bebe baby nina nino socio partner",
    "feast": "boda wedding casamento cumple cumpleanos birthday aniversario bautizo batizado fiesta festa"
    " party evento event graduacion formatura graduation quince anniversary funeral",
    "joke": "jaja jajaja jajajaja jeje kkk kkkk kkkkk kkkkkk haha hahaha lol lmao rofl broma chiste joke"
    " joking zoeira zoando brinc* trolling prank jkjk mentiras unicornio unicorn dragon luna moon"
    " marte mars marciano alien fantasma batman dinosaur* dinossauro",
    "curious": "curios* wonder* aburrido aburrida bored toa chisme soñar sonar nomas idea nocion nocao dreaming"
    " browsing bisbilhot* mirando olhando",
    "lost": "encontre encontrei found perdi lost deje left forgot olvide esqueci wallet cartera carteira"
    " llaves keys paraguas",
    "firm": "empresa company compania firma negocio business fabrica factory agencia agency startup srl ltda"
    " gmbh inc llc negocios estudio studio office oficina escritorio hotel restaurante restaurant"
    " colegio escola school escuela iglesia municipio ayuntamiento clinica tienda loja shop",
    "interest": "interesa* interest* interess* gusto gustan gostei liked",
    "yes": "si sim yes yeah yep dale ok okay claro vale sure perfecto perfeito perfect bueno listo beleza"
    " fechado deal",
    "other": "otro otra otros otras outro outra outros outras other elsewhere another vecino vizinho"
    " neighbour neighbor",
    "client": "cliente clientes customer customers client usuario user suscriptor subscriber inquilino tenant"
    " member",
    "thanks": "gracias thanks thank obrigado obrigada thx valeu tks grazie",
    "money": "pesos dolares reais euros soles usd mil k millones thousand grand cash efectivo dinero dinheiro"
    " money",
    "home": "casa home house apartamento apartment depto departamento piso flat cocina cozinha kitchen bano"
    " banheiro bathroom techo telhado roof jardin jardim garden patio yard habitacion quarto room"
    " sala pared parede",
    "ail": "duele dolor doi dor hurts pain enfermo doente sick fiebre febre fever sangra bleeding hinchado"
    " swollen vomita",
    "worn": "viejo vieja velho velha old chico chica pequeno pequena small apretados quedo gastado worn"
    " dying murio morreu died jubilar reemplazar trocar replace cambiar upgrade",
    "who": "quien quienes quem who whom alguien alguem someone somebody anyone anybody encargado"
    " encarregado manager dueno dono owner responsable responsavel gerente compras purchasing",
}  # fmt: skip


def _read_concepts() -> tuple[dict[str, str], dict[str, str]]:
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for name, words in _CONCEPTS.items():
        for word in words.split():
            into, key = (begun, word[:-1][:6]) if word.endswith("*") else (whole, word)
            into.setdefault(key, f"#{name}")
    return whole, begun


_WHOLE, _BEGUN = _read_concepts()


def concept_of(word: str) -> str:
    """The concept of a folded word, `#` before its name; empty for a word that has none."""
    return _WHOLE.get(word) or _BEGUN.get(word[:6]) or _BEGUN.get(word[:5]) or _BEGUN.get(word[:4]) or ""
