"""A learner's network as a workbook computes what the engine computes, cell by cell."""

import io
import math
import re
import shutil
import subprocess
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from engine import Network, trace
from engine.balls import ball
from lessons.spreadsheet import places, workbook

KITCHEN = Network.of(
    ([[-2, 3], [-2, -1], [2, -2]], [4, 3, -1], "relu"), ([[1, 3, -2]], [5], "linear")
)
ROW_A = ([2, 1], [1], "1/50")
INNER = re.compile(r"[pq]\d|L1$")  # written out inside the formulas of others

small = st.integers(-5, 5)
parts = st.fractions(-4, 4, max_denominator=6)


def passes(network, inputs, target, rate, loss="half-squared"):
    first = trace(network, inputs, target, rate, loss=loss)
    second = trace(first.updated(), inputs, target, loss=loss)
    return {**first, **{f"again {at}": cell for at, cell in second.items()}}


def sheet_of(made, name="Live", **options):
    return load_workbook(io.BytesIO(made), **options)[name]


class Computed:
    """The formulas of a sheet, computed as written, in whatever numbers its cells hold."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.known = {}

    def __getitem__(self, place):
        if place not in self.known:
            told = self.sheet[place].value
            self.known[place] = self.value(told) if isinstance(told, str) else Fraction(str(told))
        return self.known[place]

    def value(self, told):
        told = re.sub(r"([A-Z]+\d+)", r"cell['\1']", told.removeprefix("="))
        told = re.sub(r"(?<![\w'\]])(\d+)(?!['\d])", r"F(\1)", told).replace("^", "**")
        told = re.sub(r"(?<![<>=])=(?!=)", "==", told)
        functions = {
            "F": Fraction,
            "MAX": max,
            "IF": lambda when, then, other: then if when else other,
        }
        return eval(told, {"__builtins__": {}}, {"cell": self, **functions})


@st.composite
def exercises(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    squashes = [draw(st.sampled_from(["relu", "linear", "leaky-relu", "step"])) for _ in sizes[1:]]
    vector = lambda size: draw(st.lists(small | parts, min_size=size, max_size=size))  # noqa: E731
    layers = [
        ([vector(before) for _ in range(after)], vector(after), squash)
        for before, after, squash in zip(sizes, sizes[1:], squashes, strict=False)
    ]
    loss = draw(st.sampled_from(["half-squared", "squared", "mean-squared"]))
    rate = draw(st.sampled_from(["1/50", "1/10", "1/3"]))
    return Network.of(*layers), vector(sizes[0]), vector(sizes[-1]), rate, loss


@settings(max_examples=40, deadline=None)
@given(exercises())
def test_every_formula_gives_exactly_the_engines_number(exercise):
    network, inputs, target, rate, loss = exercise
    computed = Computed(sheet_of(workbook(network, inputs, target, rate, loss=loss)))
    expected = passes(network, inputs, target, rate, loss)
    for address, place in places(network).items():
        assert computed[place] == expected[address].value, address


def test_every_number_of_a_trace_has_its_place():
    expected = passes(KITCHEN, *ROW_A)
    missing = {at for at in expected if not INNER.match(at)} - set(places(KITCHEN))
    assert {at for at in missing if not at.startswith("again ")} == set()
    assert {"again z1.1", "again a2.1", "again e1", "again L"} <= set(places(KITCHEN))


def test_a_reader_that_does_not_compute_sees_the_numbers_too():
    sheet = sheet_of(workbook(KITCHEN, *ROW_A), data_only=True)
    at = places(KITCHEN)
    assert sheet[at["L"]].value == 12.5
    assert sheet[at["w2.1.1+"]].value == 0.7
    assert sheet[at["again a2.1"]].value == 1.96
    assert sheet[at["again L"]].value == 0.4608


def test_a_third_is_written_as_a_third():
    network = Network.of(([["1/3", "0.15"]], ["-2/7"], "linear"))
    sheet, at = sheet_of(workbook(network, [1, 2], [1], "1/10")), places(network)
    assert sheet[at["w1.1.1"]].value == "=1/3"
    assert sheet[at["w1.1.2"]].value == 0.15
    assert sheet[at["b1.1"]].value == "=-2/7"


def test_the_sheet_for_the_pencil_has_the_givens_and_nothing_that_follows():
    made, at = workbook(KITCHEN, *ROW_A), places(KITCHEN)
    sheet = sheet_of(made, "Pencil")
    first = trace(KITCHEN, *ROW_A)
    for address, place in at.items():
        is_given = not address.startswith("again ") and not first[address].args
        assert (sheet[place].value is not None) == is_given, address
    rules = {str(rule.sqref) for rule in sheet.conditional_formatting}
    assert at["z1.2"] in rules
    assert at["x1"] not in rules


def test_the_same_network_gives_the_same_bytes():
    assert workbook(KITCHEN, *ROW_A) == workbook(KITCHEN, *ROW_A)


def test_what_is_not_rational_is_refused():
    lifted = KITCHEN.map(ball)
    with pytest.raises(ValueError, match="whole numbers and fractions"):
        workbook(lifted, *ROW_A)


CLASSES = Network.of(
    ([[1, -1], [2, 1]], [1, -1], "tanh"), ([[1, -2], [1, 1], [0, 1]], [0, 1, 0], "softmax")
)
BITS = Network.of(([[1, -1], [2, 1]], [1, -1], "relu"), ([[1, -2], [1, 1]], [0, 1], "softmax2"))
YES = Network.of(([[1, -1], [2, 1]], [1, -1], "sigmoid"), ([["1/2", "-1/3"]], [0], "sigmoid"))
LOPSIDED = Network.of(([[1, -1], [2, 1]], [1, -1], "sigmoid2"), ([["1/2", "-1/3"]], [0], "softmax"))
OPENED = {
    "kitchen": (KITCHEN, [2, 1], [1], "1/50", "half-squared"),
    "kitchen-b": (KITCHEN, [0, 1], [20], "1/10", "squared"),
    "classes": (CLASSES, ["1/2", 2], [0, 1, 0], "1/10", "ce"),
    "bits": (BITS, [1, 2], [0, 1], "1/10", "ce2"),
    "yes": (YES, ["1/2", 2], [1], "1/10", "bce"),
    "squared-softmax": (CLASSES, ["1/2", 2], [0, 1, 0], "1/10", "mean-squared"),
    "base-two": (LOPSIDED, ["1/2", 2], [1], "1/10", "squared"),
}


def opened(folder, files):
    """The workbooks as LibreOffice computes them: what they held before is thrown away first."""
    for name, made in files.items():
        without = load_workbook(io.BytesIO(made))  # keeps formulas, drops their values
        without.save(folder / f"{name}.xlsx")
    office = shutil.which("soffice") or "soffice"
    command = [
        office,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
    ]
    names = [str(folder / f"{name}.xlsx") for name in files]
    subprocess.run(
        [*command, "xlsx", "--outdir", str(folder / "out"), *names], check=True, timeout=100
    )
    return {
        name: load_workbook(folder / "out" / f"{name}.xlsx", data_only=True)["Live"]
        for name in files
    }


@pytest.mark.system
def test_libreoffice_computes_what_the_engine_computes(tmp_path):
    files = {name: workbook(*given[:4], loss=given[4]) for name, given in OPENED.items()}
    sheets = opened(tmp_path, files)
    for name, (network, inputs, target, rate, loss) in OPENED.items():
        expected = passes(network, inputs, target, rate, loss)
        at = places(network, loss)
        compared = 0
        for address in set(at) & set(expected):
            value = sheets[name][at[address]].value
            exact = expected[address].value
            compared += 1
            if network is KITCHEN and not address.startswith("again ") and "+" not in address:
                assert value == float(exact), (name, address)
            assert math.isclose(value, float(exact), rel_tol=1e-12, abs_tol=1e-13), (name, address)
        assert compared > 30


@pytest.mark.system
def test_a_changed_input_is_followed_through_the_whole_sheet(tmp_path):
    book = load_workbook(io.BytesIO(workbook(KITCHEN, *ROW_A)))
    at = places(KITCHEN)
    book["Live"][at["x1"]].value = 0
    book["Live"][at["t1"]].value = 20
    changed = io.BytesIO()
    book.save(changed)
    sheet = opened(tmp_path, {"changed": changed.getvalue()})["changed"]
    expected = passes(KITCHEN, [0, 1], [20], "1/50")
    for address, place in at.items():
        assert math.isclose(sheet[place].value, float(expected[address].value), abs_tol=1e-12), (
            address
        )
