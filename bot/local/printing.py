"""A chat as lines of text: what a terminal shows of a message."""

from __future__ import annotations

from rich.text import Text

from bot.local.entities import Entity
from bot.local.things import File, Message, Poll

STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "cyan",
    "pre": "cyan",
    "text_link": "blue underline",
    "url": "blue underline",
    "bot_command": "green",
    "blockquote": "dim",
    "expandable_blockquote": "dim",
}
HIDDEN = "▒"


def show(message: Message, first_button: int = 1, *, reveal: bool = False) -> Text:
    """All lines of a message. Buttons are numbered, for `:tap`."""
    lines = []
    if message.file:
        lines.append(Text(_file(message.file), style="magenta"))
    if message.location:
        lines.append(Text(f"[place {message.location[0]}, {message.location[1]}]"))
    if message.text:
        lines.append(words(message.text, message.entities, reveal=reveal))
    if message.poll:
        lines.append(_poll(message.poll))
    for row in message.buttons:
        labels = [button.label + (" ↗" if button.url else "") for button in row]
        numbered = [f"[{first_button + i}] {label}" for i, label in enumerate(labels)]
        lines.append(Text("  ".join(numbered), style="bold green"))
        first_button += len(row)
    lines += [
        Text("  ".join(f"<{key.label}>" for key in keys), style="green")
        for keys in message.keyboard
    ]
    return Text("\n").join(lines)


def words(text: str, entities: list[Entity], *, reveal: bool) -> Text:
    shown = Text(_hide(text, entities) if not reveal else text)
    for entity in entities:
        style = STYLES.get(entity.kind)
        if style:
            start, end = _place(text, entity)
            shown.stylize(style, start, end)
    return shown


def _hide(text: str, entities: list[Entity]) -> str:
    letters = list(text)
    for entity in entities:
        if entity.kind == "spoiler":
            start, end = _place(text, entity)
            letters[start:end] = [
                HIDDEN if letter != "\n" else letter for letter in text[start:end]
            ]
    return "".join(letters)


def _place(text: str, entity: Entity) -> tuple[int, int]:
    """From UTF-16 units to characters."""
    raw = text.encode("utf-16-le")
    start = len(raw[: 2 * entity.offset].decode("utf-16-le", "ignore"))
    return start, len(raw[: 2 * entity.end].decode("utf-16-le", "ignore"))


def _file(file: File) -> str:
    match file.kind:
        case "photo":
            return f"[picture {file.width} × {file.height}]"
        case "document":
            return f"[file {file.name}, {len(file.content)} bytes]"
        case kind:
            return f"[{kind}]"


def _poll(poll: Poll) -> Text:
    shown = poll.closed or not poll.hidden
    shown = shown and bool(poll.votes)
    options = [_option(poll, index, shown=shown) for index in range(len(poll.options))]
    return Text("\n".join([f"[poll] {poll.question}", *options]))


def _option(poll: Poll, index: int, *, shown: bool) -> str:
    votes = sum(index in chosen for chosen in poll.votes.values())
    return f"  ({index + 1}) {poll.options[index]}" + (f" · {votes}" if shown else "")
