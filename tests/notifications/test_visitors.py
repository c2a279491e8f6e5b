"""Who left an address and went away gets by mail what a seller answered: with consent, not too often, and a way out."""

from __future__ import annotations

from typing import Any

import pytest

from app.notifications import store
from app.notifications.sealing import OptOut
from app.staff.types import StaffAccess
from tests.notifications.conftest import PostOffice
from tests.rigs.visitors import SqlVisitor

PAGE = "https://www.example.com/corolla?x=1"


@pytest.fixture
async def seller(post: PostOffice) -> StaffAccess:
    """There all the time, so that only visitors are written to."""
    seller = await post.hire(name="Eva Ríos")
    values = {"push": [], "email": [], "quiet_from": None, "quiet_to": None, "time_zone": None}
    await store.set_settings(post.rpc, seller, values)
    return seller


async def talking(post: PostOffice, seller: StaffAccess, **contact: Any) -> tuple[SqlVisitor, str]:
    """A visitor with an address and consent, whose conversation the seller has."""
    visitor = post.visitor()
    await visitor.say("¿Precio?", metadata={"page": {"url": contact.pop("page", PAGE)}})
    await post.leave_contact(visitor, **{"name": "Ana Pérez", "email": "ana@example.com", **contact})
    return visitor, await post.taken(seller, visitor)


async def gone(post: PostOffice) -> None:
    """Everybody's last sign of life is eleven minutes old; what was queued is due."""
    await post.deliver()
    post.later(minutes=11)


async def test_unread_answers_are_mailed(post: PostOffice, seller: StaffAccess) -> None:
    _, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Cuesta 12 000 USD.\n¿Le sirve?")
    await post.send(seller, conversation, "<b>Hoy</b> & mañana")
    await gone(post)
    assert await post.deliver() == 1
    mail = post.smtp.next()
    assert mail.recipients == ["ana@example.com"]
    assert mail.message["to"] == "Ana Pérez <ana@example.com>"
    assert mail.message["subject"] == "Eva Ríos te respondió en TalIA Motors"
    assert "Hola, Ana:" in mail.text
    assert mail.text.index("Cuesta 12 000 USD.") < mail.text.index("<b>Hoy</b> & mañana")
    assert "&lt;b&gt;Hoy&lt;/b&gt; &amp; mañana" in mail.html
    assert f"Seguir la conversación: {PAGE}" in mail.text
    out = str(mail.message["list-unsubscribe"]).strip("<>")
    assert out.startswith("https://chat.example.com/mail/opt-out/mo_")
    assert mail.message["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert out in mail.text
    assert await post.deliver() == 0


async def test_not_before_ten_minutes_and_not_what_was_read(post: PostOffice, seller: StaffAccess) -> None:
    visitor, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Hola")
    await post.deliver()
    post.later(minutes=5)
    assert await post.deliver() == 0
    post.later(minutes=4)
    await visitor.say("sigo aquí")
    post.later(minutes=9)
    assert await post.deliver() == 0, "they wrote nine minutes ago"
    await post.rpc.call(
        "mark_messages_read", site=post.site["id"], token_hash=visitor.token_hash, up_to_seq=1000
    )
    post.later(hours=1)
    assert await post.deliver() == 0
    assert post.states() == [("cancelled", "read")]


async def test_one_mail_in_fifteen_minutes_and_nothing_twice(post: PostOffice, seller: StaffAccess) -> None:
    _, conversation = await talking(post, seller)
    await post.send(seller, conversation, "uno")
    await gone(post)
    await post.deliver()
    assert "uno" in post.smtp.next().text
    await post.send(seller, conversation, "dos")
    await post.deliver()
    post.later(minutes=14)
    assert await post.deliver() == 0
    post.later(minutes=2)
    assert await post.deliver() == 1
    text = post.smtp.next().text
    assert "dos" in text
    assert "uno" not in text


async def test_the_newest_ten_at_most(post: PostOffice, seller: StaffAccess) -> None:
    _, conversation = await talking(post, seller)
    for number in range(13):
        await post.send(seller, conversation, f"mensaje n{number:02}")
    deleted = await post.send(seller, conversation, "me equivoqué")
    await post.call(seller, "edit_seller_message", message=deleted["message"]["message_id"], content=None)
    await post.send(seller, conversation, "solo para el equipo", private=True)
    await gone(post)
    await post.deliver()
    text = post.smtp.next().text
    assert [f"n{n:02}" in text for n in range(13)] == [False] * 3 + [True] * 10
    assert "Hay 3 mensajes anteriores" in text
    assert "equivoqué" not in text
    assert "equipo" not in text


async def test_a_link_leads_to_the_sites_own_pages_only(post: PostOffice, seller: StaffAccess) -> None:
    for page in (
        "https://evil.example/login",
        "javascript:alert(1)",
        "https://www.example.com@evil.example/",
    ):
        _, conversation = await talking(post, seller, page=page, email=f"{len(page)}@example.com")
        await post.send(seller, conversation, "Hola")
        await gone(post)
        await post.deliver()
        mail = post.smtp.next()
        assert "evil" not in mail.text + mail.html
        assert "javascript" not in mail.text + mail.html
        assert "Vuelve a TalIA Motors" in mail.text


async def test_nobody_is_written_to_without_consent(post: PostOffice, seller: StaffAccess) -> None:
    _, conversation = await talking(post, seller, granted=False)
    await post.send(seller, conversation, "Hola")
    await gone(post)
    assert await post.deliver() == 0
    assert post.states() == []


@pytest.mark.parametrize("when", ["before it is fanned out", "while it waits", "after it failed"])
async def test_who_withdraws_is_not_written_to(post: PostOffice, seller: StaffAccess, when: str) -> None:
    visitor, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Hola")
    if when != "before it is fanned out":
        await post.deliver()
    if when == "after it failed":
        post.later(minutes=11)
        post.smtp.answers.append("550 no such user")
        await post.deliver()
        assert post.states() == [("dead", "smtp.550")]
    await post.leave_contact(visitor, granted=False)
    expected = [] if when == "before it is fanned out" else [("cancelled", "consent_withdrawn")]
    assert post.states() == expected
    post.later(hours=1)
    assert await post.deliver() == 0
    assert post.smtp.mails.empty()
    assert post.states() == expected


async def test_consent_is_asked_for_again_at_the_moment_of_sending(
    post: PostOffice, seller: StaffAccess
) -> None:
    """A withdrawal that came past the trigger (such as from a restored backup) is honoured just the same."""
    _, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Hola")
    await gone(post)
    post.admin.execute("alter table consents disable trigger consents_cancel_mail")
    try:
        post.admin.execute(
            "insert into consents (site_id, contacto_id, purpose, granted, text_version, text_sha256, locale, source)"
            " select site_id, contacto_id, 'contact', false, '1', text_sha256, 'es', 'api' from consents"
            " where purpose = 'contact' and site_id = %s",
            [post.site["id"]],
        )
    finally:
        post.admin.execute("alter table consents enable trigger consents_cancel_mail")
    assert await post.deliver() == 0
    assert post.states() == [("cancelled", "no_consent")]


async def test_who_is_erased_is_in_no_queue(post: PostOffice, seller: StaffAccess) -> None:
    visitor, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Hola")
    await post.deliver()
    await post.rpc.call("erase_visitor", site=post.site["id"], token_hash=visitor.token_hash)
    assert post.states() == []
    post.later(hours=1)
    assert await post.deliver() == 0


async def test_the_way_out_and_back_in(post: PostOffice, seller: StaffAccess) -> None:
    visitor, conversation = await talking(post, seller)
    await post.send(seller, conversation, "uno")
    await gone(post)
    await post.deliver()
    token = str(post.smtp.next().message["list-unsubscribe"]).strip("<>").rsplit("/", 1)[-1]
    link = OptOut.parse(token, post.postman.secret)
    assert link is not None
    await post.send(seller, conversation, "dos")
    await post.deliver()
    row = await store.opt_out(post.rpc, site=link.site_id, contact=link.contact_id)
    assert row == {"site_name": "TalIA Motors", "locale": "es"}
    assert ("cancelled", "opted_out") in post.states()
    await post.send(seller, conversation, "tres")
    await gone(post)
    assert await post.deliver() == 0
    assert post.smtp.mails.empty()
    post.later(hours=1)
    await post.leave_contact(visitor)
    await post.send(seller, conversation, "cuatro")
    await gone(post)
    await post.deliver()
    assert "cuatro" in post.smtp.next().text


async def test_an_address_is_its_owners_whoever_types_it(post: PostOffice, seller: StaffAccess) -> None:
    """Three browsers, one address: one mail in fifteen minutes, and one no is enough for all of them."""
    talks = [
        await talking(post, seller, email=e)
        for e in ("Ana@example.com", "ana@example.com", "ana@example.com")
    ]
    for _, conversation in talks:
        await post.send(seller, conversation, "Hola")
    await gone(post)
    assert await post.deliver() == 1
    token = str(post.smtp.next().message["list-unsubscribe"]).strip("<>").rsplit("/", 1)[-1]
    link = OptOut.parse(token, post.postman.secret)
    assert link is not None
    await store.opt_out(post.rpc, site=link.site_id, contact=link.contact_id)
    post.later(hours=1)
    assert [await post.deliver() for _ in range(2)] == [0, 0]
    assert [state for state, _ in post.states()] == ["sent", "cancelled", "cancelled"]
    # Typing it once more, with all consents, changes nothing for its owner.
    _, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Hola otra vez")
    await gone(post)
    assert await post.deliver() == 0
    assert post.smtp.mails.empty()


async def test_a_withdrawal_holds_for_the_address(post: PostOffice, seller: StaffAccess) -> None:
    visitor, _ = await talking(post, seller)
    _, conversation = await talking(post, seller)
    await post.send(seller, conversation, "Hola")
    await gone(post)
    await post.leave_contact(visitor, granted=False)
    assert await post.deliver() == 0
    assert post.states() == [("cancelled", "no_consent")]


async def test_an_opt_out_link_names_one_person_and_cannot_be_made_up(post: PostOffice) -> None:
    one, other = "0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"
    token = OptOut(post.site["id"], one).token(b"secret")
    assert OptOut.parse(token, b"secret") == OptOut(post.site["id"], one)
    assert OptOut.parse(token, b"another") is None
    forged = OptOut(post.site["id"], other).token(b"secret")[:46] + token[46:]
    for wrong in (forged, token[:-1], token + "A", "", "mo_" + "A" * 64, "vt_" + "A" * 43):
        assert OptOut.parse(wrong, b"secret") is None, wrong
