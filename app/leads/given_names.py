"""Given names that are common where Spanish, English and Portuguese are spoken, in lower case and without accents.

They let "soy fernanda" be told from "soy de Santiago". Names that are everyday words as well ("Luz", "Will") are not
among them.
"""

from __future__ import annotations

_GIVEN = """
    maxi dafne tanisha freddie priscilla poppy nerea aitor quique carrie maca thais
    nubia leire jurema wanda erica silvana jamie
    roxana rayane yamile glen rory caleb itzel nuris renata noah tremaine milagros
    rogerio rosangela imani otavio jas harriet denise melissa daniele
    aaron abby abigail abraham adam adan adela adelaida adelina ademir adolfo adrian adriana adriano agustin
    agustina ahmed aida aileen aimee aisha alan alana alba albert alberto aldo alec alejandra alejandro
    alessandra alessandro alex alexander alexandra alexandre alexis alfie alfonso alfred alfredo ali alicia
    aline alison alistair allison alma altagracia alvaro alyssa amanda amber amelia americo amit amy ana
    anabel anahi analia anastasia anderson andre andrea andreia andres andrew andy angel angela angelica
    angelina angie angus anil anita anjali ann anna anne annie anselmo anthony antonella antonia antonio
    aparecida aparecido araceli aracelis arcadio archie arelis ariana ariel arlene armando arnaldo arthur
    artur arturo ashley aubrey augusto aurora austin barbara barry bart bartolome bautista beatriz becca
    becky belen belkis ben benita benito benja benjamin bernarda bernardo bernie berta betania beth beto
    betsy betty bia bianca bienvenida bienvenido billy blanca bob boris brad bradley brandon braulio brenda
    brendan brett brian briana brianna bruce bruna bruno bryan caio caitlin cameron camila camilo candida
    carina carl carla carlos carlton carly carmelita carmelo carmen caro carol carolina caroline casey
    casilda cassandra cassidy cata catalina catarina catherine ceci cecilia celeste celia celso cesar chad
    charles charlie charlotte chava chayo chelsea chema chloe chris christian christina christine
    christopher chucho chuy cida cindy claire clara claribel clark claudia claudio cleber clemente clint
    clive colby cole colin conceicao coni connor consuelo corina cornelio courtney craig cristian cristiane
    cristina cristobal cristovao crystal curtis cynthia dagoberto daisy dalia dalton damaris damian damon
    dan dana dani daniel daniela daniele danielle danilo danny dario darlene darnell darren darryl dave davi
    david debora deborah debra declan deepak delfina delia denise dennis derek dexter diana diane diego
    dilcia dionisio dolores dominga domingo domingos dominica donald donna doris dorothy douglas duarte duda
    dudu dulce duncan dwayne dylan ebony eddie eddy edgar edinaldo edison edith edna edson eduarda eduardo
    edward edwin efrain eladio elaine elena eleuterio eli eliana elias elisa elise elizabeth ella ellen
    elliot elsa elvira elvis emanuel emeterio emilia emiliano emilio emily emma enrique enzo erica erick
    erik erika erin ernest ernesto esmeralda esteban estebania estefania estela ester esther ethan eufemia
    eugenia eugenio eulalia eva evan evandro evangelista evaristo evelyn everton ewan ezequiel fabian
    fabiana fabinho fabio fabiola fabricio facu fatima faustino fausto fede federica federico felicia felipe
    felix fer fernanda fernando filomena finn fiona fior fiordaliza flavia flavio flora florencia floyd fran
    frances francesca francis francisca francisco franco frank franklin fred freddy frederico fulgencio gabi
    gabriel gabriela gabriele gaby gael gareth gary gaston gavin gemma genaro geoff georgina geovanny gerald
    geraldo gerard gerardo gerineldo german gianna gilberto gina giovanna giovanni gisela gisele gladys glen
    glenda glenn gloria gonzalo grace graciela graham graviel greg gregorio gregory griselda guadalupe
    guilherme guille guillermina guillermo gustavo hailey hank hannah harold harry hassan hayden hayley
    heather hector heitor helen helena henrique henry heriberto hernan hilda hipolito hiroshi holly howard
    hugh hugo humberto ian ibrahim ignacio igor iker ileana imogen ines ingrid inocencia iracema irene iris
    irma isaac isabel isabela isabella isadora isaiah isaias isidro ismael israel ivan ivanilda ivette ivone
    ivonne jacinta jacinto jack jackson jacob jacqueline jailson jaime jake jamal james jamie jan jandira
    jane janet jaqueline jared jasmin jasmine jason javi javier javiera jay jayden jean jeff jefferson
    jeffrey jeison jennifer jenny jeremias jeremy jerry jesse jessica jesus jhon jill jimena jimmy joan
    joana joanna joao joaquim joaquin joaquina jocelyn jodie joe joel johan johanna john johnny joilson jon
    jonah jonas jonathan jordan jorge jorginho jose josefa josefina joselito joseph josh joshua josie josue
    joy joyce juan juana juanita juanito juanjo juanma juca judith julia julian juliana julieta julio
    julissa julius junior jurema jussara justin kaique kara karen karina karla kate katherine kathleen kathy
    katia kayla kayleigh keila keisha keith kelly kelvin ken kenia kenneth kerry kevin kike kim kimberly
    kirk kirsty kleber kristin kurt kyle lais lakisha lalo lara larissa larry latoya laura laurel lauren
    laurent lautaro lazaro leah leandra leandro leidy leila leo leocadio leon leonard leonardo leonel
    leonidas leonor leticia lewis liam lidia lilian liliana lillian lily lina linda lindsay linh lisa
    lisandra lisandro livia liz lizbeth lizzie lloyd logan lola lolita lore lorena lorenzo lori lorraine
    lorrane lottie louis louise lourdes luan lucas lucia luciana luciano lucila lucinda lucinha lucrecia
    lucy luigi luis luisa luisito luiz luiza luke luli lupe lupita luzia lydia mabel macario mack maddie
    madison magali magdalena maggie maicon maisie majo malcolm mamerto manoel manu manuel manuela marc
    marcela marcelina marcelino marcelle marcelo marcia marcio marco marcos marcus margaret margarita
    margaro maria mariam mariana mariano maribel marie mariela marilyn marina marino mario marisa marisol
    maritza marjorie mark marlene marta martha martin martina marvin mary mateo mateus matheus mathew mati
    matias matilde matt matthew maurice mauricio mauro max maximiliano maximo maya mayelin mayobanex mayra
    meg megan melanie melba meli melina melissa mely memo mercedes meredith mia mica micaela michael michel
    michelle miguel mikaela mike milagros milena millie milton minerva minh miranda miriam mitch mitchell
    modesto mohamed mohammed moises molly monica monika monique morgan muhammad murilo myriam nacha nacho
    nadia nahuel nancy nando naomi natalia natalie nataly natan natasha nate nathalia nathan neha neide neil
    nelly nelson nereida nestor neuza neville nguyen niamh nicasio nicholas nico nicolas nicole nigel nilda
    nilson nilton nina niurka noah noe noelia noemi nora norberto norma norman octavio odair odalis ofelia
    olga oliver olivia omar oneida onelio orlando ornella oscar osmar osvaldo otto owen pablo paco paige pam
    pamela pancho paola pascual pato patricia patricio patrick patty paul paula paulina paulo pedro peggy
    penelope pepe percy perla perry pete peter petra phil philip pietra pilar pili pippa porfirio primitivo
    priscila priscilla priya quentin quinn quique quisqueya rachel radhames rafa rafael rafaela rafelina
    rafinha rafita rahul raimundo raissa raj ralph ramiro ramon ramona ramonita ramonsito randy raquel raul
    ravi raymond rebeca rebecca rebekah reggie regina reinaldo renan renata renato rene reuben reyita reyna
    rhys ricardo richard rick rickey rita robert roberta roberto robin robinson rocio rodney rodolfo rodri
    rodrigo rogelio roger rolando roman romina ron ronald ronaldo rory rosa rosalba rosalia rosalina rosana
    rosangela rosanna rosanny rosario rosaura rose roseli rosemary rosie rosio rosmery ross roxana roy ruben
    rufino rufus rupert russ russell rute ruth ryan sabrina salvador sam samantha samara samuel sandra sandy
    sanjay santi santiaga santiago sara sarah saskia saul scott sean seba sebas sebastian sergio seth shane
    shaniqua shannon sharon shaun sheila shirley sid sienna silvana silvia silvina silvio simon simone sixto
    socorro sofi sofia sol sonia sonya sophia sophie stacy stan stanley starlin stefany stella stephanie
    stephen steve steven stewart stuart sue suelen sunita susan susana suzana suzanne sylvia tabata taina
    tainara talia tamara tamsin tania tara tasha tati tatiana tato taylor ted teodoro teofilo teresa terrell
    terrence terry tess thais thalia theo theresa thiago thomas tiago tiffany tilly tim timothy tina titi
    tito toby todd tom tomas tomasina tommy toninho tono tony tracy travis trent trevor trish trisha troy
    tyler tyrone tyson uelinton ulises uriel vagner valdemir valdir valentin valentina valeria valerie
    valmir vanderlei vanesa vanessa vera vern veronica vicente vicky victor victoria victoriano vilma vince
    vincent vinicius violeta virgilio virginia vitor vitoria vivian viviana wagner waldo wallace walter
    wanda wander wanderson wascar washington wayne welinton wellington wendy wes wesley wilfredo wilkin
    william willian wilmer wilson wilton xavier ximena yadira yahaira yamila yanelis yanet yaneth yara
    yaritza yasmin yesenia yesica yinet yissel yocasta yohan yohanna yokasta yolanda yomaira yudelka yudelki
    yudith yuki yulieth yuri yusuf yvette yvonne zacarias zachary zack zaira zara ze zeca zezinho zilda zoe
    zoila zulema zunilda
"""
GIVEN_NAMES = frozenset(_GIVEN.split())
