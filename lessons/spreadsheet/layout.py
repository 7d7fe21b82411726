"""Where everything stands on the sheet: headings, and a place for each number of the trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.network import Network

WORDS: Mapping[str, str] = {
    "forward": "1  Forward",
    "backward": "2  Backward",
    "step": "3  Step: new = old − rate × gradient",
    "again": "4  Forward again, with the new numbers",
    "layer": "layer",
    "unit": "unit",
    "bias": "bias",
    "rate": "rate",
    "loss": "loss L",
    "blame": "blame",
    "slope": "slope",
    "hint": "Tinted cells are yours. Change one: all the rest follows.",
    "pencil": "Fill the boxes. A box turns green when it is right.",
}
AGAIN = "again "  # before the addresses of the second forward pass
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(slots=True)
class Layout:
    """Rows and columns count from 0; `cells` is by address, `headings` by place."""

    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    headings: dict[tuple[int, int], str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    row: int = 2

    def title(self, words: str) -> None:
        self.row += 1
        self.titles[self.row] = words
        self.row += 1

    def table(self, heads: Sequence[str], rows: Mapping[str, Sequence[str]]) -> None:
        """A row of heads above rows of addresses, each with its name at the left."""
        for column, head in enumerate(heads):
            self.headings[self.row, column] = head
        for name, addresses in rows.items():
            self.row += 1
            self.headings[self.row, 0] = name
            for column, address in enumerate(addresses, 1):
                if address:
                    self.cells[address] = (self.row, column)
        self.row += 2

    def places(self) -> dict[str, str]:
        """By address, the cell as a formula names it: `B7`."""
        return {at: f"{_letters(column)}{row + 1}" for at, (row, column) in self.cells.items()}


def _letters(column: int) -> str:
    head, last = divmod(column, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)


def laid_out(network: Network, words: Mapping[str, str] = WORDS) -> Layout:
    """Given numbers and the way forward, the way back, the step, and forward once more."""
    layout, sizes = Layout(), network.sizes
    last = len(sizes) - 1
    inputs = [f"x{i}" for i in range(1, sizes[0] + 1)]
    layout.table(["", *(_low("x", i + 1) for i in range(sizes[0]))], {"x": inputs})
    layout.title(words["forward"])
    for layer in range(1, last + 1):
        _forward(layout, network, layer, words)
    losses = _losses(sizes[last], words, ("t{}", "e{}", "L{}"))
    layout.table(["", "t", "e = ŷ − t", words["loss"]], losses | {words["rate"]: ("rate",)})
    layout.title(words["backward"])
    for layer in range(last, 0, -1):
        _backward(layout, network, layer, words)
    layout.title(words["step"])
    for layer in range(1, last + 1):
        _stepped(layout, network, layer, words)
    layout.title(words["again"])
    for layer in range(1, last + 1):
        rows = {
            _unit(words, unit): [AGAIN + f"{kind}{layer}.{unit}" for kind in "za"]
            for unit in range(1, sizes[layer] + 1)
        }
        layout.table([f"{words['layer']} {layer}", "z", _out(network, layer)], rows)
    losses = _losses(sizes[last], words, (AGAIN + "e{}", AGAIN + "L{}"))
    layout.table(["", "e", words["loss"]], losses)
    return layout


def _losses(
    outputs: int, words: Mapping[str, str], kinds: Sequence[str]
) -> dict[str, Sequence[str]]:
    """A row an output, and one for their loss together; a single output needs but one row."""
    whole = kinds[-1].format("")
    if outputs == 1:
        return {"ŷ": [*(kind.format(1) for kind in kinds[:-1]), whole]}
    rows = {_low("ŷ", k): [kind.format(k) for kind in kinds] for k in range(1, outputs + 1)}
    return {**rows, words["loss"]: [*("" for _ in kinds[:-1]), whole]}


def _low(letter: str, number: int) -> str:
    return letter + str(number).translate(_LOW)


def _unit(words: Mapping[str, str], unit: int) -> str:
    return f"{words['unit']} {unit}"


def _out(network: Network, layer: int) -> str:
    """What a layer's result is called: h where another layer reads it, ŷ at the end."""
    return "ŷ" if layer == len(network.layers) else "h"


def _sources(network: Network, layer: int) -> list[str]:
    letter = "x" if layer == 1 else "h"
    return [_low(letter, i) for i in range(1, network.sizes[layer - 1] + 1)]


def _parameters(network: Network, layer: int, unit: int, kind: str = "{}") -> list[str]:
    weights = [f"w{layer}.{unit}.{i}" for i in range(1, network.sizes[layer - 1] + 1)]
    return [kind.format(at) for at in (*weights, f"b{layer}.{unit}")]


def _forward(layout: Layout, network: Network, layer: int, words: Mapping[str, str]) -> None:
    heads = [f"× {name}" for name in _sources(network, layer)]
    rows = {
        _unit(words, unit): [
            *_parameters(network, layer, unit),
            f"z{layer}.{unit}",
            f"a{layer}.{unit}",
        ]
        for unit in range(1, network.sizes[layer] + 1)
    }
    title = f"{words['layer']} {layer}"
    layout.table([title, *heads, words["bias"], "z", _out(network, layer)], rows)


def _backward(layout: Layout, network: Network, layer: int, words: Mapping[str, str]) -> None:
    heads = [f"∂w {name}" for name in _sources(network, layer)]
    rows = {
        _unit(words, unit): [
            *(f"{kind}{layer}.{unit}" for kind in "usd"),
            *_parameters(network, layer, unit, "g{}"),
        ]
        for unit in range(1, network.sizes[layer] + 1)
    }
    first = [f"{words['layer']} {layer}", words["blame"], words["slope"], "δ"]
    layout.table([*first, *heads, f"∂{words['bias']}"], rows)


def _stepped(layout: Layout, network: Network, layer: int, words: Mapping[str, str]) -> None:
    heads = [f"× {name}" for name in _sources(network, layer)]
    rows = {
        _unit(words, unit): _parameters(network, layer, unit, "{}+")
        for unit in range(1, network.sizes[layer] + 1)
    }
    layout.table([f"{words['layer']} {layer}", *heads, words["bias"]], rows)
