"""What is written into an export's file comes back out of it, and a spreadsheet runs none of it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.leads import export_files
from app.leads.export_cells import E164, cut, cut_bytes, safe_text
from app.leads.export_files import open_table
from app.leads.export_profiles import Column, Frame, Sheet, notices, split_name
from app.leads.export_types import Cell, ExportRequest

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# As docs/exports.md tells whoever reads a file back.
PREFIXED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
# Half a surrogate pair cannot be stored, and the database refuses NUL: of that only the writer's word counts.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
HOSTILE = st.one_of(
    TEXT,
    st.builds(
        "".join,
        st.tuples(st.sampled_from([*STARTS, "'", "''", "\0", "\0=", '"', ";=", "'='", ';"=', ';"""=']), TEXT),
    ),
    st.sampled_from(
        [
            "=1+1",
            "@SUM(1)",
            "-2+3",
            "\t=1",
            "\r=1",
            '=HYPERLINK("x")',
            "\0=1",
            "línea\r\notra",
            '"',
            "😀",
            "_x0041_",
        ]
    ),
)


def sheet(columns: int, *, crm: bool = False) -> Sheet:
    return Sheet(tuple(Column(f"c{i}", lambda r: None, phone=True) for i in range(columns)), crm=crm)


def written(
    rows: list[list[Cell]],
    *,
    format_: Any = "csv",
    profile: Any = "full",
    crm: bool = False,
    labels: Sheet | None = None,
) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        table = open_table(
            path, labels or sheet(len(rows[0]) if rows else 1, crm=crm), format_=format_, profile=profile
        )
        table.write(rows)
        table.close()
        assert [entry.name for entry in Path(folder).iterdir()] == ["file"]
        return path.read_bytes()


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]


def restored(cell: str) -> str:
    return cell[1:] if PREFIXED.match(cell) else cell


@given(st.lists(st.lists(HOSTILE, min_size=2, max_size=2), max_size=5))
@settings(max_examples=200)
def test_a_csv_is_safe_and_comes_back_as_it_was(rows: list[list[str]]) -> None:
    found = read_csv(written([list(row) for row in rows]))
    assert not [cell for row in found for cell in row if cell.startswith(STARTS) or "\0" in cell]
    assert [[restored(cell) for cell in row] for row in found] == [
        [cell.replace("\0", "") for cell in row] for row in rows
    ]


@given(st.lists(st.lists(HOSTILE, min_size=2, max_size=2), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_a_workbook_has_text_and_no_formulas(rows: list[list[str]]) -> None:
    data = written([list(row) for row in rows], format_="xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
    # XML has one kind of line end, and readers of it know no other.
    expected = [[cell.replace("\r\n", "\n").replace("\r", "\n") or None for cell in row] for row in rows]
    found = [[_lines(cell.value) for cell in line] for line in _workbook(data).iter_rows(min_row=2)]
    assert found == list(expected)[: len(found)]
    assert all(not any(row) for row in expected[len(found) :])


def _workbook(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def _lines(value: Any) -> Any:
    text = openpyxl.utils.escape.unescape(value) if isinstance(value, str) else value
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


@pytest.mark.parametrize("start", STARTS)
def test_every_dangerous_beginning_is_neutralised(start: str) -> None:
    assert safe_text(f"{start}cmd|' /C calc'!A0").startswith("'")
    assert safe_text(f"'{start}1") == f"''{start}1"
    assert safe_text(f"a{start}") == f"a{start}"


def test_a_phone_keeps_its_plus_for_an_importer_and_for_nobody_else() -> None:
    phones: list[Cell] = ["+18095551234", "+1809555", "+0123456789", "+1809 555 1234", "+18095551234\n", "=1"]
    crm = [row[0] for row in read_csv(written([[p] for p in phones], crm=True))]
    assert crm == [
        "+18095551234",
        "+1809555",
        "'+0123456789",
        "'+1809 555 1234",
        "'+18095551234\n",
        "'=1",
    ]
    assert next(row[0] for row in read_csv(written([[p] for p in phones]))) == "'+18095551234"
    assert not E164.fullmatch("+١٢٣٤٥٦٧٨")


@given(st.lists(st.lists(HOSTILE, min_size=2, max_size=2), max_size=5))
@settings(max_examples=200)
def test_excel_runs_nothing_where_it_splits_at_semicolons(rows: list[list[str]]) -> None:
    text = written([list(row) for row in rows], profile="excel").decode("utf-8-sig")
    _, *lines = re.split(r"[\r\n]+", text)
    cells = [part for line in lines for part in re.split(r"[;\t]", line)]
    for separator in (";", "\t"):
        cells += [
            cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row
        ]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))]


def test_only_excel_gets_a_mark_of_byte_order() -> None:
    assert written([["á"]], profile="excel").startswith(b"\xef\xbb\xbf")
    assert not written([["á"]]).startswith(b"\xef\xbb\xbf")


TYPED: list[Cell] = [
    "+18095551234",
    7,
    0.5,
    True,
    datetime(2026, 3, 8, 6, 30, tzinfo=UTC),
    date(2026, 3, 8),
    None,
]
LABELS = Sheet(
    tuple(Column(name, lambda r: None) for name in ("phone", "score", "share", "yes", "seen_at", "day", "no"))
)


def test_a_workbook_has_types() -> None:
    page = _workbook(written([TYPED], format_="xlsx", labels=LABELS))
    header, line = page.iter_rows()
    assert header[4].value == "seen_at (UTC)"
    assert [cell.value for cell in line[:6]] == [
        "+18095551234",
        7,
        0.5,
        True,
        datetime(2026, 3, 8, 6, 30),  # noqa: DTZ001 - as Excel has it
        datetime(2026, 3, 8),  # noqa: DTZ001
    ]
    assert (line[0].data_type, line[0].number_format) == ("s", "@")
    assert line[5].number_format == "yyyy-mm-dd"


def test_csv_and_json_have_iso_times() -> None:
    [line] = read_csv(written([TYPED], labels=LABELS))
    assert line == ["'+18095551234", "7", "0.5", "true", "2026-03-08T06:30:00Z", "2026-03-08", ""]
    [entry] = written([TYPED], format_="jsonl", labels=LABELS).splitlines()
    assert json.loads(entry) == {
        "phone": "+18095551234",
        "score": 7,
        "share": 0.5,
        "yes": True,
        "seen_at": "2026-03-08T06:30:00Z",
        "day": "2026-03-08",
        "no": None,
    }


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "EXCEL_ROWS", 3)
    book = openpyxl.load_workbook(io.BytesIO(written([[i] for i in range(5)], format_="xlsx")))
    assert [[row[0].value for row in page.iter_rows()] for page in book.worksheets] == [
        ["c0", 0, 1],
        ["c0", 2, 3],
        ["c0", 4],
    ]


def test_an_overlong_text_is_cut_and_not_lost() -> None:
    page = _workbook(written([["x" * 40_000]], format_="xlsx"))
    assert len(page["A2"].value) == 32_767


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ana", ("Ana", "")),
        ("Ana Pérez", ("Ana", "Pérez")),
        ("Ana Pérez Gómez", ("Ana", "Pérez Gómez")),
        ("Ana María Pérez Gómez", ("Ana María", "Pérez Gómez")),
        ("Juan de la Cruz", ("Juan", "de la Cruz")),
        ("  Ana\tPérez ", ("Ana", "Pérez")),
        (None, ("", "")),
        ("", ("", "")),
    ],
)
def test_names_are_split_as_people_here_have_them(name: str | None, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_texts_are_cut_between_characters() -> None:
    assert cut_bytes("ñ" * 200, 255) == "ñ" * 127
    assert cut_bytes("😀" * 100, 255) == "😀" * 63
    assert cut("ae\u0301", 2) == "a"
    assert cut("abc", 2) == "ab"


def test_salesforces_wizard_is_warned_of_what_it_does_not_take() -> None:
    plan = ExportRequest.model_validate({"profile": "salesforce"}).settled("UTC")
    frame = Frame(plan, "default", "https://chat.example/")
    assert notices(frame, 50_000) == []
    [told] = notices(frame, 50_001)
    assert "50,000" in told
    assert "50,001" in told


@pytest.mark.parametrize(
    ("day", "zone", "begins", "ends"),
    [
        # Summer time begins in New York and the day has 23 hours; there is none in Santo Domingo.
        ("2026-03-08", "America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
        ("2026-03-08", "America/Santo_Domingo", "2026-03-08T04:00:00Z", "2026-03-09T04:00:00Z"),
        ("2026-03-08", "Asia/Kathmandu", "2026-03-07T18:15:00Z", "2026-03-08T18:15:00Z"),
    ],
)
def test_days_are_those_of_the_time_zone(day: str, zone: str, begins: str, ends: str) -> None:
    request = ExportRequest.model_validate({"time_zone": zone, "filter": {"from": day, "to": day}})
    assert request.settled("UTC").filter == {"from": begins, "to": ends}
