"""The lesson that the README teaches to write is a lesson: only what it leaves out is missed."""

import re
from pathlib import Path

from lessons.lint import check_course

README = Path(__file__).parents[2] / "lessons" / "README.md"
PATH = """title = "T"
about = "A"
facts = ["1 drop"]
[phase.1-a-neuron]
title = "P"
outcome = "O"
"""


def test_the_readmes_own_lesson_can_be_read(tmp_path):
    text = README.read_text(encoding="utf-8")
    place, exercise, rest, glossary = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    body = re.search(r"```\n(Two riders.*?)```", text, re.DOTALL)[1]
    first, tables = rest.split("[figure", 1)
    (tmp_path / "1-a-neuron").mkdir()
    (tmp_path / "path.toml").write_text(PATH + place, encoding="utf-8")
    lesson = f"+++\n{first}{exercise}[figure{tables}+++\n{body}"
    (tmp_path / "1-a-neuron" / "02-bias.md").write_text(lesson, encoding="utf-8")
    (tmp_path / "glossary.toml").write_text(glossary, encoding="utf-8")
    assert [fault.sentence for fault in check_course(tmp_path)] == [
        "takes 1.6 minutes by the model, not 5",
        "reviews come after 1, 3 and 7 days, not [1]",
    ]
