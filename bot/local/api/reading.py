"""Parameters of a call: what kind of thing each is, and how one that is not is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.local.refusal import bad

Reader: TypeAlias = Callable[[Any], Any]  # raises Unlike


class Unlike(Exception):  # noqa: N818 - it says what was wanted instead
    """A value is not of the kind that its parameter takes."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes
    mime: str


def string(value: Any) -> str:
    if not isinstance(value, str):
        raise Unlike("a string")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unlike("a string in UTF-8") from None
    return value


def integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Unlike("an integer")
    try:
        found = int(value)
    except ValueError:
        raise Unlike("an integer") from None
    if not -(2**63) <= found < 2**63:
        raise Unlike("an integer")
    return found


def number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unlike("a number")
    try:
        found = float(value)
    except (ValueError, OverflowError):
        raise Unlike("a number") from None
    if not math.isfinite(found):
        raise Unlike("a number")
    return found


def boolean(value: Any) -> bool:
    known = {"true": True, "false": False, "1": True, "0": False}
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in known:
        raise Unlike("a Boolean")
    return known[value.lower()]


def chat(value: Any) -> int | str:
    return value if isinstance(value, str) and value.startswith("@") else integer(value)


def maybe(reader: Reader) -> Reader:
    return lambda value: None if value is None else reader(value)


def one_of(*words: str) -> Reader:
    def read(value: Any) -> str:
        if value not in words:
            raise Unlike("one of " + ", ".join(words))
        return str(value)

    return read


def many(item: Reader) -> Reader:
    def read(value: Any) -> list[Any]:
        found = from_json(value)
        if not isinstance(found, list):
            raise Unlike("an Array")
        return [item(each) for each in found]

    return read


def shape(needs: Mapping[str, Reader], may: Mapping[str, Reader] | None = None) -> Reader:
    """An object with these fields and no others."""
    fields = dict(needs) | dict(may or {})

    def read(value: Any) -> dict[str, Any]:
        found = from_json(value)
        if not isinstance(found, dict):
            raise Unlike("an Object")
        for key in found.keys() - fields.keys():
            raise Unlike(f'no field "{key}"')
        for key in needs.keys() - found.keys():
            raise Unlike(f'the field "{key}"')
        return {key: _field(key, fields[key], each) for key, each in found.items()}

    return read


def _field(key: str, reader: Reader, value: Any) -> Any:
    try:
        return reader(value)
    except Unlike as error:
        raise Unlike(f'"{key}" to be {error}') from None


def from_json(value: Any) -> Any:
    """What a text of JSON says; what is no text stands for itself."""
    if not isinstance(value, str | bytes):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise Unlike("JSON") from None


def file(value: Any) -> str | Upload:
    if not isinstance(value, str | Upload):
        raise Unlike("a file")
    return value


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a method takes.

    Telegram ignores a name that it does not know; this server refuses it, for it is a slip.
    """

    needs: Mapping[str, Reader]
    may: Mapping[str, Reader]

    def read(self, given: Mapping[str, Any], files: Mapping[str, Upload]) -> dict[str, Any]:
        known = {**self.needs, **self.may}
        read: dict[str, Any] = {"files": files}
        for key, value in given.items():
            if key not in known:
                raise bad(f'parameter "{key}" is not known here')
            if value is not None:
                read[key] = self._one(key, known[key], value)
        for key in self.needs:
            if key not in read:
                raise bad(MISSING.get(key, f'parameter "{key}" is required'))
        return read

    def _one(self, key: str, reader: Reader, value: Any) -> Any:
        try:
            return reader(value)
        except Unlike as error:
            raise bad(f'can\'t parse parameter "{key}": expected {error}') from None


MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "file_id not specified",
}
