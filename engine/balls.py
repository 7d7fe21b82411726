"""Rigorous balls: python-flint, and its one precision for the whole process, kept here alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from threading import RLock
from typing import Any, Final

PRECISION: Final = 128  # bits of a ball, where no one asks for more
_LOCK: Final = RLock()


@lru_cache(maxsize=1)
def flint() -> Any:
    """python-flint, loaded when first needed, its precision set before anything is worked out."""
    import flint as library

    with _LOCK:
        library.ctx.prec = PRECISION
    return library


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """So many bits within; no other thread may set them meanwhile. Fewer than the usual: never."""
    library = flint()
    with _LOCK:
        before = library.ctx.prec
        library.ctx.prec = bits
        try:
            yield
        finally:
            library.ctx.prec = before


def ball(value: Any) -> Any:
    """The smallest ball around an exact number."""
    library = flint()
    if isinstance(value, Fraction):
        return library.arb(library.fmpq(value.numerator, value.denominator))
    return library.arb(value)
