"""The tutor as `dropwise run` starts it, by a clock that a test moves: a file says how far.

python -m tests.crash.clocked FILE
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.cli.assembly import Line, running
from bot.logs import set_up_logs
from bot.postman.pacing import Rates
from bot.settings import read_settings
from tests.crash.process import BEGINS

LOOK = 0.02  # seconds between two looks at the file
RATES = Rates(bot=1000.0, burst=1000, chat=1000.0, chat_burst=1000, group=1000.0, group_burst=1000)


class Hand:
    """The test's: a clock for its phones, which moves the tutor's."""

    def __init__(self, file: Path, start: datetime) -> None:
        self._file = file
        self.move_to(start)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move_to(self, moment: datetime) -> None:
        self._ahead = moment - datetime.now(UTC)
        draft = self._file.with_suffix(".new")
        draft.write_text(str(self._ahead.total_seconds()))
        draft.replace(self._file)


class Face:
    """The tutor's."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ahead = file.read_text()

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._ahead))

    def was_moved(self) -> bool:
        said = self._file.read_text()
        moved, self._ahead = said != self._ahead, said
        return moved


async def main(file: Path) -> None:
    settings = read_settings()
    set_up_logs(settings.log_level, settings.secrets)
    assert settings.bot_token
    line = Line(settings.bot_token.get_secret_value(), settings.bot_api_url, RATES, long_poll=5)
    clock = Face(file)
    async with running(settings, line, clock.now, seed=1) as (whole, _):
        print(f"{BEGINS} @{whole.bot.username}", flush=True)
        while True:
            if clock.was_moved():
                whole.schedule.wake()
            await asyncio.sleep(LOOK)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
