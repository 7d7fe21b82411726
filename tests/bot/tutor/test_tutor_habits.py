"""Learners of any habits: the clock announces once on a local date, whatever they change."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tutor_chat import Chat
from tutor_course import SMALL

from bot.tutor.turn import Lane, Say


def pushes(chat, start):
    says = [say for turn in chat.turns[start:] for say in turn.says if isinstance(say, Say)]
    return [say for say in says if say.lane in (Lane.DROP, Lane.REMINDER)]


ZONES = ["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Apia", "Asia/Kathmandu"]
HABITS = st.lists(
    st.tuples(
        st.integers(0, 23),
        st.sampled_from(["start", "solve", "move", "zone", "hour", "none", "none"]),
    ),
    max_size=60,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(HABITS, st.data())
def test_no_habit_brings_two_announcements_of_the_clock_on_one_local_date(habits, data):
    chat = Chat(SMALL).with_a_rhythm("20:30")
    seen = []
    for hours, habit in habits:
        count, moved = len(chat.turns), chat.learner.postponed
        chat.until(chat.now + timedelta(hours=hours))
        fresh = pushes(chat, count)
        assert len(fresh) <= 2
        if fresh and moved is None:
            assert chat.learner.last_drop not in seen
            seen.append(chat.learner.last_drop)
        live(chat, habit, data)


def live(chat, habit, data):
    match habit:
        case "start":
            chat.type("/today")
        case "solve" if chat.open:
            chat.solve()
        case "move" if "In 1 h" in chat.labels():
            chat.tap("In 1 h")
        case "hour":
            chat.type("/settings")
            chat.tap("Hour")
            chat.type(f"{data.draw(st.integers(0, 23))}:15")
        case "zone":
            chat.type("/settings")
            chat.tap("Place")
            place = {
                "Europe/Berlin": "Berlin",
                "Asia/Tokyo": "Tokyo",
                "America/Los_Angeles": "Los Angeles",
                "Pacific/Apia": "Apia",
                "Asia/Kathmandu": "Kathmandu",
            }
            chat.type(place[data.draw(st.sampled_from(ZONES))])
            chat.tap("Yes")
