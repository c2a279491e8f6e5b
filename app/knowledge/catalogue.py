"""Catalogues as people have them, CSV or JSON, made into complete items. What is wrong is said by line and field."""

from __future__ import annotations

import csv
import io
from collections.abc import Sized
from itertools import islice
from typing import Annotated, Any, Literal

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from app.errors import FieldError
from app.knowledge.types import BadCatalogue

MAX_ITEMS = 20_000
MAX_ERRORS = 20
FIELDS = ("id", "title", "price", "currency", "image", "url", "facts", "availability")
_HTTP_URL = TypeAdapter(HttpUrl)
_OTHER_NAMES = {"link": "url", "name": "title", "sku": "id", "stock": "availability", "picture": "image"}


def _no_control(value: str) -> str:
    if any(ord(c) < 32 for c in value):
        raise ValueError("must not contain control characters")
    return value


def _web_address(value: str) -> str:
    # A path of the site itself is fine: the widget reads it from the site that serves it.
    if not value.startswith("/") or value.startswith("//"):
        _HTTP_URL.validate_python(value)
    return value


def _empty_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Text200 = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_no_control),
]
ItemId = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, pattern=r"^[^/\x00-\x1f]{1,200}$")
]
Url = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, max_length=2000),
    AfterValidator(_no_control),
    AfterValidator(_web_address),
]


class ItemBody(BaseModel):
    """One item, complete: what is left out is not known."""

    model_config = ConfigDict(extra="forbid")

    id: ItemId
    title: Text200
    price: Annotated[float, Field(ge=0, le=1e14, allow_inf_nan=False)] | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    image: Url | None = None
    url: Url | None = None
    facts: Annotated[list[Text200], Field(max_length=30)] = []
    availability: Annotated[
        Literal["available", "reserved", "sold", "on_order"] | None, BeforeValidator(_empty_is_none)
    ] = None

    def as_row(self) -> dict[str, Any]:
        row = self.model_dump(mode="json")
        if self.price is not None:
            row["price"] = round(self.price, 2)
        return row


def read_json(content: bytes) -> list[dict[str, Any]]:
    """A list of items, or `{"items": […]}`. Raises BadCatalogue."""
    try:
        data = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise _bad("", "json_invalid", f"not valid JSON: {error.msg}") from error
    if isinstance(data, dict) and set(data) == {"items"}:
        data = data["items"]
    if not isinstance(data, list):
        raise _bad("", "not_a_list", 'send a list of items, or {"items": […]}')
    _check_count(data)
    return _checked([(f"items.{n}", row) for n, row in enumerate(data)])


def read_csv(content: bytes) -> list[dict[str, Any]]:
    """One item in each line under a header of field names; `;` and tab separate too, facts are separated by `|`.

    Raises BadCatalogue, whose fields read `line 3.price`.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad("", "not_utf8", f"not UTF-8 (byte {error.start}); save the file as UTF-8") from error
    if "\x00" in text:
        raise _bad("", "control_characters", "the file contains NUL characters")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    filled = ((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
    try:
        # Never more than are allowed, and the header: four megabytes of one letter a line fill a gigabyte.
        rows = list(islice(filled, MAX_ITEMS + 2))
    except csv.Error as error:
        raise _bad(f"line {reader.line_num}", "csv_invalid", str(error)) from error
    if not rows:
        raise _bad("", "empty", "the file is empty; the first line names the fields")
    _check_count(rows[1:])
    header = _header(rows[0][1])
    return _checked([(f"line {line}", _cells(header, row, line)) for line, row in rows[1:]])


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    names = [_OTHER_NAMES.get(name, name) for name in names]
    unknown = [name for name in names if name not in FIELDS]
    if unknown:
        raise _bad("line 1", "unknown_field", f"unknown field {unknown[0]!r}; known: {', '.join(FIELDS)}")
    if len(set(names)) < len(names):
        raise _bad("line 1", "field_twice", "a field stands here twice")
    if missing := {"id", "title"} - set(names):
        raise _bad("line 1", "missing", f"the field {min(missing)!r} is missing")
    return names


def _cells(header: list[str], row: list[str], line: int) -> dict[str, Any]:
    if len(row) > len(header):
        raise _bad(f"line {line}", "too_many_cells", f"{len(row)} cells under {len(header)} field names")
    given: dict[str, Any] = {
        name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()
    }
    if "facts" in given:
        given["facts"] = [fact.strip() for fact in given["facts"].split("|") if fact.strip()]
    if "price" in given:
        given["price"] = given["price"].replace(" ", "")
    return given


def _check_count(rows: Sized) -> None:
    if len(rows) > MAX_ITEMS:
        raise _bad("", "too_many", f"at most {MAX_ITEMS} items at once")


def _checked(rows: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    errors: list[FieldError] = []
    seen: dict[str, str] = {}
    good: list[dict[str, Any]] = []
    for where, row in rows:
        try:
            item = ItemBody.model_validate(row)
        except ValidationError as error:
            errors += (_field_error(where, one) for one in error.errors())
            continue
        if (before := seen.get(item.id)) is not None:
            errors.append(FieldError(f"{where}.id", "twice", f"the same id as in {before}"))
        seen[item.id] = where
        good.append(item.as_row())
    if errors:
        raise BadCatalogue(f"{len(errors)} mistakes", fields=tuple(errors[:MAX_ERRORS]))
    return good


def _field_error(where: str, error: Any) -> FieldError:
    place = ".".join(str(part) for part in error["loc"])
    message = error["msg"].removeprefix("Value error, ")
    if error["loc"][:1] == ("price",):
        message += " (digits with a point for decimals, no thousands separators, such as 1250000.50)"
    return FieldError(f"{where}.{place}" if place else where, error["type"], message)


def _bad(field: str, code: str, message: str) -> BadCatalogue:
    return BadCatalogue(message, fields=(FieldError(field or "body", code, message),))
