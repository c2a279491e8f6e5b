"""The demonstration dealer's pages, rendered at start-up: what a site that embeds the widget looks like."""

from __future__ import annotations

import copy
import html
import json
from pathlib import Path
from typing import Any, Literal

Language = Literal["es", "en", "pt"]
LANGUAGES: dict[Language, str] = {"es": "Español", "en": "English", "pt": "Português"}

_BODY = {
    "sedan": "M28 148c-3-20 4-31 30-37l54-11c28-30 58-42 103-42 47 0 75 20 100 44 35 4 59 12 61 32v14z",
    "suv": "M28 147c-3-29 5-43 28-49l40-6c16-30 38-44 84-46h96c28 2 46 20 60 48 24 4 38 14 40 36v17z",
    "pickup": "M24 147c-3-25 7-39 34-43l42-6c16-30 32-42 70-44h44c12 2 18 16 22 42h136c7 2 9 12 9 51z",
    "hatch": "M48 148c-3-23 5-36 30-42l42-8c22-32 50-42 100-42l48 2c32 4 62 26 74 54 8 12 10 24 8 36z",
}
_GLASS = {
    "sedan": "M130 99c21-22 42-31 76-31v32zM216 68c34 1 58 13 80 33l-80-1z",
    "suv": "M112 92c14-26 30-34 68-35h10v35zM200 57h62v35h-62zM272 57c24 2 36 13 48 35h-48z",
    "pickup": "M114 97c12-25 24-33 46-33h6l2 33zM176 64h32c8 2 12 16 15 33h-47z",
    "hatch": "M137 98c18-24 38-32 69-32v32zM216 66l46 2c22 4 38 16 50 30h-96z",
}
_WHEELS = {"sedan": (104, 302), "suv": (102, 304), "pickup": (98, 312), "hatch": (116, 292)}


class Dealer:
    """All pages and pictures by what they are asked for. `address` is the widget's own: where its script is."""

    _key = ""

    def __init__(self, static: Path) -> None:
        data = json.loads((static / "site.json").read_text(encoding="utf-8"))
        self._texts: dict[Language, dict[str, str]] = data["texts"]
        self._vehicles: dict[str, dict[str, Any]] = {v["slug"]: v for v in data["vehicles"]}
        self.pictures = {slug: _picture(v) for slug, v in self._vehicles.items()}

    def naming(self, public_key: str) -> Dealer:
        """The same dealer, whose pages name the site by this key."""
        twin = copy.copy(self)
        twin._key = html.escape(public_key, quote=True)
        return twin

    @property
    def slugs(self) -> list[str]:
        return list(self._vehicles)

    def home(self, language: Language) -> str:
        t = self._texts[language]
        cards = "".join(self._card(v, language) for v in self._vehicles.values())
        hero = f"""<section class="hero"><div><h1>{t["headline"]}</h1><p>{t["lead"]}</p>
<button type="button" class="cta" data-talia-open>{t["ask"]}</button></div>
<img src="/demo/cars/bmw-x5-2021.svg" alt="" width="400" height="200"></section>"""
        main = f'{hero}<section><h2>{t["stock"]}</h2><ul class="grid">{cards}</ul></section>'
        return self._page(language, t["home"], main, path="/", item=None)

    def vehicle(self, slug: str, language: Language, address: str) -> str:
        t, v = self._texts[language], self._vehicles[slug]
        item = self._item(v, language, address)
        facts = "".join(f"<li>{html.escape(fact)}</li>" for fact in item["facts"])
        message = html.escape(t["message"].replace("{title}", v["title"]), quote=True)
        main = f"""<p class="back"><a href="/{_query(language)}">← {t["back"]}</a></p>
<article class="vehicle"><img src="/demo/cars/{slug}.svg" alt="" width="400" height="200">
<div><h1>{v["title"]}</h1><p class="price">{_price(v["price"], language)}</p><ul class="facts">{facts}</ul>
<p>{v["text"][language]}</p>
<button type="button" class="cta" data-talia-open data-talia-message="{message}">{t["seller"]}</button>
<p class="hint">{t["seller_hint"]}</p></div></article>"""
        return self._page(
            language, f"{v['title']} · TalIA Motors", main, path=f"/vehiculos/{slug}", item=item
        )

    def strict(self, language: Language) -> str:
        """Nothing but text, a script and a button: what its policy leaves."""
        t = self._texts[language]
        return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{t["strict_title"]}</title>{self._script(language, None)}</head>
<body><main><h1>{t["strict_title"]}</h1><p>{t["strict_text"]}</p>
<p><button type="button" data-talia-open>{t["open"]}</button></p>
<p><a href="/{_query(language)}">TalIA Motors</a></p></main></body></html>
"""

    def _card(self, v: dict[str, Any], language: Language) -> str:
        return f"""<li class="tile"><a href="/vehiculos/{v["slug"]}{_query(language)}">
<img src="/demo/cars/{v["slug"]}.svg" alt="" width="400" height="200" loading="lazy">
<h3>{v["title"]}</h3><p class="price">{_price(v["price"], language)}</p>
<p class="soft">{_km(v["km"], language)} · {v["place"]}</p></a></li>"""

    def _item(self, v: dict[str, Any], language: Language, address: str) -> dict[str, Any]:
        return {
            "type": "Vehicle",
            "id": v["slug"],
            "title": v["title"],
            "price": v["price"],
            "currency": "DOP",
            "image": f"{address}/demo/cars/{v['slug']}.svg",
            "url": f"{address}/vehiculos/{v['slug']}",
            "facts": [_km(v["km"], language), v["place"], v["fuel"][language], v["gear"][language]],
        }

    def _script(self, language: Language, item: dict[str, Any] | None) -> str:
        data = f" data-item='{html.escape(json.dumps(item), quote=True)}'" if item else ""
        return (
            f'<script async src="/widget.js?site={self._key}" data-site-key="{self._key}" '
            f'data-locale="{self._texts[language]["tag"]}"{data}></script>'
        )

    def _page(
        self, language: Language, title: str, main: str, *, path: str, item: dict[str, Any] | None
    ) -> str:
        t = self._texts[language]
        switch = "".join(
            f'<a href="{path}{_query(code)}" lang="{code}" hreflang="{code}"'
            f'{" aria-current=true" if code == language else ""} title="{name}">{code.upper()}</a>'
            for code, name in LANGUAGES.items()
        )
        return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{title}</title><link rel="icon" href="/demo/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/demo/dealer.css">{self._script(language, item)}</head>
<body><header><a class="brand" href="/{_query(language)}"><img src="/demo/icon.svg" alt="" width="34" height="34">
TalIA <b>Motors</b></a><nav aria-label="{t["language"]}">{switch}</nav></header>
<main>{main}</main>
<footer><p>{t["about"]}</p><p><a href="/estricta{_query(language)}">{t["strict"]}</a>
<a href="/demo/plain">{t["plain"]}</a> <a href="/docs">{t["docs"]}</a></p></footer></body></html>
"""


def _query(language: Language) -> str:
    return "" if language == "es" else f"?lang={language}"


def _price(amount: int, language: Language) -> str:
    return f"RD$ {_grouped(amount, language)}"


def _km(km: int, language: Language) -> str:
    return f"{_grouped(km, language)} km"


def _grouped(number: int, language: Language) -> str:
    """Thousands as the language's readers part them; Dominican Spanish does it like English."""
    return f"{number:,}".replace(",", "." if language == "pt" else ",")


def _picture(v: dict[str, Any]) -> str:
    shape = v["shape"]
    wheels = "".join(
        f'<circle cx="{x}" cy="149" r="27" fill="#1d2129"/><circle cx="{x}" cy="149" r="14" fill="#c3c9d4"/>'
        f'<circle cx="{x}" cy="149" r="5" fill="#5b6372"/>'
        for x in _WHEELS[shape]
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">
<defs><linearGradient id="b" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#e9eef7"/>
<stop offset="1" stop-color="#d3dcea"/></linearGradient><linearGradient id="s" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#fff" stop-opacity=".38"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/>
<stop offset="1" stop-color="#000" stop-opacity=".22"/></linearGradient></defs>
<rect width="400" height="200" fill="url(#b)"/><circle cx="318" cy="46" r="26" fill="#fff" opacity=".55"/>
<path d="M0 128c60-30 110-34 170-16s150 20 230-14v102H0z" fill="#fff" opacity=".4"/>
<rect y="164" width="400" height="36" fill="#b9c4d6"/>
<ellipse cx="204" cy="174" rx="176" ry="8" fill="#4a566b" opacity=".35"/>
<path d="{_BODY[shape]}" fill="{v["paint"]}"/><path d="{_BODY[shape]}" fill="url(#s)"/>
<path d="{_GLASS[shape]}" fill="#243043" opacity=".88"/>
<path d="M40 122h22l-6 10H38z" fill="#fff6d0"/><path d="M362 118h12v13h-14z" fill="#b8332c"/>{wheels}</svg>
"""
