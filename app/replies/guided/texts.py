"""What the guided assistant says and understands: `prompts/guided/<locale>.yaml`, the same keys in every language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.prompt_files import parse_yaml, prompts_dir, read_prompt
from app.prompting.types import LOCALES, Locale
from app.prompting.variables import check_variables

COMMON = ("assistant", "site_name", "comma_name", "of_item")


def _knows(*extra: str) -> AfterValidator:
    """Only these variables besides the common ones may stand in the sentences of a key."""

    def check(lines: list[str]) -> list[str]:
        for line in lines:
            check_variables(line, (*COMMON, *extra))
        return lines

    return AfterValidator(check)


def _only(*names: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        check_variables(text, names)
        return text

    return check


Sentence = Annotated[str, Field(min_length=1, max_length=240)]
Variants = Annotated[list[Sentence], Field(min_length=1, max_length=5)]
Lines = Annotated[Variants, _knows()]
Phrases = Annotated[list[Annotated[str, Field(min_length=1, max_length=60)]], Field(min_length=1)]
Label = Annotated[str, Field(min_length=1, max_length=40)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Opening(_Strict):
    """How a reply begins: the first one, and the first one after a model's."""

    hello: Lines
    see_item: Annotated[Variants, _knows("item")]
    back: Lines
    failure: Lines
    budget: Lines
    recovery: Lines


class Say(_Strict):
    hi_again: Lines
    nice_to_meet: Lines
    name_fixed: Lines
    thanks_for_data: Lines
    saved: Annotated[Variants, _knows("contact")]
    complete: Lines
    consent_yes: Lines
    consent_no: Lines
    refused: Lines
    fine_without: Lines
    no_rush: Lines
    withdrawn: Lines
    erase: Lines
    not_yours: Lines
    noted_when: Lines
    person_called: Lines
    person_waiting: Lines
    offer_declined: Lines
    about_me: Lines
    why_data: Lines
    sorry: Lines
    calm: Lines
    not_possible: Lines
    interest: Lines
    unknown_question: Lines
    noted: Lines
    not_understood: Lines
    welcome: Lines
    bye: Lines
    bye_with_contact: Lines
    go_on: Lines
    done: Lines
    still_here: Lines


class Answers(_Strict):
    """What is said to a question whose answer the guided assistant cannot know."""

    many: Annotated[Variants, _knows("topics")]
    price: Lines
    availability: Lines
    visit: Lines
    financing: Lines
    trade_in: Lines
    details: Lines
    hours: Lines
    location: Lines


class Known(_Strict):
    """What is said from the site's catalogue. `item` is a title, `items` a list of them with their prices."""

    price: Annotated[Variants, _knows("item", "price")]
    options: Annotated[Variants, _knows("items")]
    closest: Annotated[Variants, _knows("items")]
    available: Annotated[Variants, _knows("item")]
    reserved: Annotated[Variants, _knows("item")]
    sold: Annotated[Variants, _knows("item")]
    on_order: Annotated[Variants, _knows("item")]
    details: Annotated[Variants, _knows("item", "facts")]
    shown: Annotated[Variants, _knows("item")]


class Topics(_Strict):
    """The same questions as nouns, for lists of them."""

    price: Label
    availability: Label
    visit: Label
    financing: Label
    trade_in: Label
    details: Label
    hours: Label
    location: Label
    complaint: Label


class Ask(_Strict):
    help: Lines
    rephrase: Lines
    name: Lines
    consent: Lines
    consent_for_given: Lines
    consent_again: Lines
    contact: Lines
    email: Lines
    phone: Lines
    email_too: Lines
    phone_too: Lines
    bad_email: Annotated[Variants, _knows("written")]
    bad_phone: Annotated[Variants, _knows("written")]
    typo: Annotated[Variants, _knows("email")]
    when: Lines
    offer: Lines
    more: Lines


class Buttons(_Strict):
    person: Label
    consent_yes: Label
    consent_no: Label
    skip: Label
    typo_yes: Label
    typo_no: Label
    offer_yes: Label
    offer_no: Label
    when: list[Label]


class Understand(_Strict):
    """Phrases by what they mean. How they are written is said in es.yaml, how they are read in `intents`."""

    greeting: Phrases
    thanks: Phrases
    goodbye: Phrases
    yes: Phrases
    no: Phrases
    unsure: Phrases
    price: Phrases
    availability: Phrases
    visit: Phrases
    financing: Phrases
    trade_in: Phrases
    details: Phrases
    hours: Phrases
    location: Phrases
    person: Phrases
    complaint: Phrases
    bot: Phrases
    privacy: Phrases
    refuse: Phrases
    withdraw: Phrases
    erase: Phrases
    no_email: Phrases
    no_phone: Phrases
    insult: Phrases
    injection: Phrases
    interest: Phrases


class GuidedTexts(_Strict):
    and_: str = Field(alias="and", min_length=1, max_length=10)
    of_item: Annotated[str, AfterValidator(_only("item"))]
    opening: Opening
    say: Say
    answers: Answers
    known: Known
    topics: Topics
    ask: Ask
    buttons: Buttons
    understand: Understand


def load_guided_texts(folder: Path | None = None) -> dict[Locale, GuidedTexts]:
    """Every language. Raises ConfigurationError with file and line for a missing or unknown key or variable."""
    folder = folder or prompts_dir() / "guided"
    paths: dict[Locale, Path] = {locale: folder / f"{locale}.yaml" for locale in LOCALES}
    return {locale: parse_yaml(read_prompt(path), GuidedTexts, path=path) for locale, path in paths.items()}


@cache
def guided_texts() -> dict[Locale, GuidedTexts]:
    """The shipped texts, read once."""
    return load_guided_texts()
