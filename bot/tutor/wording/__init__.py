"""Every sentence of the tutor's own: one catalogue a language, one way to fill it in."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from importlib import resources
from typing import Any

from lessons.decimals import decimal_mark, shown

FALLBACK = "en"


class Html(str):
    """Text that is Telegram's HTML already, and is not escaped again."""

    __slots__ = ()


def escape(text: str) -> Html:
    """What a person typed, or is called, made harmless."""
    return text if isinstance(text, Html) else Html(html.escape(text, quote=False))


class Words:
    """The sentences of one language."""

    def __init__(self, language: str, sentences: Mapping[str, Any]) -> None:
        self.language = language
        self.sentences = sentences

    def __call__(self, key: str, /, pick: int = 0, **values: Any) -> Html:
        """The sentence of this key. `n` chooses a plural form, `pick` one of several variants."""
        form = self.sentences[key]
        if isinstance(form, list):
            form = form[pick % len(form)]
        if isinstance(form, dict):
            form = form.get(self._plural(values["n"]), form["other"])
        said = form.format_map({name: escape(str_of(v)) for name, v in values.items()})
        return Html(said.replace("?.", "?"))  # a title may be a question

    def forms(self, key: str) -> frozenset[str]:
        """All variants of a sentence, unfilled."""
        return frozenset(self.sentences[key])

    def _plural(self, n: Any) -> str:
        from babel import Locale

        return str(Locale.parse(self.language).plural_form(n))

    def __contains__(self, key: str) -> bool:
        return key in self.sentences

    def day(self, when: date) -> Html:
        """A date as one says it: "Friday 1 March"."""
        from babel.dates import format_date

        return Html(format_date(when, self.sentences["format.date"], locale=self.language))

    def number(self, canonical: object) -> str:
        """A number, vector or term as the language writes it: "−0,5"."""
        return shown(str(canonical), decimal_mark(self.language))

    def name_of(self, language: str) -> str:
        """What a language is called, "" when nobody knows it."""
        from babel import Locale, UnknownLocaleError

        try:
            return str(
                Locale.parse(language.split("-", 1)[0]).get_display_name(self.language) or ""
            )
        except (UnknownLocaleError, ValueError):
            return ""

    def country(self, code: str) -> str:
        """What a country of two letters is called; the letters when nobody knows it."""
        from babel import Locale

        return str(Locale.parse(self.language).territories.get(code, code))

    def hour(self, when: time) -> Html:
        return Html(f"{when:%H:%M}")

    def weekday(self, number: int) -> Html:
        """The short name of a weekday; 0 is Monday."""
        from babel.dates import get_day_names

        return Html(get_day_names("abbreviated", "stand-alone", locale=self.language)[number])


def str_of(value: object) -> str:
    return value if isinstance(value, str) else str(value).replace("-", "−")


def of(language: str) -> Words:
    """The catalogue for an IETF tag; English where there is none of that language."""
    name = language.split("-", 1)[0].lower()
    return catalogue(name if name in languages() else FALLBACK)


@lru_cache
def languages() -> frozenset[str]:
    files = resources.files(__package__).iterdir()
    return frozenset(f.name[:-5] for f in files if f.name.endswith(".toml"))


def own_name(language: str) -> str:
    """What those who speak it call it."""
    from babel import Locale

    return str(Locale.parse(language).get_display_name(language)).capitalize()


@lru_cache
def catalogue(name: str) -> Words:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return Words(name, dict(_flat(tomllib.loads(text))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    """`[hint] none = "…"` is the sentence "hint.none"; a table with `other` is a plural."""
    entries: list[tuple[str, Any]] = []
    for key, form in table.items():
        if isinstance(form, dict) and "other" not in form:
            entries += _flat(form, f"{prefix}{key}.")
        else:
            entries.append((f"{prefix}{key}", form))
    return entries
