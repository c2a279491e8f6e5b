"""`/mail/opt-out/…`: the page behind the link at the end of a visitor's mail.

Looking at it changes nothing, since mail programs follow links by themselves; the button does, and so does the POST
that they send when somebody presses their own "unsubscribe" (RFC 8058).
"""

from __future__ import annotations

import html
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import HTMLResponse

from app.notifications.actions import mail_standing
from app.notifications.layout import page
from app.notifications.staff_routes import POSTMAN
from app.notifications.texts import choose
from app.staff.access import staff_desk
from app.staff.actions import StaffDesk

DESK = Annotated[StaffDesk, Depends(staff_desk)]
TOKEN = Annotated[str, Path(max_length=200)]
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}
_FORM = (
    '<h1 style="font-size:22px">{title}</h1><p>{question}</p>'
    '<form method="post"><button style="{look}">{button}</button></form>'
)
_LOOK = (
    "padding:10px 16px;border:0;border-radius:8px;background:#1f3a5f;color:#fff;font:inherit;cursor:pointer"
)


async def ask(token: TOKEN, desk: DESK, postman: POSTMAN) -> HTMLResponse:
    """The question, and a button."""
    return await _answer(token, desk, postman, leave=False)


async def leave(token: TOKEN, desk: DESK, postman: POSTMAN) -> HTMLResponse:
    """No mail about this person's conversations any more. Whatever the body says."""
    return await _answer(token, desk, postman, leave=True)


async def _answer(token: str, desk: StaffDesk, postman: POSTMAN, *, leave: bool) -> HTMLResponse:
    row = await mail_standing(desk.wiring.rpc, token, postman.secret, leave=leave)
    locale, texts = choose(postman.texts, (row["locale"],), "es")
    words, site = texts.opt_out_page, row["site_name"]
    title = words.title.format(site=site)
    if leave:
        body = f"<p>{html.escape(words.done.format(site=site))}</p>"
    else:
        body = _FORM.format(
            title=html.escape(title),
            question=html.escape(words.question.format(site=site)),
            look=_LOOK,
            button=html.escape(words.button),
        )
    return HTMLResponse(page(locale, title, body), headers=_HEADERS)


def mail_router() -> APIRouter:
    router = APIRouter(prefix="/mail/opt-out", tags=["mail"])
    router.add_api_route("/{token}", ask, methods=["GET"], response_class=HTMLResponse)
    router.add_api_route("/{token}", leave, methods=["POST"], response_class=HTMLResponse)
    return router
