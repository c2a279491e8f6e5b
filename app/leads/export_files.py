"""The files of an export: CSV, XLSX and JSON lines, written row by row, none of them held in memory.

Blocking: to be used in a thread.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from app.leads.export_cells import csv_text, iso
from app.leads.export_profiles import Sheet
from app.leads.export_types import Cell, Format, Profile

EXCEL_ROWS = 1_048_576
"""A sheet of Excel's has no more; what does not fit goes on in the next one."""
EXCEL_CHARACTERS = 32_767


class Table(Protocol):
    """An open file of rows: `close` makes it whole, `abandon` leaves what there is to be deleted."""

    def write(self, rows: Iterable[Sequence[Cell]]) -> None: ...

    def close(self) -> None: ...

    def abandon(self) -> None: ...


def open_table(path: Path, sheet: Sheet, *, format_: Format, profile: Profile) -> Table:
    """`path` must not exist. XLSX keeps its rows in files beside it until it is closed."""
    if format_ == "csv":
        return CsvTable(path, sheet, for_excel=profile == "excel")
    return XlsxTable(path, sheet) if format_ == "xlsx" else JsonLines(path, sheet)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class CsvTable:
    """RFC 4180, UTF-8, with a header. `for_excel`: with a byte-order mark, without which Excel takes it for something
    else and with which importers do, and safe where Excel's separator is another one."""

    def __init__(self, path: Path, sheet: Sheet, *, for_excel: bool = False) -> None:
        self._for_excel = for_excel
        self._file = path.open("x", encoding="utf-8-sig" if for_excel else "utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._phones = [sheet.crm and column.phone for column in sheet.columns]
        self._writer.writerow([csv_text(column.label) for column in sheet.columns])

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._writer.writerows(
            [
                csv_text(cell, phones=phone, split=self._for_excel)
                for cell, phone in zip(row, self._phones, strict=True)
            ]
            for row in rows
        )

    def close(self) -> None:
        self._file.close()

    abandon = close


class JsonLines:
    """One object a line, typed; times as ISO 8601 in UTC."""

    def __init__(self, path: Path, sheet: Sheet) -> None:
        self._file = path.open("xb")
        self._labels = [column.label for column in sheet.columns]

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            line = {
                label: iso(cell) if isinstance(cell, datetime) else cell
                for label, cell in zip(self._labels, row, strict=True)
            }
            self._file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._file.close()

    abandon = close


class XlsxTable:
    """Every cell has its type: what a visitor wrote is text, whatever it looks like, and phones are too."""

    def __init__(self, path: Path, sheet: Sheet) -> None:
        # Here, because it takes 0.1 s, and a server starts without an export.
        import xlsxwriter  # type: ignore[import-untyped]  # noqa: PLC0415

        options = {"constant_memory": True, "tmpdir": str(path.parent)}
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        self._labels = [column.label for column in sheet.columns]
        self._bold = self._book.add_format({"bold": True})
        # As text also after somebody has edited it: Excel would make a number of a phone.
        self._text = self._book.add_format({"num_format": "@"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._new_sheet()

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            if self._next == EXCEL_ROWS:
                self._new_sheet()
            for place, cell in enumerate(row):
                self._put(place, cell)
            self._next += 1

    def close(self) -> None:
        self._book.close()

    def abandon(self) -> None:
        # The library has no way to give a workbook up; these are the files that it would leave open.
        for page in self._book.worksheets():
            page.row_data_fh.close()

    def _new_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for place, label in enumerate(self._labels):
            # Excel's times have no zone: ours are UTC, and say so where they stand.
            shown = f"{label} (UTC)" if label.endswith("_at") else label
            self._sheet.write_string(0, place, shown, self._bold)
            self._sheet.set_column(place, place, max(12, min(len(shown) + 2, 40)))
        self._next = 1

    def _put(self, place: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            self._sheet.write_string(self._next, place, cell[:EXCEL_CHARACTERS], self._text)
        elif isinstance(cell, bool):
            self._sheet.write_boolean(self._next, place, cell)
        elif isinstance(cell, datetime):
            naive = cell.astimezone(UTC).replace(tzinfo=None, microsecond=0)
            self._sheet.write_datetime(self._next, place, naive, self._moment)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._next, place, cell, self._day)
        else:
            self._sheet.write_number(self._next, place, cell)
