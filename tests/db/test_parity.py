"""Both transports take and give the same values, and turn the same refusal into the same error."""

from __future__ import annotations

import datetime as dt
import math
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db.rpc import Rpc
from app.errors import AppError
from tests.db.conftest import Both

TEXTS = [
    "",
    "hola",
    "null",
    "true",
    "123",
    "1e5",
    '"quoted"',
    '{"a": 1}',
    "[]",
    "'; drop table sites; --",
    "%s %(name)s %% {} $1 :x",
    "tab\tnewline\ncarriage\rbackslash\\",
    r"written \u0000, not meant",
    "\x01\x1f\x7f\u2028\ufeff",
    "ñandú ÁÉÍ — «ok»",
    "👩🏽‍🚀 e\u0301 שלום 漢字",
    "x" * 100_000,
]
NUMBERS = [
    0,
    -1,
    2**31,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    0.1,
    -2.5,
    1e-7,
    5e-324,
    1e15,
    1.0,
    1e22,
]
CONTAINERS: list[Any] = [
    [],
    {},
    [[]],
    [None, True, 1, "a", {"b": []}],
    {"": "", "ñ": None, "nested": {"deep": [{"er": {"": [1, 2.5, False]}}]}},
    {"b": 1, "a": 2, "aa": 3},
    ("a", "tuple"),
]


async def outcome(rpc: Rpc, function: str, args: dict[str, Any]) -> Any:
    """What a caller can see: the value with its types, or all of the error."""
    try:
        return repr(await rpc.call(function, **args))
    except AppError as error:
        return (type(error), error.code, error.status, error.detail, error.retry_after)


async def same(both: Both, function: str, **args: Any) -> Any:
    ours = await outcome(both.postgres, function, args)
    theirs = await outcome(both.supabase, function, args)
    assert ours == theirs, f"{function}: {ours} over psycopg, {theirs} over supabase-py"
    return ours


@pytest.mark.parametrize(
    "value", [None, True, False, *TEXTS, *NUMBERS, *CONTAINERS], ids=lambda v: repr(v)[:30]
)
async def test_a_json_argument_comes_back_as_it_went(both: Both, value: Any) -> None:
    await same(both, "scratch_echo", value=value)
    expected = list(value) if isinstance(value, tuple) else value
    assert await both.postgres.call("scratch_echo", value=value) == expected


@pytest.mark.parametrize("text", TEXTS, ids=lambda v: repr(v)[:30])
async def test_a_text_argument_comes_back_as_it_went(both: Both, text: str) -> None:
    await same(both, "scratch_describe", text=text, json=[text, {text: text}])
    answer = await both.postgres.call("scratch_describe", text=text, json=[text, {text: text}])
    assert answer["text"] == text
    assert answer["json"] == [text, {text: text}]


@settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    value=st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text("abñ😀 \"'\\", max_size=4), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
async def test_any_json_means_the_same_to_both(both: Both, value: Any) -> None:
    await same(both, "scratch_echo", value=value)


@pytest.mark.parametrize(
    "args",
    [
        {},
        {"int": 5, "big": 2**62, "numeric": 12.5, "float": 1e-7, "bool": True},
        {"int": -5, "numeric": 10**18, "float": 3, "bool": False},
        {"uuid": "0193A1B2-0000-7000-8000-000000000001"},
        {"at": "2026-11-20T10:00:00+01:00", "day": "2026-02-28"},
        {"json": None, "text": None, "int": None},
        {"text": 5},
        {"text": True},
        {"text": 1.5},
        {"text": {"a": [1, "ñ"]}},
        {"int": "7", "bool": "yes"},
    ],
    ids=str,
)
async def test_a_scalar_takes_the_type_of_its_parameter(both: Both, args: dict[str, Any]) -> None:
    assert isinstance(await same(both, "scratch_describe", **args), str)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"text": "nul \0"}, "text.invalid"),
        ({"json": {"a": ["\0"]}}, "text.invalid"),
        ({"json": {"\0": 1}}, "text.invalid"),
        ({"text": "half \ud800"}, "text.invalid"),
        ({"json": ["\udfff"]}, "text.invalid"),
        ({"json": 2**63}, "number.out_of_range"),
        ({"big": -(2**63) - 1}, "number.out_of_range"),
        ({"json": [math.nan]}, "number.out_of_range"),
        ({"float": math.inf}, "number.out_of_range"),
        ({"int": 2**40}, "number.out_of_range"),
        ({"int": "seven"}, "value.invalid"),
        ({"int": 1.5}, "value.invalid"),
        ({"uuid": "nope"}, "value.invalid"),
        ({"bool": "perhaps"}, "value.invalid"),
        ({"at": "2026-13-45"}, "value.invalid"),
        ({"at": "soon"}, "value.invalid"),
    ],
    ids=str,
)
async def test_what_cannot_be_stored_is_invalid(both: Both, args: dict[str, Any], code: str) -> None:
    kind, found, status, *_ = await same(both, "scratch_describe", **args)
    assert (found, status) == (code, 422), kind


@pytest.mark.parametrize(
    "value",
    [uuid.uuid4(), dt.datetime.now(dt.UTC), b"bytes", {1, 2}, {1: "int key"}, object()],
    ids=lambda v: type(v).__name__,
)
async def test_what_is_not_json_is_a_mistake_of_ours(both: Both, value: Any) -> None:
    for rpc in (both.postgres, both.supabase):
        with pytest.raises(TypeError):
            await rpc.call("scratch_echo", value=[value])


async def test_numbers_beyond_64_bits_are_exact_when_the_database_says_them(both: Both) -> None:
    assert await same(both, "scratch_describe", numeric=str(2**70 + 1), text="x")
    answer = await both.postgres.call("scratch_describe", numeric=str(2**70 + 1))
    assert answer["numeric"] == 2**70 + 1


async def test_nothing_and_null_are_none_and_an_empty_list_is_a_list(both: Both) -> None:
    assert await same(both, "scratch_nothing") == "None"
    assert await same(both, "scratch_null") == "None"
    assert await same(both, "scratch_echo", value=None) == "None"
    assert await same(both, "scratch_echo", value=[]) == "[]"


async def test_both_work_as_the_service_role(both: Both) -> None:
    assert await same(both, "scratch_who") == "{'role': 'service_role'}"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"state": "PT401", "message": "visitor.token_invalid"}, ("visitor.token_invalid", 401, None)),
        ({"state": "PT403", "message": "conversation.blocked"}, ("conversation.blocked", 403, None)),
        ({"state": "PT404", "message": "session.not_found"}, ("session.not_found", 404, None)),
        ({"state": "PT409", "message": "message.id_reused"}, ("message.id_reused", 409, None)),
        ({"state": "PT413", "message": "payload.too_large"}, ("payload.too_large", 413, None)),
        ({"state": "PT415", "message": "payload.unsupported"}, ("payload.unsupported", 415, None)),
        ({"state": "PT422", "message": "email"}, ("email", 422, None)),
        ({"state": "PT429", "message": "rate_limited"}, ("rate_limited", 429, None)),
        ({"state": "PT429", "message": "rate_limited", "hint": "2.5"}, ("rate_limited", 429, 2.5)),
        ({"state": "PT503", "message": "busy"}, ("busy", 503, 1.0)),
        ({"state": "PT409", "message": "Not a code"}, ("database.failed", 500, None)),
        ({"state": "PT418", "message": "teapot"}, ("database.failed", 500, None)),
        ({"state": "P0001", "message": "prose"}, ("database.failed", 500, None)),
        ({"state": "23505", "message": "m"}, ("conflict.duplicate", 409, None)),
        ({"state": "23503", "message": "m"}, ("conflict.reference", 409, None)),
        ({"state": "23514", "message": "m"}, ("value.refused", 422, None)),
        ({"state": "22P02", "message": "m"}, ("value.invalid", 422, None)),
        ({"state": "22P05", "message": "m"}, ("text.invalid", 422, None)),
        ({"state": "22021", "message": "m"}, ("text.invalid", 422, None)),
        ({"state": "40P01", "message": "m"}, ("database.busy", 503, 1.0)),
        ({"state": "55P03", "message": "m"}, ("database.busy", 503, 1.0)),
        ({"state": "57014", "message": "m"}, ("database.timeout", 503, 1.0)),
        ({"state": "53300", "message": "m"}, ("database.unavailable", 503, 1.0)),
        ({"state": "25006", "message": "m"}, ("database.unavailable", 503, 1.0)),
        ({"state": "42501", "message": "m"}, ("database.not_allowed", 500, None)),
        ({"state": "42883", "message": "m"}, ("database.not_migrated", 500, None)),
        ({"state": "XX000", "message": "m"}, ("database.failed", 500, None)),
    ],
    ids=lambda v: str(v.get("state")) if isinstance(v, dict) else "",
)
async def test_a_raised_state_becomes_one_error(
    both: Both, args: dict[str, Any], expected: tuple[str, int, float | None]
) -> None:
    _, code, status, _, retry_after = await same(both, "scratch_raise", **args)
    assert (code, status, retry_after) == expected


async def test_the_detail_of_our_own_code_reaches_the_caller(both: Both) -> None:
    *_, detail, _ = await same(
        both, "scratch_raise", state="PT409", message="a.b", detail="The other one has it."
    )
    assert detail == "The other one has it."


async def test_the_databases_own_refusals_keep_data_to_themselves(both: Both) -> None:
    secret = "ana@x.do"
    inserts: list[tuple[dict[str, Any], str]] = [
        ({"id": 1, "name": secret}, "conflict.duplicate"),
        ({"id": 2, "name": secret, "parent": 99}, "conflict.reference"),
        ({"id": 3, "name": secret * 4}, "value.refused"),
        ({"id": 4, "name": None}, "value.refused"),
        ({"id": 5, "name": "ok", "short": secret}, "text.too_long"),
    ]
    await both.postgres.call("scratch_insert", id=1, name="first")
    for args, code in inserts:
        kind, found, _, detail, _ = await same(both, "scratch_insert", **args)
        assert (found, detail) == (code, None), kind
        for rpc in (both.postgres, both.supabase):
            with pytest.raises(AppError) as caught:
                await rpc.call("scratch_insert", **args)
            told = (
                f"{caught.value} {caught.value.__notes__} {caught.value.__cause__} {caught.value.problem()}"
            )
            assert secret not in told
            assert "scratch_insert" in told


async def test_a_missing_function_says_to_migrate(both: Both) -> None:
    for function, args in (("no_such_function", {}), ("scratch_echo", {"wrong": 1}), ("scratch_broken", {})):
        kind, code, status, *_ = await same(both, function, **args)
        assert (code, status) == ("database.not_migrated", 500), kind
    with pytest.raises(AppError) as caught:
        await both.postgres.call("no_such_function")
    assert "no_such_function" in caught.value.__notes__[0]


async def test_a_missing_right_is_our_configuration_not_the_visitors_fault(both: Both) -> None:
    _, code, status, *_ = await same(both, "scratch_forbidden")
    assert (code, status) == ("database.not_allowed", 500)


@pytest.mark.parametrize("name", ["ping; drop", "Ping", "public.ping", "", "p'g"])
async def test_a_name_that_is_no_identifier_is_never_sent(both: Both, name: str) -> None:
    for rpc in (both.postgres, both.supabase):
        with pytest.raises(ValueError, match="is no name"):
            await rpc.call(name)
        with pytest.raises(ValueError, match="is no name"):
            await rpc.call("scratch_describe", **{name: 1})
