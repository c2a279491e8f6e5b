"""The guided assistant's files: complete in every language, understood by itself, and strict about mistakes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.prompt_files import prompts_dir
from app.prompting.assistants import load_assistant
from app.prompting.types import LOCALES, Locale
from app.replies.guided import intents
from app.replies.guided.intents import TOPICS, prepare, understand
from app.replies.guided.texts import guided_texts, load_guided_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(prompts_dir() / "guided", tmp_path, dirs_exist_ok=True)
    return tmp_path


def line_of(path: Path, start: str) -> int:
    return next(n for n, line in enumerate(path.read_text().splitlines(), 1) if line.startswith(start))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_shipped_texts_load_in_every_language() -> None:
    assert set(guided_texts()) == set(LOCALES)


def test_preparing_reads_every_language_before_the_first_visitor_comes() -> None:
    guided_texts.cache_clear()
    intents._phrases.cache_clear()
    prepare()
    assert guided_texts.cache_info().currsize == 1


def test_a_missing_key_is_named_with_its_file_and_line(folder: Path) -> None:
    edit(folder / "pt.yaml", "  refused:\n", "  refusal:\n")
    with pytest.raises(ConfigurationError) as error:
        load_guided_texts(folder)
    assert f"pt.yaml:{line_of(folder / 'pt.yaml', 'say:')}: say.refused: Field required" in str(error.value)


def test_an_unknown_variable_is_named_with_its_file_and_line(folder: Path) -> None:
    edit(folder / "en.yaml", "{{contact}}", "{{email}}")
    with pytest.raises(ConfigurationError) as error:
        load_guided_texts(folder)
    assert (
        f"en.yaml:{line_of(folder / 'en.yaml', '  saved:')}: say.saved: unknown variable {{{{email}}}}"
        in str(error.value)
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("automática de {{site_name}}.", "automática de {{site_name}."),
        ("buttons:\n", "buttons:\n  extra: x\n"),
        ('  skip: "Prefiero no"\n', '  skip: "Prefiero no"\n  skip: "Otra"\n'),
        ("opening:\n", "opening: [\n"),
        ('  person: "Hablar con una persona"', "  person: no"),
    ],
)
def test_other_mistakes_stop_the_start_too(folder: Path, old: str, new: str) -> None:
    edit(folder / "es.yaml", old, new)
    with pytest.raises(ConfigurationError, match=r"es\.yaml:\d+: "):
        load_guided_texts(folder)


BUTTONS = {
    "person": "person",
    "consent_yes": "yes",
    "consent_no": "no",
    "skip": "refuse",
    "typo_yes": "yes",
    "typo_no": "no",
    "offer_yes": "yes",
    "offer_no": "no",
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("button", "intent"), BUTTONS.items())
def test_every_button_is_understood_as_what_it_stands_for(locale: Locale, button: str, intent: str) -> None:
    meaning = understand(getattr(guided_texts()[locale].buttons, button), locale)
    assert intent in meaning.intents
    assert meaning.says_yes == (intent == "yes")
    assert meaning.says_no == (intent in {"no", "refuse"})


@pytest.mark.parametrize("locale", LOCALES)
def test_the_assistants_quick_replies_are_understood(locale: Locale) -> None:
    for label in load_assistant("talia").quick_replies[locale]:
        assert understand(label, locale).intents & {*TOPICS, "person"}, label


@pytest.mark.parametrize(
    ("text", "locale", "yes", "no"),
    [
        ("sí", "es", True, False),
        ("Si, claro", "es", True, False),
        ("claro que sí", "es", True, False),
        ("claro que no", "es", False, True),
        ("no hay problema", "es", True, False),
        ("no, gracias", "es", False, True),
        ("no sé", "es", False, False),
        ("no entiendo", "es", False, False),
        ("no quiero", "es", False, True),
        ("dale", "es", True, False),
        ("Bueno, está bien", "es", True, False),
        ("sí pero no me llamen", "es", False, True),
        ("siempre", "es", False, False),
        ("yes please", "en", True, False),
        ("no problem", "en", True, False),
        ("I don't know", "en", False, False),
        ("notes", "en", False, False),
        ("pode ser", "pt", True, False),
        ("não, obrigado", "pt", False, True),
        ("não sei", "pt", False, False),
        ("ok thanks", "es", True, False),
        ("👍", "pt", True, False),
    ],
)
def test_yes_and_no_are_told_apart_from_what_only_begins_like_them(
    text: str, locale: Locale, yes: bool, no: bool
) -> None:
    meaning = understand(text, locale)
    assert (meaning.says_yes, meaning.says_no) == (yes, no)


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("¿eres una persona?", "es", {"bot"}),
        ("quiero hablar con una persona", "es", {"person"}),
        ("no tengo correo", "es", {"no_email"}),
        ("no me interesa", "es", {"unsure"}),
        ("are you a human?", "en", {"bot"}),
        ("what time do you open?", "en", {"hours"}),
        ("vcs aceitam meu carro na troca?", "pt", {"trade_in"}),
        ("você é um robô?", "pt", {"bot"}),
    ],
)
def test_the_longest_phrase_counts(text: str, locale: Locale, expected: set[str]) -> None:
    assert understand(text, locale).intents - {"negated"} == expected
