"""Networks: layers of exact numbers, and architectures as they are written, `2-3-1 relu`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from engine.activations import ACTIVATIONS
from engine.scalars import Scalar, lift

LayerSpec = tuple[Sequence[Sequence[object]], Sequence[object], str]

_SEPARATOR = re.compile(r"\s*(?:->|=>|[-−–—‐‑→⟶⇒>x×х*·,;:/\s])\s*")


@dataclass(frozen=True, slots=True)
class Architecture:
    """Widths, inputs first, and the squash of every layer of weights."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.sizes) < 2 or min(self.sizes) < 1:
            raise ValueError(f"no architecture: {self.sizes}")
        if len(self.activations) != len(self.sizes) - 1:
            raise ValueError("one activation for each layer of weights")
        for name in self.activations:
            if name not in ACTIVATIONS:
                raise ValueError(f"no activation is called {name!r}")

    @classmethod
    def parse(cls, text: str) -> Architecture:
        """Read `2-3-1 relu` (a linear output), `2-2-1 relu sigmoid`, `2-2-2 all sigmoid`."""
        written = text.strip()
        match = re.search(r"[A-Za-z]{2,}", written)
        start = len(written) if match is None else match.start()
        sizes = parse_sizes(written[:start])
        words = [w for w in re.split(r"[\s,]+", written[start:].lower()) if w and w != "out"]
        layers = len(sizes) - 1
        if words[:1] == ["all"]:
            return cls(sizes, tuple(words[1:]) * layers)
        if len(words) == layers:
            return cls(sizes, tuple(words))
        hidden, output = (words or ["relu"])[0], (*words[1:], "linear")[0]
        if len(words) > 2:
            raise ValueError(f"{len(words)} activations for {layers} layers: {text!r}")
        return cls(sizes, (hidden,) * (layers - 1) + (output,))

    def __str__(self) -> str:
        """Written so that `parse` gives it back."""
        widths = "-".join(map(str, self.sizes))
        *hidden, output = self.activations
        if len(set(hidden)) > 1 or not hidden:
            return f"{widths} {' '.join(self.activations)}"
        shown = hidden[0] if output == "linear" and len(hidden) > 1 else f"{hidden[0]} {output}"
        if output == "linear":
            shown = hidden[0]
        return f"{widths} {shown}"

    @property
    def parameters(self) -> int:
        return sum((n + 1) * m for n, m in pairwise(self.sizes))


def parse_sizes(text: str) -> tuple[int, ...]:
    """Widths parted by dashes of any kind, arrows, ×, blanks or commas, in brackets or not."""
    bare = text.strip().strip("()[]{}").strip()
    parts = _SEPARATOR.split(bare)
    if len(parts) < 2 or not all(re.fullmatch(r"[0-9]{1,6}", part) for part in parts):
        raise ValueError(f"no architecture: {text!r}; write one like 2-3-1 or 4-8-1 tanh")
    return tuple(map(int, parts))


@dataclass(frozen=True, slots=True)
class Layer:
    """Row j of `weights` belongs to the receiving unit j: (units, inputs); biases (units,)."""

    weights: tuple[tuple[Scalar, ...], ...]
    biases: tuple[Scalar, ...]
    activation: str = "linear"

    def __post_init__(self) -> None:
        if not self.weights or len({len(row) for row in self.weights}) != 1:
            raise ValueError("the rows of a layer's weights must be of one length")
        if len(self.biases) != len(self.weights):
            raise ValueError("a layer needs one bias for each unit")

    @property
    def units(self) -> int:
        return len(self.weights)

    @property
    def inputs(self) -> int:
        return len(self.weights[0])

    def map(self, lift: Callable[[Scalar], Scalar]) -> Layer:
        weights = tuple(tuple(map(lift, row)) for row in self.weights)
        return Layer(weights, tuple(map(lift, self.biases)), self.activation)


@dataclass(frozen=True, slots=True)
class Network:
    """Layers of weights, first to last."""

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not self.layers:
            raise ValueError("a network needs a layer")
        for below, above in pairwise(self.layers):
            if below.units != above.inputs:
                raise ValueError(f"{below.units} units cannot feed {above.inputs} inputs")
        for layer in self.layers:
            if layer.activation not in ACTIVATIONS:
                raise ValueError(f"no activation is called {layer.activation!r}")

    @classmethod
    def of(cls, *layers: LayerSpec) -> Network:
        """From (weights, biases, activation) for each layer; floats are refused."""
        return cls(
            tuple(
                Layer(tuple(tuple(map(lift, row)) for row in weights), tuple(map(lift, biases)), a)
                for weights, biases, a in layers
            )
        )

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.layers[0].inputs, *(layer.units for layer in self.layers))

    @property
    def activations(self) -> tuple[str, ...]:
        return tuple(layer.activation for layer in self.layers)

    @property
    def architecture(self) -> Architecture:
        return Architecture(self.sizes, self.activations)

    def __str__(self) -> str:
        return str(self.architecture)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Of all parameters: layer by layer, unit by unit, a unit's weights and then its bias."""
        return parameter_addresses(self.sizes)

    def numbers(self) -> list[Scalar]:
        """The parameters in the order of `addresses`."""
        numbers: list[Scalar] = []
        for layer in self.layers:
            for row, bias in zip(layer.weights, layer.biases, strict=True):
                numbers.extend(row)
                numbers.append(bias)
        return numbers

    @property
    def parameters(self) -> dict[str, Scalar]:
        return dict(zip(self.addresses, self.numbers(), strict=True))

    def with_parameters(self, changed: Mapping[str, Scalar]) -> Network:
        """The same network with the parameters at these addresses replaced."""
        unknown = set(changed) - set(self.addresses)
        if unknown:
            raise ValueError(f"no parameter at {', '.join(sorted(unknown))}")
        numbers = iter({**self.parameters, **changed}.values())
        return Network(tuple(_filled(layer, numbers) for layer in self.layers))

    def map(self, lift: Callable[[Scalar], Scalar]) -> Network:
        """The same network over another field."""
        return Network(tuple(layer.map(lift) for layer in self.layers))


def _filled(layer: Layer, numbers: Iterator[Scalar]) -> Layer:
    units = [[next(numbers) for _ in range(layer.inputs + 1)] for _ in layer.weights]
    weights = tuple(tuple(unit[:-1]) for unit in units)
    return Layer(weights, tuple(unit[-1] for unit in units), layer.activation)


@lru_cache(maxsize=256)
def parameter_addresses(sizes: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(
        address
        for layer, (inputs, units) in enumerate(pairwise(sizes), 1)
        for unit in range(1, units + 1)
        for address in (
            *(f"w{layer}.{unit}.{i}" for i in range(1, inputs + 1)),
            f"b{layer}.{unit}",
        )
    )
