"""From a pass to a question: what is right at the asked cells, and what slips make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias

from engine import scalars
from engine.cells import Trace, place
from engine.misconceptions import MISCONCEPTIONS, bent, slip
from engine.network import Network
from engine.passes import trace
from engine.question import Question
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar, lift
from engine.twins import synonyms
from engine.working import Line, working
from engine.written import Written

Asked: TypeAlias = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
LONGEST = 200  # characters of a formula, and
DIGITS = 40  # of a fraction, beyond which its proved decimals stand for it
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
    pairs: bool = False,
    claims: Mapping[str, object] | None = None,
    rules: Rules = RIGHT,
    places: int | None = None,
    signs: Mapping[str, bool] | Trace | None = None,
) -> Question:
    """The question for one cell, a tuple of cells (a vector) or of tuples (a matrix).

    `slips` names the misconceptions to be told apart (default: all; `forgot-bias@2` is made in
    layer 2 only); those that cannot be seen here, or that another one equals, are left out.
    `pairs` adds two slips made together, as `one+other`, where no single slip gives the same.
    `claims` are the learner's own earlier values.
    """
    if pairs and rules is not RIGHT:
        raise ValueError("two slips together are looked for on the right rules only")
    flat = _flat(cells)
    pass_ = Situation.of(network, inputs, target, rate, loss).reaching(flat)
    if signs is not None:
        pass_ = replace(pass_, signs=signs.signs if isinstance(signs, Trace) else signs)
    right = pass_.values(flat, rules)
    exact = not any(map(scalars.is_ball, right))
    told = _told_apart(pass_, flat, right, _catalogue(slips, rules), pairs=pairs)
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


_Answers = list[tuple[tuple[Scalar, ...], list[str]]]  # an answer, and the slips that give it


def _told_apart(
    pass_: Situation,
    cells: Sequence[str],
    right: Sequence[Scalar],
    slips: Mapping[str, Rules],
    *,
    pairs: bool,
) -> dict[str, tuple[Rules, tuple[Scalar, ...]]]:
    """The slips whose answer is proved different from the right one and from every other slip's."""
    single = _answers(pass_, cells, slips, [right])
    told = {
        slugs[0]: (slips[slugs[0]], answer)
        for answer, slugs in single
        if len(slugs) == 1 or synonyms(pass_, {slug: slips[slug] for slug in slugs})
    }
    if not pairs:
        return told
    both = {
        f"{one}+{other}": bent(*map(slip, (one, other)))
        for one, other in combinations(slips, 2)
        if MISCONCEPTIONS[one].rule != MISCONCEPTIONS[other].rule
    }
    double = _answers(pass_, cells, both, [right, *(answer for answer, _ in single)])
    return told | {
        slugs[0]: (both[slugs[0]], answer) for answer, slugs in double if len(slugs) == 1
    }


def _answers(
    pass_: Situation,
    cells: Sequence[str],
    slips: Mapping[str, Rules],
    taken: Sequence[Sequence[Scalar]],
) -> _Answers:
    """What the slips make of these cells, one answer once; answers already taken are left out."""
    groups: _Answers = []
    for name, rules in slips.items():
        try:
            answer = pass_.values(cells, rules)
        except (ZeroDivisionError, scalars.UndecidedError, scalars.NotRationalError):
            continue  # who slips so gets no answer at all
        if any(_equal(answer, other) for other in taken):
            continue
        same = [names for known, names in groups if _equal(known, answer)]
        if same:
            same[0].append(name)
        else:
            groups.append((answer, [name]))
    return groups


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
    """What is longer than any reader takes is given by the decimals that are proved of it."""
    text = scalars.text(value)
    if isinstance(value, Written):
        return _short(value.value) if value.rational or len(text) > LONGEST else text
    long = len(text) > DIGITS and scalars.is_rational(value)
    return scalars.text(scalars.ball(value)) if long else text


__all__ = ["Asked", "Line", "Situation", "ask", "working"]
