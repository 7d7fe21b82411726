"""The misconception that the README teaches to add is one, and speaks as it says."""

import re
from pathlib import Path

from engine import MISCONCEPTIONS, trace
from engine.misconceptions import bent, forward
from tests.engine import nets

README = (Path(__file__).parents[2] / "engine" / "README.md").read_text("utf-8")


def test_the_readmes_own_misconception_speaks_where_it_says():
    rule, line = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names = {**vars(forward)}
    exec(rule, names)
    [(slug, (network, row, target, cell, written))] = eval(f"{{{line}}}", vars(nets)).items()
    added = names["DoubledBias"]()
    assert added.slug == slug
    assert slug not in MISCONCEPTIONS
    wrong = trace(network, row, target, rules=bent(added.everywhere()))
    assert wrong[cell].value == written != trace(network, row, target)[cell].value


def test_the_files_it_names_are_there():
    for name in re.findall(r"`([\w/]+\.py)`", README):
        place = Path(name) if "/" in name else Path("engine/misconceptions") / name
        assert (Path(__file__).parents[2] / place).exists(), name
