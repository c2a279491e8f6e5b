"""The sentences for whoever waits for a person: `prompts/handoff/default.yaml`, the same keys in every language."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.prompt_files import parse_yaml, prompts_dir, read_prompt
from app.prompting.types import Locale
from app.prompting.variables import check_variables, fill


def _knows(*names: str) -> AfterValidator:
    def check(text: str) -> str:
        check_variables(text, names)
        return text

    return AfterValidator(check)


Sentence = Annotated[str, Field(min_length=1, max_length=240)]
Plain = Annotated[Sentence, _knows()]
Dated = Annotated[Sentence, _knows("when")]
Valued = Annotated[Sentence, _knows("value")]
Timed = Annotated[Sentence, _knows("time")]
Word = Annotated[str, Field(min_length=2, max_length=30), _knows()]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Moments(_Strict):
    """How a moment is said: today, tomorrow, or by its date; and in what zone."""

    today: Timed
    tomorrow: Timed
    date: Annotated[Sentence, _knows("weekday", "day", "month", "time")]
    zone: Annotated[Sentence, _knows("when", "place")]
    weekdays: Annotated[list[Word], Field(min_length=7, max_length=7)]
    months: Annotated[list[Word], Field(min_length=12, max_length=12)]

    def say(self, moment: datetime, *, now: datetime, zone: ZoneInfo) -> str:
        """`moment` in the site's own time: the visitor may be anywhere, so the zone is named."""
        local, today = moment.astimezone(zone), now.astimezone(zone).date()
        values = {
            "time": f"{local:%H:%M}",
            "weekday": self.weekdays[local.weekday()],
            "day": str(local.day),
            "month": self.months[local.month - 1],
        }
        pattern = {today: self.today, today + timedelta(days=1): self.tomorrow}.get(local.date(), self.date)
        place = zone.key.rpartition("/")[2].replace("_", " ")
        return fill(self.zone, {"when": fill(pattern, values), "place": place})


class Fields(_Strict):
    """What was left to be reached by."""

    name: Word
    email: Word
    phone: Word


class SummaryTexts(_Strict):
    """The lines of a summary that is made from facts, for the staff."""

    item: Valued
    began: Valued
    last: Valued
    contact: Valued
    no_contact: Plain
    fact: Annotated[Sentence, _knows("label", "value")]
    fields: Fields


class WaitingTexts(_Strict):
    """`open`: in business hours, but nobody is there; `still`: asked again; `away`: no opening is in sight."""

    online: Plain
    open: Dated
    still: Plain
    closed: Dated
    away: Plain
    contact: Plain
    moments: Moments
    summary: SummaryTexts


class _File(_Strict):
    es: WaitingTexts
    en: WaitingTexts
    pt: WaitingTexts


@cache
def waiting_texts() -> dict[Locale, WaitingTexts]:
    """Raises ConfigurationError with file and line."""
    path = prompts_dir() / "handoff" / "default.yaml"
    file = parse_yaml(read_prompt(path), _File, path=path)
    return {"es": file.es, "en": file.en, "pt": file.pt}
