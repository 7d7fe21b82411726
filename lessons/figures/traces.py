"""A pass of any network small enough for a card: every unit's z, output and blame."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from lessons.figures.card import MARGIN, RIGHT, TALL, Card
from lessons.figures.ink import BLUE, GREEN, INK, LABEL, MINT, NUMBER, QUIET, RUST, SKY, TITLE
from lessons.figures.recipe import Recipe

_ADDRESS = r"rate|[A-Za-z]+\d+(?:\.\d+)*\+?|L"
_SHOWN = r"[zad]\d+\.\d+"
_COLUMNS = (460, 730, RIGHT)
_ROWS = 16


def whole_pass(values: Mapping[str, str]) -> Card:
    """Layer by layer, a row a unit: z, what the squash makes of it, and δ once it is known."""
    units = Counter(int(m[1]) for at in values if (m := re.fullmatch(r"z(\d+)\.\d+", at)))
    rows = sum(units.values()) + 2 * len(units) + 1
    if not units or rows > _ROWS:
        raise ValueError(f"a card bears 1 to {_ROWS} rows, and this pass has {rows}")
    card = Card("", TALL)
    name = values["network"]
    card.text(MARGIN, 92, name, TITLE.fitted(name, RIGHT - MARGIN))
    pitch = min(100.0, 1150 / rows)
    y = 190.0
    inputs = ", ".join(brief(values[at]) for at in values if re.fullmatch(r"x\d+", at))
    if inputs:
        told = f"x = {inputs}"
        card.text(MARGIN, y, told, NUMBER.left.sized(52).fitted(told, RIGHT - MARGIN))
    for layer in sorted(units):
        y = _layer(card, y + 1.25 * pitch, pitch, values, (layer, units[layer]))
    if values.get("L"):
        card.text(MARGIN, y + 1.2 * pitch, values["loss"], NUMBER.left.heavy.tinted(RUST))
        card.text(RIGHT, y + 1.2 * pitch, brief(values["L"]), NUMBER.right.heavy.tinted(RUST))
    return card


def _layer(
    card: Card, y: float, pitch: float, values: Mapping[str, str], of: tuple[int, int]
) -> float:
    """The block of one layer from `y` on; returns where its last row stands."""
    layer, units = of
    longest = max(len(brief(told)) for at, told in values.items() if re.fullmatch(_SHOWN, at))
    style = NUMBER.right.fitted("0" * longest, 240)
    last = f"z{layer + 1}.1" not in values
    back = f"d{layer}.1" in values
    top, height = y + 0.5 * pitch, units * pitch
    card.box((MARGIN - 30, top), (RIGHT - MARGIN + 60, height), MINT if last else SKY)
    heads = ("z", "ŷ" if last else "h", "δ" if back else "")
    for x, head in zip(_COLUMNS, heads, strict=True):
        card.text(x, y, head, LABEL.right.sized(44))
    card.text(MARGIN, y, f"{values['layer']} {layer}", LABEL.left.sized(44).tinted(QUIET))
    for unit in range(1, units + 1):
        at = y + unit * pitch
        card.text(MARGIN, at, str(unit), LABEL.left.sized(44).tinted(INK))
        for x, kind in zip(_COLUMNS, "zad", strict=True):
            told = brief(values.get(f"{kind}{layer}.{unit}", ""))
            ink = INK if kind != "a" else GREEN if last else BLUE
            card.text(x, at, told, style.tinted(ink))
    return y + units * pitch


def brief(told: str) -> str:
    """A number as told; one of more than seven signs as `≈` and four significant digits."""
    told = told.strip()
    if len(told) <= 7:
        return told
    value = float(Fraction(told))
    if 0 < abs(value) < 1e-4:
        return "≈0"
    return "≈" + (f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}").replace("-", "−")


RECIPES = {
    "trace": Recipe(
        whole_pass,
        {"layer": "layer", "loss": "loss L"},
        {
            "network": "2-3-1 relu",
            "x1": "2",
            "x2": "1",
            "z1.1": "3",
            "z1.2": "-2",
            "z1.3": "1",
            "a1.1": "3",
            "a1.2": "0",
            "a1.3": "1",
            "z2.1": "6",
            "a2.1": "6",
            "d2.1": "5",
            "d1.1": "5",
            "d1.2": "0",
            "d1.3": "-10",
            "L": "25/2",
        },
        also=_ADDRESS,
    ),
}
