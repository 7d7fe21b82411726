"""A design is read in the spellings people use, counted, and held against its table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.design.architecture import Architecture, Unread, read_architecture
from lessons.design.objections import objections
from lessons.design.tables import TABLES

FULL = "30-16-1 relu, sigmoid out, bce"

SPELLINGS = """
30-16-1 relu, sigmoid out, bce
30 - 16 - 1 relu, sigmoid out, bce
30–16–1 ReLU, Sigmoid out, BCE
30→16→1 relu, sigmoid out, bce
30->16->1 relu, sigmoid out, bce
30 > 16 > 1 relu, sigmoid out, bce
30x16x1 relu, sigmoid out, bce
30×16×1 relu, sigmoid out, bce
30/16/1 relu, sigmoid out, bce
30 16 1 relu, sigmoid out, bce
30-16-1 relu sigmoid out bce
30-16-1 relu; sigmoid output; log-loss
30-16-1, relu, out sigmoid, bce
30-16-1 relu, output: sigmoid, binary cross-entropy
30-16-1 relu hidden, sigmoid out, bce
30-16-1 relu, bce
""".strip().splitlines()


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_is_the_same_design(text):
    assert str(read_architecture(text)) == FULL


def test_brakes_are_read():
    design = read_architecture(
        "11-32-16-1 relu, sigmoid out, bce, l2=0.03, early stopping, lr=0.005"
    )
    assert (design.l2, design.early_stopping, design.rate) == (0.03, True, 0.005)


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("", "empty", ""),
        ("a net", "no-sizes", ""),
        ("30-16-1", "missing", "loss"),
        ("30-16-1 swish, bce", "unknown-word", "swish"),
        ("30-16-1 relu, bce, lr=9", "bad-number", "9"),
        ("30-16-1 relu, bce, l2=1.2.3", "bad-number", "1.2.3"),
        ("9-" * 200, "too-long", ""),
    ],
)
def test_what_is_not_understood_is_named(text, kind, word):
    assert read_architecture(text) == Unread(kind, word)


@given(st.text(max_size=60))
def test_anything_typed_is_read_or_refused(text):
    assert isinstance(read_architecture(text), Architecture | Unread)


@given(st.lists(st.integers(1, 256), min_size=2, max_size=5))
def test_reading_undoes_writing(widths):
    design = Architecture(tuple(widths), "tanh", "linear", "mse", 0.01, early_stopping=True)
    assert read_architecture(str(design)) == design


def test_parameters_of_known_nets():
    counts = {(4, 3, 2, 1): 26, (784, 16, 16, 10): 13_002, (11, 32, 16, 1): 929, (10, 25, 1): 301}
    assert {widths: Architecture(widths).parameters for widths in counts} == counts


PLANTED = [
    ("tumours", "29-16-1 relu, sigmoid out, bce", "columns"),
    ("tumours", "1-16-30 relu, sigmoid out, bce", "columns"),
    ("diabetes", "11-16-1 relu, linear out, mse", "columns"),
    ("wine", "13-16-1 relu, softmax out, ce", "softmax-of-one"),
    ("wine", "13-16-2 relu, softmax out, ce", "output-width"),
    ("wine", "13-16-1 relu, sigmoid out, bce", "output-width"),
    ("tumours", "30-16-2 relu, sigmoid out, bce", "output-width"),
    ("diabetes", "10-16-1 relu, relu out, mse", "relu-output"),
    ("diabetes", "10-16-1 relu, tanh out, mse", "tanh-output"),
    ("diabetes", "10-16-1 relu, sigmoid out, mse", "output-for-task"),
    ("tumours", "30-16-1 relu, linear out, bce", "output-for-task"),
    ("wine", "13-16-3 relu, linear out, ce", "output-for-task"),
    ("tumours", "30-16-1 relu, sigmoid out, mse", "loss-for-task"),
    ("diabetes", "10-16-1 relu, linear out, bce", "loss-for-task"),
    ("tumours", "30-8-8-8-8-1 relu, sigmoid out, bce", "too-deep"),
    ("tumours", "30-300-1 relu, sigmoid out, bce", "too-wide"),
    ("smooth", "8-256-256-256-1 relu, sigmoid out, bce", "too-many-parameters"),
    ("ring", "2-8-1 none, sigmoid out, bce", "no-hidden-squash"),
    ("tumours", "30-2-1 relu, sigmoid out, bce", "bottleneck"),
    ("tumours", "30-4-16-1 relu, sigmoid out, bce", "growing-widths"),
    ("wine", "13-128-3 relu, softmax out, ce", "no-brakes"),
    ("tumours", "30-1 none, sigmoid out, bce", "no-hidden-layer"),
]


@pytest.mark.parametrize(("table", "text", "kind"), PLANTED)
def test_a_planted_fault_is_caught(table, text, kind):
    assert objections(read_architecture(text), TABLES[table])[0].kind == kind


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("tumours", "30-16-1 relu, sigmoid out, bce"),
        ("wine", "13-8-3 tanh, softmax out, ce"),
        ("diabetes", "10-6-1 relu, linear out, mae"),
        ("diabetes-high", "11-32-16-1 relu, sigmoid out, bce, es"),
    ],
)
def test_a_sound_design_meets_no_objection(table, text):
    assert objections(read_architecture(text), TABLES[table]) == ()
