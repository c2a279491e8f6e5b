"""What a ModelRequest is on the Responses API's wire."""

from __future__ import annotations

from typing import Any

from app.llm.port import Item, ModelRequest, Said, ToolCall, ToolResult, ToolSpec


def body_of(request: ModelRequest) -> dict[str, Any]:
    """The arguments of `responses.create`. Only what is needed: compatible servers know few options."""
    body: dict[str, Any] = {
        "model": request.model,
        "input": [wire_item(item) for item in request.items],
        "max_output_tokens": request.max_output_tokens,
        "stream": True,
        # Or else OpenAI pads every delta with random text to hide its length: bytes and CPU for nothing here.
        "stream_options": {"include_obfuscation": False},
    }
    optional = {
        "instructions": request.instructions,
        "tools": [_wire_tool(tool) for tool in request.tools],
        "temperature": request.temperature,
        "reasoning": {"effort": request.reasoning_effort} if request.reasoning_effort else None,
        "safety_identifier": request.safety_identifier,
        "prompt_cache_key": request.cache_key,
    }
    body.update((name, value) for name, value in optional.items() if value not in (None, "", []))
    return body | _memory_of(request)


def _memory_of(request: ModelRequest) -> dict[str, Any]:
    if request.thread is not None:
        # A conversation only keeps what is stored: `store` stays at the API's default of true.
        return {"conversation": request.thread}
    if request.reasoning_effort:
        return {"store": False, "include": ["reasoning.encrypted_content"]}
    return {"store": False}


def wire_item(item: Item) -> dict[str, Any]:
    """One input item."""
    if isinstance(item, Said):
        return {"role": item.role, "content": item.text}
    if isinstance(item, ToolCall):
        return {
            "type": "function_call",
            "call_id": item.call_id,
            "name": item.name,
            "arguments": item.arguments,
        }
    if isinstance(item, ToolResult):
        return {"type": "function_call_output", "call_id": item.call_id, "output": item.output}
    return item.data


def _wire_tool(tool: ToolSpec) -> dict[str, Any]:
    return {
        "type": "function",
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters,
        "strict": True,
    }
