"""Attachments by recipe: figures, a learner's own sheet, everything that is kept about them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from bot.telegram.pictures import KeyOf, Made, Maker

if TYPE_CHECKING:
    from bot.storage import Storage


Work = TypeVar("Work")
GIVING_WAY = 5  # answers are dearer than pictures


class Makers:
    """Pictures are drawn in a process of their own, so that nobody waits while one is made."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._artist = _artist()

    async def warm(self) -> None:
        with suppress(BrokenProcessPool):  # whoever wants a picture calls another
            await asyncio.wrap_future(self._artist.submit(_warm))

    def close(self) -> None:
        self._artist.shutdown(wait=False, cancel_futures=True)

    def recipes(self) -> Mapping[str, Maker]:
        return {"figure": self._figure, "export": self._export, "sheet": self._sheet}

    def keys(self) -> Mapping[str, KeyOf]:
        return {"figure": _figure_key}

    def _figure(self, values: Mapping[str, str]) -> Made:
        png = self._ask(_draw, values)
        return Made(png, f"{values['figure']}.png", "photo", _figure_key(values))

    def _ask(self, work: Callable[[dict[str, str]], Work], values: Mapping[str, str]) -> Work:
        """In the artist's process; one that died is replaced, and asked once more."""
        artist = self._artist
        try:
            return artist.submit(work, dict(values)).result()
        except BrokenProcessPool:
            if self._artist is artist:
                self._artist = _artist()
            return self._artist.submit(work, dict(values)).result()

    def _export(self, values: Mapping[str, str]) -> Made:
        from bot.storage.exporting import export
        from bot.tutor.events import UserId

        kept = self._storage.call(export, UserId(int(values["user"])))
        text = json.dumps(kept, ensure_ascii=False, indent=2, default=str)
        return Made(text.encode(), "dropwise.json", "document")

    def _sheet(self, values: Mapping[str, str]) -> Made:
        """A blank sheet for the pencil, or the learner's own network by its numbers."""
        content, name = self._ask(_sheet, values)
        return Made(content, name, "document")


def _artist() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """The artist ends when the tutor says so, or dies; not by a signal meant for the tutor."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.nice(GIVING_WAY)
    Thread(target=_end_with_the_tutor, daemon=True).start()


def _end_with_the_tutor() -> None:
    tutor = parent_process()
    assert tutor is not None
    tutor.join()
    os._exit(1)


def _figure_key(values: Mapping[str, str]) -> str:
    """Two pictures of one key are one picture."""
    from lessons.figures import style_version

    written = json.dumps(sorted(values.items()), ensure_ascii=False)
    return hashlib.sha256(f"{style_version} {written}".encode()).hexdigest()


def _warm() -> None:
    """The first picture costs five times as much as the second: this one is for nobody."""
    from lessons.figures import draw

    draw("half-planes", {})


def _draw(values: dict[str, str]) -> bytes:
    from lessons.figures import draw

    return draw(values.pop("figure"), values)


def _sheet(values: dict[str, str]) -> tuple[bytes, str]:
    if values.get("blank"):
        from lessons.figures import printed

        return printed("pencil-sheet", {}), "blank-sheet.pdf"
    from lessons.pencilled import network_of
    from lessons.spreadsheet import workbook

    inputs, target = (values["x1"], values["x2"]), (values["t1"],)
    return workbook(network_of(values), inputs, target, values["rate"]), "my-network.xlsx"
