"""Plain characters to tokens, with the names of the question in scope."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from engine.reading import numerals
from engine.reading.gate import TYPED, Refused, Typed
from engine.reading.letters import FRACTIONS
from engine.reading.scope import FUNCTIONS, MANY, Scope

_BLANK: Final = " \n\u00a0"
_WORD: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|_\{\w{1,6}\}|_(?=\w))*")
_MULTIPLIED: Final = re.compile(rf"\s*[-+—]?\s*[\d.,√(\[{''.join(FRACTIONS)}]")
_SIGNS: Final = "+-—*/^(),;√%:"
_OPEN: Final = {"[": "(", "{": "("}
_CLOSE: Final = {"]": ")", "}": ")"}
_HALF_A_NUMBER: Final = re.compile(r"(?:sqrt|exp|ln|log|tanh|sigmoid|relu)\d+[.,]\d", re.IGNORECASE)
_HAT: Final = re.compile(r"\^(?=\s*(?:[-+—*/),;=]|$))")


class Token(NamedTuple):
    """`gap`: the blank before it, a line feed where a line begins; `at`: its place as typed."""

    kind: Literal["number", "glyph", "name", "function", "e", "sign", "end"]
    text: str
    at: int
    gap: str = ""
    value: Fraction = Fraction(0)
    places: int | None = None


class Tokens:
    """One reading of one piece of text; `comma` says that a comma is a decimal mark."""

    def __init__(self, typed: Typed, scope: Scope, *, comma: bool, most: int) -> None:
        self.typed = typed
        self.text = typed.plain
        self.scope = scope
        self.commas = [comma]
        self.found: list[Token] = []
        self.index = 0
        self.most = most
        self.gap = ""

    def all(self) -> tuple[Token, ...]:
        while self.index < len(self.text):
            letter = self.text[self.index]
            if letter in _BLANK:
                self.gap = "\n" if "\n" in (self.gap, letter) else letter
                self.index += 1
                continue
            self._one(letter)
            if len(self.found) > self.most:
                raise Refused("too-big", self._at(), str(self.most))
        self._add("end", "")
        return tuple(self.found)

    def _at(self) -> int:
        return self.typed.place(self.index)

    def _add(
        self,
        kind: Literal["number", "glyph", "name", "function", "e", "sign", "end"],
        text: str,
        value: Fraction = Fraction(0),
        places: int | None = None,
    ) -> None:
        self.found.append(Token(kind, text, self._at(), self.gap, value, places))
        self.gap = ""

    def _one(self, letter: str) -> None:
        digit = letter.isdigit() and letter.isascii()
        if digit or (letter in ".," and self._number_begins(letter)):
            self._number()
        elif letter in FRACTIONS:
            self._add("glyph", letter, FRACTIONS[letter])
            self.index += 1
        elif letter.isalpha() and letter.isascii():
            self._word()
        else:
            self._sign(letter)

    def _number_begins(self, letter: str) -> bool:
        after = self.text[self.index + 1 : self.index + 2].isdigit()
        if letter == ".":
            return after
        before = self.found[-1] if self.found else None
        parted = before is None or (before.kind == "sign" and before.text not in ")%")
        return after and self.commas[-1] and parted

    def _number(self) -> None:
        if self.commas[0] and self._recurs():
            return
        pattern = numerals.COMMAED if self.commas[-1] else numerals.POINTED
        match = pattern.match(self.text, self.index)
        assert match is not None
        number = numerals.numeral(match.group(), self._at())
        end = match.end()
        if self.commas[0]:
            self._refuse_a_point_for_times(match.group(), end)
        power = numerals.POWERED.match(self.text, end)
        if power:
            self._refuse_if_e_is_a_name(number[2], power.group())
            number = numerals.powered(number, power.group(), self._at())
            end = power.end()
        self._add("number", number[2], number[0], number[1])
        self.index = end

    def _recurs(self) -> bool:
        """0.(3) and 0,(3) are a third."""
        match = numerals.RECURRING.match(self.text, self.index)
        if match is None:
            return False
        self._add("number", match.group(), numerals.recurring(match, self._at()))
        self.index = match.end()
        return True

    def _refuse_a_point_for_times(self, run: str, end: int) -> None:
        """3.10^-2 is 3·10^-2 to many, and 3.1 to the power of -2 by its letters."""
        power = self.text[end:].lstrip(_BLANK)[:8]
        if re.fullmatch(r"\d+\.10", run) and power.startswith(("^", "**")):
            readings = (f"{run[:-3]}*10{power}", f"({run}){power}")
            raise Refused("ambiguous", self._at(), run, readings)

    def _refuse_if_e_is_a_name(self, digits: str, power: str) -> None:
        if self.scope.name("e") is not None:
            tail = power[1:] if power[1] in "+-" else f"*{power[1:]}"
            readings = (f"{digits}{power}", f"{digits}*e{tail}")
            raise Refused("ambiguous", self._at(), digits + power, readings)

    def _word(self) -> None:
        match = _WORD.match(self.text, self.index)
        assert match is not None
        run = match.group()
        if self._is_times(run):
            self._add("sign", "*")
            self.index += 1
            return
        end = match.end()
        if _HALF_A_NUMBER.match(self.text, self.index) and run.lower() not in FUNCTIONS:
            run = run.rstrip("0123456789")  # ln0.5
            end = self.index + len(run)
        if _HAT.match(self.text, end) and self.scope.name(run + "hat"):
            self._refuse_if_a_power_too(run, end)
            run, end = run + "hat", end + 1
        called = self.text[end:].lstrip(_BLANK)[:1] in ("(", "[", "{")
        try:
            pieces = self.scope.pieces(run, called)
        except Refused as refused:
            raise Refused(refused.kind, self._at(), refused.detail, refused.readings) from None
        for kind, what in pieces:
            self._piece(kind, what)
        self.index = end

    def _piece(self, kind: str, what: str) -> None:
        if kind == "number":
            self._add("number", what, Fraction(int(what)))
        elif kind == "function":
            self._add("function", what)
        elif kind == "name":
            self._add("name", what)
        else:
            self._add("e", what)

    def _refuse_if_a_power_too(self, run: str, end: int) -> None:
        """y^-t is ŷ - t, or y to the -t where y is a name as well."""
        after = self.text[end + 1 :].lstrip(_BLANK)
        if self.scope.name(run) is not None and after[:1] in ("-", "+", "—"):
            readings = (f"{run}^({after[:8]})", f"{run}hat {after[:8]}")
            raise Refused("ambiguous", self._at(), f"{run}^", readings)

    def _is_times(self, run: str) -> bool:
        """Whether an x stands between numbers, and is no name here."""
        rest = run[1:]
        if run[0] not in "xX" or not (not rest or rest[0].isdigit()):
            return False
        before = self.found[-1] if self.found else None
        if before is None or not (before.kind in ("number", "glyph") or before.text in (")", "%")):
            return False
        if self.scope.has_x:
            return False
        return _MULTIPLIED.match(self.text, self.index + 1) is not None

    def _sign(self, letter: str) -> None:
        sign = _OPEN.get(letter, _CLOSE.get(letter, letter))
        if sign not in _SIGNS:
            raise Refused("unreadable", self._at(), letter)
        if sign == "*" and self.text.startswith("**", self.index):
            self._add("sign", "^")
            self.index += 2
            return
        if sign == ":" and self.text[self.index + 1 : self.index + 2] in _BLANK and not self.gap:
            raise Refused("unreadable", self._at(), letter)
        self._add("sign", "/" if sign == ":" else sign)
        self.index += 1
        if sign == "(":
            self.commas.append(self._inside())
        elif sign == ")" and len(self.commas) > 1:
            self.commas.pop()

    def _inside(self) -> bool:
        """Whether a comma is a decimal mark within the bracket just opened."""
        called = len(self.found) > 1 and self.found[-2].text in MANY
        if not called:
            return self.commas[-1]
        inside = self.text[self.index : self._closing()]
        return self.commas[-1] and (
            ";" in inside or bool(re.search(r",\s", inside) and re.search(r"\d,\d", inside))
        )

    def _closing(self) -> int:
        depth = 1
        for index in range(self.index, len(self.text)):
            depth += (self.text[index] in "([{") - (self.text[index] in ")]}")
            if depth == 0:
                return index
        return len(self.text)


def tokenize(
    typed: Typed, scope: Scope, *, comma: bool, most: int = TYPED.tokens
) -> tuple[Token, ...]:
    """Errors: `Refused`, with the place of the first character that could not be read."""
    return Tokens(typed, scope, comma=comma, most=most).all()
