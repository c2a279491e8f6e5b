"""Words of people who write about another matter than buying: selling, jobs, studies, jokes."""

from __future__ import annotations

from app.leads.facts_text import phrases

SUPPLIER = phrases(
    r"(?:vendo|vendemos) (?:\w+ ){1,6}al por mayor",
    r"hacer negocios? (?:con|juntos)(?: \w+){0,2}",
    r"colaborar con (?:ustedes|vosotros|vuestr[oa]|su|uds)(?: \w+){0,3}",
    r"(?:llevar|enviar|dejar|mandar)(?:les)? (?:unas )?muestras(?: \w+)?",
    r"donat(?:e|ion|ions|ing)(?: \w+){0,3}",
    r"sponsor(?:ship|ing)?(?: \w+){0,3}",
    r"(?:patrocin|donativ|donacion|auspici)\w*(?: \w+){0,2}",
    r"doacao",
    r"(?:hacemos|fabricamos|imprimimos|elaboramos|confeccionamos|producimos) (?:\w+ ){1,5}para"
    r" (?:\w+(?:rias|eles|antes|icas|endas|asios|eros|esas|ocios|ores))",
    r"(?:les|le|os) (?:puedo|podemos|puedo|gustaria) (?:mandar|enviar|pasar|dejar|compartir) (?:\w+"
    r" )?(?:catalogo|lista|brochure|portafolio|muestras|propuesta|presentacion)",
    r"(?:fazemos|produzimos|imprimimos) (?:\w+ ){1,5}(?:para|pra) (?:\w+(?:rias|eis|antes|icas|jas|ias|eiros|esas))",
    r"(?:errors?|issues?|problems?|mistakes) (?:on|with|in) your (?:site|website|listing|page|seo)(?: \w+){0,3}",
    r"(?:hurting|improve|improving|boosting) your (?:rankings?|sales|traffic|seo|conversions?|reviews)",
    r"free (?:audit|seo|site review|website review)",
    r"(?:auditoria|analisis) (?:gratis|gratuit[oa]) de (?:su|tu) (?:web|pagina|sitio)",
    r"(?:ser|convertirnos en|volvernos) (?:su|sus|tu|vuestr[oa]s?|el|los) (?:proveedor\w*|suplidor\w*"
    r"|distribuidor\w*|aliad\w+)(?: \w+){0,2}",
    r"(?:manejamos|trabajamos|tenemos|vendemos) (?:\w+ ){1,4}al por mayor(?: \w+){0,3}",
    r"(?:ser|virar|nos tornar) (?:\w+ )?(?:fornecedor\w*|parceir\w+)(?: de voces)?",
    r"(?:be|become) your (?:\w+ )?(?:supplier|vendor|distributor|provider)",
    r"(?:show|showing|introduce|present) (?:you|your team) (?:our|my|some|what we)(?: \w+){0,3}",
    r"(?:i'?m|im|i am|we are|we're) (?:with|from|at) (?:\w+ ){1,3}(?:supply|supplies|systems|wholesalers?"
    r"|distribution|distributors?|imports?|staffing|recruiting|advertising)",
    r"(?:our|my) (?:rate card|portfolio|brochure|catalogue|services?|pricing sheet|media kit)",
    r"(?:agencies|businesses|companies|clinics|shops|stores|dealers|restaurants|hotels|gyms|schools"
    r"|teams) like (?:yours|you)",
    r"(?:negocios|empresas|tiendas|clinicas|hoteles|gimnasios|restaurantes) como (?:el|la) (?:suy[oa]|de"
    r" ustedes|vuestr[oa])",
    r"(?:empresas|negocios|lojas|clinicas) como a (?:sua|de voces)",
    r"(?:le|les|os|te) (?:podemos|puedo|podria|podriamos|queremos|quiero|quisiera|quisieramos) (?:ofrecer"
    r"|presentar|mostrar|vender|proponer|suministrar|surtir|ayudar a (?:vender|crecer|aumentar"
    r"|captar))\w*(?: \w+){0,3}",
    r"por si (?:les|le|os|te) (?:interesa|interesara|sirve)(?: \w+){0,4}",
    r"(?:le|les|os) (?:llamaba|escribo|escribia|contacto|contactaba) (?:por si|para (?:ofrec|present"
    r"|propon|mostr)\w*|de parte de|porque (?:ofrec|tenemos|vend)\w*)(?: \w+){0,3}",
    r"(?:soy|somos) (?:\w+ ){0,3}(?:asesor|asesora|ejecutiv[oa]|representante|agente|vendedor|vendedora"
    r"|consultor|consultora|viajante|comercial) (?:comercial |de ventas |de cuentas )?(?:de|del|en|para"
    r"|at) (?!ustedes)(?:\w+ ?){1,4}",
    r"(?:precios?|lista de precios|descuentos) (?:al por mayor|de mayorista|mayorista|especiales para"
    r" (?:negocios|empresas|su))",
    r"(?:surtir|surtirles|abastecer|suplir|distribuirles)\w*(?: \w+){0,3}",
    r"(?:mi|nuestra) lista de precios",
    r"(?:muestras|demo) (?:gratis|sin costo) (?:para|a|de) (?:su|tu) (?:negocio|empresa|local|equipo)",
    r"(?:we|i) (?:can|could) (?:save|get|bring|send|supply|offer|provide|deliver) (?:you|your)(?:"
    r" \w+){0,4}",
    r"(?:reaching out|writing|contacting you|calling) (?:from|on behalf of|because we|about our|to"
    r" (?:offer|introduce|see if you))(?: \w+){0,4}",
    r"(?:our|my) (?:wholesale|catalog|price list|line of|new line)(?: \w+){0,2}",
    r"(?:podemos|posso|gostaria de|queria) (?:te |lhe |lhes |vos )?(?:oferecer|apresentar|fornecer|propor"
    r"|mostrar (?:noss|meu))\w*(?: \w+){0,4}",
    r"(?:ofereco|oferecemos|trabalho com|presto) (?:\w+ ){0,3}(?:servicos?|consultoria|marketing|social"
    r" media|trafego|fornecimento)(?: \w+){0,3}",
    r"(?:gerar|gestao de|aumentar) (?:mais )?(?:leads|trafego|vendas|clientes)",
    r"(?:les|le|para) (?:ofrec\w+|ofrezco|vendo|vendemos|proveemos|suplimos|presento|presentamos"
    r"|propongo)(?! (?:\w+ ){0,3}(?:por (?:el|la|ese|esa)|\d))",
    r"(?:ofrecemos|suministramos|proveemos|suplimos|surtimos)(?! (?:\w+ )?por (?:el|la))(?: \w+){0,4}",
    r"(?:distribuimos|importamos|fabricamos) (?:\w+ ){1,4}(?:para|y (?:queremos|buscamos|ofrecemos))(?: \w+){0,3}",
    r"(?:queremos|quisiera(?:mos)?|quiero|me gustaria|nos gustaria|deseo|vengo a|venimos a|interesad\w+"
    r" en) (?:\w+ )?(?:ofrecer\w*|presentar\w*|proponer\w*|venderles?|mostrarles? (?:nuestr|mi)|ser (?:su"
    r" )?(?:proveedor|suplidor|distribuidor))\w*",
    r"(?:somos|soy|represento a|trabajo (?:con|para|en)) (?:\w+ ){0,5}(?:proveedor\w*|suplidor\w*"
    r"|distribuidor\w*|fabricante\w*|importador\w*|mayorista\w*|agencia de (?:marketing|publicidad|seo)"
    r"|agencia digital|empresa de (?:marketing|publicidad|software|seguridad|limpieza|desarrollo web)"
    r"|vendedor\w* de|imprenta)",
    r"(?:fabric|import|distribu|comercializ|produc)(?:amos|imos|emos) (?:\w+ ){1,5}para (?:hoteles"
    r"|restaurantes|clinicas"
    r"|empresas|tiendas|gimnasios|talleres|colegios|\w+es)",
    r"presentar(?:os|les|le) (?:nuestr\w+|mi|el|la|un)(?: \w+){0,2}",
    r"(?:represento|representamos) (?:a |una? |la )?(?:\w+ ){0,4}(?:marca|empresa|fabrica|distribuidora"
    r"|compania|agencia|firma)",
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
    r"(?:i|we|just)? ?(?:was|were|am|came across|been|noticed|found|saw|checked)(?: out)? (?:\w+"
    r" ){0,2}?your (?:website|site|web"
    r"|listing|instagram|google|page|online)(?=.{0,160}(?:seo|traffic|rank|google|page|grow|help|improve"
    r"|leads|design|boost))",
    r"we help (?:\w+ ){1,3}(?:get|grow|rank|increase|reach|boost|save|find|attract|automate)(?: \w+){0,4}",
    r"(?:page|pagina) (?:1|one|uno|um) (?:of|de|on|en|do) google",
    r"(?:first|primera|primeira) (?:page|pagina) (?:of|de|on|en|do) google",
    r"(?:i'?m|im|i am|we are|we're|this is \w+|my name is \w+) (?:\w+ )?(?:from|with) (?:\w+"
    r" ){0,3}(?:agency|marketing|solutions"
    r"|wholesale|supplies|distributors?|media|logistics|software|consulting|textiles?)(?=.{0,160}(?:offer"
    r"|help|show|present|call|demo|partner|catalog|deal))",
    r"(?:rep|representative|account executive|salesman|sales rep) (?:for|from|at|with) (?:\w+ ?){1,3}",
    r"we (?:offer|provide|sell|supply|manufacture|distribute|specialize|specialise|help (?:businesses"
    r"|companies|dealers|clinics|restaurants|gyms))",
    r"(?:i|we) (?:can|could|will|would like to|want to|'d like to|'d love to) (?:help (?:you|your)|offer"
    r" you|show you|boost|increase|grow|pitch|introduce|present)(?: \w+){0,3}",
    r"(?:our|my) (?:agency|company|team|firm|product|services?|software|platform|solution) (?:can|could"
    r"|helps?|offers?|provides?|specializ\w+|will|is a)",
    r"partnerships?(?: opportunit\w+)?",
    r"partner (?:up )?with (?:you|your|businesses|companies)",
    r"i rep (?:a|an|the|for) (?:\w+ ?){1,4}",
    r"(?:could|can|will|would) (?:cut|lower|reduce|slash|save) your(?: \w+){1,3}",
    r"(?:who is|who'?s|is there) (?:the |a )?(?:right person|best person|decision[- ]maker|person in"
    r" charge)(?: \w+){0,3}",
    r"(?:quien es|con quien) (?:la persona|el encargado|el responsable)?(?: de)? (?:compras|proveedores"
    r"|marketing|publicidad)",
    r"(?:boost|increase|grow|double|improve|rank) your (?:\w+ )?(?:sales|website|site|traffic|seo|ranking"
    r"|rankings|business|leads|revenue|google)",
    r"seo (?:services?|expert|agency|audit)",
    r"backlinks?",
    r"guest post\w*",
    r"wholesale (?:prices|supplier|catalog)",
    r"(?:purchasing|procurement) (?:department|manager)",
    r"who handles (?:your )?(?:\w+ )?(?:purchasing|marketing|procurement|it|buying)",
    r"reseller program",
    r"(?:represento|representamos|sou da|somos da|falo da) (?:\w+ ){0,4}(?:distribuidora|agencia|fabrica"
    r"|importadora|industria"
    r"|fornecedora|consultoria|grafica)(?: \w+){0,3}",
    r"(?:revend\w+|revenderem|distribuirem)", r"(?:oferecemos|fornecemos|revendemos)(?: \w+){0,4}",
    r"(?:sou|somos) (?:\w+ )?(?:representantes?|vendedor(?:a|es)?|consultor(?:a|es)?) d[aeo]s? (?:\w+ ?){1,3}",
    r"(?:voces |vcs )?(?:teriam|tem|teria) interesse em (?:\w+ ?){1,4}",
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
COMPETITOR = phrases(
    r"yo (?:tambien )?(?:hago|vendo|ofrezco|alquilo) (?:\w+ ){1,3}tambien(?: \w+){0,3}",
    r"(?:ver|saber) si (?:estoy|ando) (?:muy )?(?:abajo|arriba|car[oa]|barat[oa])",
    r"tenho (?:uma |um )?(?:loja|academia|clinica|oficina|escola|restaurante|imobiliaria|agencia|salao"
    r"|pousada) (?:de \w+ )?tambem",
    r"(?:tengo|tenemos) (?:una |un )?(?:tienda|local|negocio|taller|clinica|gimnasio|academia|agencia"
    r"|restaurante|salon) (?:de \w+ )?tambien",
    r"comparar (?:margem|margen|margenes|nossos precos|mis precios|nuestros precios)",
    r"(?:i|we) (?:have|own|run) (?:a|an|our own) (?:\w+ ){0,2}(?:shop|store|gym|clinic|agency|dealership"
    r"|salon|restaurant) (?:too|as well|also)",
    r"(?:para |y )(?:ajustar|igualar|comparar|fijar) (?:las|los|nuestr[oa]s|mis) (?:nuestr[oa]s|mi[oa]s"
    r"|precios|tarifas)(?: \w+){0,2}",
    r"(?:vendedor|asesor|empleado) de la competencia",
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
    r"(?:i|we) also (?:run|own|manage|sell|have) (?:a |an |our own )?(?:\w+ ){0,3}(?:dealership|gym|clinic|agency"
    r"|restaurant|school|practice|studio|salon|shop|store|company|cars|homes)",
    r"(?:i|we) work (?:at|for) (?:another|a different|a competing|a rival|the other) (?:\w+ ?){1,3}",
    r"(?:i'?m|im|we'?re|i am|we are) (?:with|from) (?:\w+ ){1,3}(?:down the (?:street|road)|across (?:the street|town)"
    r"|next door|around the corner)",
    r"(?:check\w*|see\w*|know\w*|comparing) (?:out )?(?:what )?the competition(?: \w+){0,2}",
    r"(?:my|our) (?:own )?(?:dealership|gym|clinic|agency|restaurant|salon|shop|store) (?:\w+ ){0,3}(?:down the street"
    r"|nearby|too|as well|across)",
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
JOB = phrases(
    r"(?:need|looking for|want) (?:any |more |some |extra )?(?:\w+ )?(?:staff|helpers?|employees|workers"
    r"|servers|drivers)(?=\W*\?|\W*$)",
    r"do you need (?:any )?(?:\w+ )?(?:staff|help|workers|people)(?=\W)",
    r"tem vagas? ai",
    r"(?:posso|puedo|can i) (?:fazer (?:um )?teste|hacer (?:una )?prueba de trabajo|do a trial shift)",
    r"(?:necesit|busc|ocup|contrat|solicit)an (?:gente|personal|empleados?|ayudantes?|colaboradores"
    r"|manos)(?: \w+){0,2}",
    r"(?:estao |tao )?(?:precisam|contratam|procuram) (?:de )?(?:gente|pessoal|funcionarios?|ajudantes?)",
    r"(?:oportunidad|vacante|oferta) (?:laboral|de (?:empleo|trabajo))",
    r"looking for work",
    r"(?:taking|accepting|reviewing) applications?(?: \w+){0,3}",
    r"(?:part|full)[- ]time (?:work|position|role|job|help)",
    r"(?:aceptan|reciben|recibiendo) (?:solicitudes|hojas de vida|curriculum\w*)",
    r"(?:recebem|recebendo|aceitam) curriculos?",
    r"(?:busco|buscando|necesito|quiero|quisiera|solicito|consigo|hay|tienen|dan|ofrecen|me interesa|interesad[oa] en)"
    r" (?:(?:un|una|algun|alguna|buen|conseguir|encontrar|de|mi|primer|medio|el) ){0,2}(?:empleo|trabajo"
    r"|chamba|pasantias?"
    r"|puestos? de trabajo|laburo|pega|camello)(?! (?:de (?:plomer|pint|construc|remodel|electric|repar"
    r"|jardin|alban|carpint)"
    r"|en mi|para mi casa))",
    r"(?:do|does|will) (?:you|u|y'all) (?:guys )?(?:ever )?hire(?! out)(?: \w+){0,2}",
    r"contratan (?:estudiantes|menores|extranjeros|chic[oa]s|muchach[oa]s|\w+ores|\w+istas)(?: \w+){0,2}",
    r"vacantes?",
    r"(?:mi|my|meu|un|enviar|mandar|dejar|enviarles|mandarles|send|sending|tu|o|el|a) (?:cv|resume)(?! (?:the|your))",
    r"(?:estan|andan|tan|siguen|vcs (?:tao|estao)|voces estao|tao|estao) (?:necesitando|ocupando|buscando|precisando de"
    r"|procurando|precisando) (?:\w+ )?(?:personal|gente|empleados?|vendedor\w*|entrenador\w*|chofer\w*|meser[oa]s?"
    r"|recepcionista\w*|cociner\w+|albanil\w*|tecnic\w+|enfermer\w+|maestr\w+|profesor\w*|guardia\w*|secretari\w+"
    r"|pedreiro\w*|funcionari\w+|motorista\w*|garco\w*|atendente\w*|vendedor\w*|ajudante\w*|cajer[oa]s?|barber\w+"
    r"|estilista\w*|mecanic\w+|plomer\w+|conductor\w*|repartidor\w*)",
    r"(?:tengo|tenho|with|i have|con|com) (?:\w+ )?(?:\d+|varios|muchos|several|many|anos de|dos|tres"
    r"|cinco) ?(?:anos|years|yrs)?"
    r" ?(?:de|of|in)? ?(?:experiencia|experience)(?: \w+){0,3}",
    r"(?:procurando|procuro|busco|buscando|looking for) (?:servico|trampo|bico|chamba|empleo|emprego"
    r"|trabajo|work|a job)"
    r"(?=\W*$|[.,;!?\n]| (?:de|como|as|en|em|no|na|here))",
    r"(?:mi |un |el |enviar |mandar |dejar |dejo )?(?:curriculum|curriculo|hoja de vida)(?!"
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
    r"(?:any|part[- ]time|full[- ]time|summer) jobs?(?! sites?)",
    r"(?:need|want|looking for|find|get|give me) (?:me )?(?:a |some )?(?:job|work)(?=\W*$|[.,?!;\n]|"
    r" (?:here|at|with|as|there|please|in your))",
    r"internships?",
    r"my (?:resume|cv)",
    r"hiring",
    r"work (?:for|with) (?:you|your)(?! (?:to|on))",
    r"human resources",
    r"job (?:application|opening|fair)",
    r"(?:procuro|procurando|busco|preciso de|quero|tem|queria|atras de|estao com|gostaria de) (?:\w+"
    r" ){0,1}(?:emprego|trabalho(?: ai)?(?=\W*$|[.,!?]| (?:de|como|na|no))|estagio)",
    r"vagas? (?:(?:de|para|pra) (?:emprego|vendedor\w*|recepcion\w*|estagi\w+|trabalho|atendente\w*"
    r"|auxiliar\w*|motorista\w*"
    r"|garco\w*|cozinheir\w+|caixa|professor\w*|ajudante\w*|estoquista\w*)|abertas?)",
    r"(?:enviar|mandar|deixar|meu) (?:\w+ )?curriculo",
    r"estao contratando",
    r"trabalhar (?:com|ai|na|no|pra) (?:voces|ai|loja|empresa)",
    r"estagio",
    r"trabalhe conosco",
)  # fmt: skip
HOMEWORK = phrases(
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
    r"(?:my|our|the) (?:professor|teacher) (?:\w+ )?(?:asked|assigned|wants|gave|told|said|needs"
    r"|requires)(?: \w+){0,3}",
    r"(?:trabalho|projeto|pesquisa|tcc|licao|dever|seminario) (?:da|de|do|para a|pra|escolar|final|de"
    r" casa)(?: \w+)? ?(?:faculdade|escola|universidade|curso|colegio|aula|casa|materia|disciplina)?(?=\W"
    r"|$)",
    r"trabalho (?:da|de|pra|para a?) (?:faculdade|escola|aula|curso|colegio)",
    r"tcc",
    r"licao de casa",
    r"(?:meu professor|minha professora) (?:\w+ )?(?:pediu|passou|mandou|quer)(?: \w+){0,3}",
)  # fmt: skip
PRANK = phrases(
    r"(?:toy|estoy|estamos|ando|andamos|solo|puro) (?:\w+ )?(?:we[bv]iando|hueveando|boludeando|chingando"
    r"|jodiendo|cotorreando|vacilando|de ocioso|de vago|webeando|guebiando)(?: \w+){0,3}",
    r"(?:cuentame|cuentate|dime|contame|tell me|conta|me conta) (?:un |una |a |uma )?(?:chiste|joke|piada"
    r"|cuento|story)",
    r"(?:no puedo|can'?t) (?:dormir|sleep)",
    r"(?:comprar|compro|vendes?|venden|quiero|buy|sell|vende) (?:\w+ )?(?:la luna|el sol|un planeta|la"
    r" torre eiffel|el mundo|un pais"
    r"|the moon|the sun|the world|a planet|the eiffel tower|a country|a lua|o sol|um planeta)",
    r"cotorreando", r"(?:de )?guasa", r"era (?:una )?joda", r"te la creiste", r"caiste", r"de mentira(?:s)?",
    r"(?:es|era|fue|solo es|todo es|estoy de|puro|pura) (?:una |pura |puro |un )?(?:bromas?|relajo|chiste|joda"
    r"|vacile|mentira)",
    r"(?:estoy|estaba|ando|toy|tamo) (?:\w+ )?(?:relajando|bromeando|jodiendo|vacilando|jugando"
    r"|molestando|mamando gallo)",
    r"(?:te|los|les) (?:estoy|estaba) (?:vacilando|jodiendo|tomando el pelo|troleando)",
    r"mentira (?:ja\w*|jaj\w*|era)",
    r"(?:casate conmigo|quieres? (?:casarte|salir) conmigo|dame un beso|eres (?:linda|sexy|soltera))",
    r"(?:un|una|el|comprar|vend\w+|tienen) (?:\w+ )?(?:unicornio\w*|dragon\w*|dinosaurios?|nave(?:s)?"
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
