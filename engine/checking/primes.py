"""Whole numbers in small primes, for roots and logarithms of numbers."""

from __future__ import annotations

from math import isqrt
from typing import Final

_PRIMES: Final = tuple(n for n in range(2, 1000) if all(n % d for d in range(2, isqrt(n) + 1)))
LARGEST_PRIME: Final = _PRIMES[-1]


def factored(number: int) -> list[tuple[int, int]]:
    """Small primes, and whatever is left as one: enough to see that √8 = 2√2."""
    found = []
    for prime in _PRIMES:
        times = 0
        while number % prime == 0:
            number //= prime
            times += 1
        if times:
            found.append((prime, times))
        if number == 1:
            return found
    root = isqrt(number)
    return [*found, (root, 2) if root * root == number else (number, 1)]
