"""What passed between a bot and the server, one call after the other, for whoever listens."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

from bot.local.api.reading import Upload

WEBHOOK = "webhook"  # instead of a method: an update that was carried to the bot


@dataclass(frozen=True, slots=True)
class Call:
    """Values of JSON alone; an uploaded file is told as {"file": its name, "bytes": how many}."""

    method: str
    given: dict[str, Any]
    answer: dict[str, Any]


Witness: TypeAlias = Callable[[Call], None]


def nobody(_: Call) -> None:
    """A witness that does not listen."""


def plain(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _told(value) for name, value in given.items()}


def _told(value: Any) -> Any:
    if isinstance(value, Upload):
        return {"file": value.name, "bytes": len(value.content)}
    return value


class Journal:
    """A witness that writes each call into a file, as a line of JSON."""

    def __init__(self, file: Path) -> None:
        self._file = file.open("a", encoding="utf-8", buffering=1)

    def __call__(self, call: Call) -> None:
        self._file.write(json.dumps(asdict(call), ensure_ascii=False) + "\n")


def read_journal(file: Path) -> list[Call]:
    return [Call(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]
