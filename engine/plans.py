"""The plan of a pass: every cell's address, operation and arguments, known from the shape alone.

A pass is then a walk over numbered slots. Cells of one depth and one rule are computed together,
whatever their place in the writing order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.activations import SOFTMAXES
from engine.losses import LOSSES
from engine.network import parameter_addresses

GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Cells filled by one rule: (address, slot, slots of the arguments) each."""

    rule: str
    steps: tuple[tuple[str, int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    addresses: tuple[str, ...]  # in writing order; the givens come first
    ops: tuple[str, ...]
    args: tuple[tuple[str, ...], ...]
    slots: dict[str, int]
    stretches: tuple[Stretch, ...]

    @classmethod
    def of_cells(
        cls, cells: Mapping[str, tuple[str, tuple[str, ...]]], rules: Mapping[str, str]
    ) -> Plan:
        """From each cell's operation and arguments, and the rule of each that is computed."""
        slots = {address: slot for slot, address in enumerate(cells)}
        args = tuple(of for _, of in cells.values())
        ops = tuple(op for op, _ in cells.values())
        return cls(tuple(cells), ops, args, slots, _walk(cells, rules, slots))


def _walk(
    cells: Mapping[str, tuple[str, tuple[str, ...]]],
    rules: Mapping[str, str],
    slots: Mapping[str, int],
) -> tuple[Stretch, ...]:
    depth: dict[str, int] = {}
    groups: dict[tuple[int, str], list[tuple[str, int, tuple[int, ...]]]] = {}
    for address, (_, args) in cells.items():
        depth[address] = 1 + max((depth.get(arg, 0) for arg in args), default=0)
        if address in rules:
            step = (address, slots[address], tuple(slots[arg] for arg in args))
            groups.setdefault((depth[address], rules[address]), []).append(step)
    return tuple(Stretch(rule, tuple(groups[at, rule])) for at, rule in sorted(groups))


class _Sheet:
    """Collects the cells of a plan in writing order."""

    def __init__(self) -> None:
        self.cells: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.rules: dict[str, str] = {}

    def given(self, addresses: Iterable[str]) -> None:
        self.cells.update((address, (GIVEN, ())) for address in addresses)

    def write(self, address: str, rule: str, args: Sequence[str], op: str = "") -> None:
        self.cells[address] = (op or rule.replace("_", "-"), tuple(args))
        self.rules[address] = rule

    def plan(self) -> Plan:
        return Plan.of_cells(self.cells, self.rules)


def _units(kind: str, layer: int, count: int) -> list[str]:
    return [f"{kind}{layer}.{unit}" for unit in range(1, count + 1)]


def _below(sizes: tuple[int, ...], layer: int) -> list[str]:
    """What a layer reads: the inputs, or the squashed sums of the layer before it."""
    if layer == 1:
        return [f"x{i}" for i in range(1, sizes[0] + 1)]
    return _units("a", layer - 1, sizes[layer - 1])


def _forward(sheet: _Sheet, sizes: tuple[int, ...], activations: tuple[str, ...]) -> None:
    for layer, (units, name) in enumerate(zip(sizes[1:], activations, strict=True), 1):
        below = _below(sizes, layer)
        for unit in range(1, units + 1):
            products = [f"p{layer}.{unit}.{i}" for i in range(1, len(below) + 1)]
            for i, (product, source) in enumerate(zip(products, below, strict=True), 1):
                sheet.write(product, "product", (f"w{layer}.{unit}.{i}", source))
            sheet.write(f"z{layer}.{unit}", "weighted_sum", (*products, f"b{layer}.{unit}"))
        sums = _units("z", layer, units)
        whole = name in SOFTMAXES
        for unit, z in enumerate(sums, 1):
            args = sums if whole else (z,)
            sheet.write(f"a{layer}.{unit}", "share" if whole else "squash", args, name)


def _loss(sheet: _Sheet, layer: int, units: int, loss: str) -> None:
    for k in range(1, units + 1):
        sheet.write(f"e{k}", "error", (f"a{layer}.{k}", f"t{k}"))
    for k in range(1, units + 1):
        sheet.write(f"L{k}", "unit_loss", (f"e{k}", f"a{layer}.{k}", f"t{k}"), loss)
    parts = [f"L{k}" for k in range(1, units + 1)]
    sheet.write("L", "total_loss", parts, "mean" if LOSSES[loss].mean else "sum")


def _output_deltas(sheet: _Sheet, layer: int, units: int, name: str, loss: str) -> None:
    if LOSSES[loss].squash == name:
        for k in range(1, units + 1):
            sheet.write(f"d{layer}.{k}", "passed_error", (f"e{k}",))
        return
    for k in range(1, units + 1):
        sheet.write(f"u{layer}.{k}", "loss_slope", (f"e{k}", f"a{layer}.{k}", f"t{k}"))
    _deltas(sheet, layer, units, name)


def _deltas(sheet: _Sheet, layer: int, units: int, name: str) -> None:
    blames, squashed = _units("u", layer, units), _units("a", layer, units)
    if name in SOFTMAXES:
        for unit in range(1, units + 1):
            sheet.write(f"d{layer}.{unit}", "share_delta", (*blames, *squashed))
        return
    for unit in range(1, units + 1):
        at = f"{layer}.{unit}"
        sheet.write(f"s{at}", "slope", (f"z{at}", f"a{at}"))
    for unit in range(1, units + 1):
        at = f"{layer}.{unit}"
        sheet.write(f"d{at}", "delta", (f"u{at}", f"s{at}"))


def _gradients(sheet: _Sheet, sizes: tuple[int, ...], layer: int) -> None:
    below = _below(sizes, layer)
    for unit in range(1, sizes[layer] + 1):
        delta = f"d{layer}.{unit}"
        for i, source in enumerate(below, 1):
            sheet.write(f"gw{layer}.{unit}.{i}", "weight_gradient", (delta, source))
        sheet.write(f"gb{layer}.{unit}", "bias_gradient", (delta,))


def _blames(sheet: _Sheet, sizes: tuple[int, ...], layer: int) -> None:
    """∂L/∂a of a hidden layer, gathered from the layer above it."""
    above = layer + 1
    for unit in range(1, sizes[layer] + 1):
        paths = [f"q{above}.{k}.{unit}" for k in range(1, sizes[above] + 1)]
        for k, path in enumerate(paths, 1):
            sheet.write(path, "back_product", (f"w{above}.{k}.{unit}", f"d{above}.{k}"))
        sheet.write(f"u{layer}.{unit}", "back_sum", paths)


@lru_cache(maxsize=256)
def plan(
    sizes: tuple[int, ...], activations: tuple[str, ...], loss: str, target: bool, rate: bool
) -> Plan:
    """The cells of a forward pass; with a target the way back; with a rate the step as well."""
    sheet = _Sheet()
    parameters = parameter_addresses(sizes)
    last = len(sizes) - 1
    sheet.given(f"x{i}" for i in range(1, sizes[0] + 1))
    sheet.given(parameters)
    if target:
        sheet.given(f"t{k}" for k in range(1, sizes[last] + 1))
    if rate:
        sheet.given(("rate",))
    _forward(sheet, sizes, activations)
    if target:
        _loss(sheet, last, sizes[last], loss)
        _output_deltas(sheet, last, sizes[last], activations[-1], loss)
        for layer in range(last, 0, -1):
            if layer < last:
                _blames(sheet, sizes, layer)
                _deltas(sheet, layer, sizes[layer], activations[layer - 1])
            _gradients(sheet, sizes, layer)
    if target and rate:
        for at in parameters:
            sheet.write(f"{at}+", "step", (at, f"g{at}", "rate"))
    return sheet.plan()
