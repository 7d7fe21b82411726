"""Words with numbers in them: `{w1}·{x1:()} {b:+}` becomes `2·(−3) − 1`, as a person writes it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from lessons.decimals import decimal_mark, shown
from lessons.formulas.formula import FormulaError, Values, formula
from lessons.formulas.functions import Value, number, vector

MINUS = "−"
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
HOLE = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")


def fill(template: str, values: Values, language: str = "") -> str:
    """Numbers as they are written in a language; without one as figures and formulas read them.

    Raises FormulaError where a hole's formula or form is wrong.
    """

    def put(hole: re.Match[str]) -> str:
        value = formula(hole[1]).value(values)
        text = form(hole[2] or "")(value)
        if isinstance(value, str) or not language:
            return text
        return shown(text, decimal_mark(language))

    return HOLE.sub(put, template)


def holes(template: str) -> Iterator[tuple[str, str]]:
    """The formulas of a template with their forms; raises FormulaError for a loose brace."""
    rest = HOLE.sub("", template)
    if "{" in rest or "}" in rest:
        raise FormulaError("a brace without its partner")
    for hole in HOLE.finditer(template):
        yield hole[1], hole[2] or ""


def form(name: str) -> Callable[[Value], str]:
    """How a value is written; raises FormulaError for a form that there is not."""
    if re.fullmatch(r"\.\d+", name):
        return lambda value: rounded(number(value), int(name[1:]))
    if name not in FORMS:
        raise FormulaError(f"no form {name!r}; there are .3 and {', '.join(FORMS)}")
    return FORMS[name]


def written(value: Value) -> str:
    """A number, vector or matrix with real minus signs; a word as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return f"[{', '.join(f'[{written(row)[1:-1]}]' for row in value)}]"
        return f"({', '.join(written(entry) for entry in value)})"
    return str(number(value)).replace("-", MINUS)


def rounded(value: Fraction, places: int) -> str:
    """To so many places, half away from zero, all of them shown."""
    scaled = math.floor(abs(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    sign = MINUS if value < 0 and scaled else ""
    return f"{sign}{whole}.{rest:0{places}}" if places else f"{sign}{whole}"


def _decimal(value: Value) -> str:
    """All the places there are: 1/10 is 0.1; a fraction that never ends stays one."""
    exact = number(value)
    for places in range(12):
        if (exact * 10**places).denominator == 1:
            return rounded(exact, places)
    return written(value)


def _added(value: Value) -> str:
    sign = MINUS if number(value) < 0 else "+"
    return f"{sign} {written(abs(number(value)))}"


def _guarded(value: Value) -> str:
    text = written(value)
    return f"({text})" if text.startswith(MINUS) else text


def _coefficient(value: Value) -> str:
    """Before a letter: 1 is nothing, −1 a bare minus."""
    if abs(number(value)) == 1:
        return MINUS if number(value) < 0 else ""
    return written(value)


def _added_coefficient(value: Value) -> str:
    sign = MINUS if number(value) < 0 else "+"
    return f"{sign} {_coefficient(abs(number(value)))}"


def _rows(value: Value) -> str:
    """A matrix a row a line, its columns straight."""
    return "\n".join("  ".join(row) for row in _columns(value))


def _barred(value: Value) -> str:
    """The same with the last column, the biases, behind a bar."""
    return "\n".join(f"{'  '.join(row[:-1])} | {row[-1]}" for row in _columns(value))


def _columns(value: Value) -> Iterator[list[str]]:
    cells = [[written(entry) for entry in vector(row)] for row in vector(value)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    for row in cells:
        yield [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]


FORMS: Mapping[str, Callable[[Value], str]] = {
    "": written,
    "+": _added,
    "()": _guarded,
    "*": _coefficient,
    "+*": _added_coefficient,
    "d": _decimal,
    "rows": _rows,
    "bar": _barred,
    "_": lambda value: written(value).translate(SUBSCRIPTS),
    "plain": lambda value: " ".join(written(entry) for entry in vector(value)),
}
