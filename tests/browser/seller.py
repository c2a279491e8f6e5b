"""Somebody of the staff with a browser: what they see of the console, and what they do in it."""

from __future__ import annotations

import re

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.rigs.staff import HttpStaff


class BrowserSeller:
    """One tab of the console. `errors` collects what the page complained about: there is nothing to complain about."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        self.lists = 0
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if re.search(r"/chat/conversations(\?|$)", url):
            self.lists += 1

    @classmethod
    async def open(
        cls, context: BrowserContext, url: str, staff: HttpStaff, path: str = "/console/messages"
    ) -> BrowserSeller:
        """Signed in already, as in a browser where one was before."""
        token = staff.headers["Authorization"].removeprefix("Bearer ")
        await context.add_init_script(
            f"if (!localStorage.getItem('began')) {{ localStorage.setItem('began', '1'); "
            f"localStorage.setItem('talia.staff.token', '{token}') }}"
        )
        seller = cls(await context.new_page(), url)
        await seller.page.goto(url + path)
        await expect(seller.page.get_by_text(re.compile("^(En vivo|Live|Ao vivo)$"))).to_be_attached()
        return seller

    @property
    def list(self) -> Locator:
        return self.page.get_by_role("region", name="Conversaciones")

    @property
    def rows(self) -> Locator:
        return self.list.get_by_role("listitem")

    @property
    def conversation(self) -> Locator:
        return self.page.get_by_role("region", name="Conversación", exact=True)

    @property
    def thread(self) -> Locator:
        return self.conversation.get_by_role("log")

    @property
    def composer(self) -> Locator:
        return self.conversation.locator("textarea")

    @property
    def lead(self) -> Locator:
        return self.page.get_by_role("complementary", name="Contacto")

    async def view(self, name: str) -> None:
        await self.list.get_by_role("button", name=re.compile(f"^{name}")).click()

    async def send(self, text: str) -> None:
        await self.composer.fill(text)
        await self.composer.press("Enter")

    def bubble(self, text: str) -> Locator:
        return self.thread.get_by_text(text, exact=True)
