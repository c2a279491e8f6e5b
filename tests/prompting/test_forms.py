"""The form of an assistant: it edits the same text as the file view, and leaves alone whatever it was not told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.prompting.actions import checked, normalized
from app.prompting.assistants import assistant_source
from app.prompting.comparing import compared
from app.prompting.forms import changed, errors_in, opened
from app.prompting.types import BadPrompt

SOURCE = normalized(assistant_source("talia"))
MINE = SOURCE.replace("tone: friendly", "# how it talks\ntone: friendly").replace(
    "max_output_tokens", "# costs\n\nmax_output_tokens"
)


def test_the_shipped_file_is_read_whole() -> None:
    form = opened(SOURCE)
    assert form["errors"] == []
    fields = form["fields"]
    assert fields["greeting"]["pt"].startswith("Olá!")
    assert (fields["tone"], fields["model"], fields["max_output_tokens"]) == ("friendly and calm", None, 700)
    assert fields["system_text"].startswith("You are TalIA")
    assert changed(SOURCE, {name: fields[name] for name in fields}) == SOURCE


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"tone": "formal, brief"}, 1),
        ({"tone": "yes: no # maybe"}, 1),
        ({"lead_fields": ["email"]}, 1),
        ({"temperature": 0.4}, 1),
        ({"price": {"input": 0.25, "output": 2.0}}, 1),
        ({"knowledge": {"items": True, "documents": ["faq"]}}, 1),
        ({"greeting": {"es": "¡Buenas!", "en": "Hi “you”, it's 10:30", "pt": "Olá"}}, 3),
        ({"handoff_rules": ["They are upset.", "- a dash", "a: colon"]}, 4),
    ],
)
def test_a_change_touches_its_own_lines_only(change: dict[str, Any], lines: int) -> None:
    text = changed(MINE, change)
    parts = [part for part in compared(MINE, text) if part["kind"] != "equal"]
    assert sum(max(len(p["left"]), len(p["right"])) for p in parts) <= lines
    form = opened(text)
    assert form["errors"] == []
    [(name, value)] = change.items()
    assert form["fields"][name] == value
    assert ("# how it talks" in text, "# costs\n\nmax_output_tokens" in text) == (True, True)


def test_a_field_is_taken_out_and_the_instructions_are_one_of_them() -> None:
    priced = changed(SOURCE, {"price": {"input": 1.0, "output": 2.0}})
    assert changed(priced, {"price": None}) == SOURCE
    text = changed(SOURCE, {"system_text": "Be {{tone}}.\n{{handoff_rules}}"})
    assert checked(text, "talia").system_text == "Be {{tone}}.\n{{handoff_rules}}"
    # Two fields at once, one of which a text of another style cannot take in place.
    flow = "---\n{display_name: A, tone: b}\n---\nHola"
    assert opened(changed(flow, {"tone": "c", "model": "m"}))["fields"]["display_name"] == "A"


def test_every_mistake_is_told_with_its_line_and_field() -> None:
    bad = SOURCE.replace("lead_fields: [name,", "lead_fields: [nam,").replace(
        "max_output_tokens: 700", "max_output_tokens: 7"
    )
    told = errors_in(bad)
    assert [(one["field"], bad.splitlines()[one["line"] - 1].split(":")[0]) for one in told] == [
        ("lead_fields.0", "lead_fields"),
        ("max_output_tokens", "max_output_tokens"),
    ]
    with pytest.raises(BadPrompt) as refused:
        checked(bad, "talia")
    assert [field.field for field in refused.value.fields] == [f"line {one['line']}" for one in told]
    [unknown] = errors_in(
        SOURCE.replace("{{site_name}}, and", "{{site}}, and").replace(
            "website chat of {{site_name}}", "{{shop}}"
        )
    )
    assert unknown["field"] == "system_text"
    broken = opened(SOURCE.replace("tone: friendly", "tone: [friendly"))
    assert (broken["fields"], len(broken["errors"])) == (None, 1)
    with pytest.raises(BadPrompt):
        changed("no front matter", {"tone": "x"})


def test_a_text_that_holds_strange_things_is_shown_and_mended() -> None:
    strange = (
        "---\ndisplay_name: 2024-01-01\ntone: !!binary aGk=\ngreeting: {1: .nan, es: [.inf]}\n"
        "quick_replies: !!set {a, b}\nmodel: on\n---\nHi"
    )
    form = opened(strange)
    assert json.loads(json.dumps(form, allow_nan=False))["fields"]["display_name"] == "2024-01-01"
    assert form["errors"]
    mended = changed(strange, {"greeting": {"e s: #": "x", "en": "y"}, "tone": "calm"})
    assert opened(mended)["fields"]["greeting"] == {"e s: #": "x", "en": "y"}
    assert opened(mended)["fields"]["tone"] == "calm"


TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_whatever_is_typed_comes_back_as_it_was(text: str, several: list[str]) -> None:
    change = {
        "tone": text,
        "handoff_rules": several,
        "quick_replies": {"es": several, "en": [], "pt": [text]},
    }
    got = opened(changed(SOURCE, change))["fields"]
    assert {name: got[name] for name in change} == change
