"""The embedded PostgreSQL: made once, shared, stopped by the last one, and safe from signals and crashes."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import LiteralString

import psutil
import psycopg
import pytest

from app.db.cluster import read_postmaster
from app.db.embedded import EmbeddedPostgres
from app.errors import ConfigurationError
from tests.rigs.folders import passable_folder

# Says the address when the server is ready, then stays until its input ends.
HOLDER = """
import sys
from pathlib import Path
from app.db.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1])).start()
print(server.wait(), flush=True)
sys.stdin.readline()
server.stop()
"""

# Like HOLDER, but on Ctrl-C it says whether the database still answers.
INTERRUPTED = """
import sys
from pathlib import Path
import psycopg
from app.db.embedded import EmbeddedPostgres
from tests.rigs.folders import passable_folder
with EmbeddedPostgres(Path(sys.argv[1])) as address, psycopg.connect(address) as connection:
    try:
        print("ready", flush=True)
        sys.stdin.readline()
    except KeyboardInterrupt:
        print(connection.execute("select 'still here'").fetchone()[0], flush=True)
"""


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    # A failed test leaves no server behind.
    with contextlib.suppress(OSError, ValueError):
        pid = postmaster_pid(tmp_path / "data")
        if psutil.Process(pid).name() == "postgres":
            os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def holder(data_dir: Path, code: str = HOLDER, **options: object) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", code, str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        **options,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def leave(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(20) == 0


def postmaster_pid(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def is_alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.01)


def count(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute("select count(*) from kept").fetchone()
    assert row is not None
    return int(row[0])


def keep_one(address: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("create table if not exists kept (id int)")
        connection.execute("insert into kept values (1)")


def test_what_was_written_is_there_after_a_stop_and_a_start(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as address:
        keep_one(address)
        first = postmaster_pid(data_dir)
    assert not is_alive(first)
    with EmbeddedPostgres(data_dir) as address:
        assert count(address) == 1


def test_stopping_twice_is_fine(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir).start()
    server.wait()
    server.stop()
    server.stop()


def test_it_never_trades_durability_for_speed_and_listens_on_no_network(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as address, psycopg.connect(address) as connection:
        names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "listen_addresses")
        found = {name: connection.execute(f"show {name}").fetchone()[0] for name in names}  # type: ignore[index]
    assert found == {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "listen_addresses": "",
    }


def test_text_is_handled_the_same_whatever_the_locale(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as address, psycopg.connect(address) as connection:
        row = connection.execute("select lower('ÁÑÇ'), to_tsvector('spanish', 'niños')::text").fetchone()
    assert row == ("áñç", "'niñ':1")


def test_a_second_process_shares_the_server_and_the_last_one_stops_it(data_dir: Path) -> None:
    with holder(data_dir) as one, holder(data_dir) as two:
        address = line(one)
        assert line(two) == address
        pid = postmaster_pid(data_dir)
        leave(one)
        assert is_alive(pid)
        keep_one(address)
        leave(two)
        wait_until_gone(pid)


def test_four_first_starts_at_once_make_one_server(data_dir: Path) -> None:
    servers = [EmbeddedPostgres(data_dir) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        addresses = list(pool.map(lambda server: server.start().wait(), servers))
    pid = postmaster_pid(data_dir)
    try:
        assert len(set(addresses)) == 1
        keep_one(addresses[0])
    finally:
        for server in servers:
            assert is_alive(pid)
            server.stop()
    assert not is_alive(pid)


def test_after_kill_9_of_its_starter_the_next_one_attaches(data_dir: Path) -> None:
    with holder(data_dir) as process:
        keep_one(line(process))
        pid = postmaster_pid(data_dir)
        process.kill()
        process.wait()
    with EmbeddedPostgres(data_dir) as address:
        assert postmaster_pid(data_dir) == pid
        assert count(address) == 1
    wait_until_gone(pid)


def test_after_kill_9_of_everything_it_recovers_what_was_committed(data_dir: Path) -> None:
    with holder(data_dir) as process:
        keep_one(line(process))
        os.kill(postmaster_pid(data_dir), signal.SIGKILL)
        process.kill()
    with EmbeddedPostgres(data_dir) as address:
        assert count(address) == 1


def test_a_pid_file_whose_number_now_belongs_to_another_process_is_no_obstacle(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as address:
        keep_one(address)
    pid_file = data_dir / "postgres" / "postmaster.pid"
    socket_dir = data_dir / "postgres"
    pid_file.write_text(f"{os.getpid()}\n{socket_dir}\n0\n5432\n{socket_dir}\n\n  0 0\nready   \n")
    with EmbeddedPostgres(data_dir) as address:
        assert postmaster_pid(data_dir) != os.getpid()
        assert count(address) == 1


def test_a_first_start_that_was_cut_off_leaves_nothing_in_the_way(data_dir: Path) -> None:
    draft = data_dir / "postgres.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(data_dir) as address:
        keep_one(address)
    assert not draft.exists()


@pytest.mark.parametrize("lines", [0, 1, 3, 4, 5, 6])
def test_a_pid_file_that_is_being_written_names_no_server(tmp_path: Path, lines: int) -> None:
    whole = [str(os.getpid()), str(tmp_path), "0", "5432", "", "", ""]  # the socket's folder is still missing
    (tmp_path / "postmaster.pid").write_text("".join(f"{line}\n" for line in whole[:lines]))
    assert read_postmaster(tmp_path) is None


def test_stopping_at_once_stops_a_server_that_has_hardly_begun(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EmbeddedPostgres(data_dir):
        pass
    around = data_dir.parent / "around"
    around.mkdir()
    (around / "precious").write_text("")
    monkeypatch.chdir(around)
    for _ in range(5):
        server = EmbeddedPostgres(data_dir).start()
        server.stop()
        assert not any(
            str(data_dir) in " ".join(process.info["cmdline"] or [])
            for process in psutil.process_iter(["cmdline"])
        )
        # Stopping removes what it made, and nothing else.
        assert (around / "precious").exists()


def test_ctrl_c_in_the_terminal_does_not_reach_it(data_dir: Path) -> None:
    with holder(data_dir, INTERRUPTED, start_new_session=True) as process:
        assert line(process) == "ready"
        pid = postmaster_pid(data_dir)
        os.killpg(process.pid, signal.SIGINT)
        assert line(process) == "still here"
        assert process.wait(20) == 0
        assert not is_alive(pid)


def test_a_path_too_long_for_a_socket_works_too(tmp_path: Path) -> None:
    data_dir = tmp_path / ("deep" * 30) / "data"
    with EmbeddedPostgres(data_dir) as address:
        keep_one(address)
        socket_dir = Path((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[4])
        assert socket_dir.stat().st_mode & 0o077 == 0
    assert not socket_dir.exists()


def test_nobody_else_may_look_into_the_data(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        assert (data_dir / "postgres").stat().st_mode & 0o077 == 0
        assert data_dir.stat().st_mode & 0o066 == 0
        assert (data_dir / "postgres.log").stat().st_mode & 0o077 == 0


def test_its_log_repeats_no_values(data_dir: Path) -> None:
    canary = "ana.canary@example.com"
    with EmbeddedPostgres(data_dir) as address, psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create table people (email text unique)")
        connection.execute("insert into people values (%s)", [canary])
        for statement in (f"insert into people values ('{canary}')", f"select '{canary}'::uuid"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)  # type: ignore[call-overload]
    written = (data_dir / "postgres.log").read_text()
    assert "ready to accept connections" in written
    assert canary not in written


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_it_is_told_none_of_our_secrets(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALIA_OPENAI_API_KEY", "sk-canary")
    monkeypatch.setenv("PGPORT", "1")
    with holder(data_dir) as process:
        line(process)
        environment = Path(f"/proc/{postmaster_pid(data_dir)}/environ").read_bytes()
        leave(process)
    assert b"canary" not in environment


def test_a_cluster_of_another_major_version_is_named_and_left_alone(data_dir: Path) -> None:
    cluster = data_dir / "postgres"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("12\n")
    with pytest.raises(ConfigurationError, match=r"made by PostgreSQL 12 and this talia brings \d+"):
        EmbeddedPostgres(data_dir).start()
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]


def test_a_server_that_does_not_start_says_why_in_one_line(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        pass
    (data_dir / "postgres" / "postgresql.auto.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(ConfigurationError, match="PostgreSQL does not start: ") as caught:
        EmbeddedPostgres(data_dir).start().wait()
    assert "\n" not in str(caught.value)


def test_a_data_dir_that_is_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.write_text("")
    with pytest.raises(ConfigurationError, match=r"^TALIA_DATA_DIR: .*/data cannot be used: File exists"):
        EmbeddedPostgres(place).start()


def test_a_data_dir_below_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match=r"^TALIA_DATA_DIR: .* cannot be used: Not a directory"):
        EmbeddedPostgres(tmp_path / "file" / "data").start()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_dir_without_the_right_to_write_is_refused_in_one_line(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.mkdir(mode=0o500)
    with pytest.raises(ConfigurationError, match=r"^TALIA_DATA_DIR: .* cannot be used: no right to write"):
        EmbeddedPostgres(place).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_runs_it_as_the_owner_of_the_data(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as address:
        keep_one(address)
    nobody = 65534
    for path in (data_dir, *data_dir.rglob("*")):
        os.chown(path, nobody, nobody)
    with EmbeddedPostgres(data_dir) as address:
        assert count(address) == 1
        assert psutil.Process(postmaster_pid(data_dir)).uids().real == nobody


def test_it_is_started_again_when_it_dies_at_the_same_address(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir).start()
    address = server.wait()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")
    server.watch()
    for _ in range(2):
        died = postmaster_pid(data_dir)
        os.kill(died, signal.SIGKILL)
        assert answer(address, "select n from kept") == [(1,)]
        assert (heir := postmaster_pid(data_dir)) != died
    server.stop()
    assert not psutil.pid_exists(heir)


def test_of_two_users_one_starts_it_again(data_dir: Path) -> None:
    servers = []
    for _ in range(2):
        servers.append(EmbeddedPostgres(data_dir).start())
        address = servers[-1].wait()
        servers[-1].watch()
    os.kill(postmaster_pid(data_dir), signal.SIGKILL)
    assert answer(address, "select 1") == [(1,)]
    servers[0].stop()
    assert answer(address, "select 2") == [(2,)], "the other one still uses it"
    servers[1].stop()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
    assert (data_dir / "postgres.log").read_text().count("ready to accept connections") == 2


def answer(address: str, query: LiteralString) -> list[tuple[object, ...]]:
    """As soon as there is one."""
    deadline = time.monotonic() + 10
    while True:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(address) as connection:
            return connection.execute(query).fetchall()
        assert time.monotonic() < deadline, "nobody started it again"
        time.sleep(0.05)
