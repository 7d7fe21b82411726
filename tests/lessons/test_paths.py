"""The library's paths: a folder of words and numbers is one, and none gets in another's way."""

from itertools import combinations

from engine import check
from lessons.course import Path
from lessons.drawing.exercise import draw
from lessons.lint import check_course
from lessons.loader.loading import CONTENT, load

COURSE = load()
SECOND = "reading-a-confusion-matrix"


def test_the_second_path_is_a_folder_without_python():
    kinds = {file.suffix for file in (CONTENT / SECOND).rglob("*") if file.is_file()}
    assert kinds == {".toml", ".md"}


def test_the_second_path_holds_every_rule():
    assert [str(fault) for fault in check_course(CONTENT / SECOND, seeds=60)] == []


def test_strangers_begin_on_the_path_whose_folder_comes_first():
    assert list(COURSE.paths) == sorted(COURSE.paths)
    assert next(iter(COURSE.paths)) == "neural-network-fundamentals"


def test_no_lesson_of_one_path_bears_the_id_of_another():
    for one, other in combinations(COURSE.paths.values(), 2):
        assert not ids(one) & ids(other)


def ids(path: Path) -> set[str]:
    return {lesson.key for lesson in path.lessons}


def test_a_formula_asked_in_letters_names_the_slip_even_where_it_divides_by_zero():
    asked = draw(COURSE.paths[SECOND].lesson("two-ways-to-be-wrong"), "precision-formula", 1).asked
    assert check(asked, "H/(H+F)").family == "right"
    assert check(asked, "H:(F+H)").family == "right"
    assert check(asked, "H/F").misconceptions == ("against-the-others",)
    assert check(asked, "H/H + F").misconceptions == ("without-brackets",)
    bayes = draw(COURSE.paths[SECOND].lesson("rare-things"), "bayes-formula", 1).asked
    assert check(bayes, "pr/(pr + f - pf)").family == "right"
    assert check(bayes, "r").misconceptions == ("forgot-base-rate",)


def test_a_share_may_be_typed_as_a_fraction_or_as_it_stands_unreduced():
    asked = draw(COURSE.paths[SECOND].lesson("rare-things"), "own-precision-rare", 5).asked
    assert asked.expect == "20/71"
    assert check(asked, "60/213").family == "right"
    assert check(asked, "60/(60+153)").family == "right"
    assert check(asked, "60/153").misconceptions == ("against-the-others",)
    assert check(asked, "60 %").misconceptions == ("forgot-base-rate",)
