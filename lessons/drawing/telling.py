"""A trace told to a learner: `z₂ = −2·2 − 1·1 + 3 = −2`, a line a cell, in the course's letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from lessons.formulas.templates import SUBSCRIPTS, form, written

if TYPE_CHECKING:
    from engine.cells import Place, Trace

ONE_HIDDEN_LAYER = 3  # widths: inputs, hidden units, outputs
SQUASHES = {"relu": "ReLU", "step": "step", "sigmoid": "σ", "tanh": "tanh"}


def letter(address: str, sizes: Sequence[int]) -> str:
    """An address as the course writes it: `a1.2` is h₂, `a2.1` of a 2-3-1 net is ŷ."""
    from engine.cells import place

    at = place(address)
    text = _bare(at, sizes)
    return f"new {text}" if at.stepped else text


def _bare(at: Place, sizes: Sequence[int]) -> str:  # noqa: PLR0911 - a return a case
    name, last = at.kind, len(sizes) - 1
    match name:
        case "x" | "t" | "e" | "L":
            count = sizes[0] if name == "x" else sizes[-1]
            return name + _index(at.at, count)
        case "w":
            layer, unit, source = at.at
            return f"W{layer}[{unit}, {source}]"
        case "b":
            return f"b{at.at[0]}{_unit(at, sizes)}" if last > 1 else "b"
        case "z" | "a":
            layer = at.at[0]
            if layer == last and last > 1:
                return ("ŷ" if name == "a" else "z") + _unit(at, sizes)
            return {"z": "z", "a": "h"}[name] + _hidden(at, sizes)
        case "d":
            return "δ" + ("" if at.at[0] == last and sizes[-1] == 1 else _unit(at, sizes))
        case "u":
            return f"∂L/∂h{_unit(at, sizes)}" if at.at[0] < last else "∂L/∂ŷ"
        case "gw" | "gb":
            from engine.cells import Place

            return f"∂L/∂{_bare(Place(name[1:], at.at), sizes)}"
        case _:
            return name + _unit(at, sizes)


def _hidden(at: Place, sizes: Sequence[int]) -> str:
    """With several hidden layers the layer is told too: h₂ of a chain, h2.1 of a wider net."""
    layer, unit = at.at
    if len(sizes) <= ONE_HIDDEN_LAYER:
        return _unit(at, sizes)
    return str(layer).translate(SUBSCRIPTS) if sizes[layer] == 1 else f"{layer}.{unit}"


def _index(at: Sequence[int], count: int) -> str:
    return str(at[0]).translate(SUBSCRIPTS) if at and count > 1 else ""


def _unit(at: Place, sizes: Sequence[int]) -> str:
    return _index(at.at[1:], sizes[at.at[0]])


def lines(trace: Trace, cells: Sequence[str]) -> tuple[str, ...]:
    """What leads to the cells, from the first number not given; products stand inside their sum.

    A single sum is told in three lines, so that all but the last of them can serve as a hint.
    """
    wanted: set[str] = set()
    for address in cells:
        wanted |= set(_below(trace, address))
    told = [at for at in trace if at in wanted and _has_line(trace, at)]
    if len(told) == 1 and trace[told[0]].op == "weighted-sum":
        return _slowly(trace, told[0])
    return tuple(_line(trace, at) for at in told)


def _slowly(trace: Trace, address: str) -> tuple[str, ...]:
    name = letter(_shown(trace, address), trace.network.sizes)
    first, *others = (_exact(trace, at) for at in trace[address].args)
    added = " ".join((written(first), *(form("+")(other) for other in others)))
    last = f"= {_value(trace, address)}"
    return f"{name} = {_worked(trace, address)}", f"= {added}", last


def _below(trace: Trace, address: str) -> Iterator[str]:
    yield address
    for argument in trace[address].args:
        yield from _below(trace, argument)


def _has_line(trace: Trace, address: str) -> bool:
    cell = trace[address]
    is_sum_of_one = address == "L" and len(cell.args) == 1
    silent = {"given", "product", "back-product", "linear", "slope"}
    return cell.op not in silent and not is_sum_of_one


def _line(trace: Trace, address: str) -> str:
    name = letter(_shown(trace, address), trace.network.sizes)
    worked = _worked(trace, address)
    return f"{name} = {worked} = {_value(trace, address)}"


def _shown(trace: Trace, address: str) -> str:
    """A sum that nothing squashes is told under the name of what it is: ŷ."""
    squashed = "a" + address[1:]
    is_bare = address[0] == "z" and trace[squashed].op == "linear"
    return squashed if is_bare and len(trace.network.sizes) > 2 else address


def _worked(trace: Trace, address: str) -> str:  # noqa: PLR0911 - a return a case
    cell = trace[address]
    values = [_value(trace, at) for at in cell.args]
    match cell.op:
        case "weighted-sum":
            return _sum(trace, cell.args)
        case "error":
            return f"{values[0]} − {form('()')(_exact(trace, cell.args[1]))}"
        case "bias-gradient":
            return letter(cell.args[0], trace.network.sizes)
        case "loss-slope" if trace.loss == "half-squared":
            return letter(cell.args[0], trace.network.sizes)
        case "half-squared":
            return f"½·{form('()')(_exact(trace, cell.args[0]))}²"
        case "back-sum":
            return " + ".join(_product(trace, at) for at in cell.args)
        case "step" if len(values) == 3:
            old, gradient, rate = (_exact(trace, at) for at in cell.args)
            return f"{written(old)} − {form('d')(rate)}·{form('()')(gradient)}"
        case squash if squash in SQUASHES:
            return f"{SQUASHES[squash]}({values[0]})"
        case _:
            return "·".join(form("()")(_exact(trace, at)) for at in cell.args)


def _sum(trace: Trace, parts: Sequence[str]) -> str:
    *products, bias = parts
    return " ".join(
        (
            _product(trace, products[0]),
            *(_added_product(trace, at) for at in products[1:]),
            form("+")(_exact(trace, bias)),
        )
    )


def _product(trace: Trace, address: str) -> str:
    weight, source = (_exact(trace, at) for at in trace[address].args)
    return f"{written(weight)}·{form('()')(source)}"


def _added_product(trace: Trace, address: str) -> str:
    weight, source = (_exact(trace, at) for at in trace[address].args)
    return f"{form('+')(weight)}·{form('()')(source)}"


def _exact(trace: Trace, address: str) -> Fraction:
    """Raises TypeError when a cell holds no rational: such a pass is told by the lesson itself."""
    value = trace.value(address)
    return Fraction(value)


def _value(trace: Trace, address: str) -> str:
    return form("d")(_exact(trace, address))
