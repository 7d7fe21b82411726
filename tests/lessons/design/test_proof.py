"""A code says a design, its seed and its scores, and cannot be mistyped unnoticed."""

from hypothesis import given
from hypothesis import strategies as st

from lessons.design.architecture import Architecture, read_architecture
from lessons.design.proof import LETTERS, SEEDS, Proof, read, written
from lessons.design.tables import TABLES

LOSSES = {"yes/no": ["bce"], "kinds": ["ce"], "number": ["mse", "mae"]}
STRENGTHS = st.integers(1, 999).flatmap(
    lambda m: st.integers(0, 3).map(lambda e: float(f"{m}e-{e + 3}"))
)


@st.composite
def proofs(draw):
    table = draw(st.sampled_from(list(TABLES.values())))
    hidden = draw(st.lists(st.integers(1, 128), max_size=3))
    design = Architecture(
        (table.columns, *hidden, table.kinds),
        draw(st.sampled_from(["relu", "tanh", "sigmoid", "none"])),
        table.output,
        draw(st.sampled_from(LOSSES[table.task])),
        draw(st.just(0.0) | STRENGTHS),
        draw(st.booleans()),
        draw(st.just(0.01) | STRENGTHS),
        draw(st.integers(1, 200)),
    )
    return Proof(
        table.name,
        design,
        draw(st.integers(0, SEEDS - 1)),
        draw(st.integers(0, 1000)),
        draw(st.integers(-999, 999)),
    )


@given(proofs())
def test_reading_undoes_writing(proof):
    assert read(written(proof)) == proof


@given(proofs())
def test_a_design_is_the_same_after_it_was_written_and_read(proof):
    assert read_architecture(str(proof.design)) == proof.design


@given(proofs())
def test_a_code_may_be_typed_small_and_in_groups(proof):
    code = written(proof)
    assert read(f" {code[:4].lower()}-{code[4:].lower()} ") == proof


def test_one_wrong_letter_is_noticed_all_but_always():
    code = written(
        Proof("tumours", read_architecture("30-16-1 relu, bce, es, l2=0.01"), 7, 975, -4)
    )
    others = [
        code[:i] + letter + code[i + 1 :]
        for i in range(len(code))
        for letter in LETTERS
        if letter != code[i]
    ]
    assert sum(read(other) is not None for other in others) <= len(others) / 300


def test_a_usual_code_is_short():
    assert len(written(Proof("ring", read_architecture("2-8-1 relu, bce, es"), 63, 908, 364))) <= 13
    assert (
        len(
            written(
                Proof("tumours", read_architecture("30-16-8-1 relu, bce, es, l2=0.03"), 63, 975, -4)
            )
        )
        <= 18
    )


@given(st.text(max_size=80))
def test_anything_else_is_no_code(text):
    proof = read(text)
    assert proof is None or written(proof) == text.upper().replace(" ", "").replace(
        "-", ""
    ).translate(str.maketrans("ILO", "110")).lstrip("0")
