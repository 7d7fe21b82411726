"""What stands around an answer: words, names before an equals sign, chains of equations."""

from __future__ import annotations

import re
from typing import Final

from engine.reading.gate import Refused, Typed
from engine.reading.scope import Scope

_FILLING: Final = frozenset(
    """it's its it that's thats this that the a an answer ans result value i i'm im my we you get
    got have think believe guess say found find makes gives give be comes out to equal equals so
    then thus hence therefore about around approximately approx roughly circa ca nearly almost
    maybe perhaps probably now here would should must just only ok okay well hi hello hm hmm um uh
    yes final please thanks thank solution of for be sum total number right there has have new
    approximate rounded parameter parameters param params weights biases neurons unit units points
    numbers minute minutes min mins late row rows column columns slope intercept
    la el lo respuesta resultado creo que da sería igual a pues los sale me son
    aprox aproximadamente
    die der das ist antwort ergebnis ich glaube denke etwa ungefähr also rund gerundet habe hab
    komme kommt auf raus heraus da neue neuer neues parametern gewichte neuronen punkte zahlen
    minuten zeile zeilen spalte spalten steigung achsenabschnitt
    le réponse résultat je pense c'est environ donc fait trouve
    a o resposta resultado acho que deu dá il risultato
    """.split()  # noqa: SIM905  a list of 100 words is read as words
)
_EQUALS: Final = frozenset(("is", "equals", "are", "es", "ist", "est", "é", "è", "was", "becomes"))
_SIGNS: Final = {
    "minus": "-", "negative": "-", "neg": "-", "menos": "-", "moins": "-", "plus": "+",
    "times": "*", "mal": "*", "fois": "*", "over": "/", "durch": "/",
}  # fmt: skip
_AND: Final = frozenset(("and", "und", "et"))
_WORD: Final = re.compile(
    r"[A-Za-záéíóúüñäößàèçãõôîûœÁÉÍÓÚÜÑÄÖÀÈÇ][A-Za-z'áéíóúüñäößàèçãõôîûœ]*(?![\w(\[{^/])"
)
_LABEL: Final = re.compile(
    r"[A-Za-z](?:[\w{}']|\{[\w,.]{1,8}\})*[\^+]?(?: ?/ ?[A-Za-z][\w{}']*)?"
    r"(?: ?\([^()=]{0,12}\)| ?\[[^\[\]=]{0,12}\])?"
)
_LONE: Final = re.compile(r"[A-Za-z][\w{}']*\^?|d[A-Za-z]\w*/d[A-Za-z]\w*")
_COLON: Final = re.compile(r"(?<![\w.)])[A-Za-z][\w{}' ]*:(?=(\s|-|=|$)?)")
_LIST: Final = re.compile(r"\(?([A-Za-z])\w*(?: ?[,;] ?\1\w*)+\)?")
_INDEXED: Final = re.compile(r"([A-Za-z]*)_?\{?([0-9]{1,2})\}?")
_ASIDE: Final = ' \n\u00a0"?'


def plain_words(typed: Typed, scope: Scope) -> Typed:
    """Words that only surround an answer become blanks; words that are signs become signs."""
    text = list(_undressed(typed.plain))
    for match in _COLON.finditer(typed.plain):
        if match.group(1) is not None or not scope.names:  # x:2 is a division where x is a name
            text[match.end(0) - 1] = "="
    for match in _WORD.finditer(typed.plain):
        word = match.group().lower().rstrip("'")
        if not _is_word(match, word, scope):
            continue
        if word in _EQUALS:
            sign = "="
        elif word in _SIGNS:
            sign = _SIGNS[word]
        elif word in _AND:
            sign = "," if "," in typed.plain else ";"
        elif word in _FILLING:
            sign = " "
        else:
            continue
        stop = match.end() + typed.plain.startswith((". ", ".\u00a0"), match.end())  # ca. 0,88
        text[match.start() : stop] = sign.ljust(stop - match.start())
    return Typed("".join(text), typed.places).strip(_ASIDE)


def _undressed(text: str) -> str:
    """Marks that only made the text bold, slanted, struck, hidden or quoted become blanks."""
    if len(text) > 2 and text[0] == text[-1] == "'":
        text = f" {text[1:-1]} "
    for mark in ("**", "__", "||", "=="):
        bare = text.strip()
        if len(bare) > 4 and bare.endswith(mark) and mark in bare[:-2]:
            end = text.rindex(mark)
            start = text.rindex(mark, 0, end)
        elif len(bare) > 4 and bare.startswith(mark) and mark in bare[2:]:
            start = text.index(mark)
            end = text.index(mark, start + 2)
        else:
            continue
        text = text[:start] + "  " + text[start + 2 : end] + "  " + text[end + 2 :]
    return text


def _is_word(match: re.Match[str], word: str, scope: Scope) -> bool:
    before = match.string[max(0, match.start() - 1) : match.start()]
    if before.isalnum() or before in ("_", "'"):
        return False
    return (len(word) > 1 or word in "iéè") and scope.name(word) is None


def without_stop(typed: Typed) -> Typed:
    """A full stop or comma behind the answer is no part of it."""
    typed = typed.strip(_ASIDE)
    while typed.plain[-1:] in (".", ",", ";", "!") and typed.plain:
        if typed.plain[-1] == "!" and typed.plain[-2:-1] not in _ASIDE:
            raise Refused("unreadable", typed.places[-1], "!")
        typed = typed.cut(0, len(typed.plain) - 1).strip(_ASIDE)
    return typed


def members(typed: Typed) -> list[Typed]:
    """The members of a chain of equations, empty ones left out."""
    text = typed.plain.replace("==", " =")
    for sign in ("<", ">", "!="):
        if sign in text:
            raise Refused("wrong-kind", typed.place(text.index(sign)), sign)
    parts, start = [], 0
    for index, letter in enumerate(text + "="):
        if letter == "=":
            parts.append(typed.cut(start, index).strip(_ASIDE + "="))
            start = index + 1
    return [part for part in parts if part.plain]


def is_label(member: Typed) -> bool:
    return _LABEL.fullmatch(member.plain) is not None


def is_list(member: Typed) -> bool:
    """Names of one letter in their order, before a vector: (h1, h2) = (1, 0)."""
    names = re.findall(r"\w+", member.plain)
    return _LIST.fullmatch(member.plain) is not None and names == sorted(names)


def in_order(parts: list[Typed]) -> list[Typed]:
    """By the numbers or letters of their names, where they have them: h2 = 0; h1 = 1."""
    named: dict[tuple[str, int], Typed] = {}
    for part in parts:
        found = members(part)
        if len(found) != 2:
            return parts
        named[_index(found[0].plain)] = part
    stem = min(named, default=("", 0))[0]
    if set(named) != {(stem, at) for at in range(1, len(parts) + 1)}:
        return parts
    return [named[index] for index in sorted(named)]


def _index(name: str) -> tuple[str, int]:
    """h2 is the second h, B the second letter; 0 for other names."""
    numbered = _INDEXED.fullmatch(name)
    if numbered:
        return numbered[1], int(numbered[2])
    return "", ord(name.lower()) - ord("a") + 1 if len(name) == 1 else 0


def is_lone(member: Typed) -> bool:
    return _LONE.fullmatch(member.plain) is not None


def unlabelled(typed: Typed) -> Typed:
    """The last member of a chain, or the first where a lone name stands last: 3 = z."""
    parts = members(typed)
    if not parts:
        raise Refused("unreadable", typed.place(0))
    if len(parts) > 1 and is_lone(parts[-1]) and not all(is_lone(part) for part in parts):
        parts = [part for part in parts if not is_lone(part)]
    return parts[-1]
