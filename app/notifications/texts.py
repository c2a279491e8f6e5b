"""What mails and push messages say: `prompts/notifications/<locale>.yaml`, the same keys in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.prompt_files import parse_yaml, prompts_dir, read_prompt

Locale = Literal["es", "en", "pt"]
LOCALES: tuple[Locale, ...] = get_args(Locale)


def _knows(*names: str) -> AfterValidator:
    """Only these `{variables}` may stand in the text."""

    def check(text: str) -> str:
        for _, name, spec, conversion in Formatter().parse(text):
            if name is not None and (name not in names or spec or conversion):
                raise ValueError(f"{{{name}}} is not known here; there is: {', '.join(names) or 'nothing'}")
        return " ".join(text.split())

    return AfterValidator(check)


Words = Annotated[str, Field(min_length=1, max_length=400)]
Plain = Annotated[Words, _knows()]
OfSite = Annotated[Words, _knows("site")]
OfWho = Annotated[Words, _knows("who")]
Hello = Annotated[Words, _knows("comma_name")]
Count = Annotated[Words, _knows("count")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class StaffTexts(_Strict):
    someone: Plain
    waiting: OfWho
    assigned: OfWho
    message: OfWho
    about: Annotated[Words, _knows("item")]
    many: Count
    intro: OfSite
    open: Plain
    why: OfSite


class LinkTexts(_Strict):
    hello: Hello
    invite_subject: OfSite
    invite: OfSite
    invite_button: Plain
    reset_subject: OfSite
    reset: OfSite
    reset_button: Plain
    expires: Annotated[Words, _knows("until")]


class VisitorTexts(_Strict):
    subject: Annotated[Words, _knows("seller", "site")]
    hello: Hello
    intro: OfSite
    earlier: Count
    open: Plain
    come_back: OfSite
    why: OfSite
    opt_out: Plain


class OptOutTexts(_Strict):
    title: OfSite
    question: OfSite
    button: Plain
    done: OfSite


class Texts(_Strict):
    staff: StaffTexts
    link: LinkTexts
    visitor: VisitorTexts
    opt_out_page: OptOutTexts


Library = Mapping[Locale, Texts]


def load_texts(folder: Path | None = None) -> Library:
    """Every language. Raises ConfigurationError with file and line."""
    found: dict[Locale, Texts] = {}
    for locale in LOCALES:
        path = (folder or prompts_dir() / "notifications") / f"{locale}.yaml"
        found[locale] = parse_yaml(read_prompt(path), Texts, path=path)
    return found


def choose(library: Library, languages: Iterable[str], default: str) -> tuple[Locale, Texts]:
    """The first language of the reader that we speak, else the site's."""
    for wanted in (*languages, default):
        for locale in LOCALES:
            if wanted[:2].lower() == locale:
                return locale, library[locale]
    return "es", library["es"]
