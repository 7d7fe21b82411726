"""The house keeps its own rules: layers, types, style, sizes, and nothing beyond the fixed top level."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOMS = ("engine", "lessons", "bot")
TOP_LEVEL = {"pyproject.toml", "README.md", "bot", "lessons", "engine", "tests", "deploy"}
LONGEST_FILE = 250
LONGEST_FUNCTION = 25

pytestmark = pytest.mark.xdist_group("house")


def run(*command):
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=HOUSE, capture_output=True, text=True, check=False
    )


def tracked(pattern):
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    return [Path(line) for line in listed.stdout.splitlines() if (HOUSE / line).exists()]


@pytest.mark.timeout(300)
def test_imports_keep_to_the_layers():
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout


@pytest.mark.timeout(600)
def test_types_hold():
    checked = run("mypy")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("command", [("check",), ("format", "--check")], ids="-".join)
def test_style_holds(command):
    styled = run("ruff", *command, "--quiet", ".")
    assert styled.returncode == 0, styled.stdout


def test_a_file_is_read_in_one_sitting():
    long = {
        str(path): length
        for path in tracked("*.py")
        if (length := len((HOUSE / path).read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def functions(path):
    for node in ast.walk(ast.parse((HOUSE / path).read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function):
    """Lines of the body, without docstring: what must be seen in one glance."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_a_function_is_seen_in_one_glance():
    long = {
        f"{path}:{function.lineno} {function.name}": lines_of(function)
        for room in ROOMS
        for path in tracked(f"{room}/*.py")
        for function in functions(path)
        if lines_of(function) > LONGEST_FUNCTION
    }
    assert not long


def test_every_file_opens_with_a_sentence():
    silent = [
        str(path)
        for room in ROOMS
        for path in tracked(f"{room}/*.py")
        if (source := (HOUSE / path).read_text()).strip()
        and not ast.get_docstring(ast.parse(source))
    ]
    assert not silent


def test_the_top_level_is_fixed():
    top = {path.parts[0] for path in tracked("*")}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


def test_everything_is_caught_in_one_place_only():
    catching = [
        f"{path}:{node.lineno}"
        for room in ROOMS
        for path in tracked(f"{room}/*.py")
        for node in ast.walk(ast.parse((HOUSE / path).read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    assert len(catching) <= 1, catching
