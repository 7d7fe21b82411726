"""Networks that many tests speak of."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from engine import Network

COURSE = Network.of(
    ([[-2, 3], [-2, -1], [2, -2]], [4, 3, -1], "relu"),
    ([[1, 3, -2]], [5], "linear"),
)
ROW, TARGET, RATE = (2, 1), (1,), "1/50"

MAZUR = Network.of(
    ([["0.15", "0.20"], ["0.25", "0.30"]], ["0.35", "0.35"], "sigmoid"),
    ([["0.40", "0.45"], ["0.50", "0.55"]], ["0.60", "0.60"], "sigmoid"),
)
MAZUR_ROW, MAZUR_TARGET = ("0.05", "0.10"), ("0.01", "0.99")

small = st.integers(-9, 9) | st.fractions(-5, 5, max_denominator=7)
SHAPES = ((1, 1), (2, 1), (2, 3, 1), (3, 2, 2), (2, 2, 2, 1), (1, 3, 2, 3))


@st.composite
def networks(draw, activations=("linear", "relu", "leaky-relu"), shapes=SHAPES, numbers=small):
    sizes = draw(st.sampled_from(shapes))
    layers = []
    for inputs, units in pairwise(sizes):
        weights = [[draw(numbers) for _ in range(inputs)] for _ in range(units)]
        biases = [draw(numbers) for _ in range(units)]
        layers.append((weights, biases, draw(st.sampled_from(activations))))
    network = Network.of(*layers)
    inputs = tuple(draw(numbers) for _ in range(sizes[0]))
    target = tuple(draw(numbers) for _ in range(sizes[-1]))
    return network, inputs, target


def nudged(network, address, by):
    return network.with_parameters({address: network.parameters[address] + by})


TINY = Fraction(1, 10**9)
