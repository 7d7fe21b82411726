"""The numbers of a group's net: drawn from a seed, asked seat by seat, held against the truth."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from bot.tutor.group.state import Net
from engine import Network, Question, trace
from engine.asking import Asked, ask
from engine.cells import Trace
from engine.pencil.draw import Draw

HIDDEN = ("h1", "h2", "h3")
NEW = ("new1", "new2", "new3", "newout")
RATE = "1/50"
ERROR = 5  # of the first pass: its tenths of a step are easy by pencil
FALLS = Fraction(1, 2)  # what is left of the loss at most, after the step
TOLD_APART = 2  # slips at least that the numbers of every hidden neuron tell apart
WEIGHTS, OUTGOING = (-3, -2, -1, 1, 2, 3), (-2, -1, 1, 2)
INPUTS, BIASES = (1, 2, 3), (-2, -1, 1, 2, 3)
TRIES = 50_000
STEEP = range(18, 84)  # the length of the gradient in twice the loss, squared: 50 hits the target
MOST = 9  # that a hidden neuron gives
FORWARD_SLIPS = (
    *("forgot-bias", "subtracted-bias", "dropped-minus", "swapped-inputs", "forgot-squash"),
    *("added-weight", "absolute-for-relu", "forgot-weights"),
)
BACKWARD_SLIPS = (
    *("target-minus-output", "added-target", "forgot-weight-back", "forgot-input", "uphill"),
    *("weight-for-input", "other-input", "forgot-rate", "only-the-step", "replaced-by-step"),
    *("froze-biases", "forgot-error", "updated-too-soon"),
)


def drawn(seed: str) -> Mapping[str, str]:
    """Small whole numbers, all hidden neurons awake and different, a loss that falls by a step."""
    dice = Draw(f"people {seed}")
    for _ in range(TRIES):
        values = _throw(dice)
        if values and _fits(values):
            return values
    raise ValueError(f"no net of people for seed {seed}")


def _throw(dice: Draw) -> Mapping[str, str] | None:
    """None where a neuron sleeps, gives much, gives another's value, or the step is too wide."""
    x, outs, steep = dice.sample(INPUTS, 2), [], 1
    values = {"x1": str(x[0]), "x2": str(x[1]), "b2_1": str(dice.choice(BIASES)), "rate": RATE}
    out = int(values["b2_1"])
    for unit in (1, 2, 3):
        w, b, v = [dice.choice(WEIGHTS) for _ in x], dice.choice(BIASES), dice.choice(OUTGOING)
        h = sum(one * other for one, other in zip(w, x, strict=True)) + b
        outs.append(h)
        out += v * h
        steep += h * h + v * v * (1 + sum(one * one for one in x))
        values |= {f"w1_{unit}_1": str(w[0]), f"w1_{unit}_2": str(w[1])}
        values |= {f"b1_{unit}": str(b), f"w2_1_{unit}": str(v)}
    if min(outs) < 1 or max(outs) > MOST or len(set(outs)) < len(outs) or steep not in STEEP:
        return None
    return values | {"t1": str(out + dice.choice((-ERROR, ERROR)))}


def _fits(values: Mapping[str, str]) -> bool:
    """The engine has the last word."""
    before, after = losses(values)
    if not 0 < after <= FALLS * before:
        return False
    return all(len(_hidden_question(values, unit).slips) >= TOLD_APART for unit in (1, 2, 3))


def network(values: Mapping[str, str]) -> Network:
    from lessons.pencilled import network_of

    return network_of(values, "2-3-1 relu")


def inputs(values: Mapping[str, str]) -> tuple[str, str]:
    return values["x1"], values["x2"]


Numbers: TypeAlias = tuple[tuple[str, str], ...]


def whole(values: Mapping[str, str]) -> Trace:
    """Forward, back and the step, by the engine."""
    return _whole(tuple(sorted(values.items())))


@lru_cache(maxsize=512)  # a card is told far more often than a net is drawn
def _whole(numbers: Numbers) -> Trace:
    values = dict(numbers)
    return trace(network(values), inputs(values), (values["t1"],), values["rate"])


@lru_cache(maxsize=512)
def _second(numbers: Numbers) -> Trace:
    values = dict(numbers)
    return trace(_whole(numbers).updated(), inputs(values), (values["t1"],))


def _passes(values: Mapping[str, str]) -> tuple[Trace, Trace]:
    numbers = tuple(sorted(values.items()))
    return _whole(numbers), _second(numbers)


def errors(values: Mapping[str, str]) -> tuple[Fraction, Fraction]:
    """ŷ − t before the step, and in the second pass."""
    first, second = (Fraction(one.value("a2.1")) for one in _passes(values))
    return first - Fraction(values["t1"]), second - Fraction(values["t1"])


def losses(values: Mapping[str, str]) -> tuple[Fraction, Fraction]:
    """Before the step, and in the second pass."""
    first, second = _passes(values)
    return Fraction(first.value("L")), Fraction(second.value("L"))


def cells(place: str) -> Asked:
    """The cells of a pass that a place on the card stands for."""
    match place[:3], place[-1]:
        case (("h1" | "h2" | "h3"), unit):
            return f"a1.{unit}"
        case "out", _:
            return "a2.1"
        case "bla", _:
            return "d2.1"
        case _, "t":
            return ("w2.1.1+", "w2.1.2+", "w2.1.3+", "b2.1+")
        case _, unit:
            return (f"w1.{unit}.1+", f"w1.{unit}.2+", f"b1.{unit}+")


def _hidden_question(values: Mapping[str, str], unit: int) -> Question:
    """On the neuron alone: no slip of another's can hide its own."""
    row = [values[f"w1_{unit}_1"], values[f"w1_{unit}_2"]]
    alone = Network.of(([row], [values[f"b1_{unit}"]], "relu"))
    return ask(alone, inputs(values), "a1.1", slips=FORWARD_SLIPS)


def question(net: Net, place: str) -> Question:
    """What the seat of this place is asked, given the values that are on its wires."""
    if place in HIDDEN:
        return _hidden_question(net.values, int(place[-1]))
    if place == "out":
        row = [net.values[f"w2_1_{unit}"] for unit in (1, 2, 3)]
        alone = Network.of(([row], [net.values["b2_1"]], "linear"))
        return ask(alone, [net.wired[h] for h in HIDDEN], "a1.1", slips=FORWARD_SLIPS)
    return ask(
        network(net.values),
        inputs(net.values),
        cells(place),
        (net.values["t1"],),
        net.values["rate"],
        slips=BACKWARD_SLIPS,
    )


def follows(net: Net, place: str) -> str:
    """What this place gives when all that is on its wires is taken as given."""
    if place == "out":
        return _output(tuple(sorted(net.values.items())), tuple(net.wired[h] for h in HIDDEN))
    at = cells(place)
    if isinstance(at, str):
        return str(whole(net.values).value(at))
    return f"({', '.join(str(whole(net.values).value(str(cell))) for cell in at)})"


@lru_cache(maxsize=512)
def _output(numbers: Numbers, wires: tuple[str, ...]) -> str:
    values = dict(numbers)
    claims = {f"a1.{unit}": wire for unit, wire in enumerate(wires, 1)}
    claimed = trace(network(values), inputs(values), claims=claims)
    return str(claimed.value("a2.1"))


def exact(net: Net, place: str) -> str:
    """What this place gives when nobody slips."""
    flat = cells(place)
    assert isinstance(flat, str)
    return str(whole(net.values).value(flat))


def slipped(net: Net, places: tuple[str, ...]) -> tuple[str, ...]:
    """The places whose value is not what follows from their own wires."""
    wired = (place for place in places if place in net.wired)
    return tuple(place for place in wired if net.wired[place] != follows(net, place))
