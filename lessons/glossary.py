"""The words of a path with their meanings, as its glossary file tells them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as Folder

CONTENT = Folder(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    also: tuple[str, ...]  # other names, plurals, letters
    meaning: str
    drop: int  # the number of the lesson that explains it


@lru_cache
def terms(path: str) -> tuple[Term, ...]:
    """The terms of a path, by its key; none where it has no glossary."""
    file = CONTENT / path / "glossary.toml"
    if not file.is_file():
        return ()
    told = tomllib.loads(file.read_text(encoding="utf-8"))["term"]
    return tuple(
        Term(one["name"], tuple(one.get("also", ())), one["meaning"], int(one["drop"]))
        for one in told
    )
