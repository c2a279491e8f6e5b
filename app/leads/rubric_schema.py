"""Rubrics from `prompts/rubrics/<name>.yaml`: strict, versioned, and wrong ones are refused with file and line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from app.errors import ConfigurationError
from app.leads.types import (
    COLD,
    LOCALES,
    NONE,
    ColdClass,
    Criterion,
    CriterionValue,
    Decay,
    Gate,
    Locale,
    Rubric,
    SignalRule,
    Tier,
)
from app.prompt_files import line_of, parse_yaml, prompts_dir, read_prompt

REACHABLE = "reachable"
NOT = "not "
ReasonKey = Literal[
    "cold", "fact", "missing", "against", "reachable", "reply_seconds", "specific_questions", "visits", "silence",
    "cooled",
]  # fmt: skip
Word = Literal["reachable", "phone", "email", "cold"]

_FILL = re.compile(r"\{([^{}]*)\}")
_FILLED = frozenset(("criterion", "value", "condition", "count"))

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, Field(min_length=1, max_length=200)]
Points = Annotated[int, Field(ge=-100, le=100)]
Percent = Annotated[int, Field(ge=0, le=100)]
Texts = dict[Locale, Text]


def _everywhere(texts: Texts) -> Texts:
    if missing := [locale for locale in LOCALES if locale not in texts]:
        raise ValueError(f"is missing in {', '.join(missing)}")
    return texts


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Value(_Strict):
    points: Points
    es: Text
    en: Text
    pt: Text


class _Labelled(_Strict):
    label: Texts

    @field_validator("label")
    @classmethod
    def _in_every_locale(cls, value: Texts) -> Texts:
        return _everywhere(value)


class _Criterion(_Labelled):
    ask: Annotated[str, Field(min_length=10, max_length=300)]
    points: Points | None = None
    values: Annotated[dict[Name, _Value], Field(min_length=1, max_length=20)] | None = None

    @model_validator(mode="after")
    def _points_or_values(self) -> Self:
        if (self.points is None) == (self.values is None):
            raise ValueError("needs either `points` (free text) or `values` with points each")
        if self.values and NONE in self.values:
            raise ValueError(f"{NONE!r} takes a fact back and cannot be one of its values")
        return self


class _Cold(_Labelled):
    points: Annotated[int, Field(ge=-100, le=0)]
    lifted_by: list[Name]


class _Signal(_Strict):
    limit: Annotated[float, Field(gt=0, strict=False)]
    points: Points


class _Decay(_Strict):
    after_days: Annotated[float, Field(ge=0, strict=False)]
    points_per_day: Annotated[float, Field(ge=0, le=100, strict=False)]
    max_points: Percent
    cool_days: Annotated[float, Field(gt=0, strict=False)]


Line = Annotated[list[Annotated[str, Field(max_length=100)]], Field(min_length=1, max_length=10)]
Lines = Annotated[list[Line], Field(min_length=1, max_length=20)]


class _File(_Strict):
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$")]
    criteria: Annotated[dict[Name, _Criterion], Field(min_length=1, max_length=40)]
    cold: dict[Name, _Cold]
    gates: dict[Literal["hot", "warm"], Lines]
    bands: dict[Tier, Annotated[list[Percent], Field(min_length=2, max_length=2)]]
    signals: dict[Literal["reachable", "reply_seconds", "specific_questions", "visits"], _Signal]
    decay: _Decay
    reasons: dict[ReasonKey, Texts]
    words: dict[Word, Texts]

    @field_validator("criteria")
    @classmethod
    def _cold_is_no_criterion(cls, value: dict[str, _Criterion]) -> dict[str, _Criterion]:
        if COLD in value or REACHABLE in value:
            raise ValueError(f"{COLD!r} and {REACHABLE!r} are taken")
        return value

    @field_validator("gates")
    @classmethod
    def _both_gates(cls, value: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
        if missing := [tier for tier in ("hot", "warm") if tier not in value]:
            raise ValueError(f"has nothing for {', '.join(missing)}")
        return value

    @field_validator("bands")
    @classmethod
    def _adjoining(cls, value: dict[str, list[int]]) -> dict[str, list[int]]:
        bounds = [bound for tier in ("cold", "warm", "hot") for bound in value.get(tier, [])]
        if len(bounds) != 6 or bounds != sorted(bounds) or len(set(bounds)) != 6:
            raise ValueError("must rise from cold to warm to hot, each as [lowest, highest], without overlap")
        if bounds[0] != 0 or bounds[-1] != 100 or bounds[2] != bounds[1] + 1 or bounds[4] != bounds[3] + 1:
            raise ValueError("must cover 0 to 100 without a gap")
        return value

    @field_validator("reasons", "words")
    @classmethod
    def _complete(cls, value: dict[str, Texts], info: ValidationInfo) -> dict[str, Texts]:
        known = get_args(ReasonKey if info.field_name == "reasons" else Word)
        if missing := [key for key in known if key not in value]:
            raise ValueError(f"is missing {', '.join(missing)}")
        for key, texts in value.items():
            for text in _everywhere(texts).values():
                if wrong := [name for name in _FILL.findall(text) if name not in _FILLED]:
                    raise ValueError(
                        f"{key} has {{{wrong[0]}}} to fill in (known: {', '.join(sorted(_FILLED))})"
                    )
        return value

    def wrong_name(self) -> tuple[tuple[str | int, ...], str] | None:
        """Where something is named that is nowhere, and what."""
        for name, cold in self.cold.items():
            for index, one in enumerate(cold.lifted_by):
                if one not in self.criteria:
                    return ("cold", name, "lifted_by", index), f"{one!r} is no criterion"
        for tier, lines in self.gates.items():
            for at, line in enumerate(lines):
                for index, condition in enumerate(line):
                    if wrong := self._wrong(condition):
                        return ("gates", tier, at, index), wrong
        return None

    def _wrong(self, condition: str) -> str | None:
        name, _, value = condition.removeprefix(NOT).partition("=")
        if name == REACHABLE and not value:
            return None
        if (criterion := self.criteria.get(name)) is None:
            return f"{condition!r} names no criterion and is not {REACHABLE!r}"
        if value and value not in (criterion.values or {}):
            return f"{condition!r} names no value of {name}"
        return None


def load_rubric(name: str = "default", folder: Path | None = None) -> Rubric:
    """The rubric `name` of `prompts/rubrics/` (or `folder`). Raises ConfigurationError: `file:line: what"
    " is wrong`."""
    return read_rubric((folder or prompts_dir() / "rubrics") / f"{name}.yaml")


def read_rubric(path: Path) -> Rubric:
    """The rubric in the file `path`. Raises ConfigurationError: `file:line: what is wrong`."""
    text = read_prompt(path)
    return parse_rubric(text, path)


def parse_rubric(text: str, path: Path) -> Rubric:
    """The rubric in `text`; `path` names it in errors. Raises ConfigurationError."""
    file = parse_yaml(text, _File, path=path)
    if wrong := file.wrong_name():
        loc, message = wrong
        where = ".".join(str(part) for part in loc)
        raise ConfigurationError(f"{path}:{line_of(text, loc)}: {where}: {message}")
    gates: dict[Tier, Gate] = {
        tier: tuple(tuple(line) for line in lines) for tier, lines in file.gates.items()
    }
    return Rubric(
        name=path.stem,
        version=file.version,
        ref=f"{path.stem}@{hashlib.sha256(text.encode()).hexdigest()[:8]}",
        criteria={**{name: _criterion(one) for name, one in file.criteria.items()}, COLD: _cold(file)},
        cold={
            name: ColdClass(cold.label, cold.points, tuple(cold.lifted_by))
            for name, cold in file.cold.items()
        },
        gates=gates,
        bands={tier: (low, high) for tier, (low, high) in file.bands.items()},
        signals={name: SignalRule(signal.limit, signal.points) for name, signal in file.signals.items()},
        decay=Decay(**file.decay.model_dump()),
        reasons={str(key): texts for key, texts in file.reasons.items()},
        words={str(key): texts for key, texts in file.words.items()},
    )


def _cold(file: _File) -> Criterion:
    """The cold classes as one criterion, so that they are found, stored and shown like any other."""
    values = {name: CriterionValue(cold.points, cold.label) for name, cold in file.cold.items()}
    return Criterion(file.words["cold"], "Why this visitor is no buyer, whatever else they write.", 0, values)


def _criterion(criterion: _Criterion) -> Criterion:
    values: Mapping[str, CriterionValue] = {
        name: CriterionValue(value.points, {"es": value.es, "en": value.en, "pt": value.pt})
        for name, value in (criterion.values or {}).items()
    }
    return Criterion(criterion.label, criterion.ask, criterion.points or 0, values)
