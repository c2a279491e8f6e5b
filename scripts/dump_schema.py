"""Writes supabase/schema.sql: what the migrations amount to, as one file that can be read and reviewed.

    python scripts/dump_schema.py            writes it
    python scripts/dump_schema.py --check    exits with 1 and a diff if it is not current

The migrations are applied to an empty database of the embedded server, whose own pg_dump reads it. What depends on
the server's version or on the moment is left out, so that every machine writes the same file.
"""

from __future__ import annotations

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.db.cluster import find_install
from app.db.embedded import EmbeddedPostgres
from app.db.migrate import migrate

SCHEMA = Path(__file__).resolve().parents[1] / "supabase" / "schema.sql"
HEADER = """\
-- Written by scripts/dump_schema.py from supabase/migrations: do not edit.
-- It says what is true now; the migrations say how it came about.
"""
# A dump's settings, its tokens, the versions, and a marker that PostgreSQL's 2026 minor releases keep per column.
_NOISE = re.compile(
    r"""
    ^SET\ \w+\ =\ .*;$
    | ^SELECT\ pg_catalog\.set_config\(.*\);$
    | ^\\(un)?restrict\ .*$
    | ^--(\ Dumped\ (from|by)\ .*|\ PostgreSQL\ database\ dump.*)?\n
    | ;\ Owner:\ -$
    | ^ALTER\ TABLE\ .*\ SET\ \(pg_attver=\d+\);$
    """,
    re.MULTILINE | re.VERBOSE,
)


def main() -> int:
    parser = argparse.ArgumentParser(description="Write supabase/schema.sql from the migrations.")
    parser.add_argument("--check", action="store_true", help="only say whether it is current")
    check: bool = parser.parse_args().check
    with tempfile.TemporaryDirectory(prefix="talia-schema-") as folder, EmbeddedPostgres(Path(folder)) as url:
        migrate(url)
        dumped = dump(url)
    if not check:
        SCHEMA.write_text(dumped, encoding="utf-8")
        return 0
    stored = SCHEMA.read_text(encoding="utf-8") if SCHEMA.exists() else ""
    if stored == dumped:
        return 0
    sys.stderr.writelines(
        difflib.unified_diff(
            stored.splitlines(keepends=True),
            dumped.splitlines(keepends=True),
            "supabase/schema.sql",
            "migrations",
        )
    )
    sys.stderr.write("supabase/schema.sql is not current: run python scripts/dump_schema.py\n")
    return 1


def dump(url: str) -> str:
    """The database's schema as text that is the same for every supported server version."""
    dumped = subprocess.run(
        [
            str(find_install() / "bin" / "pg_dump"),
            *("--schema-only", "--no-owner", "--exclude-schema=supabase_migrations"),
            f"--dbname={url}",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    return HEADER + "\n" + re.sub(r"\n{3,}", "\n\n", _NOISE.sub("", dumped.stdout)).strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
