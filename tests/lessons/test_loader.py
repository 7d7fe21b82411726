"""Files become a course, or every fault at once with its file and line."""

from pathlib import Path

import pytest

from engine.question import Question
from lessons.course import Beat, Design, Exercise, Order
from lessons.drawing.exercise import draw
from lessons.lint import check_course
from lessons.loader.loading import FaultsError, languages, load, read

HERE = Path(__file__).parent
TITLES = """A neuron is a weighted sum and a squash, nothing more
One layer draws lines; two layers draw shapes
The squash is what makes the whole thing work
A network is a stack of weighted sums separated by squashes
Lay out the 2-3-1 network as numbers, not boxes
Compute z, apply ReLU, write down h
One last weighted sum gives you the prediction
The loss is one number that says how wrong you are
Backpropagation is the chain rule with a spreadsheet
You inherited a model with sigmoid hidden layers and slow training
Same parameter budget — go wider or deeper?
Your friend says any neural net can learn any function
Three teammates, three opinions on hidden layer width
Draw the architecture for a real tabular problem and defend it""".splitlines()


@pytest.fixture(scope="module")
def small():
    return load(HERE / "small").paths["small"]


def test_the_path_has_its_fourteen_titles_in_four_phases():
    path = load().paths["neural-network-fundamentals"]
    assert [lesson.title for lesson in path.lessons] == TITLES
    assert [len(phase.lessons) for phase in path.phases] == [4, 5, 4, 1]
    assert [lesson.minutes for lesson in path.lessons] == [
        6,
        6,
        6,
        7,
        6,
        7,
        6,
        6,
        7,
        7,
        7,
        7,
        7,
        12,
    ]
    assert len(path.faq) == 5


def test_a_lesson_is_told_in_steps(small):
    lesson = small.lesson("sum")
    kinds = [type(step) for step in lesson.steps]
    assert kinds == [Beat, Exercise, Beat, Exercise, Exercise]
    assert lesson.steps[0].figure.values["title"] == "A bill"
    assert [e.key for e in lesson.core] == ["add", "twins", "steps"]
    assert lesson.exercise("plan").role == "review"


def test_a_lesson_without_a_file_has_its_place_and_is_not_ready(small):
    assert [(lesson.number, lesson.ready) for lesson in small.lessons] == [(1, True), (2, False)]


def test_every_kind_of_exercise_can_be_drawn(small):
    asked = {key: draw(small.lesson("sum"), key, 5).asked for key in small.lesson("sum").exercises}
    assert isinstance(asked["add"], Question)
    assert isinstance(asked["steps"], Order)
    assert asked["steps"].right == (("write", "add", "look"),)
    assert asked["plan"] == Design("wine")
    assert asked["twins"].size == 2
    assert asked["twins"].expect.startswith("u1 + u2 == ")


def test_all_faults_are_told_at_once_with_their_lines(rewrite):
    golden = HERE / "broken" / "faults.txt"
    told = "".join(f"{fault}\n" for fault in read(HERE / "broken")[1])
    if rewrite:
        golden.write_text(told, encoding="utf-8")
    assert told == golden.read_text(encoding="utf-8")
    with pytest.raises(FaultsError):
        load(HERE / "broken")


def test_the_check_tells_the_same_faults_and_does_not_go_on_without_a_course():
    assert check_course(HERE / "broken") == list(read(HERE / "broken")[1])


def test_a_second_language_is_a_folder_of_words(small):
    german = load(HERE / "small", "de").paths["small"]
    lesson, drawn = german.lesson("sum"), draw(german.lesson("sum"), "add", 3)
    assert german.title == "Klein"
    assert german.about == small.about  # what is not translated stays
    assert lesson.title == "Eine Summe"
    assert lesson.steps[0].text == "Zwei Zahlen treffen sich."
    english = draw(small.lesson("sum"), "add", 3)
    assert drawn.values == english.values
    assert drawn.asked == english.asked
    assert drawn.prompt == english.prompt.replace("What is", "Was ist")
    assert languages(HERE / "small") == ("en", "de")


def test_its_pictures_write_numbers_as_its_words_do(small):
    german = load(HERE / "small", "de").paths["small"]
    shown = [
        {step.figure.values.get("decimal") for step in path.lesson("sum").steps if step.figure}
        for path in (small, german)
    ]
    assert shown == [{None}, {","}]


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ('carry = "Addieren, fertig."', "minutes = 9", "minutes is not words"),
        ('prompt = "Was ist', 'answer = "a - b"\nprompt = "Was ist', "answer is not words"),
        ("[exercise.steps.tiles]", "[exercise.nobody.tiles]", "stands over nothing"),
        ('"Oder ab {b}."', '"Oder ab {b}.", "x"', "of another kind or number"),
        ("@ask steps", "", "differ from those of the lesson"),
        ("Was ist {a} + {b}?", "Was ist {q}?", "q is nowhere drawn"),
    ],
)
def test_an_overlay_may_change_words_alone(tmp_path, was, now, fault):
    for file in (HERE / "small").rglob("*.*"):
        copy = tmp_path / file.relative_to(HERE / "small")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    over = tmp_path / "words/de/1-sums/01-sum.md"
    text = over.read_text(encoding="utf-8")
    assert was in text
    over.write_text(text.replace(was, now), encoding="utf-8")
    faults = read(tmp_path, "de")[1]
    assert [str(f) for f in faults if fault in f.sentence and f.file.startswith("words/de")], faults
    assert read(tmp_path)[1] == ()
