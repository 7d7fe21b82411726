"""A table: a slip is planted in a learner's answers; is it named, and never another one?

Run: python -m tests.bench.diagnosis [seeds] [pairs]
A learner fills in a sheet, answer by answer. Turn one: the first wrong answer is judged. Turn two,
where that did not name it: one more answer is asked for, the one that parts the slips that could
have led there best, and both are judged together.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace

from engine import MISCONCEPTIONS, check
from engine.asking import ask
from engine.misconceptions import bent
from engine.pencil import pencil
from engine.rules import RIGHT
from engine.scalars import is_ball, same
from engine.twins import synonyms

PLACES = 6  # decimals asked for where values are not rational
SHAPES = (
    ("2-3-1 relu", "half-squared"),
    ("2-3-2 relu", "half-squared"),
    ("2-2-1 sigmoid", "half-squared"),
    ("2-2-1 relu sigmoid", "half-squared"),
    ("2-2-2-1 relu", "half-squared"),
)


class Sheet:
    """One learner's network, the answers asked for in order, and the judge."""

    def __init__(self, shape, loss, seed):
        drawn = pencil(shape, seed)
        self.asked = whole_sheet(drawn)
        self.pass_ = replace(drawn.situation, loss=loss)

    def value(self, cells, rules):
        return self.pass_.values(cells, rules)

    def wrong(self, rules, base=RIGHT):
        """The first answer that these rules make differ from the base's."""
        for cells in self.asked:
            if not all(map(same, self.value(cells, rules), self.value(cells, base))):
                return cells
        return None

    def question(self, cells, base=RIGHT, pairs=False, slips=None):
        pass_ = self.pass_
        exact = not any(map(is_ball, self.value(cells, RIGHT)))
        return ask(
            pass_.network,
            pass_.inputs,
            cells if len(cells) > 1 else cells[0],
            pass_.target,
            pass_.rate,
            pass_.loss,
            rules=base,
            slips=slips,
            pairs=pairs,
            places=None if exact else PLACES,
        )

    def suspects(self, cells, typed, base):
        """The slips that would have led to what was typed, and to all that was right before."""
        done = self.asked[: self.asked.index(cells)]
        books = {slug: bent(slip, base=base) for slug, slip in MISCONCEPTIONS.items()}
        return {
            slug: rules
            for slug, rules in books.items()
            if self.typed(cells, rules) == typed
            and all(self.typed(known, rules) == self.typed(known, base) for known in done)
        }

    def next(self, cells, suspects):
        """What parts the suspects best: the cells just before, or another answer of the sheet."""
        options = [self.before(cells), *self.asked]
        return max(
            (option for option in options if option),
            key=lambda option: len({self.typed(option, rules) for rules in suspects.values()}),
        )

    def before(self, cells):
        """The cells that these were made from, those given left out."""
        whole = self.pass_.trace()
        made = [arg for at in cells for arg in whole[at].args if whole[arg].args]
        return tuple(dict.fromkeys(made))

    def typed(self, cells, rules):
        values = [digits(value) for value in self.value(cells, rules)]
        return values[0] if len(values) == 1 else f"({', '.join(values)})"


def digits(value):
    if not is_ball(value):
        return str(value)
    return f"{float(str(value.mid().str(20, radius=False))):.{PLACES}f}"


def whole_sheet(drawn):
    """Every layer's sums, squashes and blames, the loss, gradients and new weights, in order."""
    kinds = [["z", "a"], ["e", "L"], ["u", "d"], ["gw", "gb"], ["w", "b"]]
    whole = drawn.trace()
    sheet = []
    for group, stepped in zip(kinds, (False, False, False, False, True), strict=True):
        layers = range(1, len(drawn.network.sizes))
        for layer in reversed(layers) if group[0] in {"u", "gw"} else layers:
            for kind in group:
                name = f"{kind}{layer}." if group[0] != "e" else kind
                cells = [at for at in whole if at.startswith(name) and at.endswith("+") == stepped]
                if cells and tuple(cells) not in sheet:
                    sheet.append(tuple(cells))
    return sheet


def named(sheet, slugs, base=RIGHT, pairs=False):
    """(turns, what was named) for a learner with these slips upon the base rules."""
    extra = [MISCONCEPTIONS[slug] for slug in slugs]
    rules = bent(*extra, base=base)
    cells = sheet.wrong(rules, base)
    if cells is None:
        return 0, ()
    found = check(sheet.question(cells, base, pairs), sheet.typed(cells, rules)).misconceptions
    if found:
        return 1, found
    suspects = sheet.suspects(cells, sheet.typed(cells, rules), base)
    if not suspects:
        return 2, ()
    together = (*sheet.next(cells, suspects), *cells)
    question = sheet.question(together, base, slips=list(suspects))
    return 2, check(question, sheet.typed(together, rules)).misconceptions


def is_it(sheet, found, slug):
    return found == slug or synonyms(
        sheet.pass_, {one: MISCONCEPTIONS[one] for one in (found, slug)}
    )


def shape_for(slug):
    """The first shape in which this slip can be seen at all."""
    for shape, loss in SHAPES:
        sheet = Sheet(shape, loss, 1)
        if sheet.wrong(MISCONCEPTIONS[slug]) is not None:
            return shape, loss
    return None


def singles(seeds):
    print(
        f"{'planted':24}{'shape':22}{'visible':>8}{'turn 1':>8}{'turn 2':>8}{'unnamed':>8}{'false':>7}"
    )
    whole = Counter()
    for slug in MISCONCEPTIONS:
        shape = shape_for(slug)
        if shape is None:
            print(f"{slug:24}in none of these shapes")
            continue
        tally = Counter()
        for seed in range(seeds):
            sheet = Sheet(*shape, seed)
            turns, found = named(sheet, (slug,))
            if not turns:
                continue
            right = bool(found) and is_it(sheet, found[0], slug)
            tally["visible"] += 1
            tally[f"turn {turns}" if right else "false" if found else "unnamed"] += 1
        whole += tally
        print(
            f"{slug:24}{shape[0]:22}"
            + "".join(f"{tally[k]:8}" for k in ("visible", "turn 1", "turn 2", "unnamed", "false")),
            flush=True,
        )
    return whole


def doubles(count):
    """Two slips in one sheet: the first is named where it shows, the second upon the first."""
    tally = Counter()
    draw = random.Random(8)
    slugs = list(MISCONCEPTIONS)
    while tally["visible"] < count:
        pair = draw.sample(slugs, 2)
        if len({MISCONCEPTIONS[slug].rule for slug in pair}) < 2:
            continue
        sheet = Sheet(*draw.choice(SHAPES[:2]), draw.randrange(10**6))
        alone = [MISCONCEPTIONS[slug] for slug in pair]
        both = bent(*alone)
        if any(sheet.wrong(both, one) is None for one in alone) or not sheet.wrong(both):
            continue  # one of the two hides the other
        tally["visible"] += 1
        tally[two_named(sheet, pair)] += 1
    return tally


def two_named(sheet, pair):
    _, found = named(sheet, pair)
    if not found:
        _, found = named(sheet, pair, pairs=True)
    if len(found) == 2:
        return "both" if all(any(is_it(sheet, f, s) for f in found) for s in pair) else "false"
    if not found:
        return "unnamed"
    known = [slug for slug in pair if is_it(sheet, found[0], slug)]
    if not known:
        return "false"
    (other,) = [slug for slug in pair if slug != known[0]]
    _, second = named(sheet, (other,), base=MISCONCEPTIONS[known[0]])
    if not second:
        return "one"
    return "both" if is_it(sheet, second[0], other) else "false"


def main():
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    pairs = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    whole = singles(seeds)
    at_last = whole["turn 1"] + whole["turn 2"]
    print(f"one slip: {at_last} of {whole['visible']} named in two turns, {whole['false']} false")
    two = doubles(pairs)
    print(f"two slips: {dict(two)}")


if __name__ == "__main__":
    main()
