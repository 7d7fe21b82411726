"""Exact gradients beside torch's autograd on random networks; a command, since torch is no dependency.

Run: python -m tests.bench.agreement [networks]. Prints the worst relative difference that was seen.
"""

import random
import sys
from fractions import Fraction

from engine import Network, trace

AGREE = 1e-12
SQUASHES = ("relu", "tanh", "sigmoid", "linear")


def drawn(chance):
    """Widths 1 to 6, one to three layers, eighths between −2 and 2; both take ReLU′(0) for 0."""
    sizes = [chance.randint(1, 6) for _ in range(chance.randint(2, 4))]
    eighths = lambda: Fraction(chance.randint(-16, 16), 8)  # noqa: E731
    squashes = [chance.choice(SQUASHES) for _ in sizes[2:]] + ["linear"]
    layers = [
        ([[eighths() for _ in range(n)] for _ in range(m)], [eighths() for _ in range(m)], squash)
        for n, m, squash in zip(sizes, sizes[1:], squashes, strict=False)
    ]
    return layers, [eighths() for _ in range(sizes[0])], [eighths() for _ in range(sizes[-1])]


def ours(layers, row, target):
    passed = trace(Network.of(*layers), row, target)
    return {at: float(value) for at, value in passed.gradients().items()}


def theirs(torch, layers, row, target):
    squash = {
        "relu": torch.relu,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "linear": lambda z: z,
    }
    leaves = [
        tuple(torch.tensor([[float(w) for w in r] for r in rows] if k == 0 else [float(b) for b in biases],
                           dtype=torch.float64, requires_grad=True) for k in (0, 1))
        for rows, biases, _ in layers
    ]  # fmt: skip
    value = torch.tensor([float(x) for x in row], dtype=torch.float64)
    for (weights, biases), (_, _, kind) in zip(leaves, layers, strict=True):
        value = squash[kind](weights @ value + biases)
    (
        0.5 * (value - torch.tensor([float(t) for t in target], dtype=torch.float64)) ** 2
    ).sum().backward()
    found = {}
    for layer, (weights, biases) in enumerate(leaves, 1):
        for unit in range(len(biases)):
            for source in range(weights.shape[1]):
                found[f"w{layer}.{unit + 1}.{source + 1}"] = weights.grad[unit, source].item()
            found[f"b{layer}.{unit + 1}"] = biases.grad[unit].item()
    return found


def main(networks=200):
    import torch

    chance, worst, compared = random.Random(1), 0.0, 0
    for _ in range(networks):
        net = drawn(chance)
        exact = ours(*net)
        floats = theirs(torch, *net)
        for at, value in exact.items():
            compared += 1
            worst = max(worst, abs(value - floats[at]) / max(1.0, abs(value)))
    print(f"{networks} networks, {compared} gradients, worst relative difference {worst:.1e}")
    return 0 if worst <= AGREE else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
