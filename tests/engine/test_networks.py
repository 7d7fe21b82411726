"""Networks and architectures: read, printed, and carried from field to field."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Network
from engine.activations import ACTIVATIONS
from engine.balls import ball
from engine.network import Architecture
from engine.scalars import is_ball, symbol
from tests.engine.nets import COURSE


@pytest.mark.parametrize(
    ("written", "sizes", "activations"),
    [
        ("2-3-1 relu", (2, 3, 1), ("relu", "linear")),
        ("2-3-1", (2, 3, 1), ("relu", "linear")),
        ("2-2-1 relu sigmoid", (2, 2, 1), ("relu", "sigmoid")),
        ("2-2-1 relu, sigmoid out", (2, 2, 1), ("relu", "sigmoid")),
        ("2-2-2-1 tanh", (2, 2, 2, 1), ("tanh", "tanh", "linear")),
        ("2-2-2-1 tanh relu linear", (2, 2, 2, 1), ("tanh", "relu", "linear")),
        ("2-2-2 all sigmoid", (2, 2, 2), ("sigmoid", "sigmoid")),
        ("2-1 step", (2, 1), ("step",)),
    ],
)
def test_an_architecture_is_read(written, sizes, activations):
    assert Architecture.parse(written) == Architecture(sizes, activations)


names = st.sampled_from(sorted(ACTIVATIONS))


@given(st.lists(st.tuples(st.integers(1, 40), names), min_size=1, max_size=5), st.integers(1, 9))
def test_reading_undoes_writing(layers, inputs):
    form = Architecture((inputs, *(n for n, _ in layers)), tuple(name for _, name in layers))
    assert Architecture.parse(str(form)) == form


@pytest.mark.parametrize("written", ["2-3-1 relo", "2", "", "2-3-1 relu relu relu relu"])
def test_what_is_no_architecture_is_refused(written):
    with pytest.raises(ValueError, match=r".+"):
        Architecture.parse(written)


@pytest.mark.parametrize(
    "layers",
    [
        [([[1, 2], [3]], [0, 0], "relu")],
        [([[1, 2]], [0, 0], "relu")],
        [([[1, 2]], [0], "softplus")],
        [([[1, 2]], [0], "relu"), ([[1, 2]], [0], "linear")],
        [],
    ],
)
def test_layers_that_do_not_fit_are_refused(layers):
    with pytest.raises(ValueError, match=r".+"):
        Network.of(*layers)


def test_parameters_are_known_by_address():
    assert COURSE.parameters["w1.3.2"] == -2
    assert COURSE.parameters["b2.1"] == 5
    assert len(COURSE.parameters) == COURSE.architecture.parameters == 13
    assert str(COURSE) == "2-3-1 relu"


def test_parameters_are_replaced_by_address():
    changed = COURSE.with_parameters({"w2.1.2": Fraction(1, 2)})
    assert changed.layers[1].weights == ((1, Fraction(1, 2), -2),)
    assert COURSE.layers[1].weights == ((1, 3, -2),)
    with pytest.raises(ValueError, match=r"w9\.1\.1"):
        COURSE.with_parameters({"w9.1.1": 0})


def test_a_network_moves_between_fields():
    assert is_ball(COURSE.map(ball).parameters["b1.1"])
    assert COURSE.map(symbol).parameters["b1.1"].is_Integer
