"""One judge, a process of its own: reads questions with answers, a line each; writes verdicts."""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from cattrs.preconf.json import make_converter

from engine.question import Question, Verdict

READY = "ready"
FIRST = Question("w + 1", names=("w",)), "1 + w"  # loads the mathematics before anyone waits for it
converter = make_converter()


def ask(question: Question, text: str) -> str:
    return json.dumps({"question": converter.unstructure(question), "text": text})


def serve(
    check: Callable[[Question, str], Verdict], seconds: int, asked: TextIO, told: TextIO
) -> None:
    """Ends with its input. The alarm ends it too, when nobody is left to stop it."""
    check(*FIRST)
    _tell(told, READY)
    for line in asked:
        request = json.loads(line)
        signal.alarm(seconds)
        verdict = check(converter.structure(request["question"], Question), request["text"])
        signal.alarm(0)
        _tell(told, json.dumps(converter.unstructure(verdict)))


def _tell(told: TextIO, line: str) -> None:
    told.write(line + "\n")
    told.flush()


def _tell_no_answers(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """Where it broke, without the message: that may quote what a learner typed."""
    sys.stderr.write("".join(traceback.format_tb(trace)) + kind.__name__ + "\n")


def main() -> None:
    """Arguments: `module:function` that checks, seconds for one answer, bytes of memory."""
    where, seconds, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sys.excepthook = _tell_no_answers
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    module, _, name = where.partition(":")
    try:
        serve(getattr(importlib.import_module(module), name), seconds, sys.stdin, sys.stdout)
    except BrokenPipeError:  # whoever asked is dead
        os._exit(1)


if __name__ == "__main__":
    main()
