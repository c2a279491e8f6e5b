"""What the fake upstream is told to do: replies, faults, and the rules that choose between them.

All are msgspec structs: the same script is a Python value in process and JSON at the control endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import msgspec

Api = Literal["responses", "chat"]

FaultKind = Literal[
    "stall_headers",  # the request is read and never answered
    "close_before_headers",  # FIN instead of an answer
    "reset_before_headers",  # RST instead of an answer
    "status",  # an HTTP error: see Fault.status, code, retry_after
    "html",  # 200 with a web page, as a misplaced proxy does
    "stall",  # silence after `at` tokens, until the client goes
    "reset",  # RST after `at` tokens
    "cut",  # FIN in the middle of the chunked body
    "end",  # the body ends cleanly without a terminal event
    "bad_json",
    "bad_utf8",
    "error",  # in-stream error, the flat shape
    "error_nested",  # in-stream error, the nested shape
    "failed",  # response.failed (chat: an error chunk)
    "max_output_tokens",
    "content_filter",
    "mislabelled",  # response.completed whose status says incomplete
]

BEFORE_HEADERS = frozenset(
    {"stall_headers", "close_before_headers", "reset_before_headers", "status", "html"}
)
AT_THE_END = frozenset({"max_output_tokens", "content_filter", "mislabelled"})

_TOKEN = re.compile(r"\S+\s*|\s+")


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`at` counts tokens already sent. `retry_after` is the header's value, as text."""

    kind: FaultKind
    at: int = 0
    status: int = 500
    code: str | None = None
    message: str = "scripted"
    retry_after: str | None = None


class Call(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tool call. Without an `id` each one sent gets a new id."""

    name: str
    arguments: str = "{}"
    id: str | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One answer. `text=None` is the default echo; `tokens_per_second=0` is as fast as the socket takes it.

    `chop` cuts the byte stream into writes of that many bytes, each in a loop turn of its own. With `meets`, no token
    is sent before that many completions have been under way at once. `numbered` answers begin with the request's number
    in letters: no two are the same.
    """

    text: str | None = None
    tool_calls: tuple[Call, ...] = ()
    commentary: str = ""
    refusal: str = ""
    empty: bool = False
    endless: bool = False
    echo_instructions: bool = False
    tokens_per_second: float = 0.0
    first_token_seconds: float = 0.0
    crlf: bool = False
    chop: int = 0
    meets: int = 0
    numbered: bool = False
    fault: Fault | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Applies when every condition that is given holds: the first such rule of a script decides.

    `contains` looks at the last user text, `nth` at the request's number (from 1), `times` is how often the
    rule may still be used, `has_tool_result` whether the newest item is a tool's answer.
    """

    reply: Reply
    contains: str = ""
    nth: int | None = None
    times: int | None = None
    has_tool_result: bool | None = None
    api: Api | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule may look at. `size` is the body's, in bytes."""

    number: int
    api: Api
    body: dict[str, Any]
    size: int
    instructions: str
    last_user_text: str
    has_tool_result: bool


Chooser = Callable[[Asked], Reply | None]


class Script:
    """An ordered list of rules and functions; when none decides, the default echo does."""

    def __init__(self, *steps: Rule | Reply | Chooser) -> None:
        self._steps = [Rule(reply=step) if isinstance(step, Reply) else step for step in steps]
        self._used = [0] * len(self._steps)

    def choose(self, asked: Asked) -> Reply:
        for index, step in enumerate(self._steps):
            reply = self._try(index, step, asked)
            if reply is not None:
                self._used[index] += 1
                return reply
        return Reply()

    def _try(self, index: int, step: Rule | Chooser, asked: Asked) -> Reply | None:
        if not isinstance(step, Rule):
            return step(asked)
        fits = (
            step.contains in asked.last_user_text
            and step.nth in (None, asked.number)
            and (step.times is None or self._used[index] < step.times)
            and step.has_tool_result in (None, asked.has_tool_result)
            and step.api in (None, asked.api)
        )
        return step.reply if fits else None


def read_request(number: int, api: Api, body: dict[str, Any], size: int) -> Asked:
    """Find the parts a rule looks at, in either protocol's body."""
    items = body.get("input" if api == "responses" else "messages") or []
    if isinstance(items, str):
        items = [{"role": "user", "content": items}]
    instructions = body.get("instructions") or ""
    if api == "chat":
        instructions = "".join(_text(i) for i in items if i.get("role") in ("system", "developer"))
    said = [_text(item) for item in items if item.get("role") == "user"]
    newest = items[-1] if items else {}
    answered = newest.get("type") == "function_call_output" or newest.get("role") == "tool"
    return Asked(
        number=number,
        api=api,
        body=body,
        size=size,
        instructions=instructions,
        last_user_text=said[-1] if said else "",
        has_tool_result=answered,
    )


def reply_text(reply: Reply, asked: Asked) -> str:
    """The visible text: scripted, the instructions given back, or an echo of about 20 tokens."""
    if reply.empty or reply.refusal:
        return ""
    if reply.echo_instructions:
        return asked.instructions
    if reply.text is not None:
        return f"{letters(asked.number)}-{reply.text}" if reply.numbered else reply.text
    if reply.tool_calls:
        return ""
    return (
        f"Recibido: {asked.last_user_text} Gracias por escribirnos; con gusto le ayudo a encontrar "
        "lo que busca, dígame por favor qué más necesita."
    )


def letters(number: int) -> str:
    """A number as a word: 0 is a, 27 is bb."""
    word = chr(ord("a") + number % 26)
    return letters(number // 26) + word if number >= 26 else word


def tokens(text: str) -> list[str]:
    """Words with the space after them: joined again they are the text."""
    return _TOKEN.findall(text)


def _text(item: dict[str, Any]) -> str:
    content = item.get("content") or ""
    if isinstance(content, str):
        return content
    return "".join(str(part.get("text", "")) for part in content)
