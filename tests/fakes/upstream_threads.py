"""Conversations kept upstream, with the habits that hurt: they lock, get lost, and orphan tool calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST_ITEMS_PER_CALL = 20


class ThreadError(Exception):
    """An HTTP refusal: `status`, OpenAI's `code` and its sentence."""

    def __init__(self, status: int, code: str | None, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass
class Thread:
    id: str
    items: list[dict[str, Any]] = field(default_factory=list)
    running: int = 0
    locked_for: int = 0
    """How many more requests find it locked, whoever else is using it."""


class Threads:
    """The conversations of one fake upstream, by id; `capacity` is the most items that one takes."""

    def __init__(self) -> None:
        self.capacity: int | None = None
        self._threads: dict[str, Thread] = {}
        self._made = 0

    def get(self, thread_id: str) -> Thread:
        thread = self._threads.get(thread_id)
        if thread is None:
            raise ThreadError(404, None, f"Conversation with id '{thread_id}' not found.")
        return thread

    def create(self, items: list[dict[str, Any]]) -> Thread:
        self._made += 1
        thread = Thread(id=f"conv_{self._made}")
        self.extend(thread, items)
        self._threads[thread.id] = thread
        return thread

    def extend(self, thread: Thread, items: list[dict[str, Any]]) -> None:
        if len(items) > MOST_ITEMS_PER_CALL:
            raise ThreadError(400, "invalid_request_error", "At most 20 items per call.")
        if self.capacity is not None and len(thread.items) + len(items) > self.capacity:
            raise ThreadError(400, "invalid_request_error", "The conversation is full.")
        thread.items += items

    def lose(self, thread_id: str) -> None:
        self._threads.pop(thread_id, None)

    def lock(self, thread_id: str, times: int) -> None:
        self.get(thread_id).locked_for = times

    def begin(self, thread_id: str, new: list[dict[str, Any]]) -> Thread:
        """A response starts in the conversation; refuses as OpenAI does."""
        thread = self.get(thread_id)
        if thread.running or thread.locked_for:
            thread.locked_for = max(0, thread.locked_for - 1)
            message = "Another process is currently operating on this conversation."
            raise ThreadError(400, "conversation_locked", message)
        _check_calls(thread.items + new)
        thread.items += new
        thread.running += 1
        return thread

    def end(self, thread: Thread, produced: list[dict[str, Any]]) -> None:
        thread.running -= 1
        thread.items += produced


def _check_calls(items: list[dict[str, Any]]) -> None:
    called = [item["call_id"] for item in items if item.get("type") == "function_call"]
    answered = {item["call_id"] for item in items if item.get("type") == "function_call_output"}
    for call_id in called:
        if call_id not in answered:
            raise ThreadError(400, None, f"No tool output found for function call {call_id}.")
    for call_id in answered - set(called):
        raise ThreadError(400, None, f"No tool call found for function call output with call_id {call_id}.")
