"""Assistant files: strict, with errors that name the line, and rendered so that data stays data."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import ConfigurationError
from app.prompt_files import prompts_dir
from app.prompting.assistants import MAX_DATA_CHARS, Variables, greeting, load_assistant, render
from app.prompting.types import LOCALES

FILE = """\
---
display_name: Eva
greeting:
  es: "Hola de {{site_name}}"
  en: "Hi from {{site_name}}"
  pt: "Oi de {{site_name}}"
quick_replies:
  es: ["Precio"]
  en: ["Price"]
  pt: ["Preço"]
lead_fields: [name, phone]
tools: [save_contact]
temperature: 0.5
---
You are Eva of {{site_name}}.

Today: {{today}}, {{ locale }}. Item: {{item_title}}. Page: {{page_title}}. Visitor: {{contact_name}}.
"""

VALUES: Variables = {
    "site_name": "AutoCaribe",
    "today": "2026-11-20",
    "locale": "es",
    "contact_name": "",
    "item_title": "",
    "page_title": "",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "eva.md").write_text(FILE, encoding="utf-8")
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    assert old in FILE
    (folder / "eva.md").write_text(FILE.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_assistant_loads() -> None:
    talia = load_assistant("talia")
    assert talia.display_name == "TalIA"
    assert set(talia.greeting) == set(talia.quick_replies) == set(LOCALES)
    assert talia.lead_fields == ("name", "email", "phone")


def test_a_file_becomes_one_value(folder: Path) -> None:
    eva = load_assistant("eva", folder)
    assert eva.ref == "eva@" + hashlib.sha256(FILE.encode()).hexdigest()[:8]
    assert eva.lead_fields == ("name", "phone")
    assert eva.tools == ("save_contact",)
    assert (eva.model, eva.temperature, eva.max_output_tokens) == (None, 0.5, 800)
    assert eva.system_text.startswith("You are Eva")
    assert greeting(eva, "en", "AutoCaribe") == "Hi from AutoCaribe"


def test_any_change_of_the_file_changes_its_ref(folder: Path) -> None:
    before = load_assistant("eva", folder).ref
    change(folder, "You are Eva", "You are  Eva")
    assert load_assistant("eva", folder).ref != before


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("display_name: Eva\n", "display_name: Eva\nmood: warm\n", 3, "mood: Extra inputs are not permitted"),
        ("display_name: Eva\n", "", 2, "display_name: Field required"),
        ("lead_fields: [name, phone]", "lead_fields: [name, fax]", 11, "lead_fields.1: Input should be"),
        ("lead_fields: [name, phone]", "lead_fields: [name, name]", 11, "lead_fields: names something twice"),
        ("temperature: 0.5", "temperature: hot", 13, "temperature: Input should be a valid number"),
        ("temperature: 0.5", 'temperature: "0.5"', 13, "temperature: Input should be a valid number"),
        ("temperature: 0.5", "tools: [save_contact]", 13, "'tools' stands here twice"),
        ('  pt: "Oi de {{site_name}}"\n', "", 3, "greeting: is missing in pt"),
        (
            '  es: "Hola de {{site_name}}"',
            '  es: "Hola de {{shop}}"',
            3,
            "greeting: unknown variable {{shop}}",
        ),
        ('  es: ["Precio"]', '  es: ["Precio", "Precio"]', 7, "quick_replies: in es: at most 6"),
        ("tools: [save_contact]", "tools: [save_contact", 13, ""),
        ("Today: {{today}}", "Today: {{now}}", 17, "unknown variable {{now}}"),
        ("Today: {{today}}", "Today: {{today}", 17, "'{{' that is no variable"),
        ("You are Eva of {{site_name}}.", "You are Eva }}.", 15, "'}}' that is no variable"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(
    folder: Path, old: str, new: str, line: int, message: str
) -> None:
    change(folder, old, new)
    with pytest.raises(ConfigurationError) as error:
        load_assistant("eva", folder)
    assert str(error.value).startswith(f"{folder / 'eva.md'}:{line}: {message}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("You are Eva.", "must start with front matter"),
        ("---\ndisplay_name: Eva\nYou are Eva.", "no closing `---` line"),
        (FILE.split("You are Eva", maxsplit=1)[0], "no system text"),
    ],
)
def test_a_file_without_its_two_parts_is_refused(folder: Path, text: str, message: str) -> None:
    (folder / "eva.md").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        load_assistant("eva", folder)


def test_a_file_that_is_not_utf8_is_refused(folder: Path) -> None:
    (folder / "eva.md").write_bytes(FILE.encode("utf-16"))
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_assistant("eva", folder)


def test_windows_line_ends_are_fine(folder: Path) -> None:
    (folder / "eva.md").write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert "\r" not in load_assistant("eva", folder).system_text


@pytest.mark.parametrize("name", ["ana", "../eva", "Eva", "", "eva.md", "/etc/passwd"])
def test_an_unknown_name_is_answered_with_the_names_there_are(folder: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"there are: eva"):
        load_assistant(name, folder)


def test_rendering_fills_the_text_and_puts_the_canary_last(folder: Path) -> None:
    text = render(
        load_assistant("eva", folder),
        {**VALUES, "item_title": "Corolla", "contact_name": "Ana"},
        canary="zxq123",
    )
    assert text.startswith("You are Eva of AutoCaribe.\n\nToday: 2026-11-20, es. ")
    assert 'Item: "Corolla". Page: unknown. Visitor: "Ana".' in text
    assert text.splitlines()[-1].endswith(": zxq123")


@given(st.text(max_size=300))
@settings(deadline=None)
def test_what_comes_from_a_page_stays_one_quoted_line(title: str) -> None:
    talia = load_assistant("talia")
    plain = render(talia, {**VALUES, "item_title": "T"}, canary="zxq123")
    text = render(talia, {**VALUES, "item_title": title}, canary="zxq123")
    assert text.count("\n") == plain.count("\n")
    shown = next(line for line in text.splitlines() if "Item they look at:" in line).partition("look at: ")[2]
    assert shown == "unknown." or (shown.startswith('"') and shown.endswith('".'))
    assert '"' not in shown[1:-2].replace("\\\\", "").replace('\\"', "")
    assert len(shown) <= 2 * MAX_DATA_CHARS + 5


def test_variables_inside_data_are_not_filled(folder: Path) -> None:
    text = render(load_assistant("eva", folder), {**VALUES, "item_title": "{{today}}"}, canary="zxq123")
    assert 'Item: "{{today}}"' in text


def test_the_prompts_are_found_where_this_package_is() -> None:
    assert (prompts_dir() / "assistants" / "talia.md").is_file()
    assert prompts_dir().is_absolute()


def test_tone_and_handoff_rules_stand_where_the_text_wants_them(folder: Path) -> None:
    path = folder / "eva.md"
    text = FILE.replace("tools: [", "tone: dry\nhandoff_rules: [They ask for it., They are upset.]\ntools: [")
    path.write_text(
        text.replace("You are Eva", "Be {{tone}}.\n{{handoff_rules}}\nYou are Eva"), encoding="utf-8"
    )
    told = render(load_assistant("eva", folder), VALUES, canary="zxq123")
    assert told.startswith("Be dry.\n- They ask for it.\n- They are upset.\nYou are Eva")
    path.write_text(FILE.replace("You are Eva", "Be {{tone}}. You are Eva"), encoding="utf-8")
    line = FILE.splitlines().index("You are Eva of {{site_name}}.") + 1
    with pytest.raises(ConfigurationError, match=rf"eva\.md:{line}: \{{\{{tone\}}\}} stands here"):
        load_assistant("eva", folder)
