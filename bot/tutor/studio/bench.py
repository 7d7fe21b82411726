"""The bench: tables to choose from, and a design tapped together, part by part."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from bot.tutor.scene import Scene, tag_of
from bot.tutor.studio.numbers import tenths
from bot.tutor.turn import Attachment, Button, Lane, Say, Turn
from bot.tutor.wording import Html
from lessons.design.architecture import MOST_HIDDEN_LAYERS
from lessons.design.measured import LINE
from lessons.design.tables import TABLES, Table

OPEN = "…"  # a choice that is yet to be made
WIDTHS = ("4", "8", "16", "32", "64")
SQUASHES = ("relu", "tanh", "sigmoid", "none")
LASTS = ("1 sigmoid", "3 softmax", "1 linear")
LOSSES = ("bce", "ce", "mse", "mae")
BRAKES = ("es", "l2=0.01", "l2=0.1")
ROW = 38  # letters of a line on a card
BOARD = "build/"  # with these letters begins the slot of a message with parts

Row: TypeAlias = tuple[Button, ...]


def put(scene: Scene, lead: str = "", board: str = "") -> Say:
    """The tables; or, where one was chosen, the parts of a design for it.

    `board` names a message with parts that is to be edited; without it there is a new one.
    """
    table = TABLES.get(scene.learner.studio.table)
    if table is None:
        text = scene.words("studio.pick")
        return Say(_joined(lead, text), _tables(scene), lane=Lane.EXERCISE)
    name = title(scene, table)
    text = scene.words(
        "studio.design", table=name, prompt=Html(scene.drawn.prompt), parts=drafted(scene, table)
    )
    board = board or f"{scene.learner.studio.opened}-{int(scene.now.timestamp()):x}"
    buttons = _parts(scene, board)
    return Say(_joined(lead, text), buttons, lane=Lane.EXERCISE, slot=f"{BOARD}{board}")


def _joined(lead: str, text: Html) -> Html:
    return Html(f"{lead}\n{text}" if lead else text)


def title(scene: Scene, table: Table) -> Html:
    return scene.words(f"table.{table.name}.title")


def _tables(scene: Scene) -> tuple[Row, ...]:
    tag = tag_of(scene.answering)
    rows = []
    for table in TABLES.values():
        task = scene.words(f"task.{table.task.replace('/', '-')}")
        label = f"{title(scene, table)} · {table.rows} × {table.columns} · {task}"
        rows.append((Button(label, f"table/{tag}/{table.name}"),))
    return (*rows, _under(scene))


def _under(scene: Scene) -> Row:
    stage = scene.answering
    hint = scene.button("hint", f"hint/{tag_of(stage)}")
    leaves = stage.may_leave or stage.misses or stage.role == "studio"
    return (hint, leave_button(scene)) if leaves else (hint,)


def leave_button(scene: Scene) -> Button:
    """On with the drop; or, for a visitor, out of the studio."""
    is_visit = scene.answering.lesson in scene.learner.finished
    return scene.button("leave", f"{'close' if is_visit else 'leave'}/{tag_of(scene.answering)}")


def choose(scene: Scene, name: str) -> Turn:
    """A table by its button: its card, and the parts of a design; "" lays it aside."""
    if name not in TABLES:
        scene = emptied(scene, "")
        return scene.turn(put(scene))
    scene = emptied(scene, name)
    return scene.turn(card(scene, TABLES[name]), put(scene))


def emptied(scene: Scene, table: str) -> Scene:
    """The bench with a table and nothing else on it."""
    opened = scene.learner.studio.opened + 1
    return on_bench(scene, table=table, parts={}, opened=opened)


def on_bench(scene: Scene, **changes: object) -> Scene:
    return scene.be(studio=replace(scene.learner.studio, **changes))  # type: ignore[arg-type]


def card(scene: Scene, table: Table) -> Say:
    """What is known of a table, as a picture and in words."""
    said = {key: str(scene.words(f"table.{table.name}.{key}")) for key in ("target", "odd")}
    line = LINE[table.name]
    key = "studio.off" if table.task == "number" else "studio.right"
    baseline = str(scene.words(key, score=scene.words.number(tenths(table, line.mean))))
    values = {
        "title": str(title(scene, table)),
        "rows": f"{table.rows:,}",
        "columns": str(table.columns),
        "baseline": baseline,
        **{key: " | ".join(textwrap.wrap(text, ROW)) for key, text in said.items()},
        **{f"{key}_name": str(scene.words(f"studio.card.{key}")) for key in CARD},
    }
    told: dict[str, Any] = values | said
    text = scene.words("studio.card.told", **told)
    return Say(text, attachment=Attachment("figure", {"figure": "table-card", **values}))


CARD = ("rows", "columns", "target", "odd", "baseline")


def drafted(scene: Scene, table: Table) -> str:
    """The design so far, with a gap for what is open."""
    parts = scene.learner.studio.parts
    count, _, output = parts.get("last", f"{OPEN} {OPEN}").partition(" ")
    widths = "-".join(filter(None, (str(table.columns), parts.get("hidden", ""), count)))
    squash = parts.get("squash", "relu")
    said = [f"{widths} {squash}", f"{output} out", parts.get("loss", OPEN)]
    return ", ".join([*said, *parts.get("brakes", "").split()])


def _parts(scene: Scene, board: str) -> tuple[Row, ...]:
    parts, tag = scene.learner.studio.parts, tag_of(scene.answering)
    build = f"build/{tag}/{board}"

    def row(what: str, labels: Sequence[str], chosen: Sequence[str], sign: str = "") -> Row:
        named = [f"{sign}{label}" + (" ✓" if label in chosen else "") for label in labels]
        taps = [f"{build}/{what}/{label}" for label in labels]
        return tuple(Button(name, tap) for name, tap in zip(named, taps, strict=True))

    return (
        row("hidden", WIDTHS, (), "+ "),
        row("squash", SQUASHES, [parts.get("squash", "relu")]),
        row("last", LASTS, [parts.get("last", "")]),
        row("loss", LOSSES, [parts.get("loss", "")]),
        row("brakes", BRAKES, parts.get("brakes", "").split()),
        (
            scene.button("take", f"take/{tag}"),
            scene.button("undo", f"{build}/undo"),
            scene.button("another-table", f"table/{tag}/"),
        ),
        _under(scene),
    )


def build(scene: Scene, tapped: str) -> Turn:
    """One part taken up or laid down; the message with the parts is edited."""
    board, _, rest = tapped.partition("/")
    what, _, part = rest.partition("/")
    parts = {} if what == "undo" else _with(scene.learner.studio.parts, what, part)
    scene = on_bench(scene, parts=parts)
    return scene.turn(put(scene, board=board))


def _with(parts: Mapping[str, str], what: str, part: str) -> Mapping[str, str]:
    if what == "hidden":
        widths = [width for width in parts.get("hidden", "").split("-") if width]
        return {**parts, "hidden": "-".join([*widths, part][:MOST_HIDDEN_LAYERS])}
    if what == "brakes":
        name = part.partition("=")[0]
        here = parts.get("brakes", "").split()
        others = [brake for brake in here if brake.partition("=")[0] != name]
        return {**parts, "brakes": " ".join(others if part in here else [*others, part])}
    return {**parts, what: part}
