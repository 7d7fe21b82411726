"""The rules of the course: its own lessons keep them, and each of them speaks when it is broken."""

from dataclasses import replace
from pathlib import Path

import pytest

from lessons.course import Beat, Figure
from lessons.drawing.exercise import draw
from lessons.lint import check_course, drawn, shape, story, words
from lessons.loader.loading import load

HERE = Path(__file__).parent
COURSE = load()
PATH = COURSE.paths["neural-network-fundamentals"]
LESSONS = [lesson for lesson in PATH.lessons if lesson.ready]
NEURON = PATH.lesson("neuron")
OF_A_LESSON = (*shape.RULES, *story.RULES, *words.RULES)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_a_lesson_keeps_every_rule_over_200_seeds(lesson):
    found = [finding.sentence for rule in OF_A_LESSON for finding in rule(lesson)]
    draws = drawn.Draws(lesson, 200)
    found += [finding.sentence for rule in drawn.RULES for finding in rule(draws)]
    assert found == []


def test_the_path_keeps_its_rules():
    assert [finding.sentence for rule in shape.OF_A_PATH for finding in rule(PATH)] == []


def changed(key, **parts):
    """Drop 1 with one exercise changed, in its story too."""
    exercise = replace(NEURON.exercise(key), **parts)
    steps = tuple(exercise if getattr(step, "key", "") == key else step for step in NEURON.steps)
    return replace(NEURON, steps=steps, exercises={**NEURON.exercises, key: exercise})


def told(first):
    """Drop 1 with another first beat."""
    return replace(NEURON, steps=(Beat(first), *NEURON.steps[1:]))


FEEDBACK = NEURON.exercise("own-formula").feedback
LONG = "word " * 61
SUM = NEURON.exercise("first-sum")


@pytest.mark.parametrize(
    ("rule", "lesson", "sentence"),
    [
        (words.messages_are_short, told(LONG), "a beat has 61 words"),
        (words.sentences_are_short, told("word " * 21), "a sentence of 21 words"),
        (words.few_terms_are_new, told("<b>a</b> <b>c</b> <b>d</b>"), "3 new terms"),
        (words.few_terms_are_new, told("<b>weights</b>"), "weights is explained twice"),
        (words.words_are_kind, told("You lose."), "not the word “lose”"),
        (words.minus_signs_are_real, told("3 - 4"), "a hyphen"),
        (words.minus_signs_are_real, changed("recipe", prompt="Is it -3?"), "recipe: the prompt"),
        (words.telegram_takes_the_html, told("a < 3"), "a bare <"),
        (words.telegram_takes_the_html, told("a & c"), "a bare <"),
        (words.telegram_takes_the_html, told("<b>a"), "<b> is never closed"),
        (words.telegram_takes_the_html, told("<p>a</p>"), "no <p>"),
        (words.telegram_takes_the_html, told("<b><i>a</b></i>"), "</b> closes nothing"),
        (story.messages_are_few, replace(NEURON, steps=NEURON.steps * 2), "19 messages"),
        (story.words_are_few, replace(NEURON, steps=NEURON.steps * 3), "words with the prompts"),
        (story.pictures_are_few, replace(NEURON, steps=NEURON.steps * 2), "6 pictures"),
        (story.the_first_question_comes_soon, told("word " * 51), "51 words before"),
        (story.questions_stand_between_the_beats, replace(NEURON, steps=(Beat("a"),) * 3), "three beats"),
        (story.minutes_are_true, replace(NEURON, minutes=9), "minutes by the model, not 9"),
        (shape.every_slip_has_words, changed("own-formula", feedback={}), "swapped-inputs has no words"),
        (shape.words_belong_to_a_slip, changed("own-formula", feedback={**FEEDBACK, "odd": "x"}), "feedback.odd"),
        (shape.words_belong_to_a_slip, changed("own-formula", may_tie=("odd",)), "may-tie names odd"),
        (shape.typed_exercises_have_hints_and_working, changed("own-z", hints=()), "0 hints"),
        (shape.typed_exercises_have_hints_and_working, changed("first-sum", working=()), "working has two lines"),
        (shape.three_things_come_back, replace(NEURON, reviews=()), "reviews come after"),
        (shape.three_things_come_back, replace(NEURON, carry=""), "no sentence to carry away"),
        (shape.figures_can_be_drawn, replace(NEURON, steps=(Beat("a", Figure("moon")),)), "figure moon"),
        (shape.figures_can_be_drawn, replace(NEURON, steps=(Beat("a", Figure("receipt", {"w9": "1"})),)), "unknown w9"),
    ],
)  # fmt: skip
def test_a_rule_speaks_when_it_is_broken_and_is_silent_before(rule, lesson, sentence):
    assert [finding.sentence for finding in rule(NEURON)] == []
    assert sentence in " ".join(finding.sentence for finding in rule(lesson))


def with_draw(**parts):
    return changed("first-sum", draw=replace(SUM.draw, **parts))


def with_kind(**parts):
    return changed("first-sum", kind=replace(SUM.kind, **parts))


SLIPS = SUM.kind.slips


@pytest.mark.parametrize(
    ("rule", "lesson", "sentence"),
    [
        (drawn.numbers_can_be_drawn, with_draw(require=("x1 > 9",)), "no numbers found"),
        (drawn.numbers_can_be_drawn, with_kind(slips={**SLIPS, "same": "2*x2 - x1"}), "no numbers found"),
        (drawn.pools_are_wide, with_draw(ranges={"x1": "1..3", "x2": "4..6"}), "different instances"),
        (drawn.words_keep_the_secret, changed("first-sum", hints=("It is {2*x2 - x1}.", "So.")), "hint 1 gives"),
        (
            drawn.words_keep_the_secret,
            changed("first-sum", feedback={**SUM.feedback, "dropped-minus": "No: {2*x2 - x1}!"}),
            "dropped-minus give the answer away",
        ),
        (drawn.filled_words_fit, changed("first-sum", prompt=LONG), "its prompt is too long"),
        (drawn.one_option_is_right, changed("recipe", feedback={}), "has no words in feedback"),
    ],
)  # fmt: skip
def test_a_rule_over_many_seeds_speaks_when_it_is_broken(rule, lesson, sentence):
    key = "recipe" if "option" in rule.__name__ else "first-sum"
    alone = replace(lesson, exercises={key: lesson.exercises[key]})
    before = replace(NEURON, exercises={key: NEURON.exercises[key]})
    assert [finding.sentence for finding in rule(drawn.Draws(before, 200))] == []
    assert sentence in " ".join(finding.sentence for finding in rule(drawn.Draws(alone, 200)))


def test_a_slip_that_may_tie_but_never_shows_is_told():
    kind = replace(SUM.kind, slips={**SLIPS, "same": "2*x2 - x1"})
    lesson = changed(
        "first-sum", kind=kind, may_tie=("same",), feedback={**SUM.feedback, "same": "x"}
    )
    alone = replace(lesson, exercises={"first-sum": lesson.exercises["first-sum"]})
    found = list(drawn.every_slip_can_show(drawn.Draws(alone, 50)))
    assert [finding.sentence for finding in found] == [
        "first-sum: same never shows: its answer is another's, or the right one"
    ]


def test_an_exercise_id_belongs_to_one_lesson_and_long_options_are_not_right_too_often():
    twice = replace(PATH.phases[0], lessons=(NEURON, replace(NEURON, key="again")))
    assert "own-z is in 2 lessons" in str(
        list(shape.ids_have_one_meaning(replace(PATH, phases=(twice,))))
    )
    recipe = NEURON.exercise("recipe")
    longest = {
        **recipe.kind.options,
        "right": "a very long and careful option that stands out at once",
    }
    lesson = replace(
        NEURON, exercises={"recipe": replace(recipe, kind=replace(recipe.kind, options=longest))}
    )
    only = replace(PATH, phases=(replace(PATH.phases[0], lessons=(lesson,)),))
    assert "right 1 times of 1" in str(
        list(shape.the_longest_option_wins_no_more_than_chance(only))
    )


def test_faults_are_printed_with_file_and_line(tmp_path):
    for name in ("path.toml", "1-sums/01-sum.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            (HERE / "small" / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    assert check_course(tmp_path, seeds=5) == []
    lesson = tmp_path / "1-sums/01-sum.md"
    text = lesson.read_text(encoding="utf-8").replace("Two numbers meet.", "Two numbers meet < 3.")
    lesson.write_text(text.replace('product = "You multiplied."', ""), encoding="utf-8")
    assert [str(fault) for fault in check_course(tmp_path, seeds=5)] == [
        "1-sums/01-sum.md:13: add: product has no words in feedback",
        "1-sums/01-sum.md:69: a beat: a bare < or &: write &lt; or &amp;",
    ]


def test_1000_learners_would_each_get_numbers_that_tell_slips_apart():
    for key in ("first-sum", "sigmoid-mirror", "bias-for-target"):
        for seed in range(1000):
            asked = draw(NEURON, key, seed).asked
            assert asked.expect not in asked.slips.values()
