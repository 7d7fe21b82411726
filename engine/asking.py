"""From a pass to a question: what is right at the asked cells, and what slips make of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeAlias

from engine import scalars
from engine.balls import ball
from engine.cells import Trace
from engine.misconceptions import MISCONCEPTIONS, bent, slip
from engine.network import Network
from engine.question import Question
from engine.rules import RIGHT, Rules
from engine.scalars import Scalar
from engine.situation import Situation
from engine.twins import synonyms
from engine.written import Written

Asked: TypeAlias = str | tuple[str, ...] | tuple[tuple[str, ...], ...]
LONGEST = 200  # characters of a formula, and
DIGITS = 40  # of a fraction, beyond which its proved decimals stand for it


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
    alike = _Alike(None if exact else places)
    told = _told_apart(pass_, flat, right, _catalogue(slips, rules), alike, pairs=pairs)
    words = pass_ if exact else pass_.written()
    own = pass_.values(flat, rules, claims) if claims else right
    return Question(
        _text(cells, right if exact else words.values(flat, rules)),
        names=_names(right),
        places=places,
        slips={
            slug: _text(cells, value if exact else words.values(flat, told_rules))
            for slug, (told_rules, value) in told.items()
        },
        follows=None if all(map(scalars.same, own, right)) else _text(cells, own),
    )


def _catalogue(slips: Iterable[str] | Mapping[str, Rules] | None, base: Rules) -> dict[str, Rules]:
    if isinstance(slips, Mapping):
        return dict(slips)
    written = MISCONCEPTIONS if slips is None else slips
    return {name.partition("@")[0]: _upon(name, base) for name in written}


def _upon(name: str, base: Rules) -> Rules:
    known = MISCONCEPTIONS.get(name)
    return known if known is not None and base is RIGHT else bent(slip(name), base=base)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Whether two answers could be typed alike: equal, or not told apart by so many decimals."""

    places: int | None

    def __call__(self, one: Sequence[Scalar], other: Sequence[Scalar]) -> bool:
        return all(map(self._entry, one, other))

    def _entry(self, one: Scalar, other: Scalar) -> bool:
        if self.places is None:
            return scalars.same(one, other)
        return not scalars.apart(one, other, 10**self.places)


_Answers = list[tuple[tuple[Scalar, ...], list[str]]]  # an answer, and the slips that give it


def _told_apart(
    pass_: Situation,
    cells: Sequence[str],
    right: Sequence[Scalar],
    slips: Mapping[str, Rules],
    alike: _Alike,
    *,
    pairs: bool,
) -> dict[str, tuple[Rules, tuple[Scalar, ...]]]:
    """The slips whose answer is proved different from the right one and from every other slip's."""
    single = _answers(pass_, cells, slips, [right], alike)
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
    taken = [right, *(answer for answer, _ in single)]
    double = _answers(pass_, cells, both, taken, alike)
    return told | {
        slugs[0]: (both[slugs[0]], answer) for answer, slugs in double if len(slugs) == 1
    }


def _answers(
    pass_: Situation,
    cells: Sequence[str],
    slips: Mapping[str, Rules],
    taken: Sequence[Sequence[Scalar]],
    alike: _Alike,
) -> _Answers:
    """What the slips make of these cells, one answer once; answers already taken are left out."""
    groups: _Answers = []
    for name, rules in slips.items():
        try:
            answer = pass_.values(cells, rules)
        except (ZeroDivisionError, scalars.UndecidedError, scalars.NotRationalError):
            continue  # who slips so gets no answer at all
        if any(alike(answer, other) for other in taken):
            continue
        same = [names for known, names in groups if alike(known, answer)]
        if same:
            same[0].append(name)
        else:
            groups.append((answer, [name]))
    return groups


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
    return scalars.text(ball(value)) if long else text
