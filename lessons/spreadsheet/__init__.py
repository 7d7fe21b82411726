"""A learner's own network as a live workbook: change a number and every formula follows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from engine import Network, trace
from engine.cells import Trace
from engine.plans import plan
from lessons.spreadsheet.formulas import expression
from lessons.spreadsheet.layout import AGAIN, WORDS, Layout, laid_out

LIVE, PENCIL = "Live", "Pencil"
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # one date: the same bytes each time


def workbook(
    network: Network,
    inputs: Sequence[object],
    target: Sequence[object],
    rate: object,
    *,
    loss: str = "half-squared",
    words: Mapping[str, str] = WORDS,
) -> bytes:
    """An .xlsx with two sheets: one that computes a whole step, one blank for the pencil.

    Only rational networks, inputs, targets and rates can be written down; ValueError otherwise.
    """
    from xlsxwriter import Workbook

    first = trace(network, inputs, target, rate, loss=loss)
    second = trace(first.updated(), inputs, target, loss=loss)
    layout = _layout(network, loss, words)
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        styles = _styles(book)
        live, pencil = book.add_worksheet(LIVE), book.add_worksheet(PENCIL)
        for sheet, hint in ((live, words["hint"]), (pencil, words["pencil"])):
            _frame(sheet, layout, styles, (str(network), hint))
            _givens(sheet, layout, network, (inputs, target, rate), styles)
        _formulas(live, layout, (first, second), styles)
        _boxes(pencil, layout, first, styles)
    return file.getvalue()


def places(network: Network, loss: str = "half-squared") -> Mapping[str, str]:
    """Where each number stands on both sheets; `again z1.1` is of the second forward pass."""
    return _layout(network, loss, WORDS).places()


def _layout(network: Network, loss: str, words: Mapping[str, str]) -> Layout:
    """The layout of all cells that this loss asks for: some outputs pass their error as it is."""
    asked = plan(network.sizes, network.activations, loss, target=True, rate=True).slots
    layout = laid_out(network, words)
    layout.cells = {at: cell for at, cell in layout.cells.items() if _plain(at) in asked}
    return layout


def _plain(address: str) -> str:
    return address.removeprefix(AGAIN)


def _styles(book: Any) -> dict[str, Any]:
    number = {"align": "right", "font_size": 12}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "hint": book.add_format({"font_color": "#56616b"}),
        "part": book.add_format({"bold": True, "font_size": 13}),
        "head": book.add_format({"align": "right", "font_color": "#56616b"}),
        "name": book.add_format({"font_color": "#56616b"}),
        "given": book.add_format({**number, "bg_color": "#e9f3fa", "border": 1}),
        "made": book.add_format(number),
        "box": book.add_format({**number, "border": 1}),
        "right": book.add_format({"bg_color": "#cfe9dc"}),
    }


def _frame(sheet: Any, layout: Layout, styles: Mapping[str, Any], top: tuple[str, str]) -> None:
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1 + max(column for _, column in layout.cells.values()), 9)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    sheet.set_paper(9)
    sheet.write_string(0, 0, top[0], styles["title"])
    sheet.write_string(1, 0, top[1], styles["hint"])
    for row, words in layout.titles.items():
        sheet.write_string(row, 0, words, styles["part"])
    for (row, column), words in layout.headings.items():
        sheet.write_string(row, column, words, styles["head" if column else "name"])


def _givens(
    sheet: Any,
    layout: Layout,
    network: Network,
    told: tuple[Sequence[object], Sequence[object], object],
    styles: Mapping[str, Any],
) -> None:
    inputs, target, rate = told
    given = {f"x{i}": value for i, value in enumerate(inputs, 1)}
    given |= {f"t{k}": value for k, value in enumerate(target, 1)}
    given |= {"rate": rate, **network.parameters}
    for address, value in given.items():
        exact = _exact(value)
        row, column = layout.cells[address]
        if 10**15 % exact.denominator:
            written = f"={exact.numerator}/{exact.denominator}"
            sheet.write_formula(row, column, written, styles["given"], float(exact))
        else:
            sheet.write_number(row, column, float(exact), styles["given"])


def _exact(value: object) -> Fraction:
    if isinstance(value, int | str | Fraction):
        return Fraction(value)
    raise ValueError(f"a spreadsheet holds whole numbers and fractions, not {value!r}")


def _formulas(
    sheet: Any, layout: Layout, passes: tuple[Trace, Trace], styles: Mapping[str, Any]
) -> None:
    """Each cell as a formula, with its value beside it for readers that do not compute."""
    first, second = passes
    places = layout.places()
    again = {at: places[f"{at}+"] for at in first.network.addresses}
    again |= {at: place for at, place in places.items() if at[0] in "xt"}
    again |= {_plain(at): place for at, place in places.items() if at.startswith(AGAIN)}
    for address, (row, column) in layout.cells.items():
        of, known = (second, again) if address.startswith(AGAIN) else (first, places)
        plain = _plain(address)
        if of[plain].args:
            told = f"={expression(of, plain, known)}"
            sheet.write_formula(row, column, told, styles["made"], float(of.value(plain)))


def _boxes(sheet: Any, layout: Layout, first: Trace, styles: Mapping[str, Any]) -> None:
    """Empty boxes that turn green at the number of the live sheet."""
    places = layout.places()
    for address, (row, column) in layout.cells.items():
        if not first[_plain(address)].args:
            continue
        sheet.write_blank(row, column, None, styles["box"])
        here = places[address]
        right = f'=AND({here}<>"",ABS({here}-{LIVE}!{here})<0.0005)'
        sheet.conditional_format(
            row,
            column,
            row,
            column,
            {"type": "formula", "criteria": right, "format": styles["right"]},
        )
