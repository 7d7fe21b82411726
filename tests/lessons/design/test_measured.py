"""What is told of the boring models is what they score; a trial can be repeated to the digit."""

import pytest

from lessons.design.architecture import read_architecture
from lessons.design.comparing import boring_scores
from lessons.design.measured import LINE, TUNED
from lessons.design.tables import TABLES
from lessons.design.trial import tried


@pytest.mark.parametrize("name", TABLES)
def test_the_straight_lines_scores_are_as_measured(name):
    assert boring_scores(TABLES[name], "linear").folds == pytest.approx(
        LINE[name].folds, abs=6e-5 if TABLES[name].task != "number" else 6e-3
    )


def test_the_tuned_trees_scores_are_as_measured():
    assert boring_scores(TABLES["ring"], "boosting-tuned").folds == pytest.approx(
        TUNED["ring"].folds, abs=6e-5
    )
    assert TUNED.keys() == LINE.keys() == TABLES.keys()


def test_a_trial_is_repeated_to_the_digit_and_another_seed_gives_another():
    design, ring = read_architecture("2-4-1 relu, bce, es, epochs=40"), TABLES["ring"]
    heard = []
    first = tried(design, ring, 3, lambda *told: heard.append(told))
    assert first == tried(design, ring, 3, lambda *_: None)
    assert first.training != tried(design, ring, 4, lambda *_: None).training
    assert {fold for fold, *_ in heard} == set(range(5))
    assert 1 <= first.kept <= len(first.validation) <= 40


def test_the_bar_is_what_the_line_pays_on_the_same_rows():
    design = read_architecture("2-1 none, bce, epochs=150")
    trial = tried(design, TABLES["ring"], 0, lambda *_: None)
    assert trial.validation[-1] == pytest.approx(
        trial.bar, abs=0.01
    )  # a net without bends is the line
