"""Random trees of answers, for the properties that reading and judging must have."""

from fractions import Fraction

from hypothesis import strategies as st

from engine.reading.tree import Binary, Call, Euler, Name, Negative, Number

NAMES = ("x", "h1", "yhat", "w")


def decimal(digits, places):
    return Number(Fraction(digits, 10**places), places)


NUMBERS = st.one_of(
    st.integers(0, 10**6).map(lambda whole: Number(Fraction(whole))),
    st.builds(decimal, st.integers(0, 10**6), st.integers(1, 6)),
)
LEAVES = st.one_of(NUMBERS, st.sampled_from(NAMES).map(Name), st.just(Euler()))
RATIONAL_LEAVES = st.one_of(
    st.integers(0, 5).map(lambda whole: Number(Fraction(whole))), st.sampled_from(NAMES).map(Name)
)


def _grown(inner):
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from("+-*/^"), inner, inner),
        st.builds(
            Call,
            st.sampled_from(("sigmoid", "relu", "exp", "ln", "log2", "tanh", "sqrt", "step")),
            st.tuples(inner),
        ),
        st.builds(Call, st.just("max"), st.tuples(inner, inner)),
    )


def _rational(inner):
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(
            Binary,
            st.just("^"),
            inner,
            st.integers(0, 3).map(lambda whole: Number(Fraction(whole))),
        ),
    )


TREES = st.recursive(LEAVES, _grown, max_leaves=12)
RATIONAL_TREES = st.recursive(RATIONAL_LEAVES, _rational, max_leaves=8)
