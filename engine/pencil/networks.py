"""Networks fit for a pencil: small whole numbers that tell mistakes apart, from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.cells import Trace
from engine.losses import LOSSES
from engine.network import Architecture, Layer, Network
from engine.passes import trace
from engine.pencil.draw import Draw
from engine.pencil.standards import Answer, Standard, meets
from engine.scalars import Scalar, is_ball, is_rational
from engine.situation import Situation

RATE = Fraction(1, 10)
LARGEST = 99  # no cell of a pencil trace is further from 0
SHAPES = (
    "2-1 linear",
    "2-1 relu",
    "2-2-1 relu",
    "2-3-1 relu",
    "3-3-1 relu",
    "2-3-2 relu",
    "2-2-2-1 relu",
    "2-1 sigmoid",
    "2-2-1 sigmoid",
    "2-2-1 relu sigmoid",
    "2-3-1 sigmoid",
)
_SQUASHING = {"sigmoid", "sigmoid2", "tanh", "softmax", "softmax2"}  # flat far from 0
MOST_TRIES = 3_000
MOST_WEIGHTS = 40  # more than that nobody works through


class NoNetworkError(ValueError):
    """No numbers of this kind were found: what is asked for cannot be met."""


@dataclass(frozen=True, slots=True)
class PencilNet:
    """A network, one row for it, and what is asked of that row."""

    network: Network
    inputs: tuple[int, ...]
    target: tuple[int, ...]
    rate: Fraction
    loss: str
    asked: tuple[Answer, ...]  # the answers whose numbers were made to tell mistakes apart

    @property
    def situation(self) -> Situation:
        return Situation.of(self.network, self.inputs, self.target, self.rate, self.loss)

    def trace(self) -> Trace:
        return self.situation.trace()


def pencil(
    shape: str | Architecture,
    seed: int | str,
    *,
    standard: Standard = "B",
    asleep: int | None = None,
    asked: Sequence[Answer] | None = None,
) -> PencilNet:
    """The network of this seed, always the same. `asleep`: how many hidden ReLU units are off."""
    form = Architecture.parse(shape) if isinstance(shape, str) else shape
    if form.parameters > MOST_WEIGHTS:
        raise NoNetworkError(f"{form} has {form.parameters} parameters: too many for a pencil")
    off = _usual(form) if asleep is None else asleep
    draw = Draw(f"{form} {off} {standard} {seed}")
    loss = next(
        (k.name for k in LOSSES.values() if k.squash == form.activations[-1]), "half-squared"
    )
    for _ in range(MOST_TRIES):
        found = _try(draw, form, off, loss)
        if found is None:
            continue
        network, inputs, target, units_off = found
        goals = tuple(asked) if asked is not None else _path(form, units_off, loss)
        net = PencilNet(network, inputs, target, RATE, loss, goals)
        right = net.trace()
        if _small(right) and meets(net.situation, goals, standard, right):
            return net
    raise NoNetworkError(f"no {form} with {off} units asleep and standard {standard}")


def _usual(form: Architecture) -> int:
    """One sleeping unit, where there is a hidden ReLU layer."""
    return 1 if "relu" in form.activations[:-1] else 0


def _path(form: Architecture, off: frozenset[tuple[int, int]], loss: str) -> tuple[Answer, ...]:
    """What is usually asked: along a path of units that are on, forward, back and the step."""
    on = [
        next(unit for unit in range(1, width + 1) if (layer, unit) not in off)
        for layer, width in enumerate(form.sizes[1:], 1)
    ]
    last = len(on)
    answers: list[Answer] = [(f"z1.{on[0]}",)]
    for layer, width in enumerate(form.sizes[1:-1], 1):
        units = range(1, width + 1)
        answers += [
            tuple(f"a{layer}.{unit}" for unit in units),
            tuple(f"d{layer}.{unit}" for unit in units),
        ]
    weight = f"w{last}.1.{on[-2] if last > 1 else 1}"
    lost: list[Answer] = [("L",)] if loss == "half-squared" else []
    return (
        *answers,
        (f"a{last}.1",),
        *lost,
        (f"g{weight}",),
        (f"gw1.{on[0]}.1",),
        (f"{weight}+",),
    )


_Found = tuple[Network, tuple[int, ...], tuple[int, ...], frozenset[tuple[int, int]]]


def _try(draw: Draw, form: Architecture, asleep: int, loss: str) -> _Found | None:
    """One draw in stages: the row, then layer by layer, then the target from the wanted error."""
    hidden = [(layer, u) for layer, n in enumerate(form.sizes[1:-1], 1) for u in range(1, n + 1)]
    off = frozenset(draw.sample(hidden, asleep))
    if any(all((k, u + 1) in off for u in range(n)) for k, n in enumerate(form.sizes[1:-1], 1)):
        return None  # a layer all asleep sends nothing on
    inputs = tuple(draw.sample(range(2, max(6, form.sizes[0] + 2)), form.sizes[0]))
    layers: list[Layer] = []
    values: Sequence[Scalar] = inputs
    for number, (width, name) in enumerate(zip(form.sizes[1:], form.activations, strict=True), 1):
        layer = _layer(draw, name, values, [(number, u + 1) in off for u in range(width)])
        if layer is None:
            return None
        layers.append(layer)
        values = trace(Network(tuple(layers)), inputs).layer("a", number)
    return Network(tuple(layers)), inputs, _target(draw, values, loss), off


def _target(draw: Draw, values: Sequence[Scalar], loss: str) -> tuple[int, ...]:
    """Whole numbers a few off; for a loss of probabilities what did happen."""
    if loss in {"ce", "ce2"}:
        happened = draw.below(len(values))
        return tuple(int(k == happened) for k in range(len(values)))
    if loss != "half-squared":
        return tuple(draw.below(2) for _ in values)
    sizes = (3,) if len(values) == 1 else (1, 2, 3)  # ½e² tells its slips apart at 3 alone
    errors = [draw.choice(sizes) * draw.choice((-1, 1)) for _ in values]
    return tuple(_nearest(y) - e for y, e in zip(values, errors, strict=True))


def _layer(draw: Draw, name: str, values: Sequence[Scalar], asleep: Sequence[bool]) -> Layer | None:
    """A layer with every unit on or off as wanted, and no two sums of one size."""
    sums: list[Scalar] = []
    rows: list[tuple[int, ...]] = []
    biases: list[int] = []
    for off in asleep:
        for row, bias, z in _units(draw, name, values):
            fits = name != "relu" or (z < 0 if off else z > 1)
            if fits and row not in rows and bias not in biases and abs(z) not in sums:
                break
        else:
            return None
        rows.append(row)
        biases.append(bias)
        sums.append(abs(z))
    units = range(len(rows))
    if len(rows) == len(values) and all(rows[i][j] == rows[j][i] for i in units for j in range(i)):
        return None  # a symmetric matrix hides that it was read by columns
    return Layer(tuple(rows), tuple(biases), name)


def _units(
    draw: Draw, name: str, values: Sequence[Scalar]
) -> Iterator[tuple[tuple[int, ...], int, Scalar]]:
    """Up to 60 tries at a unit: its weights, its bias and its weighted sum."""
    sizes = (2, 3) if len(values) > 3 or name in _SQUASHING else (2, 3, 4, 5)
    for _ in range(60):
        row = tuple(draw.choice(sizes) * draw.choice((-1, 1)) for _ in values)
        bias = draw.choice((1, 2, 3, 4, 5)) * draw.choice((-1, 1))
        z = sum(w * v for w, v in zip(row, values, strict=True)) + bias
        dull = len(row) > 1 and len(set(row)) == 1
        if dull or any(is_rational(v) and w == v for w, v in zip(row, values, strict=True)):
            continue
        if _tame(z, name):
            yield row, bias, z


def _tame(z: Scalar, name: str) -> bool:
    if name in _SQUASHING:
        return bool(abs(z) >= 1 and abs(z) <= 4)
    return bool(z != 0 and abs(z) <= 40)


def _nearest(value: Scalar) -> int:
    """The nearest whole number (of a ball's middle)."""
    return int((value.mid() + 0.5).floor().unique_fmpz()) if is_ball(value) else round(value)


def _small(of: Trace) -> bool:
    return all(abs(of.value(at)) <= LARGEST for at in of)
