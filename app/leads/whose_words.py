"""Words by which `whose` knows somebody else: relatives, people at work, ways to reach them. Parts of patterns."""

from __future__ import annotations

_FAMILY = (
    r"espos[oa]|marido|mujer|novi[oa]|herman[oa]s?|madre|mam[aáiy]|padres?|pap[aáiy]|viej[oa]|hij[oa]s?|prim[oa]|t[ií][oa]"
    r"|sueg(?:ro|ra)|suegr[oa]s?|cu[ñn]ad[oa]|cu[ñn]is|yern[oa]|nuer[oa]|pareja|abuel[oa]s?|abuelit[oa]|sobrin[oa]|niet[oa]s?"
    r"|padrin[oa]|madrin[ea]|ahijad[oa]|compadre|comadre|hijastr[oa]|padrastro|madrastra|ex(?=\W)|prometid[oa]"
    r"|wife|husband|hubby|spouse|girlfriend|boyfriend|partner|brother|sister|sis|bro|mother|mom|mum|father|dad|parents?"
    r"|son|daughter|kid|cousin|uncle|aunt|auntie|niece|nephew|grand(?:ma|pa|mother|father|son|daughter|parents)|nan|nana"
    r"|step(?:son|daughter|mother|father|dad|mom)|(?:daughter|son|mother|father|brother|sister)-in-law|in-laws?|fianc[eé]e?"
    r"|missus|mrs|twin|godmother|godfather"
    r"|mulher|esposa|namorad[oa]|irm[aã]o?s?|m[aã]e|pais?|filh[oa]s?|sogr[oa]|cunhad[oa]|tio|tia|av[óô]|v[óô]|net[oa]s?"
    r"|nora|genro|enteado|enteada|padrasto|madrasta|noiv[oa]|afilhad[oa]|compadre|comadre|companheir[oa]"
)
_AROUND = (
    r"amig[oa]|vecin[oa]|compa[ñn]er[oa]|caser[oa]|due[nñ][oa]|propietari[oa]|inquilin[oa]|arrendador[a]?|client[ea]?"
    r"|friend|buddy|neighbou?r|roommate|flatmate|housemate|landlord|landlady|tenant|owner|client|customer|caregiver"
    r"|carer|nanny|babysitter|sitter|nurse|guest"
    r"|vizinh[oa]|colega|amig[ao]|inquilin[oa]|propriet[aá]ri[oa]|cuidador[a]?|ni[nñ]era|bab[aá]"
)
_AT_WORK = (
    r"jef[ea]|sensei|manijero|patr[oó]n|captain|chair(?:man|woman|person)?|soci[oa]|secretari[oa]|asistente|ayudante|gerente|director[a]?|responsables?|encargad[oa]|supervisora?"
    r"|coordinadora?|administradora?|contadora?|contable|tesorer[oa]|president[ea]|inspectora?|ingenier[oa]|arquitect[oa]"
    r"|abogad[oa]|licenciad[oa]|maestro(?:\s+de\s+obras?)?|capataz|mayordomo|porter[oa]|conserje|recepcionista|mec[aá]nic[oa]"
    r"|chofer|ch[oó]fer|emplead[oa]|trabajador[a]?|corredor[a]?|decorador[a]?|dise[nñ]ador[a]?|jardiner[oa]|entrenador[a]?"
    r"|profesor[a]?|pastor[a]?|enfermer[oa]|comprador[a]?"
    r"|boss|manager|supervisor|assistant|secretary|accountant|bookkeeper|colleague|co-?worker|teammate|superintendent|super"
    r"|agent|lawyer|attorney|architect|engineer|contractor|foreman|builder|plumber|electrician|broker|realtor|driver"
    r"|receptionist|caretaker|janitor|concierge|doorman|handyman|gardener|coach|teacher|principal|treasurer|planner|designer"
    r"|decorator|mechanic|employee|intern|CEO|CFO|COO|business\s+partner"
    r"|chefe|s[oó]ci[oa]|secret[aá]ri[oa]|assistente|diretor[a]?|respons[aá]vel|coordenadora?|contador[a]?|s[ií]ndic[oa]"
    r"|zelador[a]?|porteir[oa]|caseir[oa]|engenheir[oa]|arquitet[oa]|advogad[oa]|corretor[a]?|mestre\s+de\s+obras?|motorista"
    r"|funcion[aá]ri[oa]|tesoureir[oa]|professor[a]?|enfermeir[oa]|despachante|patr[aã]o|patroa"
)
RELATION = rf"(?:{_FAMILY}|{_AROUND}|{_AT_WORK})"
DETERMINER = (
    r"(?:mi|mis|my|minhas?|meus?|nuestr[oa]s?|noss[oa]s?|our|un|una|an?|um|uma|su|sus|the|con\s+el|con\s+la|del?\s+la|d[aeo]s?"
    r"|del|de\s+el|al|ao|el|la|o|his|her|their)"
)
CHANNEL = (
    r"n[uú]meros?|tel[eé]fono|telefone|telem[oó]vel|celular|cel|cell|m[oó]vil|correo|e-?mail|mail|whats?app|whats|wasap|wsp"
    r"|zap|zapzap|phone|fone|number|line|contacto|contato|address|direcci[oó]n|tel|fijo|landline|mobile"
)
NOT_A_NAME = (
    r"Me|My|Us|It|You|Your|That|This|Here|There|What|Let|She|He|They|The|We|Who|Name|Number|Phone|Cell|Tel|Cel|Corr|Mail|Whats"
    r"|WhatsApp|Wasap|Back|Now|Anytime|After|Before|Between|On|At|Any|Please|Tomorrow|Today|Tonight|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday|Claro|Tigo|Movistar|Altice|Vivo|Tim|Oi|Mi|Mis|El|La|Al|Este|Esta|Ese|Casa|Email|E-mail"
    r"|Hoy|Ma[ñn]ana|Lunes|Martes|Mi[eé]rcoles|Jueves|Viernes|S[aá]bado|Domingo|Gmail|Hotmail|Meu|Minha|Esse|Amanh[aã]|Contato|Contacto"
)
NAME = rf"(?-i:(?!(?:{NOT_A_NAME})\b)[A-ZÁÉÍÓÚÑÂÊÔÃÕÇ][^\W\d_A-Z][^\W\d_]*)"
"""A word written like a name, in a pattern that else does not mind the case."""
REACH = (
    r"(?:ll[aá]m(?:ar|en|e|a)(?:le|les|l[oa]s?)?|cont[aá]ct(?:ar|en|e|a)\w*|comun[ií](?:qu|c)\w+|escr[ií]b(?:ir|an|en|a|e)(?:le|les)?"
    r"|h[aá]bl(?:ar|en|e|a|[aá])(?:le|les)?|preg[uú]nt(?:ar|en|e|a)(?:le|les)?|av[ií]s(?:ar|en|e|a)(?:le|les)?|m[aá]rqu\w+|d[ií]gan?(?:le|les)"
    r"|reach|text|call|contact|phone|ring|message|talk\s+to|speak\s+(?:to|with)|ask(?:\s+for)?|e-?mail|write(?:\s+to)?|ping|buzz"
    r"|fal(?:e|em|a|ar)|lig(?:ue|uem|ar|a)|cham(?:e|em|a|ar)|contat(?:e|em|a|ar)|procur(?:e|em|a|ar)|escrev(?:a|am|e|er)|mand(?:a|e|em|ar)"
    r"|pergunt(?:a|e|em|ar))"
)
BROKEN = (
    r"(?:\W+\w+){0,3}?\W+(?:no\s+(?:sirve|funciona|prende|tiene)|da[nñ][oóa]\w*|rompi\w*|roto|rota|perd[ií]\w*|mojad\w+|descarg\w+"
    r"|apagad\w+|rob\w+|roubad\w+|quebr\w+|estrag\w+|pifou|molhou|sem\s+bateria|desligad\w+|broke|broken|dead|died|stolen|lost|cut|off"
    r"|busted|cracked|disconnected|gone)\b"
)
