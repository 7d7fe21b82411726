"""The studio's trainer: its slopes are right, it stops early, it can be stopped, it wins where it should."""

import numpy as np
import pytest

from lessons.design.architecture import read_architecture
from lessons.design.comparing import boring_scores, net_scores
from lessons.design.scores import Scores, gain, net_wins
from lessons.design.tables import TABLES
from lessons.design.training import Cancelled, Rows, gradients, loss_and_blame, start, train
from lessons.design.training import forward as forward_pass


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_its_card_says(name):
    table = TABLES[name]
    rows, targets = table.read()
    assert rows.shape == (table.rows, table.columns)
    assert len(targets) == table.rows
    if table.task != "number":
        assert len(np.unique(targets)) == max(2, table.kinds)


def test_the_tumour_table_counts_malignant_as_one():
    assert TABLES["tumours"].read()[1].sum() == 212


@pytest.mark.parametrize(
    "text",
    [
        "3-4-1 tanh, sigmoid out, bce",
        "3-4-2 sigmoid, softmax out, ce",
        "3-5-4-1 relu, linear out, mse, l2=0.1",
        "3-4-1 tanh, linear out, mae",
    ],
)
def test_gradients_are_slopes_of_the_loss(text):
    design = read_architecture(text)
    chance = np.random.default_rng(3)
    rows = Rows(chance.normal(size=(7, 3)), chance.integers(0, 2, 7).astype(float))
    fit = start(design, 5)
    of_weights, _ = gradients(design, fit, rows)

    def loss():
        totals = forward_pass(fit, design.hidden, rows.inputs)[0][-1]
        pull = design.l2 / 2 * sum((weight**2).sum() for weight in fit.weights)
        return loss_and_blame(design.loss, totals, rows.targets)[0] + pull

    for layer, weight in enumerate(fit.weights):
        for place in np.ndindex(weight.shape):
            old, nudge = weight[place], 1e-6
            weight[place] = old + nudge
            above = loss()
            weight[place] = old - nudge
            below = loss()
            weight[place] = old
            slope = (above - below) / (2 * nudge)
            assert of_weights[layer][place] == pytest.approx(slope, abs=1e-7)


def test_early_stopping_keeps_the_best_epoch():
    rows, targets = TABLES["diabetes-high"].read()
    scaled = (rows - rows.mean(0)) / rows.std(0)
    design = read_architecture("11-32-16-1 relu, bce, es")
    watch = Rows(scaled[300:], targets[300:])
    fit = train(design, Rows(scaled[:300], targets[:300]), watch)
    totals = forward_pass(fit, design.hidden, watch.inputs)[0][-1]
    assert fit.kept == int(np.argmin(fit.validation))
    assert loss_and_blame("bce", totals, watch.targets)[0] == pytest.approx(min(fit.validation))
    assert len(fit.validation) < design.epochs


def test_whoever_watches_may_cancel():
    def told(epoch, _training, _validation):
        if epoch == 2:
            raise Cancelled

    rows, targets = TABLES["ring"].read()
    with pytest.raises(Cancelled):
        train(
            read_architecture("2-4-1 relu, bce"), Rows(rows, targets), Rows(rows, targets), 0, told
        )


def test_the_net_wins_on_the_ring_and_ties_on_the_tumours():
    ring, tumours = TABLES["ring"], TABLES["tumours"]
    on_ring, _ = net_scores(read_architecture("2-8-1 relu, bce, es"), ring)
    on_tumours, _ = net_scores(read_architecture("30-16-1 relu, bce, es, l2=0.03"), tumours)
    assert net_wins(gain(ring, on_ring, boring_scores(ring, "linear")))
    assert not net_wins(gain(tumours, on_tumours, boring_scores(tumours, "linear")))


def test_for_errors_smaller_is_better():
    ours, theirs = Scores((50.0, 51.0)), Scores((54.0, 55.0))
    assert gain(TABLES["diabetes"], ours, theirs).folds == (4.0, 4.0)


def test_the_same_seed_trains_the_same_net():
    design, table = read_architecture("2-4-1 relu, bce, es"), TABLES["ring"]
    assert net_scores(design, table)[0] == net_scores(design, table)[0]
