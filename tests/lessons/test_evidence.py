"""Every number that a lesson shows as measured stands in what `dropwise lessons evidence` printed."""

import re
from pathlib import Path

import pytest

from lessons import evidence
from lessons.course import Beat
from lessons.evidence import report, slopes
from lessons.loader.loading import load

PATH = next(iter(load().paths.values()))
MEASURED = (Path(evidence.__file__).parent / "measured.txt").read_text("utf-8")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
CLAIMS = [  # a lesson, and what begins a sentence or a caption of it with measured numbers
    ("backpropagation", "With η = 0.02"),
    ("backpropagation", "Honestly: the mean"),
    ("backpropagation", "Average their gradients"),
    ("backpropagation", "Row A’s loss 12.5 after one step"),
    ("slow-training", "At the start, the first"),
    ("slow-training", "With ReLU and <b>He start"),
    ("slow-training", "Sigmoid: 92"),
    ("slow-training", "ReLU: 15"),
    ("slow-training", "With Adam: sigmoid"),
    ("deeper-or-wider", "Trained to the end"),
    ("deeper-or-wider", "Diabetes, held-out error, ±"),
    ("any-function", "XOR found by training"),
    ("hidden-width", "Light L2: 56.0"),
    ("hidden-width", "L2 thirty times stronger"),
    ("hidden-width", "A straight line: 54.5"),
    ("hidden-width", "On a table of wines"),
    ("hidden-width", "Error on the training rows"),
    ("hidden-width", "On held-out rows: 55.4"),
]


def part(number):
    return re.search(rf"^Drop {number}\..*?(?=^Drop|\Z)", MEASURED, re.MULTILINE | re.DOTALL)[0]


def numbers(text):
    return [one.replace(",", "") for one in NUMBER.findall(text)]


def said(lesson, begin):
    """The one sentence of the lesson that begins with these words."""
    pictures = [step.figure for step in (*lesson.steps, *lesson.exercises.values()) if step.figure]
    texts = [step.text for step in lesson.steps if isinstance(step, Beat)]
    texts += [one.caption for one in pictures] + [one.prompt for one in lesson.core]
    sentences = {one for text in texts for one in re.split(r"(?<=[.!?])\s+", text)}
    [found] = [one for one in sentences if one.startswith(begin)]
    return found


@pytest.mark.parametrize(("key", "begin"), CLAIMS)
def test_a_number_shown_was_measured(key, begin):
    lesson = PATH.lesson(key)
    known = [*map(float, numbers(part(lesson.number))), slopes.MOST_STEPS]
    for shown in numbers(said(lesson, begin)):
        places = len(shown.partition(".")[2])
        assert any(f"{one:.{places}f}" == shown for one in known), shown


def test_the_steps_of_drop_9_are_worked_out_again():
    assert part(9) == "".join(f"{line}\n" for line in report.drop_9())


def test_the_ring_is_won_by_as_many_points_as_the_last_drop_says():
    told = said(PATH.lesson("tabular-design"), "Take the ring table")
    line, net = (float(re.search(rf"^ring, {re.escape(of)} +(\S+)", part(14), re.MULTILINE)[1])
                 for of in ("linear", "2-16-1 relu, sigmoid out, bce, es"))  # fmt: skip
    assert f"by about {100 * (net - line):.0f} points" in told
