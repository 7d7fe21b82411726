"""What is partly right about a vector, a matrix or a formula."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from engine.checking.comparing import ratio, same
from engine.checking.entries import Found, equals
from engine.checking.targets import Target
from engine.question import Question
from engine.reading.shapes import Shape
from engine.reading.tree import Binary, Node, Number
from engine.reading.values import names_in, rational

Partly: TypeAlias = tuple[Literal["transposed", "permuted", "factor", "entries"], str]


def wrong_places(found: list[Found], shape: Shape) -> tuple[tuple[int, ...], ...]:
    """Where entries are not right, from 1: (i,) in a vector, (row, column) in a matrix."""
    wide = shape.columns or 1
    places = [at for at, each in enumerate(found) if not each.right]
    if shape.rows is None:
        return tuple((at + 1,) for at in places)
    return tuple((at // wide + 1, at % wide + 1) for at in places)


def partly(  # noqa: PLR0911  one return a kind
    question: Question, shape: Shape, trees: tuple[Node, ...], right: Target, found: list[Found]
) -> Partly | None:
    """The first of: turned over, in another order, off by a factor, some entries right."""
    if right.shape.rows is not None and _transposed(question, shape, trees, right):
        return "transposed", ""
    if shape != right.shape:
        return None
    if shape.columns is None:
        factor = formula_factor(trees[0], right.entries[0], question.names)
        return ("factor", factor) if factor else None
    if _permuted(question, trees, right.entries):
        return "permuted", ""
    factor = _factor(trees, right.entries, question.names)
    if factor:
        return "factor", factor
    wrong = [each for each in found if not each.right]
    if len(wrong) < len(found) and all(each.kind == "different" or each.near for each in wrong):
        return "entries", ""
    return None


def _transposed(question: Question, shape: Shape, trees: tuple[Node, ...], right: Target) -> bool:
    high, wide = right.shape.rows or 1, right.shape.columns or 1
    if (shape.rows, shape.columns) != (wide, high):
        return False
    turned = [right.entries[row * wide + column] for column in range(wide) for row in range(high)]
    return all(_is(one, other, question) for one, other in zip(trees, turned, strict=True))


def _is(tree: Node, other: Node, question: Question) -> bool:
    return equals(tree, other, question.names, question.places)


def _permuted(question: Question, trees: tuple[Node, ...], right: tuple[Node, ...]) -> bool:
    left = list(right)
    for tree in trees:
        match = next((at for at, other in enumerate(left) if _is(tree, other, question)), None)
        if match is None:
            return False
        left.pop(match)
    return True


def _factor(trees: tuple[Node, ...], right: tuple[Node, ...], names: tuple[str, ...]) -> str:
    """The one number by which all entries are off, seen at two entries at least."""
    factor, seen = None, 0
    for tree, other in zip(trees, right, strict=True):
        typed, wanted = rational(tree), rational(other)
        if typed is None or wanted is None:
            continue
        if wanted:
            factor, seen = factor or typed / wanted, seen + 1
    if not factor or factor == 1 or seen < 2:
        return ""
    scaled = all(_is_scaled(*pair, factor, names) for pair in zip(trees, right, strict=True))
    return str(factor) if scaled else ""


def formula_factor(tree: Node, right: Node, names: tuple[str, ...]) -> str:
    """By which number a formula is off; nothing for a plain number."""
    if not names_in(right):
        return ""
    factor = ratio(tree, right, names)
    return str(factor) if factor else ""


def _is_scaled(tree: Node, right: Node, factor: Fraction, names: tuple[str, ...]) -> bool:
    return bool(same(tree, Binary("*", Number(factor), right), names))
