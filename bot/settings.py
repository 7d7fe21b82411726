"""What the operator sets, from the environment and a `.env` file."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Literal, Self, TypeAlias
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
BAD_SETTING = 78  # EX_CONFIG of sysexits.h
LOOPBACK = ("127.0.0.1", "localhost", "::1")
Socket: TypeAlias = Annotated[tuple[str, int], NoDecode]


class SettingsFault(Exception):  # noqa: N818 - a fault, as the house calls it
    """A setting is bad or missing: one line that says which, and how to write it."""


class Settings(BaseSettings):
    """Each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = TELEGRAM
    database_url: SecretStr = Field(default_factory=lambda: SecretStr(default_database()))
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: Socket = ("127.0.0.1", 8080)
    metrics_listen: Annotated[tuple[str, int] | None, NoDecode] = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    paid_broadcast: bool = False
    updates_a_minute: Annotated[int, Field(ge=1)] = 60  # of one person; more are let go
    sending_at_once: Annotated[int, Field(ge=1, le=1000)] = 30  # so many a kill leaves unknown

    @field_validator("bot_token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
            raise ValueError("write it as BotFather gave it, like 123456:ABC-DEF")
        return token

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
            raise ValueError("write an address like https://example.org")
        return url.rstrip("/") if url else url

    @field_validator("webhook_url")
    @classmethod
    def _safe_address(cls, url: str | None) -> str | None:
        if url and urlsplit(url).scheme != "https" and urlsplit(url).hostname not in LOOPBACK:
            raise ValueError("Telegram calls https only, so begin it with https://")
        return url

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: SecretStr) -> SecretStr:
        if not re.match(r"sqlite://|postgresql(\+psycopg)?://", url.get_secret_value()):
            raise ValueError("write sqlite:///FILE or postgresql://USER@HOST/NAME")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
            raise ValueError("write 16 to 256 of A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("listen", "metrics_listen", mode="before")
    @classmethod
    def _socket(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        host, colon, port = value.rpartition(":")
        if not (colon and port.isdecimal() and int(port) < 1 << 16):
            raise ValueError("write HOST:PORT, like 127.0.0.1:8080")
        return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104 - ":8080" asks for all

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.webhook_url and not self.bot_token:
            raise ValueError("BOT_TOKEN is missing: WEBHOOK_URL serves no bot without it")
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET is missing: write 16 letters or more")
        return self

    @model_validator(mode="after")
    def _enough_places(self) -> Self:
        if self.paid_broadcast and "sending_at_once" not in self.model_fields_set:
            self.sending_at_once = 300  # at 950/s, and Telegram takes a tenth of a second or more
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        database = urlsplit(self.database_url.get_secret_value()).password
        kept = (self.bot_token, self.webhook_secret)
        return (*(s.get_secret_value() for s in kept if s), *((database,) if database else ()))


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """All settings, or a `SettingsFault` about the first that is wrong; no value is repeated."""
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg] # pydantic-settings adds it
    except ValidationError as error:
        raise SettingsFault(_told(error)) from None


def _told(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    how = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return how
    return f"{str(first['loc'][0]).upper()} is not right: {how[:1].lower()}{how[1:]}"


def data_folder() -> Path:
    """Where this system keeps a user's data."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "dropwise"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "dropwise"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "dropwise"


def default_database() -> str:
    return f"sqlite:///{data_folder() / 'dropwise.sqlite3'}"
