"""Settings are read or refused in one line, and nothing secret or personal reaches a log."""

import io
import json
import logging
from pathlib import Path

import pytest
import structlog

from bot.logs import HIDDEN, set_up_logs
from bot.settings import Settings, SettingsFault, read_settings

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SECRET = "correct-horse-battery-staple"
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch, tmp_path):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def test_nothing_set_is_enough(tmp_path):
    settings = read_settings()
    assert settings.bot_token is None
    assert settings.bot_api_url == "https://api.telegram.org"
    assert (
        settings.database_url.get_secret_value()
        == f"sqlite:///{tmp_path}/dropwise/dropwise.sqlite3"
    )
    assert settings.listen == ("127.0.0.1", 8080)
    assert not settings.paid_broadcast
    assert settings.sending_at_once == 30


def test_settings_come_from_the_environment_and_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nLISTEN=:9000\nLOG_LEVEL=DEBUG\nOTHER=1\n")
    monkeypatch.setenv("LISTEN", "[::1]:9001")
    monkeypatch.setenv("PAID_BROADCAST", "yes")
    settings = read_settings()
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.listen == ("::1", 9001)
    assert settings.log_level == "debug"
    assert settings.paid_broadcast
    assert settings.sending_at_once == 300


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (
            {"BOT_TOKEN": "hello"},
            "BOT_TOKEN is not right: write it as BotFather gave it, like 123456:ABC-DEF",
        ),
        (
            {"BOT_API_URL": "api.example"},
            "BOT_API_URL is not right: write an address like https://example.org",
        ),
        (
            {"DATABASE_URL": "mysql://x"},
            "DATABASE_URL is not right: write sqlite:///FILE or postgresql://USER@HOST/NAME",
        ),
        ({"LISTEN": "8080"}, "LISTEN is not right: write HOST:PORT, like 127.0.0.1:8080"),
        (
            {"METRICS_LISTEN": "x:99999"},
            "METRICS_LISTEN is not right: write HOST:PORT, like 127.0.0.1:8080",
        ),
        (
            {"LOG_LEVEL": "loud"},
            "LOG_LEVEL is not right: input should be 'debug', 'info', 'warning' or 'error'",
        ),
        (
            {"PAID_BROADCAST": "perhaps"},
            "PAID_BROADCAST is not right: input should be a valid boolean, unable to interpret input",
        ),
        (
            {"WEBHOOK_URL": "http://example.org", "BOT_TOKEN": TOKEN},
            "WEBHOOK_URL is not right: Telegram calls https only, so begin it with https://",
        ),
        (
            {"WEBHOOK_URL": "https://example.org"},
            "BOT_TOKEN is missing: WEBHOOK_URL serves no bot without it",
        ),
        (
            {"WEBHOOK_URL": "https://example.org", "BOT_TOKEN": TOKEN},
            "WEBHOOK_SECRET is missing: write 16 letters or more",
        ),
        (
            {"SENDING_AT_ONCE": "0"},
            "SENDING_AT_ONCE is not right: input should be greater than or equal to 1",
        ),
        (
            {"WEBHOOK_SECRET": "short"},
            "WEBHOOK_SECRET is not right: write 16 to 256 of A-Z, a-z, 0-9, _ and -",
        ),
    ],
)
def test_a_bad_setting_is_one_line_that_says_which_and_how(monkeypatch, wrong, line):
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsFault) as fault:
        read_settings()
    assert str(fault.value).lower() == line.lower()
    assert "\n" not in str(fault.value)


def test_settings_do_not_show_their_secrets(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    monkeypatch.setenv("DATABASE_URL", "postgresql://ana:hush-hush@db/dropwise")
    settings = read_settings()
    assert settings.secrets == (TOKEN, SECRET, "hush-hush")
    for shown in (repr(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert not any(secret in shown for secret in settings.secrets)


@pytest.fixture
def lines(monkeypatch):
    """What is logged while the test runs, line by line."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    set_up_logs("info", [SECRET])
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)
    structlog.reset_defaults()


def fails(text):
    raise ValueError(f"cannot do with {text}")


def test_logs_show_no_secret_by_value_or_by_shape(lines):
    log = structlog.get_logger("bot.test")
    log.info("asked", url=f"https://api.telegram.org/bot{TOKEN}/getMe", header=SECRET)
    log.info("opened", database="postgresql://ana:hush-hush@db/dropwise")
    logging.getLogger("other").warning("GET /bot%s/getMe with %s", TOKEN, SECRET)
    written = json.dumps(lines())
    assert len(lines()) == 3
    assert not any(secret in written for secret in (TOKEN, SECRET, "hush-hush"))
    assert lines()[0]["url"] == f"https://api.telegram.org/bot{HIDDEN}/getMe"


def test_logs_show_no_person(lines):
    log = structlog.get_logger("bot.test")
    log.info("answered", user=77, chat=77, name="Ana", text="my answer", letter=12)
    assert lines()[0]["letter"] == 12
    assert [lines()[0][key] for key in ("user", "chat", "name", "text")] == [HIDDEN] * 4


def test_a_logged_exception_tells_its_kind_and_place_and_quotes_nobody(lines):
    log = structlog.get_logger("bot.test")
    try:
        fails("Ana's answer")
    except ValueError:
        log.exception("turn failed")
        logging.getLogger("other").exception("failed there")
    for line in lines():
        assert line["failed"] == "ValueError"
        assert f"{Path(__file__).name}:" in line["at"]
        assert "fails" in line["at"]
    assert "Ana" not in json.dumps(lines())


def test_libraries_that_write_payloads_are_held_at_warning(lines):
    set_up_logs("debug")
    logging.getLogger("telegram.Bot").debug("payload")
    logging.getLogger("sqlalchemy.engine").info("parameters")
    assert lines() == []
