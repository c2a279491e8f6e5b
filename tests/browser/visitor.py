"""A visitor with a browser: what they see of the chat, and what they do in it."""

from __future__ import annotations

from typing import Any, cast

from playwright.async_api import BrowserContext, FrameLocator, Locator, Page, expect


class BrowserVisitor:
    """One tab. `errors` collects what the pages complained about, `outside` every request to another host."""

    def __init__(self, page: Page, *allowed: str) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.outside: list[str] = []
        self._allowed = allowed
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("request", lambda request: self._requested(request.url))

    @classmethod
    async def open(cls, context: BrowserContext, url: str, *allowed: str) -> BrowserVisitor:
        visitor = cls(await context.new_page(), url, *allowed)
        await visitor.page.goto(url)
        return visitor

    def _requested(self, url: str) -> None:
        self.requests.append(url)
        ours = ("data:", "blob:", "about:", *(origin_of(a) for a in self._allowed))
        if not url.startswith(ours):
            self.outside.append(url)

    @property
    def panel(self) -> FrameLocator:
        return self.page.frame_locator("iframe[title=Chat]")

    @property
    def launcher(self) -> Locator:
        return self.page.locator("section[aria-label=Chat] > button")

    @property
    def composer(self) -> Locator:
        return self.panel.locator("textarea")

    @property
    def transcript(self) -> Locator:
        return self.panel.locator(".transcript")

    @property
    def mine(self) -> Locator:
        return self.panel.locator(".row.mine .bubble")

    @property
    def theirs(self) -> Locator:
        """What the other side said; the greeting is not among it."""
        return self.panel.locator(".row.theirs:not(.greeting) .bubble")

    async def talia(self, call: str) -> Any:
        """`talia("open()")` on the host page."""
        await self.page.wait_for_function("() => !!(window.talia && window.talia.init)")
        return await self.page.evaluate(f"() => {{ window.talia.{call} }}")

    async def start(self) -> None:
        """Open the chat by its launcher, and wait until it is ready for words."""
        await self.launcher.click()
        await self.ready()

    async def ready(self) -> None:
        await expect(self.panel.locator(".greeting, .row").first).to_be_visible(timeout=30_000)

    async def write(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def ask(self, text: str, seconds: float = 15) -> str:
        """Write, and wait for the whole reply; returns its text."""
        done = self.panel.locator(".row.theirs:not(.greeting) .meta")
        before = await done.count()
        await self.write(text)
        await expect(done).to_have_count(before + 1, timeout=seconds * 1000)
        return cast("str", await self.theirs.last.inner_text())

    async def frame_evaluate(self, script: str) -> Any:
        """In the panel itself."""
        handle = await self.page.locator("iframe[title=Chat]").element_handle()
        frame = await handle.content_frame() if handle else None
        assert frame is not None
        return await frame.evaluate(script)


def origin_of(url: str) -> str:
    return "/".join(url.split("/")[:3])
