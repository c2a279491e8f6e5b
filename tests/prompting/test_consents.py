"""Consent texts: complete, versioned, hashed as they are read, and saying what has to be said."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.prompting.consents import load_consents
from app.prompting.types import LOCALES, ConsentPurpose, Locale

PURPOSES: tuple[ConsentPurpose, ...] = ("chat", "contact", "marketing")

FILE = "version: v1\n" + "".join(
    f"{purpose}:\n" + "".join(f'  {locale}: "The text for {purpose} in {locale}"\n' for locale in LOCALES)
    for purpose in PURPOSES
)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_has_its_version_and_the_hash_of_what_is_shown(
    purpose: ConsentPurpose, locale: Locale
) -> None:
    consents = load_consents()
    text = consents.text(purpose, locale)
    assert text.version == consents.version
    assert text.locale == locale
    assert text.sha256 == hashlib.sha256(text.text.encode()).hexdigest()
    assert text.text == " ".join(text.text.split())


@pytest.mark.parametrize(
    ("locale", "stored", "provider", "withdraw"),
    [
        ("es", "guardemos", "proveedor de inteligencia artificial", "retirar"),
        ("en", "store", "artificial intelligence provider", "withdraw"),
        ("pt", "guardemos", "provedor de inteligência artificial", "retirar"),
    ],
)
def test_the_contact_text_names_storage_the_provider_and_the_way_back(
    locale: Locale, stored: str, provider: str, withdraw: str
) -> None:
    text = load_consents().text("contact", locale).text
    for words in (stored, provider, withdraw):
        assert words in text
    assert text.count("?") == 1


def test_line_folds_of_the_file_do_not_change_the_hash(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FILE)
    (tmp_path / "b.yaml").write_text(
        FILE.replace('"The text for chat in es"', ">-\n    The text for\n    chat in es")
    )
    assert load_consents("a", tmp_path) == load_consents("b", tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version: v1\n", "", r"x\.yaml:1: version: Field required"),
        ('  pt: "The text for chat in pt"\n', "", r"x\.yaml:2: chat: is missing in pt"),
        ('"The text for chat in es"', '"short"', r"x\.yaml:3: chat\.es: String should have at least 20"),
        ("version: v1\n", "version: v1\ncookies: {}\n", r"x\.yaml:2: cookies: Extra inputs"),
        ("version: v1\n", "version: 'a b'\n", r"x\.yaml:1: version: String should match"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in FILE
    (tmp_path / "x.yaml").write_text(FILE.replace(old, new, 1))
    with pytest.raises(ConfigurationError, match=message):
        load_consents("x", tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_consents("none", tmp_path)
