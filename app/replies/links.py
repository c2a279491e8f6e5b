"""Links and images in streamed text, disarmed: the second stage of the guard.

Nothing is taken away but the mark that makes an image an image; what is not allowed becomes plain text by one space
put where it breaks the construct. So the text stays readable, and the rule stays small:

    ![a](u)  ![a][r]          -> [a](u)  [a][r]            an image would be fetched by being shown
    <img …>  <a href=…>       -> < img …>                  no tag starts with a space
    [a](javascript:…)         -> [a] (javascript :…)       a destination must be http, https, mailto, tel or relative
    [r]: data:text/html,…     -> [r] : data :text/html,…
    https://bank.com@evil.io  -> https ://bank.com@evil.io the host is not the one that is read first
"""

from __future__ import annotations

import re
from enum import Enum

MAX_AUTHORITY = 300
"""No honest host with its port is longer; text behind `https://` is held back no longer than this."""
_CONTEXT = 12

_SPECIAL = re.compile(r"[!(:<]")
_BANGS = re.compile(r"!+")
_BARE_SCHEME = re.compile(r"(?:^|[^a-z0-9])(?:javascript|vbscript|data|file)$", re.IGNORECASE)
_WEB_SCHEME = re.compile(r"https?$", re.IGNORECASE)
_DESTINATION = re.compile(r"(\s*<?)([^\s/?#)>]*)", re.ASCII)
# ASCII: in a destination, and in a browser's reading of it, other spaces end nothing.
_AUTHORITY_IN_LINK = re.compile(r"[^\s/?#)>]*", re.ASCII)
_AUTHORITY = re.compile(r"[^\s/?#<>\"]*", re.ASCII)
_TAG_START = re.compile(r"[A-Za-z/!?]")
_AUTOLINKS = ("https://", "http://", "mailto:")


class _Verdict(Enum):
    GOOD = 1
    BAD = 2
    OPEN = 3
    """More text is needed to tell."""


class Links:
    """`feed` and `finish` return the disarmed text, append-only."""

    __slots__ = ("_before", "_held")

    def __init__(self) -> None:
        self._before = ""
        self._held = ""

    def feed(self, text: str) -> str:
        if self._held:
            text = self._held + text
            self._held = ""
        if _SPECIAL.search(text):
            text = self._scan(text, final=False)
        if text:
            self._before = text[-_CONTEXT:] if len(text) >= _CONTEXT else (self._before + text)[-_CONTEXT:]
        return text

    def finish(self) -> str:
        text, self._held = self._held, ""
        return self._scan(text, final=True) if text else ""

    def _scan(self, text: str, *, final: bool) -> str:
        out = ""
        at = 0
        while match := _SPECIAL.search(text, at):
            out += text[at : match.start()]
            at = match.start()
            before = (self._before + out[-_CONTEXT:])[-_CONTEXT:]
            step = self._step(text, at, before, final=final)
            if step is None:
                self._held = text[at:]
                return out
            piece, at = step
            out += piece
        return out + text[at:]

    def _step(self, text: str, at: int, before: str, *, final: bool) -> tuple[str, int] | None:
        """What the special character at `at` becomes, and where to go on; None when that cannot be told yet."""
        mark = text[at]
        if mark == "!":
            return _bang(text, at, final=final)
        if mark == "<":
            return _angle(text, at, final=final)
        if before.endswith("]"):
            return _destination(text, at, final=final)
        if mark == ":":
            return _colon(text, at, before, final=final)
        return mark, at + 1


def _bang(text: str, at: int, *, final: bool) -> tuple[str, int] | None:
    match = _BANGS.match(text, at)
    assert match is not None
    bangs, end = match[0], match.end()
    if end == len(text) and not final:
        return None
    if text[end : end + 1] != "[":
        return bangs, end
    # "!![" would leave an image behind if only one mark went.
    return (f"{bangs[:-1]} " if len(bangs) > 1 else ""), end


def _angle(text: str, at: int, *, final: bool) -> tuple[str, int] | None:
    rest = text[at + 1 : at + 9].lower()
    if not rest:
        return ("<", at + 1) if final else None
    if any(rest.startswith(scheme) for scheme in _AUTOLINKS):
        return "<", at + 1
    if not final and any(scheme.startswith(rest) for scheme in _AUTOLINKS):
        return None
    return ("< " if _TAG_START.match(rest) else "<"), at + 1


def _destination(text: str, at: int, *, final: bool) -> tuple[str, int] | None:
    """`(` or `:` straight after `]`: the destination of a link or of a reference."""
    verdict, end = _judge(text, at + 1, final=final)
    if verdict is _Verdict.OPEN:
        return None
    if verdict is _Verdict.BAD:
        return f" {text[at]}", at + 1
    return text[at:end], end


def _judge(text: str, start: int, *, final: bool) -> tuple[_Verdict, int]:
    """The verdict, and up to where the text is settled by it: the rest is looked at like any other."""
    match = _DESTINATION.match(text, start)
    assert match is not None
    head, end = match[2].lower(), match.end()
    if end - start > MAX_AUTHORITY:
        return _Verdict.BAD, end
    rest = text[end : end + 2]
    if not final and (rest == "" or (rest == "/" and (head in {"", "http:", "https:"}))):
        return _Verdict.OPEN, end
    if head in {"http:", "https:"}:
        return _judge_authority(text, end, _AUTHORITY_IN_LINK, final=final)
    # `](<img …` would be a tag where the link is not closed.
    allowed = head.startswith("mailto:") or (not match[1].endswith("<") and _is_harmless(head, rest))
    return (_Verdict.GOOD if allowed else _Verdict.BAD), start


def _is_harmless(head: str, rest: str) -> bool:
    """A telephone, or a place on the same site. An entity may spell a colon; two slashes start a host nobody sees."""
    if head.startswith("tel:"):
        return True
    return not (any(c in head for c in ":&\\") or "%3a" in head or (not head and rest in {"//", "/\\"}))


def _judge_authority(text: str, start: int, pattern: re.Pattern[str], *, final: bool) -> tuple[_Verdict, int]:
    """`start` is at the `//` behind the scheme."""
    if not text.startswith("//", start):
        return _Verdict.BAD, start
    match = pattern.match(text, start + 2)
    assert match is not None
    host, end = match[0], match.end()
    if len(host) > MAX_AUTHORITY or any(c in host for c in "@＠&\\<![("):
        return _Verdict.BAD, end
    if end == len(text) and not final:
        return _Verdict.OPEN, end
    return (_Verdict.GOOD if host else _Verdict.BAD), end


def _colon(text: str, at: int, before: str, *, final: bool) -> tuple[str, int] | None:
    if _WEB_SCHEME.search(before):
        return _address(text, at, final=final)
    if not _BARE_SCHEME.search(before):
        return ":", at + 1
    following = text[at + 1 : at + 2]
    if not following and not final:
        return None
    return (" :" if following.strip() else ":"), at + 1


def _address(text: str, at: int, *, final: bool) -> tuple[str, int] | None:
    """The `:` of `https:` outside a destination."""
    following = text[at + 1 : at + 3]
    if not final and following in {"", "/"}:
        return None
    if following != "//":
        return ":", at + 1
    verdict, end = _judge_authority(text, at + 1, _AUTHORITY, final=final)
    if verdict is _Verdict.OPEN:
        return None
    return (text[at:end], end) if verdict is _Verdict.GOOD else (" :", at + 1)
