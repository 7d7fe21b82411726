"""From a pass to a question: what is right at the asked cells, and what slips make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine import scalars
from engine.cells import Cell, Trace, place
from engine.misconceptions import MISCONCEPTIONS, bent, slip
from engine.network import Network
from engine.passes import trace
from engine.question import Question
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar, lift
from engine.twins import synonyms
from engine.written import Written

Asked: TypeAlias = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
LONGEST = 200  # characters of a target; beyond it stand its proved decimals
_FORWARD = {"x", "w", "b", "p", "z", "a"}


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a pass is made of, so that it can be made again under other rules."""

    network: Network
    inputs: tuple[Scalar, ...]
    target: tuple[Scalar, ...] | None = None
    rate: Scalar = None
    loss: str = "half-squared"
    signs: Mapping[str, bool] | None = None

    @classmethod
    def of(
        cls,
        network: Network,
        inputs: Sequence[object],
        target: Sequence[object] | None = None,
        rate: object = None,
        loss: str = "half-squared",
    ) -> Situation:
        aims = None if target is None else tuple(map(lift, target))
        pace = None if rate is None else lift(rate)
        return cls(network, tuple(map(lift, inputs)), aims, pace, loss)

    def written(self) -> Situation:
        """The same over numbers that remember how they are written."""
        return Situation(
            self.network.map(Written.of),
            tuple(map(Written.of, self.inputs)),
            None if self.target is None else tuple(map(Written.of, self.target)),
            None if self.rate is None else Written.of(self.rate),
            self.loss,
        )

    def reaching(self, cells: Iterable[str]) -> Situation:
        """Without the way back where nothing of it is asked."""
        forward = all(place(at).kind in _FORWARD and not place(at).stepped for at in cells)
        return replace(self, target=None, rate=None) if forward else self

    def trace(self, rules: Rules = RIGHT, claims: Mapping[str, object] | None = None) -> Trace:
        return trace(
            self.network,
            self.inputs,
            self.target,
            self.rate,
            rules,
            loss=self.loss,
            claims=claims,
            signs=self.signs,
        )

    def values(
        self,
        cells: Sequence[str],
        rules: Rules = RIGHT,
        claims: Mapping[str, object] | None = None,
    ) -> tuple[Scalar, ...]:
        """The numbers at these cells. `a2.1+`, `L+`: in the pass after the step."""
        now = self.trace(rules, claims)
        if all(at in now for at in cells):
            return tuple(now.value(at) for at in cells)
        later = replace(self, network=now.updated(), rate=None).trace(rules)
        return tuple(now.value(at) if at in now else later.value(at.rstrip("+")) for at in cells)


def ask(  # noqa: PLR0913 the parts of a pass, and what is asked of it
    network: Network,
    inputs: Sequence[object],
    cells: Asked,
    target: Sequence[object] | None = None,
    rate: object = None,
    loss: str = "half-squared",
    *,
    slips: Iterable[str] | Mapping[str, Rules] | None = None,
    claims: Mapping[str, object] | None = None,
    rules: Rules = RIGHT,
    places: int | None = None,
    signs: Mapping[str, bool] | Trace | None = None,
) -> Question:
    """The question for one cell, a tuple of cells (a vector) or of tuples (a matrix).

    `slips` names the misconceptions to be told apart (default: all; `forgot-bias@2` is made in
    layer 2 only); those that cannot be seen here, or that another one equals, are left out.
    `claims` are the learner's own earlier values.
    """
    flat = _flat(cells)
    pass_ = Situation.of(network, inputs, target, rate, loss).reaching(flat)
    if signs is not None:
        pass_ = replace(pass_, signs=signs.signs if isinstance(signs, Trace) else signs)
    right = pass_.values(flat, rules)
    exact = not any(map(scalars.is_ball, right))
    told = _told_apart(pass_, flat, right, _catalogue(slips, rules))
    words = pass_ if exact else pass_.written()
    follows = None
    if claims:
        own = pass_.values(flat, rules, claims)
        if not _equal(own, right):
            follows = _text(cells, own)
    return Question(
        _text(cells, right if exact else words.values(flat, rules)),
        names=_names(right),
        places=places,
        slips={
            slug: _text(cells, value if exact else words.values(flat, told_rules))
            for slug, (told_rules, value) in told.items()
        },
        follows=follows,
    )


def _catalogue(slips: Iterable[str] | Mapping[str, Rules] | None, base: Rules) -> dict[str, Rules]:
    if isinstance(slips, Mapping):
        return dict(slips)
    written = MISCONCEPTIONS if slips is None else slips
    return {name.partition("@")[0]: _upon(name, base) for name in written}


def _upon(name: str, base: Rules) -> Rules:
    known = MISCONCEPTIONS.get(name)
    return known if known is not None and base is RIGHT else bent(slip(name), base=base)


def _told_apart(
    pass_: Situation, cells: Sequence[str], right: Sequence[Scalar], slips: Mapping[str, Rules]
) -> dict[str, tuple[Rules, tuple[Scalar, ...]]]:
    """The slips whose answer is proved different from the right one and from every other slip's."""
    groups: list[tuple[tuple[Scalar, ...], list[str]]] = []
    for slug, rules in slips.items():
        try:
            answer = pass_.values(cells, rules)
        except (ZeroDivisionError, scalars.UndecidedError, scalars.NotRationalError):
            continue  # who slips so gets no answer at all
        if _equal(answer, right):
            continue
        for known, slugs in groups:
            if _equal(known, answer):
                slugs.append(slug)
                break
        else:
            groups.append((answer, [slug]))
    return {
        slugs[0]: (slips[slugs[0]], answer)
        for answer, slugs in groups
        if len(slugs) == 1 or synonyms(pass_, {slug: slips[slug] for slug in slugs})
    }


def _equal(one: Sequence[Scalar], other: Sequence[Scalar]) -> bool:
    return all(map(scalars.same, one, other))


def _flat(cells: Asked) -> tuple[str, ...]:
    if isinstance(cells, str):
        return (cells,)
    return tuple(at for row in cells for at in ((row,) if isinstance(row, str) else row))


def _names(values: Iterable[Scalar]) -> tuple[str, ...]:
    free = {symbol for value in values if scalars.is_symbol(value) for symbol in value.free_symbols}
    return tuple(sorted(map(str, free)))


def _text(cells: Asked, values: Sequence[Scalar]) -> str:
    """`1/2`, `(1, 0, 2)` or `[[1, 2], [3, 4]]`."""
    texts = iter([_short(value) for value in values])
    if isinstance(cells, str):
        return next(texts)
    if isinstance(cells[0], str):
        return f"({', '.join(texts)})"
    rows = [f"[{', '.join(next(texts) for _ in row)}]" for row in cells]
    return f"[{', '.join(rows)}]"


def _short(value: Scalar) -> str:
    text = scalars.text(value)
    if isinstance(value, Written) and len(text) > LONGEST:
        return scalars.text(value.value)
    return text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a solution: `op` of these cells and their values gives this value."""

    address: str
    op: str
    args: tuple[tuple[str, Scalar], ...]
    value: Scalar


def working(of: Trace, address: str) -> tuple[Line, ...]:
    """All that must be computed for one cell, in writing order; the cell itself comes last."""
    needed: set[str] = set()
    waiting = [address]
    while waiting:
        at = waiting.pop()
        if at not in needed and of[at].args:
            needed.add(at)
            waiting.extend(of[at].args)
    return tuple(_line(of, of[at]) for at in of if at in needed)


def _line(of: Trace, cell: Cell) -> Line:
    args = tuple((at, of.value(at)) for at in cell.args)
    return Line(cell.address, cell.op, args, cell.value)
