"""Networks for a pencil: the numbers are small, and mistakes show."""

from pathlib import Path

import pytest

from engine import MISCONCEPTIONS, trace
from engine.asking import ask
from engine.pencil import SHAPES, NoNetworkError, pencil, personal
from engine.pencil.networks import LARGEST
from engine.pencil.personal import asked
from engine.pencil.standards import CORE, MISTAKES, visible
from engine.scalars import same

GOLDEN = Path(__file__).with_name("networks.txt")
SEEDS = range(12)


def told(net):
    rows = " ".join(f"{at}={value}" for at, value in net.network.parameters.items())
    return f"x={net.inputs} t={net.target} η={net.rate} {rows}"


def golden():
    for shape in SHAPES:
        for standard in "ABC":
            for seed in (1, 2014):
                net = pencil(shape, seed, standard=standard)
                yield f"{shape} {standard} {seed}: {told(net)}"
    for seed in (*range(8), "anna", "luis"):
        net = personal(seed)
        roles = (net.second, net.entry, net.total, net.bill, net.new_weight, net.outgoing)
        yield f"personal {seed}: {told(net)} roles={roles} {net.incoming}"


def test_a_seed_means_the_same_network_for_ever(rewrite):
    written = "".join(f"{line}\n" for line in golden())
    if rewrite:
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("shape", SHAPES)
def test_numbers_are_small_and_nothing_stands_on_a_kink(shape):
    for seed in SEEDS:
        net = pencil(shape, seed)
        seen = net.trace()
        assert all(abs(cell.value) <= LARGEST for cell in seen.values())
        z = [cell.value for at, cell in seen.items() if at.startswith("z")]
        assert 0 not in z
        hidden = [at for at in seen if at.startswith("z1.")] if len(net.network.layers) > 1 else []
        if net.network.activations[0] == "relu" and len(net.network.layers) == 2:
            assert sum(seen[at].value < 0 for at in hidden) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_by_standard_a_no_mistake_gives_a_right_number(shape):
    for seed in SEEDS:
        net = pencil(shape, seed, standard="A")
        right, can = net.trace(), visible(net.situation, net.asked)
        shown = 0
        for slug in MISTAKES:
            wrong = net.situation.trace(MISCONCEPTIONS[slug])
            for number, answer in enumerate(net.asked):
                if can.seen(number, slug):
                    shown += 1
                    assert not all(same(wrong[at].value, right[at].value) for at in answer)
        assert shown >= 25


@pytest.mark.parametrize("shape", SHAPES)
def test_by_standard_c_the_core_mistakes_differ_in_every_answer(shape):
    for seed in SEEDS:
        net = pencil(shape, seed, standard="C")
        can = visible(net.situation, net.asked)
        wrong = {slug: net.situation.trace(MISCONCEPTIONS[slug]) for slug in CORE}
        for number, answer in enumerate(net.asked):
            kinds = can.kinds[number]
            for one in CORE:
                for other in CORE:
                    if kinds[one] != kinds[other]:
                        values = [[wrong[s][at].value for at in answer] for s in (one, other)]
                        assert not all(map(same, *values))


def test_a_group_never_shares_a_network():
    nets = {told(pencil("2-3-1 relu", seed)) for seed in range(200)}
    assert len(nets) == 200


def test_the_wanted_number_of_units_sleeps():
    for asleep in (0, 1, 2):
        net = pencil("2-3-1 relu", 5, asleep=asleep)
        assert sum(z < 0 for z in net.trace().layer("z", 1)) == asleep


def test_what_nobody_could_work_through_is_refused():
    with pytest.raises(NoNetworkError):
        pencil("16-32-32-1", 1)


PERSONAL = range(60)


@pytest.mark.parametrize("seed", PERSONAL)
def test_a_personal_network_is_as_the_course_wants_it(seed):
    net = personal(seed)
    seen, again = net.trace(), trace(net.network, net.second)
    z, other = seen.layer("z", 1), again.layer("z", 1)
    rows = net.network.layers[0].weights
    v, c = net.network.layers[1].weights[0], net.network.layers[1].biases[0]
    biases = net.network.layers[0].biases
    assert set(net.inputs) in ({1, 2}, {1, 3}, {2, 3})
    assert all(-2 <= w <= 3 and w != 0 for row in rows for w in row)
    assert all(row[0] != row[1] for row in rows)
    crossed = [one[0] * two[1] - one[1] * two[0] for one in rows for two in rows if one is not two]
    assert 0 not in crossed
    assert len(set(biases)) == 3
    assert min(biases) < 0 < max(biases)
    assert [unit + 1 for unit in range(3) if z[unit] < 0] == [net.asleep]
    assert all(-6 <= value <= -2 or 1 <= value <= 6 for value in z)
    assert len(set(map(abs, z))) == 3
    assert len(set(v)) == 3
    assert v[net.on[0] - 1] * v[net.on[1] - 1] < 0
    assert abs(v[net.asleep - 1]) >= 2
    assert 1 <= abs(c) <= 3
    assert -9 <= seen["a2.1"].value <= 12
    assert seen["a2.1"].value != 0
    assert abs(net.error) in {4, 5}
    assert net.rate * 10 * abs(net.error) == 1
    assert other[net.asleep - 1] > 0 > min(other)
    assert 0 not in other
    assert max(map(abs, other)) <= 9
    after = trace(seen.updated(), net.inputs, (net.target,))
    assert after.signs == seen.signs
    assert 2 * abs(after["e1"].value) <= abs(net.error)


def phase_two(net):
    """The cells of each question with the slips that the course names there."""
    unit, source = net.incoming
    first, second = net.inputs, net.second
    yield first, f"z1.{net.total}", ("forgot-bias", "subtracted-bias", "swapped-inputs")
    yield (
        first,
        ("z1.1", "z1.2", "z1.3"),
        ("forgot-bias", "subtracted-bias", "swapped-inputs", "transposed-weights"),
    )
    masks = ("forgot-squash", "absolute-for-relu", "step-for-relu", "backward-relu")
    yield first, ("a1.1", "a1.2", "a1.3"), masks
    yield second, ("a1.1", "a1.2", "a1.3"), ("forgot-squash", "absolute-for-relu")
    outputs = ("forgot-bias@2", "subtracted-bias@2", "forgot-squash", "absolute-for-relu")
    yield first, "a2.1", (*outputs, "dropped-minus@2")
    yield second, "a2.1", (*outputs, "dropped-minus@2")
    yield first, f"p2.1.{net.bill}", ("forgot-weights@2", "dropped-minus@2")
    gradient = ("target-minus-output", "extra-two", "forgot-error", "weight-for-input")
    yield first, f"gw2.1.{net.outgoing}", gradient
    blame = ("dead-unit-learns", "forgot-error", "activation-for-slope", "inverted-mask")
    yield first, ("d1.1", "d1.2", "d1.3"), (*blame, "target-minus-output")
    inner = ("forgot-weight-back", "forgot-error", "target-minus-output", "forgot-input")
    yield first, f"gw1.{unit}.{source}", inner
    steps = ("uphill", "forgot-rate", "only-the-step", "replaced-by-step")
    yield first, f"w2.1.{net.outgoing}+", steps
    yield first, "a2.1+", ("updated-too-soon", "uphill", "output-layer-only", "no-step")


@pytest.mark.parametrize("seed", PERSONAL)
def test_every_question_of_phase_two_tells_its_slips_apart(seed):
    net = personal(seed)
    for row, cells, slips in phase_two(net):
        question = ask(net.network, row, cells, (net.target,), net.rate, slips=slips)
        assert question.slips.keys() == {slug.partition("@")[0] for slug in slips}


def test_a_personal_network_meets_standards_a_and_b():
    for seed in range(20):
        net = personal(seed)
        answers = tuple(asked(net))
        can = visible(net.situation(), answers)
        right = net.trace()
        rows = {}
        for slug in MISTAKES:
            wrong = net.situation().trace(MISCONCEPTIONS[slug])
            row = [tuple(wrong[at].value for at in answer) for answer in answers]
            for number, answer in enumerate(answers):
                if can.seen(number, slug):
                    assert row[number] != tuple(right[at].value for at in answer)
            kinds = tuple(kinds[slug] for kinds in can.kinds)
            rows.setdefault(kinds, row)
        assert len({tuple(row) for row in rows.values()}) == len(rows)
