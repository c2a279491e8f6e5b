"""What the environment means, and how a wrong value is refused."""

from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.settings import Settings, load_settings, unknown_variables


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TALIA_{name.upper()}", raising=False)


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALIA_PORT", "")
    monkeypatch.setenv("TALIA_DATABASE_URL", "")
    settings = load_settings()
    assert settings.port == 8000
    assert settings.embedded_database


def test_an_empty_rate_limit_is_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALIA_RATE_LIMIT_IP", "")
    assert load_settings().rate_limit_ip == ""


def test_the_environment_wins_over_the_file_and_an_option_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("TALIA_PORT=1001\nTALIA_HOST=127.0.0.2\n")
    assert load_settings().port == 1001
    monkeypatch.setenv("TALIA_PORT", "1002")
    assert load_settings().port == 1002
    assert load_settings(port=1003, host=None).address == "http://127.0.0.2:1003"


def test_an_env_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TALIA_HOST=\xff\xfe\n")
    with pytest.raises(ConfigurationError, match=r"^\.env is not UTF-8 text"):
        load_settings()


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0"}, "http://127.0.0.1:8000"),
        ({"host": "::"}, "http://[::1]:8000"),
        ({"host": "::1", "port": 9}, "http://[::1]:9"),
        ({"public_url": "https://chat.example.com/"}, "https://chat.example.com"),
    ],
)
def test_the_address_is_one_that_a_browser_can_open(settings: dict[str, object], address: str) -> None:
    assert load_settings(**settings).address == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "65536"),
        ("log_level", "loud"),
        ("database_url", "mysql://u:s3cret@h/d"),
        ("redis_url", "http://:s3cret@h"),
        ("public_url", "chat.example.com"),
        ("trusted_proxies", "10.0.0.0/8 nonsense"),
        ("rate_limit_session", "sometimes"),
        ("webchat_allowed_origins", "https://www.example.com/shop"),
        ("openai_assistant_id", "asst_123"),
        ("openai_assistant_id", "pmpt_123"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"TALIA_{name.upper()}", value)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    told = str(caught.value)
    assert told.startswith(f"TALIA_{name.upper()}: ")
    assert "\n" not in told
    assert "s3cret" not in told


def test_a_libpq_string_is_an_address_too() -> None:
    assert load_settings(database_url="host=/tmp dbname=talia").database_url is not None


def test_two_databases_are_one_too_many() -> None:
    with pytest.raises(ConfigurationError, match="not both"):
        load_settings(
            database_url="postgresql://h/d", supabase_url="https://x.example", supabase_service_role_key="k"
        )


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = load_settings(
        openai_api_key="s3cret", database_url="postgresql://u:s3cret@h/d", secret_key="s3cret"
    )
    assert "s3cret" not in repr(settings)


def test_strange_variables_are_found_with_the_name_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("TALIA_REDIS_URI=redis://h\nOTHER=1\n")
    monkeypatch.setenv("TALIA_XYZZY", "1")
    monkeypatch.setenv("TALIA_TEST_POSTGRES", "15")
    assert unknown_variables() == {"TALIA_REDIS_URI": "TALIA_REDIS_URL", "TALIA_XYZZY": None}
