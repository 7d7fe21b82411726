"""A path's glossary: read with its faults and their lines, held to rules, told in two languages."""

from dataclasses import replace
from pathlib import Path

import pytest

from lessons.course import Path as CoursePath
from lessons.course import Phase, Term
from lessons.lint import check_course, glossary
from lessons.loader.loading import load, read

HERE = Path(__file__).parent
BIAS = Term("bias", ("offset",), "The number added to a unit's products.", 1)
LESSONS = load().paths["neural-network-fundamentals"].lessons[:2]
PATH = CoursePath("p", "P", "A", (), (Phase("1", "One", "O", LESSONS),), glossary=(BIAS,))


@pytest.mark.parametrize(
    ("rule", "terms", "sentence"),
    [
        (glossary.meanings_are_short, [replace(BIAS, meaning="word " * 26)], "has 26 words"),
        (glossary.names_mean_one_thing, [BIAS, Term("Offset", (), "M.", 1)], "“offset” is the"),
        (glossary.drops_are_there, [replace(BIAS, drop=3)], "there is no drop 3"),
        (glossary.drops_are_there, [replace(BIAS, drop=0)], "there is no drop 0"),
        (glossary.meanings_are_well_written, [replace(BIAS, meaning="z < 0")], "a bare <"),
        (glossary.meanings_are_well_written, [replace(BIAS, meaning="It is -3.")], "a hyphen"),
    ],
)
def test_a_rule_of_the_glossary_speaks_when_it_is_broken_and_is_silent_before(
    rule, terms, sentence
):
    assert list(rule(PATH)) == []
    found = rule(replace(PATH, glossary=tuple(terms)))
    assert sentence in " ".join(finding.sentence for finding in found)


def copied(folder):
    for file in (HERE / "small").rglob("*.*"):
        copy = folder / file.relative_to(HERE / "small")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


SUM = '[[term]]\nname = "sum"\nalso = ["total"]\nmeaning = "What adding gives."\ndrop = 1\n'


def test_faults_of_a_glossary_are_told_with_file_and_line(tmp_path):
    (copied(tmp_path) / "glossary.toml").write_text(
        SUM + '\n[[term]]\nname = "bill"\ndrop = "one"\nwhy = "x"\n', encoding="utf-8"
    )
    assert [str(fault) for fault in read(tmp_path)[1]] == [
        "glossary.toml:7: term: meaning is missing",
        "glossary.toml:9: term: drop is a whole number",
        "glossary.toml:10: term: why is unknown here",
    ]


def test_the_check_tells_where_a_meaning_is_too_long(tmp_path):
    long = SUM.replace("What adding gives.", "word " * 30)
    (copied(tmp_path) / "glossary.toml").write_text(long, encoding="utf-8")
    assert "glossary.toml:2: sum: its meaning has 30 words; at most 25" in [
        str(fault) for fault in check_course(tmp_path, seeds=5)
    ]


def test_another_language_lays_its_words_over_a_term_and_keeps_its_names(tmp_path):
    (copied(tmp_path) / "glossary.toml").write_text(SUM, encoding="utf-8")
    over = tmp_path / "words/de/glossary.toml"
    over.write_text(
        '[term.sum]\nname = "Summe"\nalso = ["Ergebnis"]\nmeaning = "Was Addieren ergibt."\n',
        encoding="utf-8",
    )
    [term] = load(tmp_path, "de").paths[tmp_path.name].glossary
    assert term == Term("Summe", ("Ergebnis", "sum", "total"), "Was Addieren ergibt.", 1, 1)
    over.write_text('[term.none]\nname = "x"\n', encoding="utf-8")
    assert [str(fault) for fault in read(tmp_path, "de")[1]] == [
        "words/de/glossary.toml:1: none: stands over no term"
    ]
