"""Judges every hostile answer under limits; prints milliseconds and megabytes, ends 1 if too much."""

import ast
import resource
import string
import sys
import time
from pathlib import Path

from engine.checking import check
from engine.question import Question

SLOWEST_MS, LARGEST_MB = 50, 64
NAMES = ("x", "y", "z")
QUESTIONS = (
    Question("3"),
    Question("sigmoid(2)", places=2, slips={"bent": "sigmoid(-2)", "two+bent": "tanh(2)"}),
    Question("x*y + sigmoid(z)", NAMES, slips={"bent": "x*y - sigmoid(z)"}),
    Question("(1, 0, 2)", NAMES),
    Question("[[1, 2], [3, 4]]"),
    Question("-3 < u <= -2"),
)


def repeated():
    """What only length makes hostile."""
    for piece in (
        "(",
        "-",
        "9",
        "x",
        "+1",
        "^2",
        "1/",
        ",",
        ";",
        "\n",
        " ",
        "√",
        "e^",
        "½",
        "=",
        "2 ",
    ):
        yield piece * 300
        yield piece * 150 + "1"
        yield (piece + "x") * 75
    yield "(" * 150 + "1" + ")" * 150
    yield "sigmoid(" * 20 + "x" + ")" * 20
    yield "(" * 23 + "x+1" + ")^2" * 23
    yield "*".join(["(x+y)"] * 40)
    yield "+".join(f"1/(x+{n})" for n in range(29))
    yield "+".join(f"e^({n}x)" for n in range(1, 30))
    yield "*".join(f"sqrt({n})" for n in range(2, 30))
    yield "+".join(f"ln({n})" for n in range(2, 40))
    yield "+".join(f"relu(x+{n})" for n in range(2, 25))
    yield "*".join(["99999999999999999999999999999999"] * 9)
    yield "=".join(f"q{n}*r" for n in range(40)) + "=1"
    yield "7" + " (1)" * 70
    yield f"0.({'9' * 250})"
    yield "\n".join(["- 1"] * 70)
    yield "A" * 10**6
    yield string.printable * 3


def answers():
    file = Path(__file__).with_suffix(".txt")
    for line in file.read_text(encoding="utf-8").splitlines():
        yield ast.literal_eval('"""' + line + ' """')[:-1] if "\\" in line else line
    yield from repeated()


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    for question in QUESTIONS:  # imports and tables are made once, before any learner
        for text in ("x + e^2", "√2 + ln(3)", "relu(x)", "0.5"):
            check(question, text)
    before = peak()
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + LARGEST_MB * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    slow = []
    count = 0
    for text in answers():
        for question in QUESTIONS:
            start = time.thread_time()
            verdict = check(question, text)
            took = (time.thread_time() - start) * 1000
            slow.append((took, text[:60], question.expect, verdict.family, verdict.kind))
            count += 1
    more = peak() - before
    slow.sort(reverse=True)
    for took, text, expect, family, kind in slow[:8]:
        print(f"{took:8.2f} ms  {family} {kind}: {text!r} for {expect}")
    print(f"{count} judged, slowest {slow[0][0]:.1f} ms, {more:.0f} MB more")
    return int(slow[0][0] > SLOWEST_MS or more > LARGEST_MB)


if __name__ == "__main__":
    sys.exit(main())
