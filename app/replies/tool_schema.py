"""What a tool takes, as the model is told: JSON Schema in the strict form."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Arguments(BaseModel):
    """What a tool takes. The docstring of a subclass is what the model reads about it."""

    model_config = ConfigDict(extra="forbid", strict=True)


def strict_schema(arguments: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema in the strict form: every property required, no others, no titles."""
    schema = arguments.model_json_schema()
    properties = {
        name: {k: v for k, v in p.items() if k != "title"} for name, p in schema["properties"].items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
