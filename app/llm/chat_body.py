"""What a ModelRequest is on the Chat Completions wire."""

from __future__ import annotations

from typing import Any

from app.llm.port import Item, ModelFailure, ModelRequest, OpaqueItem, Said, ToolCall, ToolResult, ToolSpec


def body_of(request: ModelRequest, *, openai_dialect: bool) -> dict[str, Any]:
    """The arguments of `chat.completions.create`. Raises ModelFailure("bad_request")."""
    if request.thread is not None:
        raise ModelFailure("bad_request", "Chat Completions keeps no conversations")
    body: dict[str, Any] = {
        "model": request.model,
        "messages": _messages(request),
        "stream": True,
        "stream_options": {"include_usage": True},
        # OpenAI refuses the old name for its newer models; several compatible servers ignore the new one,
        # which would leave the answer without a limit.
        "max_completion_tokens" if openai_dialect else "max_tokens": request.max_output_tokens,
    }
    if request.tools:
        body["tools"] = [_wire_tool(tool) for tool in request.tools]
    if request.temperature is not None:
        body["temperature"] = request.temperature
    if request.reasoning_effort:
        body["reasoning_effort"] = request.reasoning_effort
    if openai_dialect:
        body["stream_options"]["include_obfuscation"] = False
        body.update(_openai_only(request))
    return body


def _openai_only(request: ModelRequest) -> dict[str, Any]:
    optional = {"safety_identifier": request.safety_identifier, "prompt_cache_key": request.cache_key}
    return {name: value for name, value in optional.items() if value}


def _messages(request: ModelRequest) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    if request.instructions:
        messages.append({"role": "system", "content": request.instructions})
    for item in request.items:
        _add(messages, item)
    return messages


def _add(messages: list[dict[str, Any]], item: Item) -> None:
    if isinstance(item, Said):
        messages.append({"role": item.role, "content": item.text})
    elif isinstance(item, ToolCall):
        _add_call(messages, item)
    elif isinstance(item, ToolResult):
        messages.append({"role": "tool", "tool_call_id": item.call_id, "content": item.output})
    elif isinstance(item, OpaqueItem):
        raise ModelFailure("bad_request", "an opaque item belongs to another API")


def _add_call(messages: list[dict[str, Any]], call: ToolCall) -> None:
    """Calls of one round and the text said before them are one assistant message, or the server refuses."""
    wire = {
        "id": call.call_id,
        "type": "function",
        "function": {"name": call.name, "arguments": call.arguments},
    }
    last = messages[-1] if messages else {}
    if last.get("role") == "assistant":
        last.setdefault("tool_calls", []).append(wire)
    else:
        messages.append({"role": "assistant", "content": None, "tool_calls": [wire]})


def _wire_tool(tool: ToolSpec) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.parameters,
            "strict": True,
        },
    }
