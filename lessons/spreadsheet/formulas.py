"""What a spreadsheet writes into a cell, for each operation of a trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.activations import SOFTMAXES
from engine.cells import Cell, Trace, place

_SQUASHES = {
    "linear": "{z}",
    "step": "IF({z}>0,1,0)",
    "relu": "MAX(0,{z})",
    "leaky-relu": "IF({z}>0,{z},{z}/100)",
    "sigmoid": "1/(1+EXP(-{z}))",
    "tanh": "TANH({z})",
    "sigmoid2": "1/(1+2^(-{z}))",
}
_SLOPES = {
    "linear": "1",
    "step": "0",
    "relu": "IF({0}>0,1,0)",
    "leaky-relu": "IF({0}>0,1,1/100)",
    "sigmoid": "{1}*(1-{1})",
    "tanh": "1-{1}*{1}",
    "sigmoid2": "LN(2)*{1}*(1-{1})",
}
_POWERS = {"softmax": "EXP({z})", "softmax2": "2^{z}"}
_LOSSES = {
    "half-squared": "({0})^2/2",
    "squared": "({0})^2",
    "mean-squared": "({0})^2",
    "bce": "-IF({2}=0,0,{2}*LN({1}))-IF({2}=1,0,(1-{2})*LN(1-{1}))",
    "bce2": "-IF({2}=0,0,{2}*LOG({1},2))-IF({2}=1,0,(1-{2})*LOG(1-{1},2))",
    "ce": "-IF({2}=0,0,{2}*LN({1}))",
    "ce2": "-IF({2}=0,0,{2}*LOG({1},2))",
}
_LOSS_SLOPES = {
    "half-squared": "{0}",
    "squared": "2*{0}",
    "mean-squared": "2*{0}/{n}",
    "bce": "{0}/({1}*(1-{1}))",
    "bce2": "{0}/({1}*(1-{1}))/LN(2)",
    "ce": "-{2}/{1}",
    "ce2": "-{2}/{1}/LN(2)",
}
_PLAIN = {
    "product": "{0}*{1}",
    "error": "{0}-{1}",
    "passed-error": "{0}",
    "delta": "{0}*{1}",
    "weight-gradient": "{0}*{1}",
    "bias-gradient": "{0}",
    "back-product": "{0}*{1}",
    "step": "{0}-{2}*{1}",
}


def formula(trace: Trace, cell: Cell, args: Sequence[str]) -> str:
    """The formula of a cell, without its `=`, where `args` are references or inner formulas."""
    at = place(cell.address)
    if cell.op in {"weighted-sum", "back-sum", "sum"}:
        return "+".join(args)
    if cell.op == "mean":
        return f"({'+'.join(args)})/{len(args)}"
    if at.kind == "a":
        return _squashed(cell.op, args, at.at[1])
    if cell.op == "share-delta":
        return _share_delta(trace.network.activations[at.at[0] - 1], args, at.at[1])
    return _template(trace, cell).format(*args, n=trace.network.sizes[-1])


def _template(trace: Trace, cell: Cell) -> str:
    if cell.op == "slope":
        return _SLOPES[trace.network.activations[place(cell.address).at[0] - 1]]
    if cell.op == "loss-slope":
        return _LOSS_SLOPES[trace.loss]
    return _LOSSES[cell.op] if cell.op in _LOSSES else _PLAIN[cell.op]


def _squashed(name: str, args: Sequence[str], unit: int) -> str:
    if name not in SOFTMAXES:
        return _SQUASHES[name].format(z=args[0])
    powers = [_POWERS[name].format(z=z) for z in args]
    return f"{powers[unit - 1]}/({'+'.join(powers)})"


def _share_delta(name: str, args: Sequence[str], unit: int) -> str:
    """A unit's share times its blame above the layer's mean blame; in base 2, times ln 2."""
    half = len(args) // 2
    blames, shares = args[:half], args[half:]
    mean = "+".join(f"{u}*{a}" for u, a in zip(blames, shares, strict=True))
    factor = "LN(2)*" if name == "softmax2" else ""
    return f"{factor}{shares[unit - 1]}*({blames[unit - 1]}-({mean}))"


def expression(trace: Trace, address: str, places: Mapping[str, str]) -> str:
    """The formula at an address; what has no place of its own is written out inside it."""
    cell = trace[address]

    def reference(arg: str) -> str:
        return places[arg] if arg in places else f"({expression(trace, arg, places)})"

    return formula(trace, cell, [reference(arg) for arg in cell.args])
