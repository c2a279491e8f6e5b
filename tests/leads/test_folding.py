"""Folding has a short way for the usual characters; it must give what the long way gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.leads.facts_text import fold, fold_text

UNUSUAL = "ﬃ"
"""Three characters when folded: no text that has it can take the short way."""

written = st.text(
    st.sampled_from("aÁñçãßİıſ'`´’–—…¿?.,:{}[]<>\"\n \u00a0€½ª😀👍🏽\u200d\ufe0f\u0301Ωσ") | st.characters(),
    max_size=60,
)


@given(written)
def test_both_ways_fold_alike(text: str) -> None:
    short, long = fold(text), fold(text + UNUSUAL)
    length = len(short.text)

    assert long.text[:length] == short.text
    assert tuple(long.at[:length]) == tuple(short.at)
    assert fold_text(text + UNUSUAL) == fold_text(text) + "ffi"
