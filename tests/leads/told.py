"""What a visitor writes in an answer to something of ours, with numbers that fit where they write from."""

from __future__ import annotations

from datetime import UTC, datetime

from app.leads.extraction import Extracted
from app.leads.reading import heard_in
from app.leads.types import VisitorMessage

REGIONS = {"es": "DO", "en": "US", "pt": "BR"}
OWN_PHONE = {"es": "+18095550142", "en": "+12125550142", "pt": "+5511985550142"}
SECOND_PHONE = {"es": "+18495550177", "en": "+19175550177", "pt": "+5511985550177"}
OTHERS_PHONE = {"es": "+18295550199", "en": "+16465550199", "pt": "+5521985550199"}
OWN_EMAIL = "visitante.uno@example.com"
OTHERS_EMAIL = "otra.cosa@example.org"


def local(number: str) -> str:
    """`+18095550142` as people write it at home."""
    digits = number.removeprefix("+1").removeprefix("+55")
    if number.startswith("+55"):
        return f"{digits[:2]} {digits[2:7]}-{digits[7:]}"
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def hear(language: str, asked: str, text: str) -> Extracted:
    """`{P}` and `{P2}` stand for numbers of their own, `{Q}` for somebody else's; `{E}` and `{F}` for addresses."""
    for mark, value in (
        ("{P}", local(OWN_PHONE[language])),
        ("{P2}", local(SECOND_PHONE[language])),
        ("{Q}", local(OTHERS_PHONE[language])),
        ("{E}", OWN_EMAIL),
        ("{F}", OTHERS_EMAIL),
    ):
        text = text.replace(mark, value)
    message = VisitorMessage(
        id="m", text=text, at=datetime(2026, 3, 2, tzinfo=UTC), seq=2, asked=asked, asked_at=None
    )
    return heard_in(message, region=REGIONS[language])
