"""What the tutor counts about itself; no number of it says anything about a person."""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
PATIENT = (0.1, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)  # seconds

arrivals = Counter("dropwise_arrivals", "Arrivals kept in the inbox by intake.")
flooding = Counter("dropwise_flooding", "Updates let go: one person sent too many.")
drops_due = Counter("dropwise_drops_due", "Drops that the clock claimed.")
drop_lateness = Histogram(
    "dropwise_drop_lateness_seconds", "From a drop's moment to its claim.", buckets=PATIENT
)
turns = Counter("dropwise_turns", "Turns taken to their end.")
turn_seconds = Histogram(
    "dropwise_turn_seconds", "From an arrival to its letters in the outbox.", buckets=QUICK
)
put_aside = Counter("dropwise_put_aside", "Arrivals whose turn failed.")
verdicts = Counter("dropwise_verdicts", "Judged answers.", ["family"])
judges_lost = Counter("dropwise_judges_lost", "Judges that broke or took too long.")
letters = Counter("dropwise_letters", "What came of letters.", ["lane", "fate"])
letter_seconds = Histogram(
    "dropwise_letter_seconds", "From a turn to Telegram's yes.", ["lane"], buckets=PATIENT
)
floods = Counter("dropwise_floods", "Telegram's 429s.")
away = Counter("dropwise_database_away", "Times that the database did not answer.", ["room"])

leads = Gauge("dropwise_leads", "1 where this process may poll Telegram.")
rate = Gauge("dropwise_rate", "Messages a second that the postman allows itself.")
learners_due = Gauge("dropwise_learners_due", "Learners whose drop is due and not yet claimed.")
learners_late = Gauge("dropwise_learners_late", "Learners whose drop is over five minutes late.")
inbox = Gauge("dropwise_inbox", "Arrivals that are not done.")
oldest = Gauge("dropwise_inbox_oldest_seconds", "Age of the oldest arrival that is not done.")
outbox = Gauge("dropwise_outbox", "Letters that are not done.", ["lane"])


def written() -> tuple[bytes, str]:
    """Everything in Prometheus's text format, and its content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
