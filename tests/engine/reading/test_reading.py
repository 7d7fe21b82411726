"""Reading: what is written is read back, what is typed never raises, every letter has its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.reading import Refused, Shape, read
from engine.reading.canonical import canonical
from engine.reading.letters import PLAIN
from engine.reading.scope import Scope
from engine.reading.writing import write
from tests.engine.reading.trees import NAMES, TREES

PHONE = "0123456789.,;:-−–—+*×·/÷^()[]{}=≈%½¼²³⁻¹₁₂√σŷ∂xXhweE_ \n\t'`\"?!<>sigmoidrelumaxexplntanh"


@given(TREES)
@settings(max_examples=400)
def test_reading_undoes_writing(tree):
    reading = canonical(write(tree), NAMES)
    assert reading.entries[0][0] == tree


@given(TREES)
@settings(max_examples=200)
def test_a_learner_may_type_the_canonical_text(tree):
    text = write(tree)
    try:
        reading = read(text, NAMES)
    except Refused as refused:
        assert refused.kind == "ambiguous"  # noqa: PT017  refusing is allowed too
        return
    assert "," in text or tree in reading.entries[0]


@given(st.text(max_size=60) | st.text(alphabet=PHONE, max_size=60))
@settings(max_examples=1500)
def test_reading_never_raises_anything_but_refused(text):
    for shape in (Shape(), Shape(None, 3), Shape(2, 2)):
        try:
            reading = read(text, NAMES, shape)
        except Refused as refused:
            assert refused.position is None or 0 <= refused.position <= len(text)  # noqa: PT017  refusing is allowed too
        else:
            assert reading.written()


@pytest.mark.parametrize(
    ("typed", "position"),
    [("3 € 4", 2), ("3 + + * 4", 6), ("2*(3+1", 6), ("🙂", 0), ("½ + 🙂", 4), ("2 plus q", 7), ("z = 3 $", 6)],
)  # fmt: skip
def test_an_unreadable_answer_says_where_reading_stopped(typed, position):
    with pytest.raises(Refused) as refused:
        read(typed)
    assert refused.value.position == position


def test_the_table_of_letters_yields_plain_ascii_only():
    plain = "".join(PLAIN.values()).replace("\u00a0", "")
    assert plain.isascii()


@pytest.mark.parametrize(
    ("names", "run", "pieces"),
    [
        (("w", "x"), "wx", ["w", "x"]),
        (("h1", "h2"), "h1h2", ["h1", "h2"]),
        (("w", "x", "wx"), "wx", ["wx"]),
        (("ŷ",), "yhat", ["ŷ"]),
        (("y_hat",), "Yhat", ["y_hat"]),
        (("w", "W"), "W", ["W"]),
        (("x",), "sqrt2x", ["sqrt", "2", "x"]),
        (("x",), "xe", ["x", "e"]),
        (("δ2",), "delta2", ["δ2"]),
    ],
)
def test_runs_of_letters_fall_into_the_names_in_scope(names, run, pieces):
    assert [what for _, what in Scope(names).pieces(run, called=False)] == pieces


@pytest.mark.parametrize(
    ("names", "run", "kind"),
    [
        (("Wx", "wX"), "wx", "wrong-case"),
        (("a", "ab", "bc", "c"), "abc", "ambiguous"),
        (("h1",), "h12", "unknown-name"),
        (("x",), "x2", "unknown-name"),
        ((), "q", "unknown-name"),
    ],
)
def test_runs_that_could_be_two_things_are_not_guessed(names, run, kind):
    with pytest.raises(Refused) as refused:
        Scope(names).pieces(run, called=False)
    assert refused.value.kind == kind
