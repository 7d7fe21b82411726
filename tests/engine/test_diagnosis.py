"""A slip planted in a learner's sheet is named within two turns, and never another one."""

import pytest

from engine import MISCONCEPTIONS
from tests.bench.diagnosis import Sheet, doubles, is_it, named, shape_for


@pytest.mark.parametrize("slug", MISCONCEPTIONS)
def test_a_planted_slip_is_named(slug):
    shape = shape_for(slug)
    visible = right = 0
    for seed in range(3):
        sheet = Sheet(*shape, seed)
        turns, found = named(sheet, (slug,))
        visible += turns > 0
        right += bool(found) and is_it(sheet, found[0], slug)
        assert not found or is_it(sheet, found[0], slug)
    assert right == visible


def test_two_slips_planted_together_are_mostly_both_named():
    tally = doubles(20)
    assert tally["false"] == 0
    assert tally["both"] >= 16
