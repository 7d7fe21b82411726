"""The card that every picture is drawn on: opaque white, 1,080 pixels wide, y running down."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from lessons.decimals import in_decimals
from lessons.figures.ink import PAPER, TITLE, Pen, Type

WIDTH = 1080
SQUARE = 1080
TALL = 1350
MARGIN = 80
RIGHT = WIDTH - MARGIN
MIDDLE = WIDTH / 2
_DPI = 100  # one inch of the figure is a hundred pixels of the card

Point = tuple[float, float]


class Card:
    """A sheet of pixels with words, strokes and shapes; `texts` keeps all that was written."""

    def __init__(self, title: str, height: int = SQUARE) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.height = height
        self.figure: Any = Figure((WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)
        self._canvas: Any = FigureCanvasAgg(self.figure)
        pixels = Affine2D().scale(1 / _DPI, -1 / _DPI).translate(0, height / _DPI)
        self._pixels: Any = pixels + self.figure.dpi_scale_trans
        self.texts: list[Any] = []
        self._shapes = 0
        if title:
            self.text(MARGIN, 92, title, TITLE.fitted(title, RIGHT - MARGIN))

    def text(self, x: float, y: float, words: str, type_: Type) -> None:
        """Write one line whose digits are centred on `y`."""
        if not words:
            return
        from matplotlib.text import Text

        text = Text(
            x,
            y + 0.365 * type_.size,
            _typographic(words),
            color=type_.ink,
            fontproperties=_font(type_),
            horizontalalignment=type_.align,
            verticalalignment="baseline",
            parse_math=False,
            transform=self._pixels,
            zorder=1e6,
        )
        self.texts.append(text)
        self.figure.add_artist(text)

    def lines(self, x: float, y: float, words: Sequence[str], type_: Type) -> None:
        for row, line in enumerate(words):
            self.text(x, y + row * type_.size * 1.4, line, type_)

    def write_decimals_with(self, mark: str) -> None:
        """In all that was written so far."""
        for text in self.texts:
            text.set_text(in_decimals(text.get_text(), mark))

    def stroke(self, points: Sequence[Point], pen: Pen) -> None:
        from matplotlib.lines import Line2D

        line = Line2D(
            [x for x, _ in points],
            [y for _, y in points],
            color=pen.ink,
            linewidth=_points(pen.width),
            linestyle=(0, pen.dash) if pen.dash else "-",
            solid_capstyle="round",
            solid_joinstyle="round",
            dash_capstyle="butt",
            transform=self._pixels,
        )
        self._add(line)

    def arrow(self, start: Point, end: Point, pen: Pen) -> None:
        """A stroke with a filled head, whose tip is at `end`."""
        (x0, y0), (x1, y1) = start, end
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        across, along = (x1 - x0) / length, (y1 - y0) / length
        head = 14 + 2.2 * pen.width
        x2, y2 = x1 - across * head, y1 - along * head
        half = 0.55 * head
        self.stroke([start, (x2 + across * 2, y2 + along * 2)], pen)
        self.shape(
            [end, (x2 - along * half, y2 + across * half), (x2 + along * half, y2 - across * half)],
            pen.ink,
        )

    def shape(self, points: Sequence[Point], fill: str, pen: Pen | None = None) -> None:
        from matplotlib.patches import Polygon

        self._patch(Polygon(points, closed=True), fill, pen)

    def box(
        self,
        corner: Point,
        size: Point,
        fill: str = PAPER,
        pen: Pen | None = None,
        radius: float = 22,
    ) -> None:
        """A rounded box by its top left corner and its width and height."""
        from matplotlib.patches import BoxStyle, FancyBboxPatch

        patch = FancyBboxPatch(corner, *size, boxstyle=BoxStyle.Round(pad=0, rounding_size=radius))
        self._patch(patch, fill, pen)

    def disc(self, centre: Point, radius: float, fill: str = PAPER, pen: Pen | None = None) -> None:
        from matplotlib.patches import Circle

        self._patch(Circle(centre, radius), fill, pen)

    def _patch(self, patch: Any, fill: str, pen: Pen | None) -> None:
        patch.set(facecolor=fill, edgecolor=pen.ink if pen else "none")
        patch.set(linewidth=_points(pen.width) if pen else 0, transform=self._pixels)
        if pen and pen.dash:
            patch.set_linestyle((0, pen.dash))
        self._add(patch)

    def _add(self, artist: Any) -> None:
        """What is drawn later lies above; words lie above all."""
        self._shapes += 1
        artist.set_zorder(self._shapes)
        self.figure.add_artist(artist)

    def png(self) -> bytes:
        """The card as a PNG of at most 256 colours; the same card gives the same bytes."""
        from PIL import Image

        self._canvas.draw()
        size = (WIDTH, self.height)
        picture = Image.frombytes("RGBA", size, bytes(self._canvas.buffer_rgba())).convert("RGB")
        few = picture.quantize(256, dither=Image.Dither.NONE)
        file = io.BytesIO()
        few.save(file, "PNG", compress_level=9)
        return file.getvalue()

    def close(self) -> None:
        """Give the pixels back at once: figure, canvas and every text hold on to them."""
        self.figure.clear()
        for text in self.texts:
            vars(text).clear()
        self.figure.canvas = self._canvas.figure = self._canvas.renderer = None
        self.texts.clear()

    def pdf(self) -> bytes:
        """The card as one page of a PDF; it bears no date, so its bytes are always the same."""
        file = io.BytesIO()
        self.figure.savefig(file, format="pdf", metadata={"CreationDate": None})
        return file.getvalue()


def _points(pixels: float) -> float:
    return pixels * 72 / _DPI


def _font(type_: Type) -> Any:
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    name = "DejaVuSans" + ("Mono" if type_.mono else "") + ("-Bold" if type_.bold else "")
    file = f"{mpl.get_data_path()}/fonts/ttf/{name}.ttf"
    return FontProperties(fname=file, size=_points(type_.size))


def _typographic(words: str) -> str:
    """Hyphens before digits are minus signs, save between the widths of a network."""
    import re

    return re.sub(r"(?<![\w…-])-(?=[\d.])", "−", words)
