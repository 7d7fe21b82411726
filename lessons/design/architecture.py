"""An architecture as a learner writes it: widths, squashes, output, loss and brakes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

Hidden: TypeAlias = Literal["relu", "tanh", "sigmoid", "none"]
Output: TypeAlias = Literal["sigmoid", "softmax", "linear"]
Loss: TypeAlias = Literal["bce", "ce", "mse", "mae"]

MOST_HIDDEN_LAYERS = 3
WIDEST = 256
MOST_PARAMETERS = 100_000
MOST_EPOCHS = 200
LONGEST_TEXT = 200
USUAL_RATE, SLOWEST_RATE = 0.01, 1e-6

HIDDEN: dict[str, Hidden] = {
    "relu": "relu",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "none": "none",
    "linear": "none",
    "identity": "none",
}
OUTPUTS: dict[str, str] = {
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "softmax": "softmax",
    "linear": "linear",
    "identity": "linear",
    "none": "linear",
    "relu": "relu",
    "tanh": "tanh",
}
LOSSES: dict[str, Loss] = {
    "bce": "bce",
    "log-loss": "bce",
    "logloss": "bce",
    "binary cross-entropy": "bce",
    "ce": "ce",
    "cross-entropy": "ce",
    "categorical cross-entropy": "ce",
    "mse": "mse",
    "squared": "mse",
    "squared error": "mse",
    "mae": "mae",
    "absolute": "mae",
    "absolute error": "mae",
}
FITTING: dict[str, str] = {"bce": "sigmoid", "ce": "softmax", "mse": "linear", "mae": "linear"}

SEPARATOR = re.compile(r"\s*(?:->|=>|[-–—−‐→>×x:/]|\s)\s*")
SIZES = re.compile(r"^\s*\d+(?:\s*(?:->|=>|[-–—−‐→>×x:/]|\s)\s*\d+)+")


@dataclass(frozen=True, slots=True)
class Architecture:
    """Widths from inputs to outputs, and every other choice of the design."""

    widths: tuple[int, ...]
    hidden: str = "relu"
    output: str = "linear"
    loss: str = "mse"
    l2: float = 0.0
    early_stopping: bool = False
    rate: float = USUAL_RATE
    epochs: int = MOST_EPOCHS

    @property
    def arrows(self) -> tuple[int, ...]:
        """Parameters of each arrow: (numbers in + 1) × numbers out."""
        return tuple((below + 1) * above for below, above in pairwise(self.widths))

    @property
    def parameters(self) -> int:
        return sum(self.arrows)

    def __str__(self) -> str:
        options = [f"l2={self.l2:g}"] * bool(self.l2) + ["es"] * self.early_stopping
        options += [f"lr={self.rate:g}"] * (self.rate != USUAL_RATE)
        options += [f"epochs={self.epochs}"] * (self.epochs != MOST_EPOCHS)
        parts = [
            f"{'-'.join(map(str, self.widths))} {self.hidden}",
            f"{self.output} out",
            self.loss,
            *options,
        ]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a typed design was not understood: a kind, and the words it stumbled over."""

    kind: Literal["empty", "too-long", "no-sizes", "unknown-word", "bad-number", "missing"]
    word: str = ""


def read_architecture(text: str) -> Architecture | Unread:
    """Reads `30-16-1 relu, sigmoid out, bce, l2=0.01, es` in the spellings people use."""
    if not text.strip():
        return Unread("empty")
    if len(text) > LONGEST_TEXT:
        return Unread("too-long")
    sizes = SIZES.match(text)
    if not sizes:
        return Unread("no-sizes")
    widths = tuple(int(number) for number in re.findall(r"\d+", sizes[0])[:12])
    rest = text[sizes.end() :].lower().replace("\n", ",")
    words = [word.strip() for word in re.split(r"[,;·]", rest) if word.strip()]
    return _choices(Architecture(widths, output="", loss=""), words)


def _choices(architecture: Architecture, words: list[str]) -> Architecture | Unread:
    for word in _unpacked(words):
        read = _choice(architecture, word)
        if isinstance(read, Unread):
            return read
        architecture = read
    if not architecture.loss:
        return Unread("missing", "loss")
    return replace(architecture, output=architecture.output or FITTING[architecture.loss])


def _unpacked(words: list[str]) -> list[str]:
    """`relu sigmoid out bce` without commas: known phrases first, then word by word."""
    unpacked: list[str] = []
    for word in words:
        if _known(word):
            unpacked.append(word)
        else:
            joined = re.sub(r"\b(\w+)\s+(?:out|output)\b", r"\1_out", word)
            unpacked += [part.replace("_out", " out") for part in joined.split()]
    return unpacked


def _known(word: str) -> bool:
    named = word in HIDDEN or word in LOSSES or word == "early stopping"
    return named or "=" in word or bool(re.fullmatch(r"(out(put)?\W+)?\w+|\w+ out(put)?", word))


def _choice(architecture: Architecture, word: str) -> Architecture | Unread:
    output = re.fullmatch(r"(?:out(?:put)?\s*[:=]?\s*)?(\w+)(?:\s+out(?:put)?)?", word)
    if output and "out" in word and output[1] in OUTPUTS:
        return replace(architecture, output=OUTPUTS[output[1]])
    if word in LOSSES:
        return replace(architecture, loss=LOSSES[word])
    if word in HIDDEN:
        return replace(architecture, hidden=HIDDEN[word])
    if word in ("es", "early stopping", "early", "stopping", "with", "and", "hidden"):
        stops = architecture.early_stopping or word not in ("with", "and", "hidden")
        return replace(architecture, early_stopping=stops)
    return _option(architecture, word)


def _option(architecture: Architecture, word: str) -> Architecture | Unread:
    option = re.fullmatch(r"(l2|weight decay|wd|lr|rate|epochs)\s*[=:]\s*([\d.]+(?:e-?\d+)?)", word)
    if not option:
        return Unread("unknown-word", word)
    name, number = option.groups()
    try:
        value = float(f"{float(number):.3g}")  # three digits are all that a code has room for
    except ValueError:
        return Unread("bad-number", number)
    if name == "epochs":
        return replace(architecture, epochs=max(1, min(int(value), MOST_EPOCHS)))
    if name in ("lr", "rate"):
        known = SLOWEST_RATE <= value <= 1
        return replace(architecture, rate=value) if known else Unread("bad-number", number)
    known = value == 0 or SLOWEST_RATE <= value <= 10
    return replace(architecture, l2=value) if known else Unread("bad-number", number)
