"""All the evidence as one text: what `dropwise lessons evidence` prints."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from lessons.design.architecture import Architecture
from lessons.design.comparing import boring_scores, net_scores
from lessons.design.scores import Scores
from lessons.design.tables import TABLES
from lessons.evidence import slopes, starts, steps, widths


def lines() -> Iterator[str]:
    """Every experiment in turn; some ten minutes on one core."""
    yield from drop_9()
    yield from _drop_10()
    yield from _drop_11()
    yield from _drop_12()
    yield from _drop_13()
    yield from _drop_14()


def drop_9() -> Iterator[str]:
    yield "Drop 9. The course's net, one step from row A: its loss by rate, then the rows' mean"
    yield f"row A, before {'':20} {float(steps.before()):.2f}"
    for rate in steps.RATES:
        loss = float(steps.after_a_step(rate))
        yield f"row A, rate {float(Fraction(rate)):<22} {loss:.2f}"
    yield f"mean before {'':22} {float(steps.mean_loss(steps.KITCHEN)):.2f}"
    yield f"mean after row A's step {'':10} {float(steps.mean_after_a_step()):.2f}"
    yield f"mean after the averaged step {'':5} {float(steps.mean_after_an_averaged_step()):.2f}"


def _drop_10() -> Iterator[str]:
    yield "Drop 10. Tumours, width 16, medians of 10 starts; steps to training loss 0.1"
    yield "squash   layers start    first      last hidden  descent (missing)  adam (missing)"
    for row in slopes.measure():
        descent = f"{row.descent or '-'} ({row.descent_missing})"
        adam = f"{row.adam or '-'} ({row.adam_missing})"
        yield (
            f"{row.squash:8} {row.layers:<6} {row.start:8} {row.first:<10.2g} "
            f"{row.last_hidden:<12.2g} {descent:18} {adam}"
        )


def _said(name: str, found: Scores, places: int) -> str:
    return f"{name:34} {found.mean:.{places}f} ± {found.spread:.{places}f}"


def _drop_11() -> Iterator[str]:
    yield "Drop 11. Diabetes, RMSE, 5 folds × 5 starts; both twins have 301 parameters"
    for hidden in widths.TWINS:
        name = "-".join(map(str, (10, *hidden, 1)))
        light = widths.scores("diabetes", hidden, widths.LIGHT)
        yield _said(f"{name}, L2 0.001", light, 1)
        yield _said(f"{name}, L2 0.03", widths.scores("diabetes", hidden, widths.HEAVY), 1)
        endless = widths.scores("diabetes", hidden, widths.LIGHT, stopping=False)
        yield _said(f"{name}, no early stopping", endless, 1)
    yield _said("linear regression", widths.linear("diabetes"), 1)


def _drop_12() -> Iterator[str]:
    yield f"Drop 12. XOR by {starts.STARTS} He starts, Adam 0.02, {starts.STEPS} steps: share found"
    for width in starts.WIDTHS:
        yield f"{width:2} hidden units   {starts.success(width):.1%}"


def _drop_13() -> Iterator[str]:
    yield "Drop 13. Held-out scores by width, 5 folds × 5 starts"
    for width in widths.OPINIONS:
        for l2 in (widths.LIGHT, widths.HEAVY):
            yield _said(
                f"diabetes 10-{width}-1, L2 {l2}", widths.scores("diabetes", (width,), l2), 1
            )
    for width in widths.LADDER:
        found = widths.scores("diabetes", (width,), widths.LIGHT)
        yield _said(f"diabetes 10-{width}-1, L2 0.001", found, 1)
    for width in widths.BY_HEART:
        learned, aside = widths.learned_by_heart("diabetes", width)
        yield (
            f"diabetes 10-{width}-1, no brakes".ljust(34)
            + f" training {learned:.1f}, held out {aside:.1f}"
        )
    yield _said("diabetes, linear regression", widths.linear("diabetes"), 1)
    for width in widths.WINE_LADDER:
        yield _said(f"wine 13-{width}-3", widths.scores("wine", (width,), widths.LIGHT), 3)
    yield _said("wine, logistic regression", widths.linear("wine"), 3)


def _drop_14() -> Iterator[str]:
    yield "Drop 14. What each table's designs are held against: 5 folds"
    for name, table in TABLES.items():
        places = 1 if table.task == "number" else 3
        for model in ("linear", "boosting", "boosting-tuned"):
            yield _said(f"{name}, {model}", boring_scores(table, model), places)
    ring = Architecture((2, 16, 1), "relu", "sigmoid", "bce", early_stopping=True)
    yield _said(f"ring, {ring}", net_scores(ring, TABLES["ring"], 0)[0], 3)
