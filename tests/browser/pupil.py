"""Somebody who plays a drop on the page, and finds the answers with the page's own inspector."""

from __future__ import annotations

import json
import time

from bot.cli.preview.meaning import typed
from bot.tutor.putting import LETTERS, LONG
from tests.browser.hand import PATIENCE


class Pupil:
    """One open chat; `exercise` is what the inspector knows of it."""

    def __init__(self, browser, chat=1):
        self.browser, self.chat = browser, chat

    def known(self):
        return self.browser.fetched(f"/page/inspect?chat={self.chat}")

    def exercise(self):
        known = self.known()
        stage = (known["learner"] or {}).get("stage", {})
        return stage.get("exercise"), stage.get("role"), known.get("exercise")

    def until(self, holds, what):
        """Waits for the tutor."""
        end = time.monotonic() + PATIENCE
        while not (found := holds()):
            assert time.monotonic() < end, f"{what} never came: {json.dumps(self.known())[:900]}"
            time.sleep(0.05)
        return found

    def open_exercise(self, after=None):
        """The exercise that is open now: another than the one before, with its answer."""
        exercise = self.following(after)
        assert exercise, "the drop is done"
        return exercise

    def following(self, after=None):
        """What comes after this exercise: another one, or None when the drop is done."""

        def found():
            exercise = self.exercise()
            if exercise[0] is None:
                return (None,) if after else None
            return (exercise,) if exercise[2] and exercise != after else None

        return self.until(found, "what follows an answer")[0]

    def say(self, text):
        self.browser.type(text)

    def answer(self, asked):
        if "expect" in asked:
            self.say(typed(asked["expect"], asked["places"]))
        else:
            self.tap(asked["options"], "right")

    def err(self, asked):
        """Makes the first slip that is known; its slug."""
        if "expect" in asked:
            slug, text = next(iter(asked["slips"].items()))
            self.say(typed(text, asked["places"]))
        else:
            slug = next(one["key"] for one in asked["options"] if one["key"] != "right")
            self.tap(asked["options"], slug)
        return slug

    def tap(self, options, key):
        """The button of this option: its text, or its letter where texts are long."""
        index = next(i for i, one in enumerate(options) if one["key"] == key)
        lettered = any(len(one["text"]) > LONG for one in options)
        label = LETTERS[index] if lettered else options[index]["text"]
        self.until(lambda: self._buttons(label), label)[-1].click()

    def _buttons(self, label):
        return [one for one in self.browser.all(".buttons button") if one.text == label]

    def seen(self, text):
        """The last message that says this."""
        return self.browser.until(".message:not(.own) .text", text)
