"""How a site's widget looks: stored in the site's settings, checked before it is stored, sent to whoever embeds it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, HttpUrl, StringConstraints, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from app.sites.types import Site

TEXT_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3."""

Colour = Annotated[
    str, StringConstraints(strict=True, to_lower=True, pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")
]
Label = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=80)]


class Appearance(BaseModel):
    """What is None is the widget's own choice; the text colour above all, which it computes from the accent."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)

    accent: Colour | None = None
    accent_text: Colour | None = None
    position: Literal["bottom-right", "bottom-left"] | None = None
    theme: Literal["light", "dark", "auto"] | None = None
    title: Label | None = None
    subtitle: Label | None = None
    logo: HttpUrl | None = None

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if self.accent_text is None:
            return self
        if self.accent is None:
            raise ValueError("accent_text needs an accent")
        ratio = contrast(self.accent, self.accent_text)
        if ratio < TEXT_CONTRAST:
            raise ValueError(
                f"accent_text {self.accent_text} on accent {self.accent} has a contrast of {ratio:.2f}:1 and needs "
                f"{TEXT_CONTRAST}:1; leave accent_text out, or use {text_on(self.accent)}"
            )
        return self

    def as_json(self) -> dict[str, Any]:
        """The names that the widget's options have."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def appearance_of(site: Site) -> Appearance:
    """The site's appearance; what was stored past the check, and is wrong, counts as not set."""
    try:
        return Appearance.model_validate(site.settings.get("appearance") or {})
    except ValidationError:
        return Appearance()


def image_origins(site: Site) -> list[str]:
    """Where pictures in cards may come from: the site's pages, and what it lists in `settings.image_origins`."""
    listed = site.settings.get("image_origins")
    more = (
        {o for o in listed if isinstance(o, str) and not set(o) & set(" ;,'\"")}
        if isinstance(listed, list)
        else set()
    )
    return sorted(site.allowed_origins | more)


def contrast(a: str, b: str) -> float:
    """The ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(background: str) -> str:
    """White where it can be read, else black: one of the two always can."""
    return "#ffffff" if contrast(background, "#ffffff") >= TEXT_CONTRAST else "#000000"


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    red, green, blue = (_linear(int(digits[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
