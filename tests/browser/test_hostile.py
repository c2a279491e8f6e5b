"""Messages are text: whoever wrote them, nothing in them runs, nothing is fetched."""

from __future__ import annotations

import httpx
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.payloads import PAYLOADS
from tests.browser.visitor import BrowserVisitor
from tests.fakes.upstream import Asked, FakeUpstream, Reply
from tests.rigs.server import TaliaServer

INJECTED = (
    "script:not([src^='/widget/']), iframe, object, embed, form:not(.composer):not(.contact), "
    "style, base, svg script"
)


async def assert_nothing_ran(visitor: BrowserVisitor) -> None:
    for script in (
        "() => window.__owned",
        "() => document.querySelectorAll('[onerror],[onload],[onfocus]').length",
    ):
        assert not await visitor.page.evaluate(script)
        assert not await visitor.frame_evaluate(script)
    assert await visitor.frame_evaluate(f'() => document.querySelectorAll("{INJECTED}").length') == 0
    assert (
        await visitor.frame_evaluate("() => document.querySelectorAll('.bubble img, .bubble svg').length")
        == 0
    )
    hrefs = await visitor.frame_evaluate("() => [...document.querySelectorAll('.bubble a')].map(a => a.href)")
    assert all(href.startswith(("https://", "http://")) and "@" not in href for href in hrefs), hrefs
    assert visitor.outside == []
    assert [e for e in visitor.errors if "Content Security Policy" in e] == []


async def test_fifty_payloads_from_a_visitor_and_from_the_model(
    with_model: TaliaServer, upstream: FakeUpstream, visit: Visit
) -> None:
    def echo(asked: Asked) -> Reply:
        number = int(asked.last_user_text.split("#")[-1])
        return Reply(text=PAYLOADS[number])

    assert len(PAYLOADS) >= 50
    upstream.script(echo)
    visitor = await visit(with_model.url)
    visitor.page.on("dialog", lambda dialog: visitor.errors.append(f"dialog: {dialog.message}"))
    await visitor.start()
    for number, payload in enumerate(PAYLOADS):
        await visitor.write(f"{payload} #{number}")
        await expect(visitor.mine).to_have_count(number + 1)
        await expect(visitor.panel.locator(".row.theirs:not(.greeting) .meta")).to_have_count(
            number + 1, timeout=20_000
        )
    await assert_nothing_ran(visitor)
    # What the visitor wrote is shown as it was written.
    shown = await visitor.mine.all_inner_texts()
    assert [" ".join(t.split()) for t in shown] == [
        " ".join(f"{p} #{n}".split()) for n, p in enumerate(PAYLOADS)
    ]
    assert [e for e in visitor.errors if e.startswith("dialog")] == []
    # And once more, from the history.
    await visitor.page.reload()
    await visitor.start()
    await expect(visitor.mine.last).to_contain_text(f"#{len(PAYLOADS) - 1}")
    await assert_nothing_ran(visitor)


async def test_links_show_their_true_host_and_titles_of_pages_are_text(
    with_model: TaliaServer, upstream: FakeUpstream, visit: Visit
) -> None:
    upstream.script(
        Reply(
            text="[tu banco](https://evil.example/x) [https://bank.example](https://evil.example/y) https://аpple.com/z"
        )
    )
    visitor = await visit(with_model.url)
    item = "{title: '<b>x</b>', image: 'https://evil.example/i.png', url: 'javascript:window.__owned=1'}"
    await visitor.talia(f"update({{title: '<img src=x onerror=window.__owned=1>', item: {item}}})")
    await visitor.start()
    text = await visitor.ask("Hola")
    assert "tu banco (evil.example)" in text
    assert "bank.example (evil.example)" in text
    assert "https://xn--pple-43d.com/z" in text
    await expect(visitor.panel.get_by_role("heading", name="<img src=x")).to_be_visible()
    await expect(visitor.panel.locator(".about")).to_contain_text("<b>x</b>")
    await expect(visitor.panel.locator(".about a, .about img")).to_have_count(0)
    await assert_nothing_ran(visitor)


def test_the_bundle_holds_no_secrets_and_needs_no_eval(guided: TaliaServer) -> None:
    page = httpx.get(f"{guided.url}/widget/panel?key=pk_demo")
    assert "unsafe" not in page.headers["content-security-policy"]
    names = [part.split('"')[0] for part in page.text.split('"/')[1:]]
    assert len(names) == 2
    for source in (httpx.get(f"{guided.url}/{name}").text for name in ("widget.js", *names)):
        for banned in (
            "service_role",
            "sk-",
            "whsec_",
            "eval(",
            "new Function",
            "innerHTML",
            "document.write",
        ):
            if banned == "innerHTML":
                # Preact's own renderer names it; what matters is that no component of ours uses it.
                assert source.count("dangerouslySetInnerHTML") <= 3
            else:
                assert banned not in source, banned
