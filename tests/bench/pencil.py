"""A table: how long a network for a pencil takes to draw, by shape and standard.

Run: python -m tests.bench.pencil [seeds]
"""

from __future__ import annotations

import sys
import time

from engine.pencil import SHAPES, pencil, personal


def milliseconds(make, seeds):
    """Median, 99th percentile and longest CPU time over so many seeds."""
    make("warm")
    times = []
    for seed in range(seeds):
        start = time.process_time()
        make(seed)
        times.append((time.process_time() - start) * 1000)
    times.sort()
    return times[seeds // 2], times[int(seeds * 0.99)], times[-1]


def main():
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{f'ms, {seeds} seeds':28}{'median':>10}{'p99':>10}{'longest':>10}")
    for shape in SHAPES:
        for standard in "ABC":
            row = milliseconds(lambda seed, s=shape, k=standard: pencil(s, seed, standard=k), seeds)
            print(f"{shape + ' ' + standard:28}" + "".join(f"{ms:10.1f}" for ms in row), flush=True)
    row = milliseconds(personal, seeds)
    print(f"{'personal 2-3-1':28}" + "".join(f"{ms:10.1f}" for ms in row))


if __name__ == "__main__":
    main()
