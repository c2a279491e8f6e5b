"""`.env.example` names every setting there is, no other one, and the true defaults."""

import re

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from app.settings import Settings
from tests.rules.tree import ROOT

LINE = re.compile(r"^#?(TALIA_[A-Z0-9_]+)=(.*)$", re.MULTILINE)


def documented(text: str) -> dict[str, str]:
    return dict(LINE.findall(text))


def settings() -> dict[str, str]:
    found = {}
    for name, field in Settings.model_fields.items():
        assert field.default is not PydanticUndefined, f"{name} has no default"
        default = "" if field.default is None or isinstance(field.default, SecretStr) else str(field.default)
        found["TALIA_" + name.upper()] = default.removesuffix(".0")
    return found


def test_every_setting_is_documented_with_its_default_and_no_other_one() -> None:
    assert documented((ROOT / ".env.example").read_text(encoding="utf-8")) == settings()


def test_a_missing_an_extra_and_a_wrong_one_would_be_noticed() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for bad in (
        text.replace("#TALIA_PORT=8000\n", ""),
        text + "#TALIA_COLOUR=blue\n",
        text.replace("TALIA_PORT=8000", "TALIA_PORT=9000"),
    ):
        assert documented(bad) != settings()


def test_no_secret_has_a_value_in_the_example() -> None:
    secret = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    assert secret
    values = documented((ROOT / ".env.example").read_text(encoding="utf-8"))
    assert {values["TALIA_" + name.upper()] for name in secret} == {""}
