"""Prints the OpenAPI schema of what the staff may call, as the server would publish it.

python scripts/openapi_schema.py    the console's types are generated from this
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.main import create_app  # noqa: E402 - the checkout's own, wherever this is started
from app.settings import Settings  # noqa: E402

STAFF = "/api/v1/"


def main() -> int:
    # No file of settings: what is written may not depend on the machine it is written on.
    schema = create_app(Settings(_env_file=None)).openapi()
    schema["paths"] = {path: acts for path, acts in schema["paths"].items() if path.startswith(STAFF)}
    json.dump(schema, sys.stdout, sort_keys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
