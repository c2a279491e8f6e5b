"""From a claimed delivery to the words that leave: letters for staff and visitors, payloads for browsers.

A push message goes through somebody else's service and shows on locked screens: first name and item, never what
was written. A mail to the staff has a short excerpt, without contact data; one to a visitor what was written to them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import orjson

from app.notifications.layout import Letter, Link, Section, as_html, as_text
from app.notifications.sealing import OptOut, Sealer
from app.notifications.texts import Library, Texts, choose
from app.notifications.types import Delivery, Mail, NotSent, Push
from app.sites.actions import DEFAULT_SLUG
from app.sites.hours import zone_of

EXCERPT_CHARS = 140
MESSAGE_CHARS = 2000
MOST_SECTIONS = 20
"""Conversations that a mail tells of one by one; how many there are stands in its subject."""

Hide = Callable[[str, str], str]
"""(text, region) → the text without e-mail addresses and phone numbers."""


class Composer:
    """`address` is where people find this server; `secret` signs the visitors' way out."""

    def __init__(self, library: Library, *, address: str, secret: bytes, hide: Hide) -> None:
        self._library = library
        self._address = address
        self._secret = secret
        self._sealer = Sealer(secret)
        self._hide = hide

    def mail(self, delivery: Delivery) -> Mail:
        """Raises NotSent when what it stands for cannot be read any more."""
        content = delivery.content
        letter, headers = {
            "inbox": self._inbox,
            "staff_link": self._staff_link,
            "visitor_unread": self._visitor_unread,
        }[delivery.kind](delivery)
        return Mail(
            to=content["to"],
            name=_line(content["name"]),
            subject=_line(letter.subject),
            text=as_text(letter),
            html=as_html(letter),
            headers=headers,
        )

    def push(self, delivery: Delivery) -> Push:
        """Raises NotSent when the browser was removed meanwhile."""
        content = delivery.content
        if content["subscription"] is None:
            raise NotSent("refused", "push.no_subscription")
        _, texts = self._speech(content)
        news, site = content["news"], content["site"]["name"]
        first, count = news[0], _conversations(news)
        item = _line(first["item"])
        about = texts.staff.about.format(item=item) if item else site
        many = texts.staff.many.format(count=count)
        one = count == 1
        conversation = first["conversation_id"] if one else None
        payload = {
            "id": delivery.id,
            "event": first["event"],
            "conversation": conversation,
            "title": self._headline(texts, content, first) if one else many,
            "body": about if one else site,
            "url": self._conversation_url(first) if one else f"{self._address}/console/messages",
            "tag": conversation or "inbox",
        }
        topic = (conversation or "inbox").replace("-", "")[:32]
        return Push(content["subscription"], orjson.dumps(payload), topic)

    def _inbox(self, delivery: Delivery) -> tuple[Letter, tuple[tuple[str, str], ...]]:
        content = delivery.content
        language, texts = self._speech(content)
        site, news = content["site"]["name"], content["news"]
        subject = self._headline(texts, content, news[0])
        if (count := _conversations(news)) > 1:
            subject = texts.staff.many.format(count=count)
        letter = Letter(
            language,
            subject,
            (texts.staff.intro.format(site=site),),
            sections=tuple(self._news(texts, content, one) for one in news[:MOST_SECTIONS]),
            closing=(texts.staff.why.format(site=site),),
        )
        return letter, ()

    def _news(self, texts: Texts, content: dict[str, Any], one: dict[str, Any]) -> Section:
        lines = [texts.staff.about.format(item=_line(one["item"]))] if one["item"] else []
        if one["excerpt"]:
            # Hidden first, cut afterwards: half an address is no address, but still somebody's.
            hidden = _line(self._hide(one["excerpt"], content["site"]["region"]))
            lines.append(f"«{_cut(hidden, EXCERPT_CHARS)}»")
        link = Link(texts.staff.open, self._conversation_url(one) + _of_site(content))
        return Section(self._headline(texts, content, one), tuple(lines), link)

    def _staff_link(self, delivery: Delivery) -> tuple[Letter, tuple[tuple[str, str], ...]]:
        content = delivery.content
        token = self._sealer.unseal(content["sealed"])
        if token is None:
            raise NotSent("refused", "link.other_key")
        language, texts = self._speech(content)
        site, invited = content["site"]["name"], content["purpose"] == "invite"
        until = datetime.fromisoformat(content["expires_at"]).astimezone(zone_of(content["time_zone"]))
        # Behind a #: what stands there is not sent to any server, nor into any log.
        link = Link(
            texts.link.invite_button if invited else texts.link.reset_button,
            f"{self._address}/console/accept{_of_site(content)}#{token}",
        )
        letter = Letter(
            language,
            (texts.link.invite_subject if invited else texts.link.reset_subject).format(site=site),
            (
                texts.link.hello.format(comma_name=_comma(content["name"])),
                (texts.link.invite if invited else texts.link.reset).format(site=site),
            ),
            link=link,
            closing=(texts.link.expires.format(until=f"{until:%Y-%m-%d %H:%M} ({until.tzinfo})"),),
        )
        return letter, ()

    def _visitor_unread(self, delivery: Delivery) -> tuple[Letter, tuple[tuple[str, str], ...]]:
        content = delivery.content
        language, texts = self._speech(content)
        site = content["site"]["name"]
        out = f"{self._address}/mail/opt-out/" + OptOut(delivery.site_id, content["contact_id"]).token(
            self._secret
        )
        page = self._trusted_page(content)
        opening = [
            texts.visitor.hello.format(comma_name=_comma(content["name"])),
            texts.visitor.intro.format(site=site),
        ]
        if content["earlier"]:
            opening.append(texts.visitor.earlier.format(count=content["earlier"]))
        messages = content["messages"]
        letter = Letter(
            language,
            texts.visitor.subject.format(seller=_line(messages[-1]["sender"] or site), site=site),
            tuple(opening),
            sections=tuple(
                Section(_line(m["sender"] or site), (_cut(m["text"], MESSAGE_CHARS),)) for m in messages
            ),
            link=Link(texts.visitor.open, page) if page else None,
            closing=(
                *(() if page else (texts.visitor.come_back.format(site=site),)),
                texts.visitor.why.format(site=site),
                Link(texts.visitor.opt_out, out),
            ),
        )
        # RFC 8058: mail programs offer the way out themselves, and take it with one POST.
        return letter, (
            ("List-Unsubscribe", f"<{out}>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        )

    def _trusted_page(self, content: dict[str, Any]) -> str | None:
        """The page of the chat, if it is the site's: a visitor's browser named it, and anybody's address may have been
        typed, so that any other link of it would make us deliver somebody's bait."""
        page = content["page"]
        try:
            parts = urlsplit(page or "")
        except ValueError:
            return None
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        return page if origin in {*content["origins"], self._address.lower()} else None

    def _headline(self, texts: Texts, content: dict[str, Any], news: dict[str, Any]) -> str:
        name = _line(news["first_name"])
        if self._hide(name, content["site"]["region"]) != name:
            name = ""
        sentence: str = getattr(texts.staff, news["event"])
        return sentence.format(who=name or texts.staff.someone)

    def _conversation_url(self, news: dict[str, Any]) -> str:
        return f"{self._address}/console/messages/{news['conversation_id']}"

    def _speech(self, content: dict[str, Any]) -> tuple[str, Texts]:
        return choose(self._library, content["languages"], content["site"]["locale"])


def _of_site(content: dict[str, Any]) -> str:
    """The console is the default site's unless its address says otherwise."""
    slug = content["site"]["slug"]
    return "" if slug == DEFAULT_SLUG else f"?site={slug}"


def _conversations(news: list[dict[str, Any]]) -> int:
    return len({one["conversation_id"] for one in news})


def _line(text: str) -> str:
    """One line of printable text: what stands in a header must never begin a second one."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _comma(name: str) -> str:
    first = _line(name).partition(" ")[0]
    return f", {first}" if first else ""


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
