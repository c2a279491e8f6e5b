"""The transport straight to Postgres: psycopg and a small pool, everything as `service_role`.

Two things keep a call cheap and a fault short. A connection is not asked whether it lives before each call:
a glance at its socket shows when the server has hung up. And every wait has an end: for a connection, for an
answer.
"""

from __future__ import annotations

import asyncio
import os
import select
import socket
from collections.abc import Mapping
from typing import Any, Self

import msgspec
import psycopg
from psycopg import AsyncClientCursor, AsyncConnection, AsyncCursor
from psycopg.conninfo import conninfo_to_dict

from app.db.arguments import check_call
from app.db.pool import Connection, Pool, PoolClosed, PoolFull, PoolTimeout
from app.db.rpc import REPEATABLE, Json
from app.db.sqlstate import Refusal, first_line, to_error, unavailable
from app.errors import AppError, ConfigurationError

CHECKOUT_SECONDS = 2.0
"""How long a call waits for a connection, retries included."""
ANSWER_SECONDS = 6.5
"""When the socket is cut: the server's own statement timeout (5 s) has had its chance."""
WAITING_PER_CONNECTION = 64
"""Calls that may queue, times the pool's size; one more is refused at once."""
POOLER_PORTS = frozenset({"6543", "6432"})
"""Supavisor's and PgBouncer's transaction poolers: no session state, no prepared statements."""

_SESSION = """
select set_config('role', 'service_role', {local}), set_config('statement_timeout', '5s', {local}),
  set_config('lock_timeout', '4s', {local}), set_config('idle_in_transaction_session_timeout', '5s', {local})
"""
# Which parameters are JSON: there, and only there, a plain string is a JSON string, as PostgREST has it.
_SIGNATURES = """
select p.proname,
  coalesce(array_agg(a.name) filter (where a.type in ('json'::regtype, 'jsonb'::regtype)), '{}')
from pg_proc p left join lateral unnest(p.proargnames, p.proargtypes::oid[]) as a (name, type) on true
where p.pronamespace = 'public'::regnamespace
group by p.oid
"""
_CONNECTION_DEFAULTS = {
    "application_name": "talia",
    "connect_timeout": "2",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}


class PostgresRpc:
    """The Rpc port over a pool of at most `pool_size` connections."""

    def __init__(self, pool: Pool, *, pooler: bool) -> None:
        self._pool = pool
        self._run = run_through_pooler if pooler else _run_prepared
        self._json_arguments: dict[str, frozenset[str]] = {}
        self._statements: dict[tuple[str, ...], bytes] = {}

    @classmethod
    async def open(cls, conninfo: str, pool_size: int) -> Self:
        """Connect and become `service_role`.

        Raises ConfigurationError with one line when the database cannot be reached or used.
        """
        parameters = _parameters(conninfo)
        pooler = parameters.get("port") in POOLER_PORTS
        options: dict[str, Any] = {"autocommit": True, "prepare_threshold": None if pooler else 1}
        await _try_out(parameters | options, pooler=pooler)

        async def connect() -> Connection:
            connection: Connection = await AsyncConnection.connect(**parameters, **options)
            try:
                if not pooler:
                    await _configure(connection)
            except BaseException:
                await connection.close()
                raise
            return connection

        pool = Pool(connect, size=pool_size, most_waiting=WAITING_PER_CONNECTION * pool_size)
        return cls(pool, pooler=pooler)

    async def call(self, function: str, /, **args: Json) -> Json:
        """See `Rpc`. After a lost connection a REPEATABLE function is sent once more."""
        check_call(function, args)
        task = asyncio.current_task()
        cancels = task.cancelling() if task else 0
        try:
            return await self._call(function, args)
        finally:
            # psycopg waits through `asyncio.wait_for`, which up to Python 3.11 swallows a cancellation that comes
            # together with the answer: a heartbeat that was told to end would go on for ever.
            if task and task.cancelling() > cancels:
                raise asyncio.CancelledError

    async def close(self) -> None:
        await self._pool.close()

    async def _call(self, function: str, args: Mapping[str, Json]) -> Json:
        clock = asyncio.get_running_loop().time
        deadline = clock() + CHECKOUT_SECONDS
        may_repeat = function in REPEATABLE
        while True:
            connection = await self._check_out(function, deadline)
            sent_at = clock()
            try:
                return await self._execute(connection, function, args)
            except psycopg.Error as error:
                if not _is_lost(connection, error):
                    self._forget_if_replaced(function, error)
                    raise _mapped(function, error) from None
                await connection.close()
                if not may_repeat:
                    raise _mapped(function, error) from None
                may_repeat = False
                deadline += clock() - sent_at  # only waiting for a connection counts
            finally:
                self._pool.give_back(connection)

    async def _check_out(self, function: str, deadline: float) -> Connection:
        while True:
            try:
                connection = await self._pool.take(deadline)
            except PoolFull:
                raise unavailable(function, "too many calls wait for a connection", "database.busy") from None
            except PoolTimeout:
                raise unavailable(function, "no connection became free in time") from None
            except PoolClosed:
                raise unavailable(function, "the pool is closed") from None
            usable = False
            try:
                usable = not _has_news(connection) or await _lives(connection)
            finally:
                if not usable:  # dead, or this call was cancelled meanwhile
                    self._pool.give_back(connection)
            if usable:
                return connection

    async def _execute(self, connection: Connection, function: str, args: Mapping[str, Json]) -> Json:
        alarm = asyncio.get_running_loop().call_later(ANSWER_SECONDS, _cut, connection)
        try:
            json_arguments = await self._json_arguments_of(connection, function)
            values = [_literal(value, as_json=f"p_{name}" in json_arguments) for name, value in args.items()]
            return await self._run(connection, self._statement(function, args), values)
        finally:
            alarm.cancel()

    async def _json_arguments_of(self, connection: Connection, function: str) -> frozenset[str]:
        known = self._json_arguments.get(function)
        if known is None:
            rows = await (await connection.execute(_SIGNATURES)).fetchall()
            self._json_arguments = {name: frozenset(parameters) for name, parameters in rows}
            known = self._json_arguments.get(function)
        if known is None:
            raise to_error(function, Refusal("42883", "there is no such function in schema public"))
        return known

    def _forget_if_replaced(self, function: str, error: psycopg.Error) -> None:
        # A migration may have given a function another signature while this process runs.
        if isinstance(error, psycopg.errors.UndefinedFunction):
            self._json_arguments.pop(function, None)

    def _statement(self, function: str, args: Mapping[str, Json]) -> bytes:
        key = (function, *args)
        statement = self._statements.get(key)
        if statement is None:
            bound = ", ".join(f"p_{name} => %s" for name in args)
            statement = f"select public.{function}({bound})".encode()
            self._statements[key] = statement
        return statement


async def _run_prepared(connection: Connection, statement: bytes, values: list[str | None]) -> Json:
    return _single_value(await connection.execute(statement, values))


async def run_through_pooler(connection: Connection, statement: bytes, values: list[str | None]) -> Json:
    # One simple-protocol message is one transaction and one round trip: role and limits end with it, so that
    # nothing is left behind on a server connection that the pooler hands to somebody else.
    cursor = AsyncClientCursor(connection)
    await cursor.execute(_SESSION.format(local="true").encode() + b";" + statement, values)
    cursor.nextset()
    return _single_value(cursor)


def _single_value(cursor: AsyncCursor[Any]) -> Json:
    result = cursor.pgresult
    raw = result.get_value(0, 0) if result else None
    return msgspec.json.decode(raw) if raw else None


def _literal(value: Json, *, as_json: bool) -> str | None:
    """An untyped literal: the function's own signature says what it is, as it does for PostgREST."""
    if value is None:
        return None
    if as_json or isinstance(value, (dict, list, tuple)):
        return msgspec.json.encode(value).decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def _parameters(conninfo: str) -> dict[str, Any]:
    try:
        return _CONNECTION_DEFAULTS | conninfo_to_dict(conninfo)
    except psycopg.ProgrammingError:
        # The driver's message would repeat the address, password included.
        raise ConfigurationError(
            "the database address is not understood: write postgresql://user:password@host:5432/database"
        ) from None


async def _try_out(parameters: Mapping[str, Any], *, pooler: bool) -> None:
    """Find out now, with the reason, what the pool would only log and try again."""
    try:
        connection = await AsyncConnection.connect(**parameters)
    except psycopg.Error as error:
        raise ConfigurationError(f"cannot connect to the database: {first_line(error)}") from None
    try:
        await (run_through_pooler(connection, b"select null", []) if pooler else _configure(connection))
    except psycopg.Error as error:
        raise ConfigurationError(
            f"cannot work as service_role (has `talia migrate` been run as this user?): {first_line(error)}"
        ) from None
    finally:
        await connection.close()


async def _configure(connection: Connection) -> None:
    await connection.execute(_SESSION.format(local="false").encode())


def _has_news(connection: Connection) -> bool:
    """Whether an idle connection's socket is readable: nearly always because the server hung up."""
    poller = select.poll()
    poller.register(connection.fileno(), select.POLLIN)
    return bool(poller.poll(0))


async def _lives(connection: Connection) -> bool:
    try:
        await connection.execute(b"")
    except psycopg.Error:
        await connection.close()
        return False
    return True


def _is_lost(connection: Connection, error: psycopg.Error) -> bool:
    return connection.closed or (error.sqlstate or "").startswith(("57P", "08"))


def _cut(connection: Connection) -> None:
    """End a call whose server is silent. Cancelling the task would wait for that same server to agree."""
    with socket.socket(fileno=os.dup(connection.fileno())) as twin:
        twin.shutdown(socket.SHUT_RDWR)


def _mapped(function: str, error: psycopg.Error) -> AppError:
    if error.sqlstate is None:
        return unavailable(function, f"the connection was lost ({type(error).__name__})")
    told = error.diag
    return to_error(
        function, Refusal(error.sqlstate, told.message_primary or "", told.message_detail, told.message_hint)
    )
