"""What the staff may send about tasks, field by field. Unknown fields are refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator

from app.conversations.staff_schemas import Body, Text1000

TaskKind = Literal["call", "message", "confirm", "other"]
TaskView = Literal["mine", "open", "overdue", "done"]
_FIRST, _LAST = 2000, 2200


def _in_reach(value: AwareDatetime) -> AwareDatetime:
    if not _FIRST <= value.year < _LAST:
        raise ValueError(f"must lie between {_FIRST} and {_LAST}")
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
TaskCursor = Annotated[str, StringConstraints(max_length=200), Field()]


class TaskBody(Body):
    """Without an assignee it is the caller's own."""

    kind: TaskKind = "other"
    text: Text1000
    due_at: Moment
    assignee: UUID | None = None

    def values(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


class TaskPatch(Body):
    """What is left out stays as it is; an assignee of null makes it nobody's."""

    assignee: UUID | None = None
    due_at: Moment | None = None
    text: Text1000 | None = None

    @model_validator(mode="after")
    def _something_is_given(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give at least one of assignee, due_at and text")
        return self

    def patch(self) -> dict[str, Any]:
        return self.model_dump(mode="json", include=self.model_fields_set)
