"""The pictures of the plane say what is true of their points."""

import math
from itertools import combinations

from lessons.figures import FIGURES
from lessons.figures.values import matrix


def texts(name, values=None):
    return [text.get_text() for text in FIGURES[name].card(values or {}).texts]


def misses_of(line, on, off):
    def height(point):
        return line[0] * point[0] + line[1] * point[1] + line[2]

    return sum(height(p) <= 0 for p in on) + sum(height(p) > 0 for p in off)


def lines_near(points):
    """Every way to part the points by a line is a line through two of them, turned by a hair."""
    for p, q in combinations(points, 2):
        turn = math.atan2(float(q[1] - p[1]), float(q[0] - p[0]))
        middle = (p[0] + q[0]) / 2, (p[1] + q[1]) / 2
        for pivot in (p, q, middle):
            for hair in (-1e-6, 1e-6):
                for side in (-1, 1):
                    for shift in (-1e-9, 1e-9):
                        w = (-math.sin(turn + hair) * side, math.cos(turn + hair) * side)
                        yield (*w, -w[0] * float(pivot[0]) - w[1] * float(pivot[1]) + shift)


def test_no_line_does_better_than_the_one_that_is_shown():
    assumed = FIGURES["line-or-shape"].assumed
    on, off = matrix(assumed, "on"), matrix(assumed, "off")
    best = min(misses_of(line, on, off) for line in lines_near([*on, *off]))
    assert f"misses: {best}" in texts("line-or-shape")
    assert best > 0
    assert "misses: 0" in texts("line-or-shape")


def test_the_triples_are_those_of_the_worked_example():
    assert "P  1 1 1" in texts("half-planes")
    assert "Q  1 1 0" in texts("half-planes")


def test_the_twins_of_a_unit_all_give_its_number():
    shown = texts("blind-spot", {"w": "2, 3", "x": "1, 4"})
    assert {"one unit sees 14", "(1, 4)", "(4, 2)", "(7, 0)"} <= set(shown)
