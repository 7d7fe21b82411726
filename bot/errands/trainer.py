"""One training, a process of its own: reads a task, a line of JSON; writes how far, then what."""

from __future__ import annotations

import json
import math
import resource
import signal
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from lessons.design.architecture import Architecture, read_architecture
from lessons.design.tables import TABLES
from lessons.design.trial import tried

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERY = 0.2  # seconds between two words about how far it is
POINTS = 20  # of the curve so far


class GivenUp(Exception):  # noqa: N818 - a fact about the design, told as a result
    """Why the training ended early."""


class Teller:
    """Hears every epoch: writes a word now and then, and ends what takes too long or runs away."""

    def __init__(self, seconds: float) -> None:
        self._until = time.process_time() + seconds
        self._latest = 0.0
        self._losses: list[float] = []

    def __call__(self, fold: int, epoch: int, training: float, validation: float) -> None:
        if not (math.isfinite(training) and math.isfinite(validation)):
            raise GivenUp("diverged")
        if time.process_time() > self._until:
            raise GivenUp("time")
        if fold == 0:
            self._losses.append(validation)
        if time.monotonic() - self._latest > EVERY:
            self._latest = time.monotonic()
            _write({"fold": fold + 1, "epoch": epoch + 1, "losses": self._sampled()})

    def _sampled(self) -> list[float]:
        step = max(1, math.ceil(len(self._losses) / POINTS))
        return [round(loss, 4) for loss in self._losses[::step]]


def answer(asked: Mapping[str, str], seconds: float) -> dict[str, object]:
    design = read_architecture(asked["design"])
    assert isinstance(design, Architecture), asked["design"]
    import numpy as np
    import sklearn.ensemble
    import sklearn.linear_model  # noqa: F401 - its loading is not the design's time

    with np.errstate(all="ignore"):
        try:
            return asdict(
                tried(design, TABLES[asked["table"]], int(asked["seed"]), Teller(seconds))
            )
        except GivenUp as why:
            return {"failed": str(why)}


def _write(told: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Arguments: seconds of processor time, seconds by the clock, bytes of memory."""
    seconds, wall, memory = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.alarm(wall)  # for when nobody is left to end it
    _write(answer(json.loads(sys.stdin.readline()), seconds))


if __name__ == "__main__":
    main()
