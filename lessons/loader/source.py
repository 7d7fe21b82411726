"""A content file taken apart: its head as typed sections, its body as parts, faults with lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD = re.compile(r"\A\+\+\+\n(.*?)^\+\+\+\n", re.DOTALL | re.MULTILINE)
TOML_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a content file, and where."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(slots=True)
class Source:
    """A file with the faults found in it so far."""

    file: str
    text: str
    faults: list[Fault] = field(default_factory=list)
    overlay: Source | None = None  # another language's words: what is not here may stand there

    @classmethod
    def of(cls, file: Path, root: Path) -> Source:
        return cls(str(file.relative_to(root)), file.read_text(encoding="utf-8"))

    def fault(self, sentence: str, line: int = 1) -> None:
        self.faults.append(Fault(self.file, line, sentence))

    def fault_at(self, sentence: str, fragment: str, after: int) -> None:
        """A fault where the fragment stands: here, or in the words laid over."""
        if fragment and fragment not in self.text and self.overlay:
            self.overlay.fault(sentence, self.overlay.line(fragment))
        else:
            self.fault(sentence, self.line(fragment, after) if fragment else after)

    def line(self, fragment: str, after: int = 1) -> int:
        """Where a fragment first stands, at or after a line; that line when nowhere."""
        rows = self.text.splitlines()
        wanted = fragment.split("\n", 1)[0]
        for index in range(after - 1, len(rows)):
            if wanted in rows[index]:
                return index + 1
        return after

    def toml(self, text: str, offset: int = 0) -> Section:
        """The text as sections; a syntax error is a fault and an empty section."""
        try:
            return Section(self, tomllib.loads(text), "", 1)
        except tomllib.TOMLDecodeError as error:
            found = TOML_LINE.search(str(error))
            self.fault(f"not TOML: {error}", offset + (int(found[1]) if found else 0))
            return Section(self, {}, "", 1, is_broken=True)

    def head_and_body(self) -> tuple[Section, str, int]:
        """The TOML between `+++` lines, the body, and the body's first line."""
        found = HEAD.match(self.text)
        if not found:
            self.fault("a lesson begins with a head between two lines of +++")
            return Section(self, {}, "", 1, is_broken=True), "", 1
        return self.toml(found[1], 1), self.text[found.end() :], found[0].count("\n") + 1


@dataclass(slots=True)
class Section:
    """A table of a head: gives what is asked for by kind, and tells what was left unasked."""

    source: Source
    values: Mapping[str, Any]
    name: str
    line: int
    is_broken: bool = False
    asked: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def fault(self, sentence: str, fragment: str = "") -> None:
        told = f"{self.name}: {sentence}" if self.name else sentence
        self.source.fault_at(told, fragment, self.line)

    def word(self, key: str, default: str | None = "") -> str:
        """A text; without a default it must be there."""
        return str(self._get(key, str, default))

    def whole(self, key: str, default: int | None) -> int:
        return int(self._get(key, int, default))

    def flag(self, key: str, default: bool = False) -> bool:
        return bool(self._get(key, bool, default))

    def words(self, key: str) -> tuple[str, ...]:
        found = self._get(key, list, [])
        if not all(isinstance(entry, str) for entry in found):
            self.fault(f"{key} is a list of texts", key)
            return ()
        return tuple(found)

    def tables(self, key: str) -> tuple[Section, ...]:
        """A list of tables."""
        found = self._get(key, list, [])
        if not all(isinstance(entry, dict) for entry in found):
            self.fault(f"{key} is a list of tables", key)
            return ()
        starts = _lines_of(f"[[{key}]]", self.source.text) or [self.line] * len(found)
        lines = starts if len(starts) == len(found) else [self.line] * len(found)
        named = zip(found, lines, strict=True)
        return tuple(Section(self.source, entry, key, line) for entry, line in named)

    def table(self, key: str) -> Section:
        found = self._get(key, dict, {})
        line = self.source.line(f"{key}]", self.line)
        return Section(self.source, found, key, line)

    def texts(self, key: str) -> dict[str, str]:
        """A table whose every value is a text."""
        found = self._get(key, dict, {})
        for name, value in found.items():
            if not isinstance(value, str):
                self.fault(f"{key}.{name} is a text, in quotation marks", name)
        return {name: value for name, value in found.items() if isinstance(value, str)}

    def named(self, key: str) -> Iterator[Section]:
        """Tables by name: `[exercise.own-z]`, each at its own line."""
        found = self._get(key, dict, {})
        for name, value in found.items():
            quoted = f'[{key}."{name}"]'
            mark = quoted if quoted in self.source.text else f"[{key}.{name}]"
            line = self.source.line(mark, self.line)
            if isinstance(value, dict):
                yield Section(self.source, value, name, line)
            else:
                self.fault(f"{key}.{name} is a table: [{key}.{name}]", f"{name} =")

    def done(self) -> None:
        """Everything was asked for: what is left is unknown, a slip of the author's."""
        for key in self.values.keys() - self.asked:
            self.fault(f"{key} is unknown here", key)

    def _get(self, key: str, kind: type, default: Any) -> Any:
        self.asked.add(key)
        found = self.values.get(key, default)
        if found is None:
            if not self.is_broken:
                self.fault(f"{key} is missing")
            return kind()
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            self.fault(f"{key} is a {_KINDS[kind]}", key)
            return default if default is not None else kind()
        return found


_KINDS = {
    str: "text, in quotation marks",
    int: "whole number",
    bool: "true or false",
    list: "list",
    dict: "table",
}


def _lines_of(fragment: str, text: str) -> list[int]:
    return [number for number, row in enumerate(text.splitlines(), 1) if row.strip() == fragment]
