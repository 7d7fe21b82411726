"""Reads all that the bot says in a group: each line a sentence for groups, each number public."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.storage import packing
from bot.storage.tables import letter
from bot.telegram.wire import plain
from bot.tutor import wording
from bot.tutor.group.card import CROWD, NAMES
from bot.tutor.group.passes import exact, losses
from bot.tutor.group.telling import short
from bot.tutor.group.wiring import FORWARD, closed, is_through
from bot.tutor.turn import Lane, Say

WAY = r"(?:\?start=g_[\w-]+)?"  # to the private chat, and to no other place
LANGUAGES = ("en", "de")
FOR_GROUPS = ("group.", "bet.")
NUMBER = re.compile(r"−?\d+(?:[./]\d+)?")
PLACE = "|".join(sorted({name for name in NAMES.values() if name != "δ"}))
WIRES = re.compile(rf"(?:{PLACE}) (?:= \S+|…)(?: · (?:{PLACE}) (?:= \S+|…))*")
OF_A_NET = ("x1", "x2", "t", "exact", "loss", "before", "after", "delta")
SHAPES = {
    "place": rf"(?:{PLACE}|δ)(?:, (?:{PLACE}))*",
    "marks": rf"(?:{PLACE}) [●○](?: · (?:{PLACE}) [●○])*",
    "n": r"\d\d?",
    "number": r"\d\d?",
    "hour": r"\d\d:\d\d|–",
    "zone": r"[A-Za-z]+(?:/[A-Za-z_]+)*",
    "count": r"\d+",
    "all": r"\d+",
}


@dataclass
class Scanner:
    """`titles` of lessons; `names` of people. What it finds stands in `faults`."""

    titles: frozenset[str]
    names: tuple[str, ...]
    faults: list[str] = field(default_factory=list)
    read: int = 0  # messages, new or changed
    _public: set[str] = field(default_factory=set)
    _wires: set[str] = field(default_factory=set)  # "h₂ = −1"
    _nets: dict = field(default_factory=dict)
    _crowd: int = 0

    def know(self, group):
        """The group as it is now: what may be told of it from here on."""
        nets = {net.key: net for net in group.nets}
        for key, net in self._nets.get(group.code, {}).items():
            if key not in nets and not is_through(net):  # the bot worked it out as a new day came
                self._learn(closed(net, net.since))
        for net in nets.values():
            self._learn(net)
        self._nets[group.code] = nets
        self._crowd = max(self._crowd, len(group.members))

    def _learn(self, net):
        self._public |= public(net)
        wires = {f"{NAMES[place]} = {net.wired.get(place)}" for place in FORWARD}
        self._wires |= {wire.replace("-", "−") for wire in wires}

    def hear(self, say):
        self.read += 1
        told = say.text + (f"\n{say.quiz.explanation}" if say.quiz else "")
        for line in filter(None, plain(told).split("\n")):
            if not self._is_public(line):
                self.faults.append(line)
            self.faults += [f"{name}: {line}" for name in self.names if is_named(name, line)]
        for button in (button for row in say.buttons for button in row):
            if button.label not in LABELS or not re.fullmatch(WAY, button.url):
                self.faults.append(f"{button.label} {button.url}")

    def hear_all(self, connection):
        """All that was ever written for groups, sent or overtaken."""
        for row in connection.execute(sa.select(letter).where(letter.c.chat < 0)).mappings():
            said = packing.unpack_utterance(row["utterance"], {**row, "lane": Lane(row["lane"])})
            if isinstance(said, Say):
                self.hear(said)

    def _is_public(self, line):
        if WIRES.fullmatch(line):
            return all(wire.endswith(" …") or wire in self._wires for wire in line.split(" · "))
        for key, pattern in LINES:
            if found := pattern.fullmatch(line):
                return self._are_public(key, found.groupdict())
        return False

    def _are_public(self, key, values):
        if key.startswith("bet."):
            return True  # its shape lets only numbers in, and they are everybody's
        if "slips" in values or "all" in values:
            return self._crowd >= CROWD
        if "title" in values:
            return values["title"] in self.titles
        own = [values[name] for name in OF_A_NET if name in values]
        return all(value.removeprefix("≈ ") in self._public for value in own)


def public(net):
    """Inputs, target, the blame that was sent, what ŷ exactly is, and how the loss went."""
    values = {net.values[name] for name in ("x1", "x2", "t1")} | {exact(net, "out")}
    values |= {v for place, v in net.wired.items() if place == "blame"}
    values |= {short(loss).removeprefix("≈ ") for loss in losses(net.values)}
    return {value.replace("-", "−") for value in values}


def is_named(name, line):
    return re.search(rf"\b{re.escape(name)}\b", line) is not None


def _lines():
    """Each line of each sentence for groups, in each language, as what it may look like."""
    for language in LANGUAGES:
        words = wording.of(language)
        for key, form in words.sentences.items():
            if key.startswith(FOR_GROUPS):
                for sentence in form.values() if isinstance(form, dict) else [form]:
                    for line in plain(sentence).split("\n"):
                        yield key, re.compile(_pattern(key, line, words))


def _pattern(key, line, words):
    parts = re.split(r"\{(\w+)\}", line)
    texts, names = parts[::2], parts[1::2]
    shapes = [f"(?P<{name}>{_shape(key, name, words)})" for name in names]
    return "".join(
        re.escape(text) + shape for text, shape in zip(texts, [*shapes, ""], strict=True)
    )


def _shape(key, name, words):
    if key.startswith("bet.") or name in OF_A_NET:
        return rf"(?:≈ )?{NUMBER.pattern}"
    if name == "state":
        states = (str(words(f"group.state-{state}")) for state in ("new", "on", "off"))
        return "|".join(map(re.escape, states))
    if name == "slips":
        slips = (v for k, v in words.sentences.items() if k.startswith("slip."))
        one = rf"(?:{'|'.join(map(re.escape, slips))}) ×\d+"
        return rf"{one}(?:, {one})*"
    return SHAPES.get(name, ".+")


LINES = tuple(_lines())
LABELS = frozenset(
    [
        str(value)
        for language in LANGUAGES
        for key, value in wording.of(language).sentences.items()
        if key.startswith("button.group-")
    ]
    + ["07:30", "12:30", "18:00", "20:30", "New York", "London", "Berlin", "Kolkata"]
)


def titles(course):
    return frozenset(one.title for path in course.paths.values() for one in path.lessons)
