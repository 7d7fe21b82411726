"""Whether a typed text asks about the course, and which of its words or questions it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from lessons.course import Faq, Term

OPENERS = re.compile(
    r"""^[\s¿"“„]*(?:
    what(?:[’']?s|\s+(?:is|are|was|were|does|do|did|happens))
    | whats | (?:define|explain) | meaning\s+of | tell\s+me | why | how(?!\s+about) | when | who
    | was\s+(?:ist|sind|war|hei(?:ß|ss)t|bedeute[tn]|mein(?:t|st)|macht|tut|passiert)
    | warum | wieso | weshalb | wozu | wie | wer | wann | welche[rsmn]? | wof(?:ü|ue)r
    | erkl(?:ä|ae)r\w* | definier\w*
    )\b(.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
CHATTY = re.compile(
    r"^(which|where|can|could|is|are|do|does|should|wo|ist|sind|kann|kannst|soll)\b", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
NUMBERS = frozenset(
    re.findall(
        r"\w+",
        """one two three four five six seven eight nine ten half third quarter minus plus negative
        over times and or eins zwei drei vier halb halbe drittel viertel und oder mal durch""",
    )
)
SIGNS = "=+*/^·×<>_\\()[]{}|"  # of formulas, and of those who would break in
TELLING = 5  # letters from which a word tells what a question is about
STEM = 5  # letters after which endings differ: brauchen, braucht
ENOUGH = 0.6  # of a known question's telling words
FEW = 5  # words of a question in which a single letter may be what is asked about
ALIKE, NEAR = 0.8, 0.68  # of a difflib ratio: the same word misspelt; one worth naming
SHORT = 4  # letters under which nothing is taken for a slip of the thumb
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """A term, and whether it had to be guessed from a misspelt word."""

    term: Term
    guessed: bool = False


def asks(text: str, glossary: Sequence[Term]) -> bool:
    """Whether this is a question, and could be no answer: answers are numbers and formulas."""
    said = text.strip()
    if names_term(said, glossary):
        return True
    if opened := OPENERS.match(said):
        rest = WORD.findall(opened[1])
        last = "".join(opened[1].strip(" ?!.").split()[-1:])
        if len(last) > 1 and any(term_named(last, term) for term in glossary):
            return True  # `what is L2`: a name with a digit in it
        return any(len(word) > 1 for word in rest) or (len(rest) == 1 and _is_bare(opened[1]))
    if any(letter in SIGNS or letter.isdigit() for letter in said):
        return False
    words = [word for word in WORD.findall(said) if len(word) > 1 and word.lower() not in NUMBERS]
    return len(words) > 1 and (said.endswith("?") or (len(words) > 2 and bool(CHATTY.match(said))))


def names_term(text: str, glossary: Sequence[Term]) -> bool:
    """A word of three letters or more, with a question mark: `z?` and `3?` may be answers."""
    said = text.strip()
    if not said.startswith("?") and not said.endswith("?"):
        return False
    name = said.strip("? ")
    return len(name) > 2 and any(term_named(name, term) for term in glossary)


def term_named(name: str, term: Term) -> bool:
    return name.lower() in (known.lower() for known in (term.name, *term.also))


def _is_bare(rest: str) -> bool:
    """One letter alone, perhaps with its article: `a z`, `δ`."""
    return not any(letter.isdecimal() for letter in rest) and len(rest.strip(" ?!.")) == 1


def known_question(known: Sequence[Faq], text: str) -> Faq | None:
    """The frequent question that shares most of its telling words with this one."""
    asked = {word[:STEM] for word in words_of(text)}
    shared = [(len(_telling(faq) & asked), faq) for faq in known]
    found = [(count, faq) for count, faq in shared if count >= max(2, ENOUGH * len(_telling(faq)))]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _telling(faq: Faq) -> set[str]:
    return {word[:STEM] for word in words_of(faq.question) if len(word) >= TELLING}


def meant(text: str, glossary: Sequence[Term]) -> Meant | None:
    """The term that is named at most length, `hidden layer` before `layer`; else a misspelt one."""
    asked = words_of(text)
    named = [(name, term) for term in glossary for name in (term.name, *term.also)]
    found = [(len(name), term) for name, term in named if _names(asked, name)]
    if found:
        return Meant(max(found, key=lambda pair: pair[0])[1])
    misspelt = [(_alike(asked, name), term) for name, term in named]
    best = max(misspelt, key=lambda pair: pair[0], default=(0.0, None))
    return Meant(best[1], guessed=True) if best[1] and best[0] >= ALIKE else None


def nearest(text: str, glossary: Sequence[Term]) -> tuple[str, ...]:
    """Names of terms that look like a word of the question, at most three."""
    names = {name.lower(): term.name for term in glossary for name in (term.name, *term.also)}
    long = [name for name in names if len(name) > SHORT]
    opened = OPENERS.match(text.strip())
    asked = [word for word in words_of(opened[1] if opened else text) if len(word) > SHORT]
    close = [name for word in asked for name in get_close_matches(word, long, SHOWN, NEAR)]
    return tuple(dict.fromkeys(names[name] for name in close))[:SHOWN]


def _names(asked: list[str], name: str) -> bool:
    words = words_of(name)
    if len(name) == 1 and len(asked) > FEW:
        return False
    return any(asked[i : i + len(words)] == words for i in range(len(asked))) and bool(words)


def _alike(asked: list[str], name: str) -> float:
    """How alike a name and the most similar run of words are, of the same number of words."""
    words = words_of(name)
    if len(name) < SHORT:
        return 0.0
    runs = (" ".join(asked[i : i + len(words)]) for i in range(len(asked) - len(words) + 1))
    return max((_ratio(run, " ".join(words)) for run in runs), default=0.0)


def _ratio(typed: str, name: str) -> float:
    """Two letters that changed places are a slip of the thumb too."""
    if len(typed) < SHORT or typed[0] != name[0]:
        return 0.0
    return 1.0 if sorted(typed) == sorted(name) else SequenceMatcher(a=typed, b=name).ratio()


def words_of(text: str) -> list[str]:
    return [word.lower() for word in _words(text)]


def _words(text: str) -> Iterable[str]:
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)
