"""The words of mails are strict data: what is missing or made up is found at the start, not when a mail is sent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.notifications.texts import LOCALES, choose, load_texts
from app.prompt_files import prompts_dir


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(prompts_dir() / "notifications", tmp_path / "notifications"))


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('"{who} te escribió"', '"{visitor} te escribió"', "staff.message: {visitor} is not known here"),
        ('"{who} te escribió"', '"{who!r} te escribió"', "staff.message: {who} is not known here"),
        ('"{who} te escribió"', '"{who.email}"', "staff.message: {who.email} is not known here"),
        ('"{who} te escribió"', '"{who"', "staff.message"),
        ("  someone: Un visitante\n", "", "staff.someone: Field required"),
        ("  someone:", "  somebody: x\n  someone:", "staff.somebody"),
    ],
)
def test_a_mistake_is_found_with_its_place(folder: Path, before: str, after: str, complaint: str) -> None:
    path = folder / "es.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as found:
        load_texts(folder)
    assert str(found.value).startswith(f"{path}:")
    assert complaint in str(found.value)


def test_the_readers_language_comes_first(folder: Path) -> None:
    texts = load_texts(folder)
    assert set(texts) == set(LOCALES)
    assert choose(texts, ["fr", "pt-BR", "en"], "es")[0] == "pt"
    assert choose(texts, ["fr"], "en")[0] == "en"
    assert choose(texts, [], "fr")[0] == "es"
