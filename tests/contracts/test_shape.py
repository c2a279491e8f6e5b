"""The judge of shapes, judged."""

from tests.contracts.shape import differences


def test_the_bad_samples_are_caught() -> None:
    assert differences({"a": 1}, {}) == ["$.a: missing"]
    assert differences({"a": 1}, {"a": "1"}) == ["$.a: string instead of integer"]
    assert differences({"at": "2025-10-15T10:30:00Z"}, {"at": "today"}) == ["$.at: string instead of moment"]
    assert differences([{"a": True}], [{"a": True}, {"a": 1}]) == ["$[1].a: integer instead of boolean"]
    assert differences({"a": "x"}, {"a": None}) == ["$.a: null instead of string"]


def test_what_is_the_same_or_more_is_fine() -> None:
    assert differences({"a": [{"b": None}]}, {"a": [{"b": 1, "c": 2}], "d": 3}) == []
    assert differences({"a": "x"}, {"a": None}, nullable=frozenset({"a"})) == []
