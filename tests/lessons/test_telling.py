"""Addresses and passes in the course's own letters."""

import pytest

from engine import Network, trace
from lessons.drawing.telling import letter, lines


@pytest.mark.parametrize(
    ("address", "sizes", "told"),
    [
        ("x2", (2, 3, 1), "x₂"),
        ("x1", (1, 2, 1), "x"),
        ("z1.3", (2, 3, 1), "z₃"),
        ("a1.2", (2, 3, 1), "h₂"),
        ("a2.1", (2, 3, 1), "ŷ"),
        ("a2.2", (2, 3, 2), "ŷ₂"),
        ("z1.1", (2, 1), "z"),
        ("a2.1", (1, 1, 1, 1), "h₂"),
        ("a2.1", (4, 3, 2, 1), "h2.1"),
        ("w1.3.2", (2, 3, 1), "W1[3, 2]"),
        ("w1.3.2+", (2, 3, 1), "new W1[3, 2]"),
        ("b1.2", (2, 3, 1), "b1₂"),
        ("b2.1", (2, 3, 1), "b2"),
        ("d1.2", (2, 3, 1), "δ₂"),
        ("d2.1", (2, 3, 1), "δ"),
        ("gw2.1.3", (2, 3, 1), "∂L/∂W2[1, 3]"),
        ("e1", (2, 3, 1), "e"),
        ("L", (2, 3, 1), "L"),
    ],
)
def test_an_address_has_the_letter_of_the_course(address, sizes, told):
    assert letter(address, sizes) == told


def test_the_worked_example_of_drop_9_is_told_there_and_back():
    net = Network.of(
        ([[-2, 3], [-2, -1], [2, -2]], [4, 3, -1], "relu"), ([[1, 3, -2]], [5], "linear")
    )
    worked = trace(net, [2, 1], target=[1], rate="1/50")
    assert lines(worked, ["L"]) == (
        "z₁ = −2·2 + 3·1 + 4 = 3",
        "z₂ = −2·2 − 1·1 + 3 = −2",
        "z₃ = 2·2 − 2·1 − 1 = 1",
        "h₁ = ReLU(3) = 3",
        "h₂ = ReLU(−2) = 0",
        "h₃ = ReLU(1) = 1",
        "ŷ = 1·3 + 3·0 − 2·1 + 5 = 6",
        "e = 6 − 1 = 5",
        "L = ½·5² = 12.5",
    )
    assert lines(worked, ["z1.2"]) == ("z₂ = −2·2 − 1·1 + 3", "= −4 − 1 + 3", "= −2")
    assert lines(worked, ["gb1.2", "gw1.3.1"])[8:] == (
        "∂L/∂ŷ = e = 5",
        "δ = 5·1 = 5",
        "∂L/∂h₂ = 3·5 = 15",
        "∂L/∂h₃ = −2·5 = −10",
        "δ₂ = 15·0 = 0",
        "δ₃ = (−10)·1 = −10",
        "∂L/∂b1₂ = δ₂ = 0",
        "∂L/∂W1[3, 1] = (−10)·2 = −20",
    )
    assert lines(worked, ["w2.1.1+"])[-1] == "new W2[1, 1] = 1 − 0.02·15 = 0.7"
