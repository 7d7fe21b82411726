"""The colours, type sizes and pens of every picture: few, and tested for contrast."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

PAPER = "#ffffff"
INK = "#1d2730"
QUIET = "#56616b"
BLUE = "#0072b2"
RUST = "#b24a00"
GREEN = "#00704f"

MIST = "#f2f4f6"
SKY = "#e9f3fa"
SAND = "#fdf1e8"
MINT = "#e8f4ee"

INKS = (INK, QUIET, BLUE, RUST, GREEN)
FILLS = (PAPER, MIST, SKY, SAND, MINT)
TINT = {INK: MIST, QUIET: MIST, BLUE: SKY, RUST: SAND, GREEN: MINT}

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set; `size` is the font's height in pixels of the card."""

    size: int = 40
    ink: str = INK
    bold: bool = False
    mono: bool = False
    align: Align = "center"

    def tinted(self, ink: str) -> Type:
        return replace(self, ink=ink)

    def sized(self, size: int) -> Type:
        return replace(self, size=size)

    def fitted(self, words: str, width: float) -> Type:
        """Small enough for `words` to keep within `width`, but never too small to be read."""
        least = 44 if any(sign.isdecimal() for sign in words) else 34
        a_letter = 0.7 if self.bold else 0.62
        return replace(self, size=max(least, min(self.size, int(width / a_letter / len(words)))))

    @property
    def left(self) -> Type:
        return replace(self, align="left")

    @property
    def right(self) -> Type:
        return replace(self, align="right")

    @property
    def heavy(self) -> Type:
        return replace(self, bold=True)


TITLE = Type(48, bold=True, align="left")
LABEL = Type(40, QUIET)
NUMBER = Type(56)
MONO = Type(60, mono=True)


@dataclass(frozen=True, slots=True)
class Pen:
    """A stroke: colour, width in pixels, and dashes (on, off) in widths."""

    ink: str = INK
    width: float = 4
    dash: tuple[float, ...] = ()

    @property
    def dashed(self) -> Pen:
        return replace(self, dash=(3, 2.2))

    @property
    def dotted(self) -> Pen:
        return replace(self, dash=(1, 1.8))


THIN = Pen(QUIET, 3)
BOLD = Pen(INK, 6)


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colours written #rrggbb, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
