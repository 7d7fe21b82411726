"""A table: forward and backward on three networks, our whole named trace beside other engines.

Run: python -m tests.bench.passes. micrograd and torch take part where they are installed.
"""

from __future__ import annotations

import importlib.util
import random
import time
from fractions import Fraction
from itertools import pairwise

from engine import Network, trace
from engine.balls import flint

SIZES = ((2, 3, 1), (4, 8, 8, 1), (16, 32, 32, 1))
RUNS = 7  # the median of so many runs is printed


def drawn(sizes, seed=7):
    """Whole numbers, ReLU, a linear output: weights by layer, a row and a target."""
    draw = random.Random(seed)
    layers = [
        ([[draw.randint(-5, 5) for _ in range(n)] for _ in range(m)], [draw.randint(-5, 5) for _ in range(m)])
        for n, m in pairwise(sizes)
    ]  # fmt: skip
    return layers, [draw.randint(-3, 5) for _ in range(sizes[0])], draw.randint(-9, 9)


def ours(sizes, change=None):
    layers, row, target = drawn(sizes)
    names = ["relu"] * (len(layers) - 1) + ["linear"]
    network = Network.of(*((w, b, name) for (w, b), name in zip(layers, names, strict=True)))
    if change is not None:
        network = network.map(change)
    return lambda: trace(network, row, (target,))


def lists(sizes, number=Fraction):
    """The same arithmetic on bare lists: no names, no cells, nothing kept but the gradients."""
    layers, row, target = drawn(sizes)
    layers = [([[number(w) for w in r] for r in W], [number(b) for b in B]) for W, B in layers]
    row, last = [number(x) for x in row], len(layers) - 1

    def run():
        values, sums = [row], []
        for k, (W, B) in enumerate(layers):
            z = [
                sum((w * v for w, v in zip(r, values[-1], strict=True)), b)
                for r, b in zip(W, B, strict=True)
            ]
            sums.append(z)
            values.append(z if k == last else [max(u, 0) for u in z])
        deltas = [values[-1][0] - target]
        gradients = []
        for k in range(last, -1, -1):
            gradients.append(([[d * v for v in values[k]] for d in deltas], deltas))
            if k:
                W = layers[k][0]
                back = [
                    sum(W[j][i] * d for j, d in enumerate(deltas)) for i in range(len(values[k]))
                ]
                deltas = [u if z > 0 else 0 * u for u, z in zip(back, sums[k - 1], strict=True)]
        return gradients

    return run


def micrograd(sizes):
    from micrograd.engine import Value

    layers, row, target = drawn(sizes)

    def run():
        values, last = row, len(layers) - 1
        for k, (W, B) in enumerate(layers):
            z = [
                sum((Value(float(w)) * v for w, v in zip(r, values, strict=True)), Value(float(b)))
                for r, b in zip(W, B, strict=True)
            ]
            values = z if k == last else [u.relu() for u in z]
        loss = (values[0] - target) ** 2 * 0.5
        loss.backward()
        return loss

    return run


def torch(sizes):
    import torch as library

    library.set_num_threads(1)
    layers, row, target = drawn(sizes)
    leaves = [
        [library.tensor(part, dtype=library.float64, requires_grad=True) for part in layer]
        for layer in layers
    ]
    x = library.tensor(row, dtype=library.float64)

    def run():
        value = x
        for k, (W, b) in enumerate(leaves):
            value = W @ value + b
            value = value if k == len(leaves) - 1 else library.relu(value)
        (0.5 * (value[0] - target) ** 2).backward()

    return run


def engines():
    import sympy

    fmpq = flint().fmpq
    yield "whole named trace, int", ours
    yield "whole named trace, flint fmpq", lambda sizes: ours(sizes, fmpq)
    yield "whole named trace, Fraction", lambda sizes: ours(sizes, Fraction)
    yield "bare lists, Fraction", lists
    yield "bare lists, sympy Integer", lambda sizes: lists(sizes, sympy.Integer)
    for name, made in (("micrograd", micrograd), ("torch", torch)):
        if importlib.util.find_spec(name) is None:
            print(f"{name} is not installed: not in this table")
        else:
            yield f"{name}, float", made


def microseconds(run):
    """The median over some runs of the CPU time of one call."""
    run()
    calls = 1
    while True:
        start = time.process_time()
        for _ in range(calls):
            run()
        spent = time.process_time() - start
        if spent > 0.05:
            break
        calls *= 4
    rounds = [spent / calls]
    for _ in range(RUNS - 1):
        start = time.process_time()
        for _ in range(calls):
            run()
        rounds.append((time.process_time() - start) / calls)
    return sorted(rounds)[RUNS // 2] * 1e6


def main():
    rows = list(engines())
    titles = ["-".join(map(str, sizes)) for sizes in SIZES]
    print(f"{'µs, forward + backward':34}" + "".join(f"{title:>14}" for title in titles))
    for name, made in rows:
        times = [microseconds(made(sizes)) for sizes in SIZES]
        print(f"{name:34}" + "".join(f"{spent:14,.1f}" for spent in times), flush=True)
    cells = [len(ours(sizes)()) for sizes in SIZES]
    print(f"{'cells of the trace':34}" + "".join(f"{count:14,}" for count in cells))


if __name__ == "__main__":
    main()
