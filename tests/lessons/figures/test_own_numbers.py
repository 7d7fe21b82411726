"""With anybody's numbers the pictures stay readable, and say what follows from the numbers."""

import random
from fractions import Fraction
from itertools import combinations

import pytest

from engine import Network, trace
from lessons.figures import FIGURES, draw

SEEDS = range(12)


def told(numbers):
    return ", ".join(map(str, numbers))


def drawn(seed):
    """A learner's numbers, from gentle to as large as a pencil bears."""
    dice = random.Random(seed)
    size = dice.choice([5, 9, 15])
    some = lambda: dice.choice([n for n in range(-size, size + 1) if n])  # noqa: E731
    rows = [[some(), some()] for _ in range(3)]
    half = Fraction(some(), dice.choice([1, 1, 2, 4]))
    return {
        "x": [some(), some()],
        "W1": rows,
        "b1": [some() for _ in range(3)],
        "W2": [some() for _ in range(3)],
        "b2": some(),
        "half": half,
        "e": [some() for _ in range(3)],
    }


def net_of(own):
    return Network.of((own["W1"], own["b1"], "relu"), ([own["W2"]], [own["b2"]], "linear"))


def pass_of(own):
    return trace(net_of(own), own["x"], [own["b2"]], "1/50")


def values_of(name, own):
    W1, layers = (
        str(own["W1"]),
        {"b1": told(own["b1"]), "W2": told(own["W2"]), "b2": str(own["b2"])},
    )
    cells = {at: str(cell.value) for at, cell in pass_of(own).items()}
    known = {**FIGURES[name].assumed, **FIGURES[name].example}
    filled = {at: text for at, text in cells.items() if at in known}
    (a1, a2), (c1, c2) = own["W1"][0], own["b1"][:2]
    one = {
        "w1": str(a1),
        "w2": str(a2),
        "b": str(own["half"]),
        "x1": str(own["x"][0]),
        "x2": str(own["x"][1]),
    }
    by_name = {
        "receipt": one,
        "neuron": one,
        "bent-line": {
            "a1": str(a1),
            "a2": str(a2),
            "b1": str(c1),
            "b2": str(c2),
            "v1": str(own["W2"][0]),
            "v2": str(own["W2"][1]),
            "c": str(own["b2"]),
        },
        "shelf": {"W1": W1, **layers},
        "receipts": {"W1": W1, "b1": layers["b1"], "x": told(own["x"])},
        "bill": {
            "W2": layers["W2"],
            "b2": layers["b2"],
            "h": told(cells[f"a1.{j}"] for j in (1, 2, 3)),
        },
        "bowl-step": {"before": str(own["e"][0]), "after": str(own["half"] / 7)},
        "blind-spot": {"w": told(own["W1"][0]), "x": told(own["x"])},
        "sheet-forward": {"W1": W1, **layers, "x": told(own["x"]), **filled},
        "sheet-backward": {"W2": layers["W2"], "x": told(own["x"]), **filled, "open": "d1.3"},
        "pencil-sheet": {"W1": W1, **layers, "x": told(own["x"]), "t": layers["b2"]},
        "trace": {**pass_of(own).to_json(), "network": str(net_of(own))},
    }
    return by_name[name]


OWN = [
    "receipt",
    "neuron",
    "bent-line",
    "shelf",
    "receipts",
    "bill",
    "bowl-step",
    "blind-spot",
    "sheet-forward",
    "sheet-backward",
    "pencil-sheet",
    "trace",
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", OWN)
def test_no_number_runs_into_another_or_off_the_card(name, seed):
    card = FIGURES[name].card(values_of(name, drawn(seed)))
    renderer = card.figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in card.texts]
    for words, box in boxes:
        assert min(box.x0, 1080 - box.x1) >= 16, words
        assert min(box.y0, card.height - box.y1) >= 10, words
    for (one, box), (other, that) in combinations(boxes, 2):
        assert not box.overlaps(that), (one, other)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_figures_say_what_the_engine_says(seed):
    own = drawn(seed)
    cells = pass_of(own)

    def texts(name):
        return [
            text.get_text().replace("−", "-")
            for text in FIGURES[name].card(values_of(name, own)).texts
        ]

    for j in (1, 2, 3):
        assert f"z = {cells[f'z1.{j}'].value}" in texts("receipts")
        assert str(cells[f"a1.{j}"].value) in texts("receipts")
    assert str(cells["a2.1"].value) in texts("bill")
    for name in ("receipt", "neuron"):
        z = own["half"] + sum(w * x for w, x in zip(own["W1"][0], own["x"], strict=True))
        assert f"{float(z):g}" in texts(name)


@pytest.mark.parametrize(("name", "values", "fault"), [
    ("receipt", {"w1": "much", "w2": "2", "b": "1", "x1": "1", "x2": "1"}, "figure receipt: w1 is a number"),
    ("receipt", {"w1": "1, 2", "w2": "2", "b": "1", "x1": "1", "x2": "1"}, "w1 is one number"),
    ("receipt", {"w1": "1", "w2": "2", "b": "1", "x1": "1", "x2": "1", "squash": "brain"}, "squash is one of relu"),
    ("bent-line", {"a1": "0", "b1": "2", "a2": "-1", "b2": "3", "v1": "3", "v2": "2", "c": "0"}, "a1 and a2 are not 0"),
    ("bent-line", {"a1": "1", "b1": "2", "a2": "1", "b2": "2", "v1": "3", "v2": "2", "c": "0"}, "bend at different places"),
    ("stack", {"widths": "2-3-"}, "widths like 2-3-1"),
    ("shelf", {"W1": "[[1, 2]]", "b1": "1", "W2": "1, 2, 3", "b2": "1"}, "W1 has three rows"),
    ("shelf", {"W1": "1, 2", "b1": "1", "W2": "1, 2, 3", "b2": "1"}, r"W1 is a matrix like \[\[1, 2\]"),
    ("surprise", {"p": "0, 1/2"}, "probabilities above 0"),
    ("doors", {"slopes": "1/4, 2"}, "slopes are one to six"),
    ("receipt", {"w1": "1/0", "w2": "2", "b": "1", "x1": "1", "x2": "1"}, "w1 is a number"),
    ("trace", {"network": "2-3-1"}, "a card bears 1 to 16 rows"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_told_by_name(name, values, fault):
    with pytest.raises(ValueError, match=fault):
        draw(name, values)
