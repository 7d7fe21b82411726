"""Telegram's side of things: updates become events, utterances become calls."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library warns at every 429 without it
