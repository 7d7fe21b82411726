"""A learner's own 2-3-1 network for the whole of Phase 2, drawn in stages.

A shelf first (see `shelf`); then every output unit and error in an order of their own, until one
makes the slips of every later question different too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from engine.cells import Trace
from engine.misconceptions import MISCONCEPTIONS
from engine.network import Network
from engine.pencil.draw import Draw
from engine.pencil.output import (
    Output,
    bill_shows,
    blame_shows,
    incoming_shows,
    line_nearby_shows,
    outgoing_shows,
    outputs,
    prediction_shows,
    silent_shows,
)
from engine.pencil.shelf import Row, Shelf, distinct, shelves
from engine.pencil.standards import Answer, meets
from engine.situation import Situation

NEW_WEIGHTS = (10, 20, 50)


@dataclass(frozen=True, slots=True)
class PersonalNet:
    """The network, its rows, and which unit plays which part. Units and inputs count from 1."""

    network: Network
    inputs: Row
    second: Row
    target: int
    rate: Fraction  # a tenth of one over the error's size: every step of a bias is a tenth
    asleep: int  # the hidden unit that is off in the first row
    on: tuple[int, int]
    entry: tuple[int, int]  # question 5.2: W1[to, from]
    total: int  # 6.1: whose z
    bill: int  # 7.2: whose part of ŷ; its outgoing weight is negative
    new_weight: int  # 7.4: what the sleeping unit's outgoing weight is changed to
    outgoing: int  # 9.1 and 9.4: whose outgoing weight
    incoming: tuple[int, int]  # 9.3: which first-layer weight, (unit, input)

    def situation(self, inputs: Row | None = None) -> Situation:
        return Situation.of(self.network, inputs or self.inputs, (self.target,), self.rate)

    def trace(self) -> Trace:
        return self.situation().trace()

    @property
    def error(self) -> int:
        return int(self.trace().value("e1"))


def personal(seed: int | str) -> PersonalNet:
    """The network of this learner, always the same for the same seed."""
    draw = Draw(f"personal 2-3-1 {seed}")
    for shelf in shelves(draw):
        for out in outputs(draw, shelf):
            net = _finished(draw, shelf, out)
            if net is not None:
                return net
    raise AssertionError("shelves never end")


def _finished(draw: Draw, shelf: Shelf, out: Output) -> PersonalNet | None:
    bill = next(j for j in shelf.on if out.v[j] < 0)
    if not (bill_shows(out, bill) and prediction_shows(out, shelf.row)):
        return None
    if not prediction_shows(out, shelf.second):
        return None
    if not (line_nearby_shows(out) and blame_shows(out)):
        return None
    news = [k for k in NEW_WEIGHTS if silent_shows(out, k)]
    outgoing = [j for j in shelf.on if outgoing_shows(out, j)]
    incoming = [(j, i) for j in shelf.on for i in (0, 1) if incoming_shows(out, j, i)]
    if not news:
        return None
    for weight, place in product(draw.shuffled(outgoing), draw.shuffled(incoming)):
        net = _net(out, bill, draw.choice(news), weight, place)
        if _steps_well(net) and _tells_apart(net):
            return net
    return None


def _net(
    out: Output, bill: int, new_weight: int, outgoing: int, incoming: tuple[int, int]
) -> PersonalNet:
    shelf = out.shelf
    network = Network.of(
        ([unit.weights for unit in shelf.units], [unit.bias for unit in shelf.units], "relu"),
        ([out.v], [out.c], "linear"),
    )
    return PersonalNet(
        network,
        shelf.row,
        shelf.second,
        target=out.y - out.e,
        rate=Fraction(1, 10 * abs(out.e)),
        asleep=shelf.asleep + 1,
        on=(shelf.on[0] + 1, shelf.on[1] + 1),
        entry=(shelf.entry[0] + 1, shelf.entry[1] + 1),
        total=shelf.total + 1,
        bill=bill + 1,
        new_weight=new_weight,
        outgoing=outgoing + 1,
        incoming=(incoming[0] + 1, incoming[1] + 1),
    )


def _steps_well(net: PersonalNet) -> bool:
    """No unit is switched by the step, the error halves at least, and ŷ shows how one stepped."""
    before = net.trace()
    after = Situation.of(before.updated(), net.inputs, (net.target,)).trace()
    if before.signs != after.signs or 2 * abs(after.value("e1")) > abs(before.value("e1")):
        return False
    slips = ("updated-too-soon", "uphill", "output-layer-only", "no-step")
    told = [net.situation().values(("a2.1+",), MISCONCEPTIONS[slug])[0] for slug in slips]
    return distinct(after.value("a2.1"), *told)


def asked(net: PersonalNet) -> Iterator[Answer]:
    """The answers of Phase 2 that are cells of the first row's pass."""
    unit, source = net.incoming
    for kind in ("z", "a", "d"):
        yield (f"{kind}1.1", f"{kind}1.2", f"{kind}1.3")
    yield (f"z1.{net.total}",)
    yield (f"p2.1.{net.bill}",)
    yield ("a2.1",)
    yield (f"gw2.1.{net.outgoing}",)
    yield (f"gw1.{unit}.{source}",)
    yield (f"w2.1.{net.outgoing}+",)


def _tells_apart(net: PersonalNet) -> bool:
    """Standards A and B over all that is asked of the first row, A for the second row."""
    first, second = net.situation(), Situation.of(net.network, net.second)
    ahead: tuple[Answer, ...] = (("a1.1", "a1.2", "a1.3"), ("a2.1",))
    return meets(first, tuple(asked(net)), "B", first.trace()) and meets(
        second, ahead, "A", second.trace()
    )
