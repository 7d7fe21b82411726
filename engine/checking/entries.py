"""One number or formula beside its target."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from engine.checking import rounding
from engine.checking.comparing import same
from engine.checking.terms import like_terms, same_terms, unfinished
from engine.reading.gate import Refused
from engine.reading.readings import Entry
from engine.reading.sizes import predict
from engine.reading.tree import Binary, Call, Negative, Node, Number, within
from engine.reading.values import names_in, rational
from engine.reading.writing import write


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one entry: `kind` of right or near, or "different" or "undecided"."""

    kind: str
    tree: Node
    detail: str = ""

    @property
    def right(self) -> bool:
        return self.kind in ("exact", "other-form", "not-simplified")

    @property
    def rank(self) -> int:
        """The best reading of an entry comes first."""
        return 0 if self.right else 1 if self.near else 2 if self.kind == "undecided" else 3

    @property
    def near(self) -> bool:
        return self.kind in ("rounded", "truncated", "last-digit", "intermediate")


def judge(entry: Entry, target: Node, names: tuple[str, ...], places: int | None) -> Found:
    """The best of the readings of an entry. Errors: `Refused` where no reading has a value."""
    findings, refusals = [], []
    for tree in entry:
        try:
            predict(tree)
            findings.append(_one(tree, target, names, places))
        except Refused as refused:
            refusals.append(refused)
    if not findings:
        raise refusals[0]
    return min(findings, key=lambda each: each.rank)


def equals(tree: Node, other: Node, names: tuple[str, ...], places: int | None) -> bool:
    """Whether a typed tree is proved to be this value, exactly or correctly rounded."""
    if same(tree, other, names):
        return True
    value = rational(tree)
    if places is None or value is None or names_in(other):
        return False
    given = rounding.decimal_places(tree) or 0
    return value in (rounding.rounded(other, max(given, places)) or ())


def _one(tree: Node, target: Node, names: tuple[str, ...], places: int | None) -> Found:
    verdict = same(tree, target, names)
    if verdict:
        return _right(tree, target)
    near = None if names_in(target) else _rounded(tree, target, places)
    if near:
        return Found(near, tree)
    return Found("different" if verdict is False else "undecided", tree)


def _rounded(tree: Node, target: Node, places: int | None) -> str | None:
    given = rounding.decimal_places(tree)
    typed = rational(tree)
    if typed is None or (given is None and (places is None or not _is_literal(tree))):
        return None
    given = given or 0
    if places is not None:
        wanted = rounding.rounded(target, max(given, places))
        if wanted is None:
            return "undecided"
        if typed in wanted:
            return "exact"
    return rounding.nearness(typed, given, target) if given or places is not None else None


def _is_literal(tree: Node) -> bool:
    while isinstance(tree, Negative):
        tree = tree.body
    return isinstance(tree, Number)


def _right(tree: Node, target: Node) -> Found:
    part = _unsimplified(tree)
    if part is not None and tree != target and part not in within(target):
        return Found("not-simplified", tree, write(part))
    for unsimple in (like_terms, unfinished):
        left = unsimple(tree)
        if left is not None and unsimple(target) is None:
            return Found("not-simplified", tree, left)
    if rational(tree) is not None and tree != target:
        return _right_number(tree)
    return Found("exact" if same_terms(tree, target) else "other-form", tree)


def _right_number(tree: Node) -> Found:
    if _is_fraction(tree):
        return Found("exact", tree)
    literal = _is_literal(tree)
    return Found("other-form", tree) if literal else Found("not-simplified", tree, write(tree))


def _is_fraction(tree: Node) -> bool:
    """A number as one writes it: 3, -0.5, 2½, -7/2."""
    while isinstance(tree, Negative):
        tree = tree.body
    if isinstance(tree, Binary) and tree.operator == "/":
        return _is_literal(tree.left) and _is_literal(tree.right)
    return isinstance(tree, Number) and tree.form != "percent"


def _unsimplified(tree: Node) -> Node | None:
    """The first part in which arithmetic with plain numbers is left to be done."""
    if isinstance(tree, Binary):
        numbers = _is_literal(tree.left) and _is_literal(tree.right)
        if numbers and not _is_reduced(tree):
            return tree
        if rational(tree) is not None and not _is_fraction(tree):
            return tree
        return _unsimplified(tree.left) or _unsimplified(tree.right)
    if isinstance(tree, Negative):
        return tree if isinstance(tree.body, Negative) else _unsimplified(tree.body)
    if isinstance(tree, Call):
        for argument in tree.arguments:
            if part := _unsimplified(argument):
                return part
    return None


def _is_reduced(tree: Binary) -> bool:
    if tree.operator != "/":
        return False
    above, below = rational(tree.left), rational(tree.right)
    assert above is not None
    assert below is not None
    whole = above.denominator == below.denominator == 1
    return whole and below > 1 and gcd(int(above), int(below)) == 1
