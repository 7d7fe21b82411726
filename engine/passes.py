"""The generic walk: from a network and its inputs to every number of the pass, by address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine import scalars
from engine.activations import SOFTMAXES, SQUASHES, Softmax, Squash
from engine.balls import PRECISION, ball, precision
from engine.cells import Trace
from engine.losses import LOSSES
from engine.network import Network
from engine.plans import Plan, Stretch, plan
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar, lift

_GATHERING = {"total_loss", "back_sum", "share", "share_delta"}  # rules of a whole list
_Rule = Callable[..., Scalar]


class Walk:
    """A pass under way: what the rules see of it."""

    __slots__ = ("_activations", "_numbers", "_slots", "loss", "rules", "signs", "sizes")

    def __init__(
        self,
        of: Plan,
        network: Network,
        given: list[Scalar],
        rules: Rules,
        loss: str,
    ) -> None:
        self._slots = of.slots
        self._numbers = [*given, *([None] * (len(of.addresses) - len(given)))]
        self._activations = network.activations
        self.sizes = network.sizes
        self.rules = rules
        self.loss = LOSSES[loss]
        self.signs: dict[str, bool] = {}

    def __getitem__(self, address: str) -> Scalar:
        return self._numbers[self._slots[address]]

    def get(self, address: str, otherwise: Scalar = None) -> Scalar:
        """The number at an address, or `otherwise` if this pass has no such cell."""
        slot = self._slots.get(address)
        return otherwise if slot is None else self._numbers[slot]

    def on(self, z: str) -> bool:
        """Whether this z is above 0: asked of its field once in a pass."""
        sign = self.signs.get(z)
        if sign is None:
            sign = self.signs[z] = scalars.positive(self[z])
        return sign

    def squash(self, at: str) -> Squash:
        return SQUASHES[self._activation(at)]

    def softmax(self, at: str) -> Softmax:
        return SOFTMAXES[self._activation(at)]

    def _activation(self, at: str) -> str:
        return self._activations[int(at[1 : at.index(".")]) - 1]

    def followed(
        self,
        of: Plan,
        network: Network,
        claims: Mapping[str, Scalar],
        signs: Mapping[str, bool],
        given: Sequence[Scalar] = (),
    ) -> Trace:
        """The walk itself; `given` are the first numbers as they were before they were lifted."""
        self.signs.update(signs)
        for stretch in of.stretches:
            rule: _Rule = getattr(self.rules, stretch.rule)
            _fill(self, stretch, _claimed(rule, claims) if claims else rule, self._numbers)
        return Trace(network, of, self._numbers, self.signs, self.loss.name, given)

    def completed(self, of: Plan, network: Network, cells: Mapping[str, Scalar]) -> Trace:
        """A pass of which some cells are known already."""
        for at, value in cells.items():
            self._numbers[of.slots[at]] = value
        return self.followed(of, network, {}, {})


def _claimed(rule: _Rule, claims: Mapping[str, Scalar]) -> _Rule:
    """The rule, except where a learner has put a number of their own."""

    def filled(at: str, cells: Walk, *args: Scalar) -> Scalar:
        return claims[at] if at in claims else rule(at, cells, *args)

    return filled


def _fill(cells: Walk, stretch: Stretch, rule: _Rule, numbers: list[Scalar]) -> None:
    """The inner loop of every pass, by the number of arguments that a rule takes."""
    name, steps = stretch.rule, stretch.steps
    if name == "weighted_sum":
        for at, slot, (*products, bias) in steps:
            numbers[slot] = rule(at, cells, [numbers[i] for i in products], numbers[bias])
    elif name in _GATHERING:
        for at, slot, args in steps:
            numbers[slot] = rule(at, cells, [numbers[i] for i in args])
    elif len(steps[0][2]) == 2:
        for at, slot, (one, two) in steps:
            numbers[slot] = rule(at, cells, numbers[one], numbers[two])
    elif len(steps[0][2]) == 1:
        for at, slot, (one,) in steps:
            numbers[slot] = rule(at, cells, numbers[one])
    else:
        for at, slot, (one, two, three) in steps:
            numbers[slot] = rule(at, cells, numbers[one], numbers[two], numbers[three])


def _givens(
    network: Network, inputs: Sequence[object], target: Sequence[object] | None, rate: object
) -> list[Scalar]:
    sizes = network.sizes
    if len(inputs) != sizes[0]:
        raise ValueError(f"{len(inputs)} inputs for a network of {sizes[0]}")
    numbers = [*map(lift, inputs), *network.numbers()]
    if target is not None:
        if len(target) != sizes[-1]:
            raise ValueError(f"{len(target)} targets for {sizes[-1]} outputs")
        numbers.extend(map(lift, target))
    if rate is not None:
        numbers.append(lift(rate))
    change = scalars.lifting(numbers)
    return numbers if change is None else [change(number) for number in numbers]


def trace(  # noqa: PLR0913 the public signature
    network: Network,
    inputs: Sequence[object],
    target: Sequence[object] | None = None,
    rate: object = None,
    rules: Rules = RIGHT,
    *,
    loss: str = "half-squared",
    claims: Mapping[str, object] | None = None,
    signs: Mapping[str, bool] | Trace | None = None,
) -> Trace:
    """Every cell of a pass: forward; with a target the way back; with a rate the step too.

    Exact as long as the values stay rational; where a squash leaves the rationals the whole pass
    is made of balls. `claims` puts a learner's own numbers into cells. `signs`, usually a numeric
    trace, says by z address which units are on, where the numbers themselves cannot (symbols).
    """
    if loss not in LOSSES:
        raise ValueError(f"no loss is called {loss!r}")
    if rate is not None and target is None:
        raise ValueError("a step needs a target")
    given = _givens(network, inputs, target, rate)
    of = plan(network.sizes, network.activations, loss, target is not None, rate is not None)
    own = _claims(of, claims, given)
    taken = signs.signs if isinstance(signs, Trace) else signs or {}
    try:
        cells = Walk(of, network, given, rules, loss)
        return cells.followed(of, network, own, taken)
    except scalars.NotRationalError:
        with precision(PRECISION):
            lifted = network.map(ball)
            cells = Walk(of, lifted, list(map(ball, given)), rules, loss)
            own = {at: ball(value) for at, value in own.items()}
            return cells.followed(of, lifted, own, taken, given)


def _claims(
    of: Plan, claims: Mapping[str, object] | None, given: list[Scalar]
) -> Mapping[str, Scalar]:
    """The claimed values, lifted; those of given cells are put in place at once."""
    if not claims:
        return {}
    own = {at: lift(value) for at, value in claims.items()}
    for at, value in own.items():
        if at not in of.slots:
            raise ValueError(f"no cell at {at}")
        if of.slots[at] < len(given):
            given[of.slots[at]] = value
    return own


__all__ = ["Walk", "trace"]
