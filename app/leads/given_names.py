"""Given names that are common where Spanish, English and Portuguese are spoken, in lower case and without accents.

They let "soy fernanda" be told from "soy de Santiago". Names that are everyday words as well ("Luz", "Will") are not
among them.
"""

from __future__ import annotations

_GIVEN = """
    aaron abigail abraham adam adan adela adelaida adelina adolfo adrian adriana agustin agustina aida
    aileen aimee alan alana alba albert alberto aldo alec alejandra alejandro alessandra alex alexander
    alexandra alexandre alexis alfonso alfred alfredo alicia aline alison allison alma altagracia alvaro
    alyssa amanda amber amelia americo amy ana anabel anahi analia anastasia anderson andre andrea andreia
    andres andrew andy angel angela angelica angelina angie anita ann anna anne annie anthony antonella
    antonia antonio araceli arelis ariana ariel arlene armando arnaldo arthur artur arturo ashley augusto
    aurora austin barbara bartolome beatriz becky belen belkis ben benita benito benjamin bernardo berta
    betania beth beto betsy betty bianca blanca bob boris brad bradley brandon braulio brenda brett brian
    briana bruna bruno bryan caio camila camilo candida carina carl carla carlos carmelo carmen carol
    carolina caroline cassandra catalina catarina catherine cecilia celeste celia celso cesar charles
    charlie charlotte chloe chris christian christina christine christopher cindy clara claudia claudio
    cleber clemente cole colin conceicao connor consuelo corina craig cristian cristiane cristina cristobal
    crystal cynthia dagoberto daisy dalia damaris damian dan dana daniel daniela daniele danielle danilo
    danny dario darlene dave davi david deborah debra delfina delia denise dennis derek diana diane diego
    dolores dominga domingo domingos donald donna doris dorothy douglas duarte dulce dylan eddie eddy edgar
    edison edith edna edson eduarda eduardo edward edwin efrain elaine elena eli eliana elias elisa
    elizabeth ella ellen elsa elvira elvis emanuel emilia emiliano emilio emily emma enrique enzo erica
    erick erik erika ernesto esmeralda esteban estefania estela ester esther ethan eugenia eugenio eva evan
    evelyn ezequiel fabian fabiana fabio fabiola fatima federica federico felicia felipe felix fernanda
    fernando fiona flavia flavio flora florencia frances francesca francis francisca francisco franco frank
    franklin fred freddy frederico gabriel gabriela gabriele gael gareth gary gaston geovanny gerald geraldo
    gerard gerardo german gianna gilberto gina giovanna giovanni gisela gisele gladys glenda gloria gonzalo
    grace graciela greg gregorio gregory griselda guadalupe guilherme guillermina guillermo gustavo hannah
    harold harry heather hector heitor helen helena henrique henry heriberto hernan hilda hugo humberto ian
    ignacio igor iker ileana ines ingrid irene iris irma isaac isabel isabela isabella isadora isaias ismael
    israel ivan ivette ivonne jack jackson jacob jacqueline jaime jake james jamie jan jane janet jaqueline
    jared jasmine jason javier jay jayden jean jeff jeffrey jeison jennifer jenny jeremias jeremy jerry
    jesse jessica jesus jhon jill jimena jimmy joan joana joanna joao joaquim joaquin joe joel johan johanna
    john johnny jon jonas jonathan jordan jorge jose josefa josefina joseph joshua josue joy joyce juan
    juana juanita judith julia julian juliana julieta julio julissa junior justin kaique karen karina karla
    kate katherine kathleen kathy katia kayla keila keisha keith kelly kelvin ken kenia kenneth kevin
    kimberly kleber kristin kyle lais lara larissa larry laura laurel lauren laurent lautaro lazaro leandra
    leandro leidy leila leo leon leonard leonardo leonel leonor leticia lidia lilian liliana lillian lily
    lina linda lindsay lisa lisandro livia liz lizbeth logan lorena lorenzo lori lorraine lourdes luan lucas
    lucia luciana luciano lucila lucy luigi luis luisa luiz luiza luke lupe lupita lydia mabel madison
    magali magdalena maggie maicon manoel manuel manuela marc marcela marcelino marcelle marcelo marcia
    marcio marco marcos marcus margaret margarita maria mariam mariana mariano maribel marie mariela marilyn
    marina mario marisa marisol maritza marjorie mark marlene marta martha martin martina mary mateo mateus
    matheus mathew matias matilde matt matthew mauricio mauro maximiliano maya mayra meg megan melanie melba
    melissa mercedes meredith mia michael michel michelle miguel mikaela mike milagros milena miranda miriam
    moises molly monica monika monique morgan murilo myriam nadia nahuel nancy naomi natalia natalie nataly
    natan natasha nathalia nathan nelly nelson nestor nicholas nicolas nicole nilda nilton noah noe noelia
    noemi nora norberto norma octavio ofelia olga oliver olivia omar orlando oscar osvaldo otto pablo pam
    pamela paola pascual patricia patricio patrick patty paul paula paulina paulo pedro peggy penelope perla
    pete peter petra phil philip pilar priscila priscilla priya rachel rafael rafaela raimundo raissa ralph
    ramiro ramon ramona randy raquel raul raymond rebeca rebecca regina reinaldo renan renata renato rene
    reyna ricardo richard rick rita robert roberta roberto robin robinson rocio rodolfo rodrigo rogelio
    roger rolando roman romina ron ronald ronaldo rosa rosalia rosana rosanna rosario rosaura rose rosemary
    rosmery roxana roy ruben ruth ryan sabrina salvador sam samantha samara samuel sandra sandy santiago
    sara sarah saul scott sean sebastian sergio shannon sharon sheila shirley silvana silvia silvina silvio
    simon simone socorro sofia sol sonia sonya sophia sophie stacy starlin stefany stella stephanie stephen
    steve steven stuart sue suelen susan susana suzana suzanne sylvia tabata talia tamara tania tatiana
    taylor teodoro teresa terry thais thalia theo theresa thiago thomas tiago tiffany tim timothy tina todd
    tom tomas tommy tony tracy travis trevor tyler ulises uriel valdemir valentin valentina valeria valerie
    vanesa vanessa vera veronica vicente vicky victor victoria vilma vincent vinicius violeta virginia vitor
    vitoria vivian viviana wagner waldo walter wanda wanderson washington wellington wendy wesley wilkin
    william willian wilmer wilson xavier ximena yadira yahaira yamila yanet yara yaritza yasmin yesenia
    yesica yolanda yulieth yuri yvette yvonne zacarias zachary zaira zoe zoila zulema
"""
GIVEN_NAMES = frozenset(_GIVEN.split())
