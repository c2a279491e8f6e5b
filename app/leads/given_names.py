"""Given names that are common where Spanish, English and Portuguese are spoken, in lower case and without accents.

They let "soy fernanda" be told from "soy de Santiago". Names that are everyday words as well ("Luz", "Will") are not
among them.
"""

from __future__ import annotations

_GIVEN = """
    aaron abby abdon abelardo abigail abraham acacio adailton adalberto adam adan adela adelaida adelaide
    adele adelina adelino adelmo ademar ademir adenilson adilson adnan adolfo adria adrian adriana adriano
    adrien afonso agata agnes agnieszka agustin agustina ahmed aida aileen aimee ainhoa aisha aitana aitor
    aitziber aixa akira alaide alan alana alba albert alberto albino alcides alcione aldair aldana aldo
    alec alejandra alejandro alejo alessandra alessandro alessia alex alexander alexandra alexandre alexis
    alf alfie alfonsina alfonso alfred alfredo alhan ali alicia alicja aline alison alistair alix aliya
    aliyah allan allegra allison alma almudena aloisio alondra alonso altagracia altair alvaro alvin alya
    alyssa amador amalia amanda amaro amaya amber ambrosio amelia amelie americo amina aminata amira amit
    amy ana anabel anaclara anacleto anahi anahy analia ananda anastacia anastasia anders anderson andre
    andrea andreas andreia andreina andres andrew andreza andy aneta anete angel angela angelica angelina
    angie angus anh anibal anika anil anisio anita anjali ann anna anne annie anouk ansel anselmo anthony
    antje antoine antonela antonella antonia antonina antonio antonny anya aoife aparecida aparecido
    apolinar arabella araceli aracelis aracely arantxa arcadio arcangel archie arelis arely aretha argenis
    ariadna ariadne ariana ariane arianna ariel aristides arlene arleth armando armida arnaldo arnold
    arsenio artemio arthur artur arturito arturo arun arvind asdrubal asher ashley ashok ashton asier
    asuncion atilio aubrey aud audrey augusta augusto aurea aurelia aurelie aurelio aurora austin ava
    ayana ayanna ayelen ayesha ayla ayumi azucena bao barbara barry bart bartolome bashir bastian bautista
    beatrice beatrix beatriz becca becky belen belinda belkis ben benedict benedita benicio benita benito
    benja benjamin benji berenice bernarda bernardete bernardita bernardo bernice bernie berta bertha
    berto bertrand betania beth bethany betina beto betsy bettina betty bev beverly bia bianca biel
    bienvenida bienvenido bilal billy birgit blanca bob bobby boris borja brad bradley brandi brandon
    braulio braxton breidy brenda brendan brenna brennan breno brett breyner brian briana brianna bridget
    brigida brigitte britney brittany brock bronagh bruce bruna bruno bryan bryce brynn byron caetano
    cainan caio caitlin caleb calvin cameron camila camilo candace candi candida caren carin carina
    carissa carl carla carlinhos carlito carlos carlton carly carmela carmelita carmelo carmen carmina
    caro carol carolina caroline carolyn carrie caryn casandra casey casilda cass cassandra cassidy cassio
    cata catalina catarina cathal catherina catherine cathy caua cauan cayetana cayetano ceci cecil
    cecilia cedric celeste celestino celia celina celine celso cesar cesarina chabela chad chago chandler
    chantal charlene charles charlie charlotte charly chava chayo chelsea chema chente cheo cheryl
    cheyenne chiara chidi chinedu chinonso chiquinho chloe chris christa christelle christian christina
    christine christopher chrystal chucho chuck chukwu chuy ciara ciaran cicero cida cindy cinthia cintia
    claire clara claribel clark claudette claudia claudine claudinei claudiney claudio claus clayton clea
    cleber cleide cleidiane cleiton clelia clemente clementina cleo cleonice cleusa cleuza clifford clint
    clive clovis colby cole colette colin colleen colm columba conceicao conchita coni connor conor conrad
    conrado constance constanza consuelo coqui cora corina corinne cornelia cornelio cory courtney craig
    cristela cristian cristiane cristiano cristina cristobal cristobalina cristovao crystal curtis cynthia
    dafne dagmar dagoberto dahlia daiana daiane daira daisy dalia dalila dalma dalton dalva damaris damian
    damiana damien damo damon dan dana dandara dani daniel daniela daniele danielle danika danilo danna
    danny darcy daria dariel dariela dario darlan darlene darlin darnell darrell darren darryl darwin
    dashiell dave davi david davide davina dayana dayane dayanna dayse deandre deanna debbie debora
    deborah debra declan deepak deisy deivid delfina delfino delia delphine demarcus demetrio denise
    denisse dennis deolinda derek deshawn desiree desmond devin dexter deyanira deysi dhruv diamantina
    diana diane diego dieter digna dilan dilcia dilma dilson dilys dimas dimitri dina dinah dino diogenes
    diogo dionisia dionisio dionne dirceu dirk djalma dmitri dolores dominga domingo domingos dominic
    dominica dominik dominique donald donato donna donovan dora dorian dorinda doris dorival dorotea
    dorothy douglas duarte duda dudu dulce duncan durval dustin dwayne dwight dyan dylan eamon eber ebony
    eddie eddy edelio edelmira ederson edgar edgardo edi edileuza edilma edilson edimar edina edinaldo
    edison edite edith edivaldo edlaine edmilson edmundo edna edsel edson edu eduarda eduardo edurne
    edvaldo edvania edward edwin efigenia efrain efren eileen einar eira eladio elaina elaine elcio elda
    eldon eleanor eleazar electra elen elena elenice elenita eleonora eleuterio eli eliana eliane elianne
    elias elida eliel eliezer elin eline elio eliot elisa elisabet elisabete elisabeth elise eliseo
    elizabete elizabeth elizeu elkin ella ellen ellie elliot eloa eloi eloisa eloy elsa elson elton elvia
    elvin elvio elvira elvis elyse ema emanuel emely emerson emeterio emil emile emilia emiliano emilio
    emilse emily emma emmanuel emmanuelle emmett encarna endika enedina eneida engracia enma enoch enol
    enrica enrique enriqueta enzo epifania epifanio ereni eric erica erick erik erika erin erivaldo
    erlinda erma ermelinda ernest ernestina ernesto ernie errol ervin esmeralda esteban estebania
    estefania estela estella ester estevan estevao esther ethan ettore euclides eufemia eufrasia eugene
    eugenia eugenie eugenio eulalia eulogio eunice eusebia eusebio eustaquio eva evan evandro evangelista
    evaristo evelia evelin evelina evelyn everaldo everardo everton evie evita ewa ewan ewerton eyal
    ezequiel fabia fabian fabiana fabinho fabio fabiola fabrice fabricia fabricio fabrizio facu facundo
    faisal fanny farah farid fatima fatou faustina faustino fausto fede federica federico fefa fefita
    felicia feliciana feliciano felicidad felicity felina felipa felipe felisa felix fer fermin fernanda
    fernandinha fernandito fernando fidel fidelia fidelina filiberto filip filipa filipe filippo filo
    filomena fineas finley finn fiona fior fiordaliza fiorella flavia flavio flora florencia florentina
    florentino florinda florine florisvaldo florita floyd fonso fran frances francesca franciele
    francielle francine francis francisca francisco franco francois francoise francy frank franklin frasco
    frasquita frauke fred freddie freddy frederic frederick frederico fritz fulgencio fulvio gabi gabino
    gabriel gabriela gabriele gabrielle gaby gael galia gannon gareth gary gaspar gaston gavin geisa
    gelson gemma genaro genesis geneva genevieve genilson genivaldo genoveva geoff georges georgia georgie
    georgina geovanny gerald geraldine geraldo gerard gerardina gerardo gerda gerineldo german germana
    gerson gertrude gertrudis gervasio gesica getulio geysa ghislaine giada gianluca gianna gianni gideon
    gigi gilberto gilda gildardo gildo giles gilmar gilson gilvan gina gino giorgia giorgio giovanna
    giovanni gisel gisela gisele giselle gislaine gislene giulia giuliana giuseppe gladis gladys glayson
    gleb gleice gleison glen glenda glenn gloria godofredo gonzalo gonzo goyo graca grace graciano gracie
    graciela gracinda graham graviel greg gregorio gregory greta gricelda grisel griselda grissel
    guadalupe guida guilherme guille guillem guillermina guillermo guiomar guisela gumersindo gunnar
    gunter gustav gustavo gwen gwyneth hailey haley halina halle hana hank hannah hannes hans harold
    haroldo harri harriet harry haruki hasan hasna hassan hatice haydee hayden hayley heather hector hedy
    heidy heinz heitor heladio helder helen helena helga helio heloisa hendrik henny henri henrique henry
    herbert hercilia heriberta heriberto herman hermann hermelinda hermes hermila hermilo herminia
    herminio hernan hernando hilario hilda hillary hilton hipolito hiroko hiroshi holly honorato horacio
    horst hortencia hortensia howard huang hubert hugh hugo humberto humphrey hussein hyacinth iago ian
    ianina ibai ibis ibrahim idalia idalina idania idoia idris ieda ifeanyi ignacia ignacio ignasi igor
    ihsan iker ikram ilana ilda ildefonso ileana ilian iliana ilich ilka ilma ilsa ilse imani imanol
    imelda imogen imran inaki indira ines inga ingo ingrid inma inmaculada inna inocencia iolanda iona
    ione iracema iraci iraida irene iria iriana irina irineu iris irlanda irma irwin isaac isabel isabela
    isabell isabella isabelle isadora isadore isaiah isaias isandro isaura isidora isidoro isidro isis
    ismael ismar ismenia isolda isolina israel itzayana itzel ivan ivana ivani ivanilda ivanildo ivanir
    ivanna ivars ivelisse ivete ivette ivo ivon ivone ivonne iwan izabel izabella izan izaskun jacek jaci
    jacinda jacinta jacinth jacinto jack jackeline jackie jackson jacky jacob jacobo jacqueline jacques
    jada jaden jadiel jadwiga jael jaha jailson jailton jaime jaimito jair jairo jake jalen jalil jamal
    james jameson jamie jan jana janaina jandir jandira jane janelle janet janete janette janie janine
    janis janna jannet janneth jaquan jaque jaquelin jaquelina jaqueline jared jas jasiel jasmin jasmine
    jason jaspal jaume javi javier javiera javon jay jaya jayden jaylen jayme jazmin jazmine jean jeanette
    jeanie jeanine jeanne jeannie jeff jefferson jeffrey jeison jelena jemima jemma jen jenaro jenifer
    jenna jenni jennie jennifer jenny jens jensen jeremias jeremy jerome jeronima jeronimo jerry jersson
    jesse jessenia jessica jessie jesus jesusa jesusita jhon jhonatan jhonny jia jianna jihan jill jimena
    jimi jimmie jimmy joachim joan joana joanna joanne joao joaozinho joaquim joaquin joaquina jobson
    jocasta jocelin joceline jocelyn jocelyne jodi jodie jody joe joel joelma joelson joey johan johanna
    johanne johannes john johnathan johnnie johnny joice joilma joilson jolanda jolie jon jonah jonas
    jonatan jonatas jonathan jonathas joni jonny jools jordan jordana jordi jordy jorge jorginho josafat
    josane jose josefa josefina joselin joseline joselito josemaria josemir josenildo josep joseph
    josephine josete josh joshua josiah josiane josias josie josiel josilene josimar josu josue josune
    jovana jovita joy joyce juan juana juanca juancho juanfran juani juanita juanito juanjo juanjose
    juanluis juanma juanmi juanpa juanra juca jucelino juciara jucileide judas jude judi judit judith judy
    jule julen jules julia julian juliana juliane julianna julie juliet julieta juliette julinho julio
    julisa julissa julius junie juninho junior junot juraci jurandir jurema jussara jussie justin justina
    justine justino juvenal juvencio juventino kacper kadeem kadu kaila kaique kaitlin kaitlyn kaleb kamal
    kamala kamila kamilla kani kara karen karim karime karina karine karissa karl karla karol karolina
    karoline kasia kassandra kat katarina katarzyna kate katelyn katerina katharina katherin katherine
    kathi kathleen kathrin kathryn kathy katia katie katiuscia katiuska katrina katya kauan kaue kawan kay
    kayden kayla kaylee kayleigh keanu keegan keiko keila keilyn keisha keith kelen kelley kelli kellie
    kelly kelsey kelton kelvin kemal ken kendall kendra kenia kenji kenneth kenny kenta kenya kermit kerri
    kerry kessia ketlin kev kevin kevyn keyla keyshawn khadija khalid khalil kiara kieran kike kiki kiko
    killian kim kimberley kimberly kinga kip kira kirill kirk kirsten kirsty klara klaus kleber klebson
    kofi konrad konstantin koray kris krista kristen kristian kristie kristin kristina kristine kristofer
    krystal kuki kurt kurtis kwame kyla kyle kylie kyra labeeb ladislao laercio laia laila laira lais
    laisa lakeisha lakisha lakshmi lalo lara larisa larissa larkin larry lars latasha latisha latoya
    latrice laudelina laura laureano laurel lauren laurence laurent lauri laurie laurinda laurindo lauro
    lautaro layla laysa lazara lazaro lea leah leandra leandrinho leandro leann leanne leela leena leia
    leidiane leidimar leidy leif leigh leila leire lena lencho leni lenin lenira lenita lennart lenny leo
    leoba leocadio leon leonard leonardo leoncio leonel leonela leoni leonice leonidas leonidia leonie
    leonilda leonor leonora leopoldina leopoldo leroy lesley leslie lesly leti leticia lewis lexi leyda
    leydi leyla liam liana liani liberato licia lida lidia lidiane liduvina liesel ligia lil lilian
    liliana liliane lilibeth lilith lillian lillie lilly lily lina linda lindaura lindomar lindsay lindsey
    ling linh linnea linus lionel lisa lisandra lisandro lisbeth liseth lisette lissa lissette lita litza
    livia liz liza lizandra lizbeth lizeth lizette lizzie lizzy ljubica llanos lloyd lluis logan loida
    lois loisa lola lolita longino lore lorea loreley lorena lorenzo loreto loretta lori lorna lorraina
    lorraine lorrana lorrane lotte lottie louis louisa louise lourdes lourdinha luan luana luanda luane
    luara lucas lucca lucelia lucette luci lucia luciana luciane luciano lucie lucienne lucila lucilene
    lucille lucimar lucimara lucinda lucindo lucinea lucineia lucinha lucio lucius lucrecia lucrezia lucy
    ludovic ludwig luigi luis luisa luisangel luisina luisito luismi luiz luiza lukas luke luli lupe
    lupita lupo luther luzia luzmery luzmila lyanne lyda lydia lyle lyn lynda lyndon lynette lynn lynne
    maarten mabel mabelle maca macarena macario mack mackenzie madalena maddie maddison madeleine madelin
    madeline madelyn madison mads mafalda mafe magali magaly magda magdalena magdiel maggie magno magnus
    mahmoud maia maiara maicon maida maider maik maikel maila maira maisie maitane maite majo malachi
    malcolm malik malika malin mallory malu malvina mamen mamerto mandy manfred manny manoel manoela
    manolita manolito manolo mansour manu manuel manuela manuelita manuelito marbella marc marcela
    marcelina marcelino marcelita marcelle marcello marcelo marcia marciana marciano marcie marcin marcio
    marco marconi marcos marcus mareike maren maresa margaret margarete margareth margaretha margarida
    margarita margaro margie margit margo margot marguerite maria mariadelcarmen mariaeugenia mariajose
    mariam marian mariana mariane marianela marianna marianne mariano maribel maricarmen maricela marichu
    maricruz marie mariela marielena marielle marielos marien marietta marife mariit marija marijke marijo
    marika marike marilda marilei marilena marilene marilia marilin marilu marilyn marilza marina
    marinalva marinella marinete marino mario marion mariona maris marisa marisabel mariscal marise
    marisel marisol marissa marita marites maritza mariu mariuxi mariza marjorie marjory mark markel
    markus marla marlen marlene marlenis marley marli marlin marlise marlon marlow marlucia marly marna
    marquinhos marquis marquise marta martha martin martina martinha martiniano martino marty maruja
    maruxa marvin mary maryam maryana maryann marybel maryelis maryjane marylin masha massimo mat mateo
    mateus mateusz matheus mathew mathias mathieu mathilde mati matias matilda matilde mats matt mattea
    matteo matthew mattia mattie maud maude maura maureen maurice mauricia mauricio maurilio mauro mavis
    max maxence maxi maxim maxime maximiliana maximiliano maximo maxine maxwell maya mayelin maylin
    maynard mayobanex mayra mayte mayumi mckenna mechthild medea meg megan mehdi mehmet mehwish mei meire
    melania melanie melany melba melchor meli melina melissa meliton melodie melody melquiades melva
    melvin mely memo mercedes mercedita meredith merle merlin merlyn merrill meryem mette mia mica micaela
    micah michael michaela michal micheal michel michela michele michelle micky miguel miguela miguelangel
    miguelito mihai mijail mika mikael mikaela mikaella mike mikel mikhail miki milagros mildred milena
    millie milton milva mindy minerva minh minnie miquel miranda mirco mireia mirela mirella miren mireya
    miriam miriela mirka mirna mirta mirtha misael misha missy mitch mitchell mitra mitzi modesto moema
    mohamed mohammad mohammed mohan moira moises moisesito mollie molly monalisa moni monia monica monika
    monique montse montserrat morgan morgana moritz morris mose moshe moussa muhammad muriel murilo
    mustafa myla mylene myles myra myriam myrna myrta myrtle nabil nacha nacho nadezhda nadia nadine nadja
    nahia nahomi nahuel naia naiara naida naila naim naima nair nalini nallely nanci nancie nancy nanda
    nando nani naomi naomy napoleon nara narcisa narciso naroa nasir natacha natalee natalia natalie
    nataliya nataly natan nataniel natascha natasha natasja nate nathalia nathalie nathaly nathan
    nathanael nathaniel nati natividad natividade nayara nayeli nayla naz nazaret nazareth nazario ned
    nedda neela neftali neha neide neil neiva nela nelci nelda neli nelia nelida nella nellie nelly nelma
    nelsa nelsi nelson nerea nereida nereo neri nerio nery nestor nestora netty neusa neuza nevena neville
    neyde neyla neymar ngozi nguyen nia niall niamh nicanor nicasio niceto nicholas nichole nicia nicki
    nicky niclas nico nicola nicolas nicolasa nicole nicoletta nigel nike niki nikita nikki niklas niko
    nikola nikolai nikolas nilda nildo niles nilo nilsa nilson nilton nilza nimia nimrod nina ninfa
    ninoska nirvana nisha niurka nivaldo nixon noah noam noe noeli noelia noelita noelle noemi noemia
    noemy nohelia nohemi nohora nolan nomsa noor nora norah norberto noreen norely norha norma norman nour
    nubia nuno nuria nuris nurys nydia oana obdulia obdulio oceane octavia octavio odair odalis odalys
    odete odette odile odilia odilon odir ofelia ofir ohana oihana oksana olaf olalla ole olegario olena
    olga olimpio olindo oliver olivia olivier oliwia ollie oluwaseun olympia omaira omar omara omari
    oneida onelio onofre ophelia oralia orestes orfilia oriol orion orla orlanda orlando ornella orson
    ortencia orville osbaldo oscar oseias osiris oskar osman osmar osmin osnei ossian osvald osvaldo
    oswaldo otacilio otavia otavio oti otilia otoniel ottilie ottis otto ousmane ovidio owain owen oxana
    ozzie pablino pablito pablo paco paige palmira pam pamela pancha pancho pandora paola paolina paolo
    paquita paquito parisa parvati pascale pascoal pascual pascuala pasqual pasquale pato patric patrice
    patricia patricio patrick patrik patryk patsy patty paul paula paulette pauli pauliana paulina pauline
    paulinho paulino paulo pavel paxton payton pearse pedrinho pedrito pedro pegah peggy pelayo penelope
    penha pepe percy peregrina perine perla perlita pernille perry pete peter peterson petra petrona
    petronila petrus petunia peyton phil philip phillip phillipa phoebe phyllis pier piere pierina
    pierluigi pierre pietra pietro pilar pilarica pili piotr pippa placida pocho poliana pollyanna pooja
    poppy porfiria porfirio prakash praxedes primitivo prisca priscila priscilla priya priyanka prudencio
    puri quang quentin quetzal quinn quintin quique quisqueya rabia rachael rachel rachelle rachid radames
    radhames rae raelynn rafa rafael rafaela rafaella rafelina rafi rafinha rafita raheem rahul raimon
    raimunda raimundo raina raisa raissa raj rajesh rajiv ralf ralph ramesh ramiro ramon ramona ramonita
    ramonsito ramses randal randall randi randy rania ranulfo raphael raphaela raquel raquelita rashad
    rashid rasmus raul raulito ravi ravindra rayan rayane rayanne raylan raymond rayner raysa rebeca
    rebecca rebeka rebekah reece regan reggie regina reginald reginaldo regino reid reinaldo reiner
    reinier remi remigio remo remy rena renald renan renara renata renate renato rene renee renilda reshma
    restituto reuben reyita reyna reynaldo reynier rhea rhiannon rhoda rhona rhonda rhys rian ricarda
    ricardinho ricardo ricci richard richie rick rickey ricki ricky rigoberta rigoberto rikki rimsky
    rinaldo ringo rishi rita rivka roan roana robbie robby robert roberta robertina robertinho roberto
    roberval robin robinson robson rocco roch rocio roderick rodger rodney rodolfina rodolfo rodri rodrick
    rodriga rodrigo roel rogelio roger rogerio rogers rohan rohit roland rolando rolo romain roman romana
    romario romeo romilda romildo romina romola romualda romualdo romulo ron ronald ronaldinho ronaldo
    ronan ronda roni ronilda ronny rory rosa rosalba rosalia rosalie rosalina rosalind rosalva rosamaria
    rosana rosane rosanette rosangela rosangelica rosani rosanna rosanny rosaria rosarino rosario rosaura
    rosaurora rosbel roscoe rose roseane roseanne rosecler roselaine roseli roselia roselyn rosemarie
    rosemary rosemeire rosenda rosendo roseni roshan rosi rosiane rosie rosilda rosilene rosimar rosimeire
    rosina rosineide rosinha rosio rosita rosivaldo rosmery ross roswitha rowena roxana roxane roxanna
    roxanne roxy roy rozalia ruan ruben rudi rudolf rudy rufino rufus rupert ruslan russ russell rute
    rutger ruth ruthie ruy ryan ryana rylee saad saba sabina sabino sabri sabrina sade sadia sadie saeed
    safia sagrario sahara said saida saioa salma salman salome salustiano salvador salvadora salvatore
    salvio sam samanta samantha samara samaria samer samia samir samira sammy samson samu samuel samy
    sandeep sandra sandrine sandro sandy sangeeta sanjay sanjuana sanna santi santiaga santiago santino
    saori sara sarah sarai sarita sasha saskia satish satoshi saturnina saturnino saul saulo savanna
    savannah schirley scott sean seba sebas sebastian sebastiana sebastiao sefora segismundo selena selene
    selenia selina selma senen serafin serafina serge sergey sergi serginho sergio servando seth severina
    severino severo shahid shaila shaina shakira shana shanaya shane shania shanice shaniqua shanna
    shannen shannon shaquille shari sharon sharona sharonda sharron shaun shauna shaunda shawn shay shayla
    shaz shazza sheena sheila shelby sheldon shelia shelley shelly sherri sherrie sherry sheryl shirin
    shirley shiva shona shonda shreya shyam sibele sid siena sienna sigfrido sigrid silas silmara silvain
    silvana silvania silvano silverio silvester silvestre silvia silvina silvinha silvio simao simeon
    simoes simon simona simone simoneta sinead sinforosa siobhan siria sixta sixto skylar socorro sofi
    sofia sofie soila sol solange soleil solita sonia sonya sophia sophie soraia soraya soren soso sri
    stacey stacie stacy stan stanislav stanley starla starlin stavros stefan stefani stefania stefanie
    stefano stefany steffi stella steph stephan stephani stephanie stephany stephen steve steven stevie
    stewart stu stuart sue suelen suely sugey suhail sulema suli sulma suman sunil sunita suraj surya
    susan susana susanita susanna susanne susie suso suzana suzanna suzanne suzy sven svetlana swati syd
    sydney sylvain sylvester sylvi sylvia sylvie tabata taciana tacio tadeo tadeu tahir taiane taina
    tainara tais taisa talia talita talitha tallulah tamara tamia tamika tammy tamsin tania tanisha tanner
    tara tarcisia tarcisio tarek tarik tariq tarsila taryn tasha tati tatiana tato tatum tavo tayla taylin
    taylor tayna ted teddy tegan teo teodolinda teodora teodoro teofila teofilo tercio teresa teresinha
    teresita terezinha teri terrell terrence terri terrie terry tes tess tessa tete tetsuo thaina thainara
    thais thaisa thales thalia thalita thandeka thandi thayna thaynara thea thelma theo theodora theodore
    theresa therese thiago thiaguinho thierry thirza thomas thomaz thor thuy tiago tiana tiare tiberio
    tiff tiffany tilda tilly tim timo timoteo timothy tina tincho tinho tino tiphaine tirso titi tito
    tiziana tobi tobias toby todd tom tomas tomasina tomasito tomasz tomeu tommaso tommy tona tonha tonho
    toninho tonino tono tony torben toribio torsten tracey traci tracie tracy tranquilino travis tremaine
    tremayne trent tressa trev trevor trey tricia trini trish trisha tristao trixie troy trudy tsugumi
    tulio tuto twyla tyler tyra tyrell tyrone tyson ubaldo ubirajara uelinton ugo ulises ulla ulrich
    ulrike ulysses umberto unai uriah uriel urraca urs ursula ursulina uxue uzma vagner vaitiare valda
    valdeci valdelice valdemar valdemir valdemira valdinei valdineia valdir valdirene valentin valentina
    valentino valeria valeriano valerie valerio valeska valmir valquiria valter vance vanda vanderlei
    vanderleia vanderson vanesa vanessa vanessinha vanina vannessa vannia varun vasile vaughn velia velma
    venancio venceslao vera verenice vern vernon verona veronica veronika vesna vianey vianney vicenta
    vicente vicenza vicki vicky victor victoria victoriana victoriano vidalia vihaan vijay vika viktor
    viktoria vilma vinay vince vincent vincenza vincenzo vini vinicius vinnie violeta violette virgil
    virgilio virginia virginie viridiana virna viselda vitalina vitaly vitor vitoria vittoria vittorio viv
    vivek vivi vivian viviana viviane vivianne vivien vivienne vlad vladimir vladimira wagner waldemar
    waldir waldisney waldo walid walkiria wallace wally walmir walt walter waltercio walther wanda wander
    wanderson wandito wanessa wascar washington wasim wayne wei welder welinton wellington wellinton
    welton wenceslao wendel wendell wender wendy werner wes wesley weslley weverton whitney wilber wilbert
    wilbur wilder wilfred wilfredo wilfrida wilfrido wilhelm wilka wilkin willa willem willi william
    willian willians willie willis willma willy wilma wilman wilmar wilmara wilmer wilner wilo wilson
    wilton winifred winnie winona winston witold wojciech wojtek wolfgang wong xabi xabier xandra xandre
    xanti xavi xavier xaviera xesus xiana xiang xiao ximena xiomara xisca xoan xochitl xulia yadhira
    yadiel yadira yael yago yahaira yahir yahya yaiza yajaira yakelin yamil yamila yamile yamilet yamileth
    yan yana yaneisy yanelis yanet yaneth yanina yanira yanisa yanka yann yanna yannick yaqui yara yareli
    yarelis yaremi yarima yarisa yarisel yaritza yasmin yasmina yasmine yasser yavier yayo yazmin yeimi
    yeison yelena yelitza yenifer yenni yenny yeray yeri yerlin yesenia yesica yessenia yessica yeudi
    yilda yimi yinet yirina yisel yissel ylenia yoana yoandri yocasta yoel yohan yohana yohanna yokasta
    yolanda yolande yolima yomaira yonatan yone yorlady yosef yoselin yoselyn yoshua yossi yousef youssef
    ysabel yuan yudelka yudelki yudith yuki yuleidy yulia yuliana yulieth yulisa yuliza yumi yuna yuneisy
    yunior yuri yuridia yuritzi yusra yusuf yusuke yvan yves yveth yvette yvon yvonne zac zacarias
    zachariah zachary zack zahara zahra zaid zaida zain zainab zaira zander zandra zane zaqueu zara zarela
    zayda zayn zaynab zbigniew ze zeca zeferina zeferino zehra zeina zelda zelia zelma zenaida zenilda
    zenon zetti zeus zezinho zhang zilda zilma zilmar zineb zita zoe zoey zofia zohra zoila zoraida zoraya
    zosimo zubin zulaika zulay zuleica zuleika zulema zulma zuly zunilda zurine zuzana
"""
GIVEN_NAMES = frozenset(_GIVEN.split())
