"""The demonstration dealer's vehicles and house rules, as the knowledge that its site begins with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_STATIC = Path(__file__).parent / "static"
_KNOWLEDGE = Path(__file__).parent / "knowledge"


def demo_items(address: str | None) -> list[dict[str, Any]]:
    """The catalogue, complete items as the API takes them. `address` is this server's, where it is known."""
    base = (address or "").rstrip("/")
    vehicles = json.loads((_STATIC / "site.json").read_text(encoding="utf-8"))["vehicles"]
    return [
        {
            "id": v["slug"],
            "title": v["title"],
            "price": v["price"],
            "currency": "DOP",
            "image": f"{base}/demo/cars/{v['slug']}.svg",
            "url": f"{base}/vehiculos/{v['slug']}",
            # A catalogue has one language, and the demonstration's visitors three: what reads alike in all of them.
            "facts": [f"{v['km']:,} km", v["place"], *v["specs"]],
            "availability": "available",
        }
        for v in vehicles
    ]


def demo_documents() -> list[dict[str, str]]:
    """Questions that dealers hear every day, in the three languages: slug, locale, title, body."""
    documents = []
    for path in sorted(_KNOWLEDGE.glob("*.md")):
        slug, _, locale = path.stem.rpartition(".")
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        documents.append(
            {"slug": slug, "locale": locale, "title": title.lstrip("# ").strip(), "body": body.strip()}
        )
    return documents
