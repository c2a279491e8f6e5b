"""What a host page loads: cached right, framed only by the site's pages, holding nothing but its looks."""

from __future__ import annotations

import gzip

import httpx
import pytest
from structlog.testing import capture_logs

from app.channels.widget.routes import Widget, panel_headers
from tests.channels.conftest import StartTalia
from tests.rigs.server import TaliaServer
from tests.sites.test_appearance import SITE


def get(server: TaliaServer, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{server.url}{path}", headers={"accept-encoding": "identity", **headers})


def test_the_loader_is_small_cached_for_minutes_and_the_same_for_everybody(guided: TaliaServer) -> None:
    found = get(guided, "/widget.js")
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "max-age=300" in found.headers["cache-control"]
    assert found.headers["access-control-allow-origin"] == "*"
    assert len(gzip.compress(found.content, 9)) <= 4096
    assert "__TALIA_SITE__" not in found.text
    assert get(guided, "/chat-widget.js").content == found.content
    assert get(guided, "/widget.js?site=nobody").content == found.content
    again = get(guided, "/widget.js", **{"if-none-match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_zipped_for_those_who_take_it(guided: TaliaServer) -> None:
    plain = get(guided, "/widget.js").content
    with httpx.stream("GET", f"{guided.url}/widget.js", headers={"accept-encoding": "gzip"}) as zipped:
        assert zipped.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(zipped.iter_raw())) == plain


def test_the_panels_files_never_change_under_their_names(guided: TaliaServer) -> None:
    page = get(guided, "/widget/panel?key=pk_demo")
    assert page.headers["cache-control"] == "no-cache"
    for name in [part.split('"')[0] for part in page.text.split('"/')[1:]]:
        found = get(guided, f"/{name}")
        assert found.status_code == 200
        assert "immutable" in found.headers["cache-control"]
    assert get(guided, "/widget/panel-nothing.js").status_code == 404
    assert get(guided, "/widget/..%2froutes.py").status_code == 404


def test_an_unlisted_page_is_told_of_once_so_that_it_can_be_listed(start_talia: StartTalia) -> None:
    server = start_talia(webchat_allowed_origins="https://shop.example")
    with capture_logs() as logs:
        for path in ("/widget.js?site=pk_demo", "/widget/panel?key=pk_demo", "/widget.js?site=nobody"):
            for page in (
                "https://old.example/cars?token=secret",
                "https://shop.example/",
                f"{server.url}/",
                "x",
            ):
                get(server, path, referer=page)
    told = [(log["site"], log["origin"]) for log in logs if log["event"] == "widget_on_unlisted_page"]
    assert told == [("default", "https://old.example")]
    assert '\\"origins\\":[\\"https://shop.example\\"]' in get(server, "/widget.js?site=pk_demo").text


def test_only_the_sites_pages_may_frame_the_panel(start_talia: StartTalia) -> None:
    server = start_talia(webchat_allowed_origins="https://shop.example https://www.shop.example")
    policy = get(server, "/widget/panel?key=pk_demo").headers["content-security-policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["frame-ancestors"] == "'self' https://shop.example https://www.shop.example"
    assert directives["img-src"] == "'self' https://shop.example https://www.shop.example"
    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'none'"


def test_a_tenant_id_names_the_site_too_and_an_unknown_one_gets_an_empty_panel(guided: TaliaServer) -> None:
    assert 'content="pk_demo"' in get(guided, "/widget/panel?key=default").text
    nobody = get(guided, '/widget/panel?key="><script>')
    assert 'name="talia-site-key" content=""' in nobody.text
    assert nobody.headers["content-security-policy"].endswith("frame-ancestors 'self'")


@pytest.mark.parametrize("title", ["</script><script>x", "`${x}`", "\u2028\u2029", "\"\\'", "\\u003c"])
def test_a_sites_words_cannot_leave_their_string_in_the_loader(title: str) -> None:
    site = SITE.__class__(
        **{**{f: getattr(SITE, f) for f in SITE.__slots__}, "settings": {"appearance": {"title": title}}}
    )
    source = Widget().loader(site).plain.decode()
    assert "</script" not in source
    assert not set("\u2028\u2029") & set(source)
    literal = source.split("JSON.parse(", 1)[1].split(")", 1)[0]
    assert literal.startswith('"{')
    assert literal.endswith('}"')


def test_an_origin_cannot_break_out_of_the_policy() -> None:
    values = {f: getattr(SITE, f) for f in SITE.__slots__}
    site = SITE.__class__(
        **{**values, "allowed_origins": frozenset({"https://ok.example", "https://x; script-src *"})}
    )
    policy = panel_headers(site)["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://ok.example")
    assert policy.count("script-src") == 1
