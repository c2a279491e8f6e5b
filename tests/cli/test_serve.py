"""`talia serve`: how it starts, what it refuses in one line, and how it leaves."""

import os
import signal
import socket
from pathlib import Path

import httpx
import psycopg
import pytest

from app.db.embedded import EmbeddedPostgres
from tests.cli.process import Serving, is_ready, run, until


def test_it_serves_and_leaves_nothing_behind_on_sigterm(tmp_path: Path) -> None:
    with Serving(tmp_path) as talia:
        address = talia.ready()
        assert is_ready(address)
        assert httpx.get(f"{address}/docs").status_code == 200
        assert talia.stop(signal.SIGTERM) == 0
        assert talia.database() == []
        assert "Traceback" not in talia.log


def test_ctrl_c_in_the_terminal_drains_first_and_stops_the_database_last(tmp_path: Path) -> None:
    with Serving(tmp_path) as talia:
        talia.ready()
        os.killpg(talia.process.pid, signal.SIGINT)
        assert talia.process.wait(20) == 0
        assert talia.database() == []
    log = (tmp_path / "data/postgres.log").read_text()
    assert log.rstrip().endswith("database system is shut down")


def test_told_to_stop_while_it_starts_it_takes_the_database_along(tmp_path: Path) -> None:
    with Serving(tmp_path) as talia:
        until(talia.database)
        assert talia.stop(signal.SIGTERM) == 0
        assert talia.database() == []


def test_after_kill_9_the_next_start_finds_the_same_database(tmp_path: Path) -> None:
    with Serving(tmp_path) as talia:
        talia.ready()
        orphan = talia.database()
        talia.process.kill()
        talia.process.wait()
        assert talia.database() == orphan
        with Serving(tmp_path) as successor:
            assert is_ready(successor.ready())
            assert successor.database() == orphan
            assert successor.stop() == 0
            assert successor.database() == []


def test_two_servers_on_one_data_directory_share_the_database(tmp_path: Path) -> None:
    with Serving(tmp_path) as one, Serving(tmp_path) as two:
        one.ready()
        address = two.ready()
        assert one.stop() == 0
        assert is_ready(address)
        assert two.stop() == 0
        assert two.database() == []


def test_an_unknown_variable_is_pointed_out(tmp_path: Path) -> None:
    with Serving(tmp_path, prot="8001", test_anything="1") as talia:
        talia.ready()
        assert "talia: TALIA_PROT is not a setting and changes nothing; did you mean TALIA_PORT?" in talia.log
        assert "TALIA_TEST_ANYTHING" not in talia.log


def test_settings_come_from_the_env_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TALIA_PUBLIC_URL=https://chat.example.com/\n")
    with Serving(tmp_path) as talia:
        assert talia.ready() == "https://chat.example.com"


def test_a_taken_port_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(tmp_path, "serve", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.startswith(f"talia: TALIA_PORT: {port} is taken on 127.0.0.1; ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_two_that_start_at_once_do_not_both_get_the_port(tmp_path: Path, free_port: int) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with Serving(folders[0], port=str(free_port)) as one, Serving(folders[1], port=str(free_port)) as two:
        until(lambda: one.process.poll() is not None or two.process.poll() is not None)
        loser, winner = (one, two) if one.process.poll() is not None else (two, one)
        assert loser.process.returncode == 2
        assert is_ready(winner.ready())
        assert f"TALIA_PORT: {free_port} is taken" in loser.log


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"port": "eight"}, "TALIA_PORT: Input should be a valid integer"),
        ({"host": "no-such-host.invalid"}, "TALIA_HOST: 'no-such-host.invalid' is no address"),
        ({"host": "192.0.2.1"}, "TALIA_HOST: 192.0.2.1 is not an address of this machine"),
        ({"openai_assistant_id": "asst_abc"}, "an assistant of OpenAI's Assistants API, which ended"),
        ({"openai_assistant_id": "pmpt_abc"}, "a prompt object of OpenAI's dashboard; those end"),
        ({"openai_assistant_id": "nobody"}, "nobody"),
        ({"openai_base_url": "http://127.0.0.1:9/v1"}, "TALIA_OPENAI_MODEL"),
        ({"rate_limit_ip": "often"}, "TALIA_RATE_LIMIT_IP"),
        ({"data_dir": "/proc/nowhere"}, "TALIA_DATA_DIR: /proc/nowhere cannot be used"),
        ({"database_url": "postgresql://u:s3cret@127.0.0.1:9/x"}, "cannot connect to the database"),
        ({"database_url": "mysql://u:s3cret@127.0.0.1/x"}, "TALIA_DATABASE_URL: must be a URL"),
        ({"supabase_url": "https://x.example"}, "TALIA_SUPABASE_URL needs TALIA_SUPABASE_SERVICE_ROLE_KEY"),
    ],
)
def test_what_cannot_work_is_one_line_and_exit_code_2(
    tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    done = run(tmp_path, "serve", **{"port": "0", **settings})
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.startswith("talia: ")
    assert done.stderr.count("\n") == 1
    assert "s3cret" not in done.stderr


def test_more_than_one_process_needs_redis(tmp_path: Path) -> None:
    done = run(tmp_path, "serve", "--workers", "2", port="0")
    assert done.returncode == 2
    assert done.stderr.startswith("talia: --workers 2 needs TALIA_REDIS_URL")


def test_a_database_elsewhere_is_migrated_only_when_told_to(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "elsewhere") as url:
        refused = run(tmp_path, "serve", port="0", database_url=url)
        assert refused.returncode == 2
        assert "run `talia migrate`" in refused.stderr
        with psycopg.connect(url) as connection:
            found = connection.execute(
                "select count(*) from pg_tables where schemaname = 'public'"
            ).fetchone()
        assert found == (0,)

        applied = run(tmp_path, "migrate", database_url=url)
        assert applied.returncode == 0
        assert applied.stdout.startswith("applied: ")
        assert run(tmp_path, "migrate", database_url=url).stdout == "the database is up to date\n"

        with Serving(tmp_path, database_url=url) as talia:
            assert is_ready(talia.ready())
            assert talia.stop() == 0
    assert not (tmp_path / "data/postgres").exists()


def test_serve_migrate_brings_it_up_to_date_itself(tmp_path: Path) -> None:
    with (
        EmbeddedPostgres(tmp_path / "elsewhere") as url,
        Serving(tmp_path, "--migrate", database_url=url) as talia,
    ):
        assert is_ready(talia.ready())
        assert talia.stop() == 0


def test_migrations_cannot_go_over_supabase_s_api(tmp_path: Path) -> None:
    done = run(tmp_path, "migrate", supabase_url="https://x.example", supabase_service_role_key="s3cret")
    assert done.returncode == 2
    assert "supabase db push" in done.stderr
