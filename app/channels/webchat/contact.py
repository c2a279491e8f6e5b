"""Forms: contact data checked field by field, and consent to exactly the text that was shown."""

from __future__ import annotations

from collections.abc import Iterable

from app.channels.webchat.schemas import ClaimedUser, ConsentBody, ContactBody
from app.conversations.types import ConsentGiven, ContactPatch
from app.errors import FieldError, Invalid
from app.leads.finding import is_email, is_phone
from app.prompting.types import Consents
from app.sites.identity import Subject


class InvalidContact(Invalid):
    code = "contact.invalid"


class ConsentVersionUnknown(Invalid):
    code = "consent.version_unknown"
    title = "That version of the consent text is not in force; show the current one and ask again."


def checked_contact(body: ContactBody, *, region: str) -> ContactPatch:
    """Normalised: the e-mail in lower case, the phone in E.164. Raises InvalidContact naming every field."""
    wrong: list[FieldError] = []
    email = is_email(body.email) if body.email else None
    if body.email and email is None:
        wrong.append(FieldError("email", "email.invalid", "is not an e-mail address such as ana@example.com"))
    phone = is_phone(body.phone, region) if body.phone else None
    if body.phone and phone is None:
        wrong.append(
            FieldError(
                "phone", "phone.invalid", f"is not a phone number of {region}, or with + and a country code"
            )
        )
    if wrong:
        raise InvalidContact(fields=tuple(wrong))
    return ContactPatch(name=body.name or None, email=email, phone=phone)


def known_profile(person: ClaimedUser | Subject, *, region: str) -> dict[str, str]:
    """What of it can be stored: name, email, phone. What is malformed is left out; nobody is there to mend it."""
    found = {
        "name": person.name or None,
        "email": is_email(person.email) if person.email else None,
        "phone": is_phone(person.phone, region) if person.phone else None,
    }
    return {name: value for name, value in found.items() if value}


def consents_given(consents: Consents, bodies: Iterable[ConsentBody]) -> tuple[ConsentGiven, ...]:
    """For the ledger. Raises ConsentVersionUnknown: agreement to a text that is not shown any more proves nothing."""
    given: list[ConsentGiven] = []
    for body in bodies:
        text = consents.text(body.purpose, body.locale)
        # Withdrawing is always possible, whatever was agreed to.
        if body.granted and body.text_version != text.version:
            raise ConsentVersionUnknown(f"the version in force is {text.version}")
        given.append(
            ConsentGiven(
                purpose=body.purpose,
                granted=body.granted,
                text_version=text.version,
                text_sha256=text.sha256,
                locale=body.locale,
                source="form",
            )
        )
    return tuple(given)
