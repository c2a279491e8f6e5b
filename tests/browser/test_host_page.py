"""On somebody else's page: one request until it is wanted, whatever the policy, and no trace when it goes."""

from __future__ import annotations

import asyncio
import subprocess
import time
from pathlib import Path
from typing import Any

import jwt
import psycopg
import pytest
from playwright.async_api import expect

from tests.browser.conftest import MakeContext, StartTalia, Visit
from tests.browser.host_site import HostSite, page
from tests.browser.visitor import BrowserVisitor
from tests.rigs.server import TaliaServer

LOADER = Path(__file__).resolve().parents[2] / "app" / "channels" / "widget" / "static" / "widget.js"
SECRET = "0123456789abcdef0123456789abcdef"

INTRUDER = """<script>
for (const to of ['host', 'panel']) {
  const forged = {channel: 'talia/1', to, message: {type: 'session', session: null}};
  parent.postMessage(forged, '*');
  for (let i = 0; i < parent.frames.length; i++) parent.frames[i].postMessage(forged, '*');
}
</script>"""
EMBED = """url => new Promise(done => {
  const frame = document.createElement('iframe');
  frame.src = url;
  frame.onload = done;
  document.body.append(frame);
})"""
FORGE = "() => postMessage({channel: 'talia/1', to: 'host', message: {type: 'session', session: null}}, '*')"
LOAD = """src => new Promise(done => {
  const script = document.createElement('script');
  script.src = src;
  script.dataset.siteKey = 'pk_demo';
  script.onload = done;
  document.head.append(script);
})"""
STUB = """<script>
window.talia = window.talia || function () { (talia.q = talia.q || []).push(arguments) };
window.seen = [];
talia('on', 'open', () => seen.push('on:open'));
addEventListener('talia:open', () => seen.push('dom:open'));
for (const name of ['ready', 'close', 'message', 'unread', 'handoff', 'error']) {
  addEventListener('talia:' + name, event => seen.push(name + ':' + JSON.stringify(event.detail)));
}
talia('init', {siteKey: 'pk_demo', title: 'Mi tienda', accent: '#0f766e'});
talia('open');
</script>"""


@pytest.fixture
def talia(start_talia: StartTalia, shop: HostSite) -> TaliaServer:
    """A server whose site may be embedded by the shop, and by nobody else."""
    server = start_talia(webchat_allowed_origins=shop.origin)
    shop.pages["/"] = page(server.url)
    return server


async def test_one_request_until_it_is_wanted(talia: TaliaServer, shop: HostSite, visit: Visit) -> None:
    visitor = await visit(shop.origin, talia.url)
    await expect(visitor.launcher).to_be_visible()
    await visitor.page.wait_for_timeout(700)
    assert [u for u in visitor.requests if u.startswith(talia.url)] == [f"{talia.url}/widget.js"]
    # Hovering fetches the panel, but opens no session: nobody has said anything.
    await visitor.launcher.hover()
    await expect(visitor.composer).to_be_attached()
    assert not [u for u in visitor.requests if "/api/" in u]
    await visitor.start()
    assert f"{talia.url}/api/webchat/sessions" in visitor.requests
    assert not [u for u in visitor.requests if "vt_" in u]
    assert visitor.outside == []


async def test_a_page_that_allows_only_our_script_and_frame(
    talia: TaliaServer, shop: HostSite, visit: Visit
) -> None:
    shop.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {talia.url}; frame-src {talia.url}; base-uri 'none'; form-action 'none'"
    )
    visitor = await visit(shop.origin, talia.url)
    await visitor.start()
    await visitor.ask("Hola")
    box = await visitor.launcher.bounding_box()
    assert box
    assert box["width"] == box["height"] == 60
    assert visitor.errors == []


async def test_the_demos_own_strict_page(guided: TaliaServer, visit: Visit) -> None:
    visitor = await visit(f"{guided.url}/estricta")
    await visitor.page.get_by_role("button", name="Abrir el chat").first.click()
    await visitor.ready()
    await visitor.ask("Hola")
    assert visitor.errors == []


@pytest.mark.parametrize("named", [True, False], ids=["site in the address", "site in the page"])
async def test_on_a_page_that_the_site_does_not_list_there_is_no_chat_and_a_reason(
    talia: TaliaServer,
    visit: Visit,
    database: psycopg.Connection[Any],
    named: bool,
) -> None:
    with HostSite() as thief:
        html = page(talia.url)
        thief.pages["/"] = html.replace("/widget.js", "/widget.js?site=pk_demo") if named else html
        visitor = await visit(thief.origin, talia.url)
        if not named:
            # The loader does not know the site's pages then: the browser keeps the panel out.
            await visitor.launcher.click()
        why = f"talia: no chat; does the site list {thief.origin}"
        await visitor.page.wait_for_function("() => !document.querySelector('html > div')")
        await expect(visitor.launcher).to_have_count(0)
        assert why in visitor.errors
        await visitor.page.evaluate("() => talia.open()")
        await expect(visitor.launcher).to_have_count(0)
        assert database.execute("select count(*) from webchat_sessions").fetchone() == (0,)


async def test_the_token_is_kept_by_the_page_and_told_to_nobody_else(
    talia: TaliaServer, shop: HostSite, visit: Visit
) -> None:
    visitor = await visit(shop.origin, talia.url)
    await visitor.start()
    kept = await visitor.page.evaluate("() => JSON.parse(localStorage.getItem('talia:pk_demo'))")
    assert kept["token"].startswith("vt_")
    assert set(kept) == {"token", "id"}
    # A frame of another origin that speaks the protocol is not heard, neither by the loader nor by the panel.
    with HostSite() as evil:
        evil.pages["/"] = INTRUDER
        await visitor.page.evaluate(EMBED, evil.origin)
        await visitor.page.evaluate(FORGE)
        await visitor.page.wait_for_timeout(300)
    assert (
        await visitor.page.evaluate("() => JSON.parse(localStorage.getItem('talia:pk_demo')).token")
        == kept["token"]
    )
    await visitor.ask("Hola")


async def test_commands_events_and_a_queue_before_the_script(
    talia: TaliaServer, shop: HostSite, visit: Visit
) -> None:
    shop.pages["/"] = page(talia.url, head=STUB, script="")
    visitor = await visit(shop.origin, talia.url)
    await visitor.ready()
    await expect(visitor.panel.get_by_role("heading", name="Mi tienda")).to_be_visible()
    await visitor.talia("send('Hola desde la página')")
    await visitor.page.wait_for_function("() => seen.filter(s => s.startsWith('message:')).length === 2")
    await visitor.talia("prefill('Un borrador')")
    await expect(visitor.composer).to_have_value("Un borrador")
    # init again is update: one launcher, one frame, the same conversation.
    await visitor.talia("init({title: 'Otro nombre', position: 'bottom-left', locale: 'en'})")
    await expect(visitor.panel.get_by_role("heading", name="Otro nombre")).to_be_visible()
    await expect(visitor.mine).to_have_text(["Hola desde la página"])
    await expect(visitor.launcher).to_have_count(1)
    await expect(visitor.launcher).to_have_attribute("aria-label", "Close chat")
    box = await visitor.launcher.bounding_box()
    assert box
    assert box["x"] < 100
    await visitor.talia("update({accent: '#777', accentText: '#888'})")
    await expect(visitor.launcher).to_be_visible()
    await visitor.talia("close()")
    await visitor.talia("hide()")
    await expect(visitor.launcher).to_be_hidden()
    await visitor.talia("show()")
    await expect(visitor.launcher).to_be_visible()
    await visitor.talia("toggle()")
    await expect(visitor.composer).to_be_visible()
    seen: list[str] = await visitor.page.evaluate("() => window.seen")
    assert seen[:2] == ["on:open", "dom:open"]
    assert any(s.startswith('ready:{"session_id"') for s in seen)
    assert any(s.startswith("close:") for s in seen)
    messages = [s for s in seen if s.startswith("message:")]
    assert len(messages) == 2
    # Other scripts of the page learn that there was a message, not what it said.
    assert not any("Hola" in s for s in messages)
    assert any("theme.contrast" in s and "4.5:1" in s for s in seen)


async def test_seed_003s_snippet_works(talia: TaliaServer, shop: HostSite, visit: Visit) -> None:
    shop.pages["/"] = (
        f'<!doctype html><title>x</title><body><script src="{talia.url}/chat-widget.js"></script>'
        f"<script>CallCenterChat.init({{apiUrl: '{talia.url}', tenantId: 'default', position: 'bottom-right',"
        " primaryColor: '#4F46E5', title: 'Chat with us', subtitle: 'We typically reply instantly'})</script>"
    )
    visitor = await visit(shop.origin, talia.url, locale="en-US")
    await visitor.start()
    await expect(visitor.panel.get_by_role("heading", name="Chat with us")).to_be_visible()
    await expect(visitor.panel.get_by_text("We typically reply instantly")).to_be_visible()
    colour = await visitor.launcher.evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour == "rgb(79, 70, 229)"
    await visitor.ask("Hello")


async def test_destroy_leaves_no_trace_and_one_may_begin_again(
    talia: TaliaServer, shop: HostSite, visit: Visit
) -> None:
    shop.pages["/"] = page(talia.url, script="data-x")
    visitor = await visit(shop.origin, talia.url)
    await visitor.page.wait_for_function("() => !!(window.talia && window.talia.init)")
    snapshot = (
        "() => ({html: document.documentElement.outerHTML, inert: document.body.inert,"
        " names: Object.getOwnPropertyNames(window).filter(n => /talia|callcenter/i.test(n))})"
    )
    before = await visitor.page.evaluate(snapshot)
    assert set(before["names"]) == {"talia", "CallCenterChat"}
    await visitor.talia("init({siteKey: 'pk_demo'})")
    await visitor.start()
    await visitor.ask("Hola")
    await visitor.talia("destroy()")
    after = await visitor.page.evaluate(snapshot)
    assert after == {**before, "names": []}
    assert await visitor.page.evaluate("() => Object.keys(sessionStorage)") == []
    await visitor.page.evaluate(LOAD, f"{talia.url}/widget.js")
    await visitor.start()
    # The conversation is the visitor's; only `reset` or erasing forgets it.
    await expect(visitor.mine).to_have_text(["Hola"])
    await visitor.talia("reset()")
    await expect(visitor.mine).to_have_count(0)
    await expect(visitor.panel.locator(".greeting")).to_be_visible()


async def test_a_single_page_application_changes_its_page_and_its_body(
    talia: TaliaServer, shop: HostSite, visit: Visit, database: psycopg.Connection[Any]
) -> None:
    visitor = await visit(f"{shop.origin}/?utm_source=anuncio", talia.url)
    await visitor.start()
    await visitor.page.evaluate(
        "() => { history.pushState({}, '', '/autos/7'); document.title = 'Auto 7';"
        " document.body = document.createElement('body'); document.body.innerHTML = '<main><h1>Auto 7</h1></main>'; }"
    )
    await visitor.talia("track('page', {item: {type: 'Vehicle', id: '7', title: 'Auto 7'}})")
    await expect(visitor.panel.locator(".about")).to_contain_text("Auto 7")
    await visitor.ask("¿Y este?")
    data = database.execute("select datos from mensajes where author = 'visitor'").fetchone()
    assert data is not None
    assert data[0]["page"]["url"] == f"{shop.origin}/autos/7"
    assert data[0]["page"]["title"] == "Auto 7"
    assert data[0]["item"]["id"] == "7"
    assert data[0]["touch"]["utm_source"] == "anuncio"
    await visitor.talia("setAttributes({plan: 'oro'})")
    await visitor.talia("track('financing_viewed', {months: 48})")
    for _ in range(50):
        kept = database.execute(
            "select datos -> 'attributes', datos -> 'events' from webchat_sessions"
        ).fetchone()
        if kept and kept[0] and kept[1]:
            break
        await asyncio.sleep(0.1)
    assert kept is not None
    assert kept[0] == {"plan": "oro"}
    assert [(e["name"], e["properties"]) for e in kept[1]] == [("financing_viewed", {"months": 48})]


async def test_a_signed_visitor_finds_their_conversation_on_another_device(
    talia: TaliaServer, shop: HostSite, make_context: MakeContext, database: psycopg.Connection[Any]
) -> None:
    database.execute("select set_site_secret('default', 'identity', %s)", (SECRET,))

    def signed(subject: str) -> str:
        return jwt.encode({"sub": subject, "exp": int(time.time()) + 600, "name": "Ana Pérez"}, SECRET)

    phone = await BrowserVisitor.open(await make_context(), shop.origin, talia.url)
    await phone.talia(f"identify({{name: 'Ana'}}, {{token: '{signed('u-1')}'}})")
    await phone.start()
    await phone.ask("Desde el teléfono")
    laptop = await BrowserVisitor.open(await make_context(), shop.origin, talia.url)
    await laptop.start()
    await expect(laptop.mine).to_have_count(0)
    # What the page merely says opens nothing, and so does a token that somebody else signed.
    await laptop.talia("identify({id: 'u-1', email: 'ana@example.com'})")
    await expect(laptop.mine).to_have_count(0)
    forged = jwt.encode({"sub": "u-1", "exp": int(time.time()) + 600}, "x" * 32)
    await laptop.page.evaluate("() => addEventListener('talia:error', e => (window.lastError = e.detail))")
    await laptop.talia(f"identify({{}}, {{token: '{forged}'}})")
    await laptop.page.wait_for_function(
        "() => window.lastError && window.lastError.code === 'identity.token_invalid'"
    )
    await expect(laptop.mine).to_have_count(0)
    await laptop.talia(f"identify({{}}, {{token: '{signed('u-1')}'}})")
    await expect(laptop.mine).to_have_text(["Desde el teléfono"])
    await laptop.ask("Y ahora desde aquí")
    await expect(phone.mine).to_have_text(["Desde el teléfono", "Y ahora desde aquí"])


def test_the_script_may_be_imported_where_there_is_no_window() -> None:
    node = subprocess.run(
        ["node", "-e", f"require({str(LOADER)!r}); if (typeof window !== 'undefined') process.exit(1)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert node.returncode == 0, node.stderr
