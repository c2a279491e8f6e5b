"""Somebody else's website: pages on an origin of their own, with headers of their own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class HostSite:
    """`pages[path] = html`; `headers` go with every page. Everything else is 404, and `asked` tells what was wanted."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                site.asked.append(path)
                body = site.pages.get(path)
                self.send_response(200 if body is not None else 404)
                for name, value in site.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((body or "").encode())

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def page(
    talia: str, *, head: str = "", body: str = "<h1>Shop</h1>", script: str = 'data-site-key="pk_demo"'
) -> str:
    """A page with the widget of the server at `talia`."""
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Shop</title>{head}'
        f'<script async src="{talia}/widget.js" {script}></script></head><body><main>{body}</main></body></html>'
    )
