"""Whether a text of ours asked for a name or for a way to reach somebody, beyond what `facts_asked` knows.

What the visitor answers is read the more freely the plainer it was asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.leads.facts_asked import kinds_asked
from app.leads.facts_text import fold_text
from app.leads.whose_words import RELATION
from app.remembered import Remembered


@dataclass(frozen=True, slots=True)
class AskedContact:
    """What a text of ours asks of the visitor. `theirs`: somebody else's data, such as the owner's."""

    name: bool = False
    contact: bool = False
    theirs: bool = False


_NAME = re.compile(
    r"\b(?:(?:con|a|por|de) quien(?:es)?|(?:com|por|de) quem)\b(?! (?:es el|es la|decide|paga|firma))"
    r"|\b(?:quien|quienes|quem) (?:(?:nos|lo|la|los|las|les|me|o|a|os|as) )?(?:escrib|habl|fal|recib|receb|recog|recolh"
    r"|retir"
    r"|viene|vem|vendr|busc|asist|esper|contact|llam|pregunt|escrev|entreg|es usted|eres|sos|es$)\w*"
    r"|\bwho (?:should|shall|do|am|can|may|will|would|are|is (?:this|it|calling|coming|the contact)|gets|picks"
    r"|receives|do we)\b"
    r"|\ba nombre de\b|\bem nome de\b|\bcomo (?:te|se|os|le|lo|la) (?:llam|cham|digo|decimos|anot)"
    r"|\bwhat(?:'s| is) your name|\bmay i have your|\byour (?:full )?name\b|\bcon atencion a\b"
)
_CONTACT = re.compile(
    r"\b(?:contact|contacto|contato|contactos) (?:details|info|for|para|person)"
    r"|\bdetails\b|\bdatos\b|\bdados\b|\bcontact\b"
    r"|\b(?:te|le|lo|la|os|les) (?:apunto|anoto|agendo|registro|inscribo|guardo|reservo|aviso)\b"
    r"|\b(?:put|note|write|pencil) you(?:r)?\b|\bkeep your\b|\byour information\b|\bte (?:anoto|aviso|apunto)\b"
    r"|\bposso (?:anotar|avisar|reservar)\b|\bguardamos a vaga\b|\banoto (?:el|o) contact"
)
_OF_ANOTHER = re.compile(
    r"\b(?:nome|nombre|name) (?:d[oa]|del|de la|of the) (?:alun|alumn|nin|crianca|pacient|patient|child|kid"
    r"|student|mascota"
    r"|pet|bebe|noivo|festejad|cumpleaner|aniversariante|empresa|company|negocio|loja|tienda|titular)\w*"
    r"|\b(?:child|kid|patient|student|company|business)'s name\b"
)
_THEIRS = re.compile(
    rf"\b(?:de (?:tu|su)|d[ao] (?:seu|sua|teu|tua)|your) (?:\w+ )?{RELATION}\b|\b(?:dela|dele|de ella|de el)\b"
    r"|\b(?:her|his|their) (?:name|number|contact|phone|e-?mail)",
    re.IGNORECASE,
)


@Remembered
def asked_contact(asked: str) -> AskedContact:
    """What the end of this text of ours asks for."""
    kinds = kinds_asked(asked)
    folded = fold_text(asked[-300:])
    question = "?" in folded
    return AskedContact(
        name=("name" in kinds or (question and _NAME.search(folded) is not None))
        and not _OF_ANOTHER.search(folded),
        contact="contact" in kinds or _CONTACT.search(folded) is not None,
        theirs="theirs" in kinds and _THEIRS.search(folded) is not None,
    )
