"""The corpus: answers as a phone types them, each with the verdict it must get."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.checking import check
from engine.question import Question

CORPUS = Path(__file__).parents[1] / "answers.txt"
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
OPTION = re.compile(r" (names|places|size|follows|slip:[\w+-]+)=")


def question(line):
    expect, *options = OPTION.split(line)
    asked, slips = Question(expect.strip()), {}
    for key, value in zip(options[::2], options[1::2], strict=True):
        match key:
            case "names":
                asked = replace(asked, names=tuple(value.strip().split(",")))
            case "places" | "size":
                asked = replace(asked, **{key: int(value)})
            case "follows":
                asked = replace(asked, follows=value.strip())
            case _:
                slips[key.removeprefix("slip:")] = value.strip()
    return replace(asked, slips=slips)


def rows():
    asked = None
    for number, line in enumerate(CORPUS.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("?"):
            asked = question(line[1:])
        elif line.strip() and not line.startswith("#"):
            typed, _, wanted = line.partition(" => ")
            typed = ESCAPE.sub(lambda match: chr(int(match[1], 16)), typed.strip())
            typed = typed.replace("\\n", "\n").replace("\\t", "\t")
            yield pytest.param(asked, typed, wanted.strip() or "right", id=f"{number}: {line[:40]}")


ROWS = list(rows())


@pytest.mark.parametrize(("asked", "typed", "wanted"), ROWS)
def test_every_answer_of_the_corpus_gets_its_verdict(asked, typed, wanted):
    wanted, _, read_as = wanted.partition(" as ")
    family, *kind = wanted.split()
    verdict = check(asked, typed)
    assert (verdict.family, *[verdict.kind][: len(kind)]) == (family, *kind), verdict
    assert not read_as or verdict.read_as == read_as


def test_the_corpus_is_large():
    assert len(ROWS) >= 400
