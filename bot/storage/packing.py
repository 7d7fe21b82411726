"""Values to rows and back: every union bears its name, absent and unknown fields do no harm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from cattrs.preconf.json import make_converter

from bot.tutor.events import AnyEvent, Person
from bot.tutor.learner import Learner, Rhythm
from bot.tutor.turn import Attempt, Report, Say, Utterance

Row: TypeAlias = dict[str, Any]
REPORT = "report"  # the family of a row that is no attempt: a text was called wrong
NAME = "is"  # in the JSON of a value that is one of several kinds

converter = make_converter()


def _is_family(kind: Any) -> bool:
    if get_origin(kind) not in (Union, UnionType):
        return False
    members = [member for member in get_args(kind) if member is not type(None)]
    return len(members) > 1 and all(is_dataclass(member) for member in members)


def _name_on_the_way_in(_family: Any) -> Callable[[Any], Any]:
    def unstructure(value: Any) -> Any:
        if value is None:
            return None
        return {NAME: type(value).__name__, **converter.unstructure(value, type(value))}

    return unstructure


def _kind_on_the_way_out(family: Any) -> Callable[[Any, Any], Any]:
    kinds = {member.__name__: member for member in get_args(family)}

    def structure(data: Any, _family: Any) -> Any:
        return None if data is None else converter.structure(data, kinds[data[NAME]])

    return structure


converter.register_unstructure_hook_factory(_is_family, _name_on_the_way_in)
converter.register_structure_hook_factory(_is_family, _kind_on_the_way_out)


def pack_event(event: AnyEvent) -> Row:
    packed: Row = converter.unstructure(event, AnyEvent)
    return packed


def unpack_event(packed: Row) -> AnyEvent:
    event: AnyEvent = converter.structure(packed, AnyEvent)  # type: ignore[arg-type]
    return event


def pack_person(person: Person | None) -> Row | None:
    return None if person is None else converter.unstructure(person)


def unpack_person(packed: Row | None) -> Person | None:
    return None if packed is None else converter.structure(packed, Person)


SAY_COLUMNS = ("lane", "slot", "needed")


def pack_utterance(utterance: Utterance) -> Row:
    """Without what stands in the letter's own columns."""
    packed: Row = converter.unstructure(utterance, Utterance)
    for column in SAY_COLUMNS:
        packed.pop(column, None)
    return packed


def unpack_utterance(packed: Row, columns: Mapping[str, Any]) -> Utterance:
    utterance: Utterance = converter.structure(packed, Utterance)  # type: ignore[arg-type]
    if isinstance(utterance, Say):
        return replace(utterance, **{column: columns[column] for column in SAY_COLUMNS})
    return utterance


def pack_learner(learner: Learner) -> Row:
    state: Row = converter.unstructure(learner)
    rhythm = learner.rhythm
    state["rhythm"] = state["rhythm"] and {
        name: value
        for name, value in state["rhythm"].items()
        if name not in ("zone", "hour", "days")
    }
    for column in ("user", "next_drop", "last_drop"):
        del state[column]
    return {
        "user_id": learner.user,
        "zone": rhythm and rhythm.zone,
        "hour": rhythm and rhythm.hour,
        "days": rhythm and rhythm.days,
        "next_drop": learner.next_drop,
        "last_drop": learner.last_drop,
        "state": state,
    }


def unpack_learner(row: Mapping[Any, Any]) -> Learner:
    state = dict(row["state"])
    rest = state.pop("rhythm", None) or {}
    learner = converter.structure({**state, "user": row["user_id"], "rhythm": None}, Learner)
    when = rest | {name: row[name] for name in ("zone", "hour", "days")}
    return replace(
        learner,
        rhythm=converter.structure(when, Rhythm) if row["zone"] is not None else None,
        next_drop=row["next_drop"],
        last_drop=row["last_drop"],
    )


def pack_report(report: Report) -> Row:
    """It stands among the attempts, for it is about one place of the course and one learner."""
    where = {"lesson": report.lesson, "exercise": report.exercise, "at": report.at}
    return where | {"family": REPORT, "kind": "", "slip": "", "detail": {"text": report.text}}


def pack_attempt(attempt: Attempt) -> Row:
    detail: Row = converter.unstructure(attempt)
    for column in ("lesson", "exercise", "at"):
        del detail[column]
    verdict = detail["verdict"]
    return {
        "lesson": attempt.lesson,
        "exercise": attempt.exercise,
        "family": verdict.pop("family"),
        "kind": verdict.pop("kind"),
        "slip": "+".join(verdict.pop("misconceptions")),
        "at": attempt.at,
        "detail": detail,
    }
