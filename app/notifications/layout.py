"""How a mail looks: the same letter as plain text and as HTML. Whatever people wrote is text in both."""

from __future__ import annotations

import html
from dataclasses import dataclass

_FRAME = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>{title}</title></head>'
    '<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif">'
    '<div style="max-width:560px;margin:0 auto">{body}</div></body></html>'
)
_CARD = '<div style="margin:16px 0;padding:4px 16px;border:1px solid #8886;border-radius:8px">{}</div>'
_STRONG = '<p style="margin:12px 0 4px"><strong>{}</strong></p>'
_PARAGRAPH = '<p style="margin:12px 0;white-space:pre-line;overflow-wrap:anywhere">{}</p>'
_SMALL = '<p style="margin:12px 0;font-size:13px;opacity:.75">{}</p>'
_BUTTON = (
    '<p style="margin:16px 0"><a href="{url}" style="display:inline-block;padding:10px 16px;border-radius:8px;'
    'background:#1f3a5f;color:#fff;text-decoration:none">{label}</a></p>'
)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One thing told: who or what, what was said, and where to go."""

    title: str
    lines: tuple[str, ...] = ()
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    language: str
    subject: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    link: Link | None = None
    closing: tuple[str | Link, ...] = ()


def as_text(letter: Letter) -> str:
    parts = list(letter.opening)
    for section in letter.sections:
        lines = [section.title, *(f"  {line}" for text in section.lines for line in text.splitlines())]
        parts.append("\n".join([*lines, *_said(section.link)]))
    parts.append("\n".join(_said(letter.link)))
    parts.append("-- \n" + "\n".join(c if isinstance(c, str) else _said(c)[0] for c in letter.closing))
    return "\n\n".join(part for part in parts if part) + "\n"


def as_html(letter: Letter) -> str:
    parts = [_PARAGRAPH.format(html.escape(text)) for text in letter.opening]
    for section in letter.sections:
        inner = _STRONG.format(html.escape(section.title))
        inner += "".join(_PARAGRAPH.format(html.escape(line)) for line in section.lines)
        parts.append(_CARD.format(inner + _button(section.link)))
    parts.append(_button(letter.link))
    parts += [_SMALL.format(html.escape(c) if isinstance(c, str) else _anchor(c)) for c in letter.closing]
    return page(letter.language, letter.subject, "".join(parts))


def page(language: str, title: str, body: str) -> str:
    """A whole document; `body` is HTML."""
    return _FRAME.format(lang=language, title=html.escape(title), body=body)


def _said(link: Link | None) -> list[str]:
    return [f"{link.label}: {link.url}"] if link else []


def _button(link: Link | None) -> str:
    return _BUTTON.format(url=html.escape(link.url), label=html.escape(link.label)) if link else ""


def _anchor(link: Link) -> str:
    return f'<a href="{html.escape(link.url)}" style="color:inherit">{html.escape(link.label)}</a>'
