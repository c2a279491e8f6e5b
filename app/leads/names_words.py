"""Words that decide whether something is a name: lower case, without accents."""

from __future__ import annotations

_NEVER_NAMES = """
    a al algo alguien ahora ahi aqui asi aun aunque bien bueno buena buenas buenos cada casi como con
    contra cual cuando cuanto cuantos de desde dime donde dos el ella ellos en entonces entre era es esa
    ese eso esta estan estar este esto estoy fue gracias ha hace hacer han hasta hay hola hoy igual la
    le les listo lo luego mas mal manana me mejor mi mis mucho muy nada nadie ni ningun no nombre nos
    nuestro o otra otro para pero poco por porque puede puedes puedo pues que quien quiere quiero
    quisiera sabe saber se sea ser si sin sobre solo soy su sus tal tambien tampoco tan te tengo tener
    tiene tienen tienes todo todos tu tus un una uno usted va vale vamos ver vez vivo voy y ya yo busco
    buscando carro carros auto autos casa precio precios cuesta costo disponible interesa interesado
    interesada cliente comprador vendedor dueno duena nuevo nueva mayor menor casado casada soltero
    soltera esposo esposa marido mujer hermano hermana padre madre mama papa hijo hija amigo amiga novio
    novia jefe jefa primo prima tio tia socio ingeniero ingeniera medico medica doctor doctora abogado
    abogada mecanico chofer taxista empresario profesor dominicano dominicana mexicano mexicana
    colombiano colombiana venezolano venezolana espanol espanola americano americana haitiano
    puertorriqueno brasileno brasilena humano humana robot bot persona real perfecto excelente claro
    anonimo prefiero digo decir dire llamame llamar escribeme correo email telefono celular numero
    whatsapp informacion info visita cita financiamiento prestamo ayuda necesito necesita pregunta favor
    saludos adios chao dale okay ok ey primera primero segunda lejos seguro segura listos lista
    emocionado contento feliz triste cansado aburrido am an and any are as at available be been but buy
    buying by call can car cheap could cost did do does doing done dont excited fine for from going glad
    good great hello help here hey hi how i if im in interested is it its just know like looking love my
    myself name new next nice none nope not now of off oh on one only or our out pay person please price
    really ready sad send she single so some soon sorry still sure tell thank thanks that the their them
    then there these they thinking this to today tomorrow too trying under up us very wait wanna want
    wanted was we well were what when where which who why will wish with would wrong yeah yes yet you
    your yourself monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves
    viernes sabado domingo dominican mexican american canadian british spanish brazilian married happy
    tired bored anonymous nobody human wife husband brother sister mother father mom dad son daughter
    friend boss back confused curious serious student captain capitan hotdog batman superman spiderman
    goku mio mia mine neto neta nieto nieta colegio escuela escola instituto hospital restaurante
    restaurant hotel constructora inmobiliaria imobiliaria condominio edificio residencial empresa
    company school clinica clinic agencia agency loja tienda store calle rua avenida street road barrio
    bairro colonia sector torre local centro quadra bloco posto plaza llamen llame llamenme llamarme
    liguem ligue liga chamem chama chame mandem mande manda manden envien envie escriban escriba
    contacten contacte avisen avisa avisame anote anota text message mail write reach ask weekend
    morning afternoon evening tonight noon january february march july august september october november
    december enero febrero marzo mayo junio agosto septiembre octubre noviembre diciembre janeiro
    fevereiro maio junho julho setembro outubro novembro dezembro terca quarta quinta sexta feira whats
    zap insta instagram facebook google gmail hotmail outlook deliver delivery retirada near outside
    calma toyota honda nissan hyundai kia ford chevrolet mazda bmw corolla civic crv tucson iphone
    samsung apto urgente administradora recepcionista contadora contador enfermera enfermero maestra
    maestro estudiante jubilado inside right left san fulano mengano zutano pepito test testing prueba
    asdf propietaria propietario gerente encargada encargado ate agora ainda algum alguma ao aos boa bom
    brasileiro brasileira cadê comprar comigo da das depois dele dela e ela ele em essa esse estou eu
    foi hoje isso isto ja lá mais meu meus minha minhas muito na nao nas nenhum nem nossa obrigado
    obrigada oi ola onde ou pela pelo pode posso pra preco preciso pro qual quais quando quanto quem
    quero sei sem senhor seu sim sou sua tá tambem tchau tem tenho ter tudo um uma voce voces vou
    interessado interessada ignore ignora ignorar comercial ventas vendas info museo oficina tesoreria
    secretaria direccion juridico compras escritorio gerencia gerente facturacion soporte suporte
    finance sales office accounts billing booking reservas pedidos orders perdon perdona disculpa
    disculpe desculpa desculpe oops ojo ups errata corrijo mae pai filho filha irmao irma avo mom mum
    dad nino nina bebe kid mismo misma mesmo mesma traigan senor senora tier llego directo pueden
    antes also use cualquier cosa browsing hagale toca
    importa marco incumbe system prompt sistema admin administrador developer
"""
NOT_NAMES = frozenset(_NEVER_NAMES.split())
"""What stands where names stand and is none. A surname may be among them, after a given name that is known."""

_WITH_DE = """
    palma cunha leo luca conti mata maia mora parra pinta riva sola vigna motta quinta fonte guarda
    maria anjos aguiar alencar chagas concepcion lourdes luz orbe rios almeida amaral andrade angeles
    anjos araujo armas arruda assis asis avila aza barros brito campos cardenas carmen carmo carvalho
    castro conceicao consuelo costa couto cruz cunha diego dios encarnacion faria fatima feo ferreira
    fonseca freitas fuente fuentes gama gloria gracia gracas guia guzman hoyos hoyo jesus jong juan lago
    lara leon lima llano lourdes luca luna luz macedo maia mar melo mello mendonca mesquita mercedes
    miguel miranda morais moraes mota moura moya nascimento negreiros oleo oliveira olmo pablo padua
    paiva paixao passos paula paz pedro pena penha peralta pereira pilar pinho piedad ponte pozo prado
    prim queiroz queiros ramos rego reis rey reyes rio rios rivera robles rocha rosa rosario salles
    sales sa san sanctis santa santana santo santos serra silva sena silveira socorro soto sousa souza
    teresa toledo torre torres val valle vale vargas vasconcelos vega veiga vera viana villa villar wit
"""
SURNAMES_WITH_DE = frozenset(_WITH_DE.split())
"""After "de", "da" or "del" these are a surname ("Ana de la Cruz"); most other words are a place or a company."""


_PLACES = """
    santiago bogota lima quito madrid barcelona miami mexico cancun tijuana monterrey guadalajara puebla
    medellin cali barranquilla cartagena caracas valencia maracaibo valparaiso cordoba mendoza
    montevideo asuncion cusco arequipa trujillo guayaquil cuenca panama managua tegucigalpa tarija sucre
    potosi bonao moca bani higuey romana vega samana nagua azua lisboa porto braga coimbra faro evora
    sao rio recife salvador fortaleza manaus curitiba belem brasilia campinas niteroi goiania natal
    vitoria florianopolis brasil portugal espana argentina chile peru colombia ecuador bolivia uruguay
    paraguay venezuela cuba honduras guatemala nicaragua angola mocambique luanda maputo sevilla malaga
    bilbao zaragoza granada murcia galicia cataluna andalucia texas florida california boston chicago
    houston dallas brooklyn queens london dublin toronto sydney melbourne ohio naco gazcue centro
"""
PLACES = frozenset(_PLACES.split())
"""After "de" these are where somebody is from ("Tatiana de Bonao")."""

NAMES_AND_WORDS = frozenset(
    """
    abril agosto julio junio mayo domingo will may june april august mark rose summer hope grace faith
    joy bill rich art drew grant chase hunter mason dawn lily daisy iris ivy violet pearl ruby amber
    robin ray frank earnest christian dean earl guy king prince sterling wade ward trip skip buck penny
    sandy candy misty mercy patience prudence charity consuelo dolores mercedes nieves luz paz sol mar
    rosario pilar socorro jesus angel cruz leon rosa santos santa casto clemente amado bendito modesto
    justo perfecta linda bella aurora gloria esperanza caridad milagros dulce divina alba nube reina rey
    primavera jacinto narciso olivo pascual natal vitoria graca bento amado benigno fortunato feliz
    felix inocencia iluminada concepcion encarnacion asuncion ascension candelaria
    """.split()  # noqa: SIM905 - a list of words
)
"""Given names that are everyday words as well: names before what is written like a surname."""

TITLES = frozenset(
    """
    fr col rev capt cpt sgt cnel mons hno hna pbro profa sir dame eng dr dra ing lic licda sr sra srta
    mr mrs ms miss arq prof profe don dona doc inga lcdo lcda eng engo
    """.split()  # noqa: SIM905 - a list of words
)
