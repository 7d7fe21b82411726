"""Networks that the engine draws for a pencil, as numbers by name for a lesson's formulas."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from engine.network import Architecture, Network

PERSONAL = "personal"  # the learner's own 2-3-1 net of one phase, fit for all its questions
SHAPE_OF_PERSONAL = "2-3-1 relu"
ROWS = ("r1", "r2")  # the second row of the personal net
ROLES = (
    "asleep", "to", "source", "total", "bill", "new_weight", "outgoing", "unit", "wire",
)  # fmt: skip


def names(recipe: str) -> tuple[str, ...]:
    """What a recipe's numbers are called: addresses with `_` for the dots; raises ValueError."""
    shape = Architecture.parse(SHAPE_OF_PERSONAL if recipe == PERSONAL else recipe)
    from engine.network import parameter_addresses

    cells = tuple(_name(address) for address in parameter_addresses(shape.sizes))
    rows = tuple(f"x{i}" for i in range(1, shape.sizes[0] + 1))
    targets = tuple(f"t{i}" for i in range(1, shape.sizes[-1] + 1))
    return cells + rows + targets + (ROWS + ROLES if recipe == PERSONAL else ())


@lru_cache(maxsize=4096)
def numbers(recipe: str, seed: str) -> Mapping[str, Fraction]:
    """The same network for the same seed, for ever."""
    return _personal(seed) if recipe == PERSONAL else _of_shape(recipe, seed)


def _name(address: str) -> str:
    return address.replace(".", "_")


def _of_shape(shape: str, seed: str) -> Mapping[str, Fraction]:
    from engine.pencil import pencil

    drawn = pencil(shape, seed)
    return _parameters(drawn.network) | _row("x", drawn.inputs) | _row("t", drawn.target)


def _personal(seed: str) -> Mapping[str, Fraction]:
    from engine.pencil.personal import personal

    net = personal(seed)
    roles = (
        net.asleep, *net.entry, net.total, net.bill, net.new_weight, net.outgoing, *net.incoming,
    )  # fmt: skip
    return (
        _parameters(net.network)
        | _row("x", net.inputs)
        | _row("t", (net.target,))
        | _row("r", net.second)
        | {name: Fraction(role) for name, role in zip(ROLES, roles, strict=True)}
    )


def _parameters(network: Network) -> dict[str, Fraction]:
    return {_name(address): Fraction(value) for address, value in network.parameters.items()}


def _row(letter: str, values: tuple[int, ...]) -> dict[str, Fraction]:
    return {f"{letter}{i}": Fraction(value) for i, value in enumerate(values, 1)}


def network_of(kept: Mapping[str, str], recipe: str = PERSONAL) -> Network:
    """The network again, from the numbers as they were kept."""
    shape = Architecture.parse(SHAPE_OF_PERSONAL if recipe == PERSONAL else recipe)
    layers = []
    sizes = zip(shape.sizes, shape.sizes[1:], shape.activations, strict=False)
    for number, (inputs, units, squash) in enumerate(sizes, 1):
        rows = [
            [kept[f"w{number}_{unit}_{source}"] for source in range(1, inputs + 1)]
            for unit in range(1, units + 1)
        ]
        layers.append((rows, [kept[f"b{number}_{unit}"] for unit in range(1, units + 1)], squash))
    return Network.of(*layers)
