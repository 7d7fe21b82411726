"""What a phone keeps in a folder from one start to the next: a JSON file, and the files sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import JsonConverter, make_converter

from bot.local.things import File
from bot.local.world import State, World

QUIET = 0.5  # seconds between a change and its saving, so that many are saved at once


class Memory:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = folder / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._converter = self._make_converter()
        self._world: World | None = None
        self._watcher: asyncio.Task[None] | None = None

    @property
    def _page(self) -> Path:
        return self._folder / "phone.json"

    def load(self) -> State | None:
        if not self._page.exists():
            return None
        return self._converter.structure(json.loads(self._page.read_text("utf-8")), State)

    def watch(self, world: World) -> None:
        self._world = world
        self._watcher = asyncio.create_task(self._watch(world))

    async def close(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        if self._world is not None:
            self.save(self._world.state)

    async def _watch(self, world: World) -> None:
        with world.feed.listening() as changes:
            while True:
                await changes.get()
                await asyncio.sleep(QUIET)
                while not changes.empty():
                    changes.get_nowait()
                self.save(world.state)

    def save(self, state: State) -> None:
        draft = self._page.with_suffix(".new")
        text = json.dumps(self._converter.unstructure(state), ensure_ascii=False)
        draft.write_text(text, "utf-8")
        draft.replace(self._page)

    def _make_converter(self) -> JsonConverter:
        """Contents stand beside the page, once each; a file met twice is one object."""
        converter = make_converter()
        no_content = override(omit=True)
        plain = make_dict_unstructure_fn(File, converter, content=no_content)
        build: Callable[[Any, Any], File] = make_dict_structure_fn(File, converter)
        met: dict[str, File] = {}

        def unstructure(file: File) -> dict[str, Any]:
            path = self._files / file.file_id
            if not path.exists():
                path.write_bytes(file.content)
            return plain(file)

        def structure(kept: dict[str, Any], kind: Any) -> File:
            if kept["file_id"] not in met:
                met[kept["file_id"]] = build({**kept, "content": ""}, kind)
                met[kept["file_id"]].content = (self._files / kept["file_id"]).read_bytes()
            return met[kept["file_id"]]

        converter.register_unstructure_hook(File, unstructure)
        converter.register_structure_hook(File, structure)
        return converter
