"""A site's looks: checked before they are stored, harmless when they were not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from app.sites.appearance import Appearance, appearance_of, contrast, image_origins, text_on
from app.sites.types import Site

SITE = Site(
    id="01a1f894-eab9-7aa6-bebd-0ff1e29e801d",
    slug="shop",
    public_key="pk_shop",
    name="Shop",
    allowed_origins=frozenset({"https://shop.example"}),
    locale="es",
    region="DO",
    time_zone="America/Santo_Domingo",
    settings={},
)


def test_contrast_is_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


def test_on_every_accent_black_or_white_can_be_read() -> None:
    for value in range(0, 4096, 13):
        accent = f"#{value:03x}"
        assert contrast(accent, text_on(accent)) >= 4.5


def test_a_pair_that_cannot_be_read_is_refused_and_says_what_would_do() -> None:
    with pytest.raises(ValidationError, match=r"1\.26:1 and needs 4\.5:1; .* use #000000"):
        Appearance(accent="#777", accent_text="#888")
    with pytest.raises(ValidationError, match="needs an accent"):
        Appearance(accent_text="#888")


@pytest.mark.parametrize(
    "wrong",
    [
        {"accent": "red"},
        {"accent": "#12"},
        {"position": "top"},
        {"logo": "javascript:x"},
        {"extra": 1},
        {"title": ""},
    ],
)
def test_other_values_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Appearance.model_validate(wrong)


def test_it_is_sent_under_the_names_of_the_widgets_options() -> None:
    site = replace(
        SITE, settings={"appearance": {"accent": "#0B5CAD", "accentText": "#fff", "title": "Hola"}}
    )
    assert appearance_of(site).as_json() == {"accent": "#0b5cad", "accentText": "#fff", "title": "Hola"}


@pytest.mark.parametrize("stored", [None, 7, [], {"accent": "</script>"}, {"nonsense": True}])
def test_what_was_stored_past_the_check_counts_as_not_set(stored: Any) -> None:
    assert appearance_of(replace(SITE, settings={"appearance": stored})) == Appearance()


def test_pictures_come_from_the_sites_pages_and_from_what_it_lists() -> None:
    listed = [
        "https://cdn.example",
        "https://x.example; script-src *",
        7,
        "https://y.example 'unsafe-inline'",
    ]
    site = replace(SITE, settings={"image_origins": listed})
    assert image_origins(site) == ["https://cdn.example", "https://shop.example"]
