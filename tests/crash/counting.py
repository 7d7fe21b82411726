"""The table of a kill loop: what was done, and what must be nought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tests.crash.ledger import Ledger, seen
from tests.crash.pupils import Pupil

NOUGHT = (
    "answers lost",
    "answers judged twice",
    "updates lost or doubled",
    "drops lost or doubled",
    "steps repeated",
    "turns that failed",
    "messages refused",
    "needed messages lost",
    "learners without a way on",
    "left undone",
    "exit code of the last stop",
)


@dataclass
class Count:
    figures: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def faults(self, in_flight: int) -> list[str]:
        wrong = [name for name in NOUGHT if self.figures[name]]
        if self.figures["most sent again after one kill"] > in_flight:
            wrong.append("most sent again after one kill")
        return wrong

    def table(self, in_flight: int) -> str:
        faults = self.faults(in_flight)
        rows = [
            f"{name:<34} {value:>8.0f}{'   <-- must not be' if name in faults else ''}"
            for name, value in self.figures.items()
        ]
        return "\n".join([*rows, f"{'in flight, at most':<34} {in_flight:>8}", *self.notes])


def counted(
    ledger: Ledger, pupils: list[Pupil], resent: list[int], stuck: list[str], code: int
) -> Count:
    view, aside, refused = ledger.view, ledger.put_aside(), ledger.failed_letters()
    steps = ledger.repeated_steps()
    count = Count(notes=[*stuck, *aside, *refused, *steps])
    figures = count.figures
    figures["learners"] = len(pupils)
    figures["updates"] = sum(pupil.updates for pupil in pupils)
    figures["right answers typed"] = sum(sum(pupil.right.values()) for pupil in pupils)
    figures["wrong answers typed"] = sum(len(pupil.wrong) for pupil in pupils)
    figures["drops due"] = sum(pupil.drops for pupil in pupils)
    figures["answers lost"] = sum(_missing(ledger, pupil) for pupil in pupils)
    figures["answers judged twice"] = sum(_doubled(ledger, pupil) for pupil in pupils)
    figures["updates lost or doubled"] = sum(
        abs(p.updates - view.updates[p.number]) for p in pupils
    )
    figures["drops lost or doubled"] = sum(abs(p.drops - view.drops[p.number]) for p in pupils)
    figures["steps repeated"] = len(steps)
    figures["turns that failed"] = len(aside)
    figures["messages refused"] = len(refused)
    count.notes += _compare_screens(ledger, pupils, figures)
    figures["sent again after kills"] = sum(resent)
    figures["most sent again after one kill"] = max(resent, default=0)
    figures["longest wait, seconds"] = max(pupil.longest for pupil in pupils)
    figures["learners without a way on"] = len(stuck)
    figures["left undone"] = ledger.undone()
    figures["exit code of the last stop"] = code
    return count


def _missing(ledger: Ledger, pupil: Pupil) -> int:
    """Right answers that were typed and not judged."""
    return sum((pupil.right - ledger.answers(pupil.number)).values())


def _doubled(ledger: Ledger, pupil: Pupil) -> int:
    typed = pupil.right + Counter(pupil.wrong)
    judged = {t: n for t, n in ledger.answers(pupil.number).items() if t in typed}
    return sum((Counter(judged) - typed).values())


def _compare_screens(ledger: Ledger, pupils: list[Pupil], figures: dict[str, float]) -> list[str]:
    """What each learner sees beside what was to be said; the needed messages that are lost."""
    shown_all = lost_for_good = repeats = 0
    lost: list[str] = []
    for pupil in pupils:
        shown = Counter(seen(message.text) for message in pupil.person.chat.said)
        needed = ledger.texts(pupil.number, needed=True)
        more = ledger.texts(pupil.number, needed=False)
        extra = shown - needed - more
        replaced = ledger.replaced_texts(pupil.number)
        repeats += sum(n for text, n in extra.items() if text not in replaced)
        shown_all += sum(shown.values())
        lost += [f"{pupil.number} never saw: {text}" for text in (needed - shown).elements()]
        lost_for_good += sum((more - shown).values())
    figures["messages on the screens"] = shown_all
    figures["messages seen twice"] = repeats
    figures["needed messages lost"] = len(lost)
    figures["other messages lost"] = lost_for_good
    return lost
