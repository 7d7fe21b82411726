"""Tokens to a tree, by the precedence that schools teach."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from engine.reading.gate import TYPED, Refused
from engine.reading.scope import MANY
from engine.reading.tokens import Token
from engine.reading.tree import Binary, Call, Euler, Name, Negative, Node, Number

_BEGINS: Final = frozenset({"number", "glyph", "name", "function", "e"})


class Parser:
    """One pass over tokens.

    `tight` reads 1/2x as 1/(2x), e^2x as e^(2x) and √2x as √(2x); otherwise all go left to right.
    `met` says that the difference could be seen; `joined` reads a long dash as two minuses.
    """

    def __init__(
        self, tokens: tuple[Token, ...], most: int, *, tight: bool, joined: bool = False
    ) -> None:
        self.tokens = tokens
        self.most = most
        self.index = 0
        self.depth = 0
        self.tight = tight
        self.joined = joined
        self.met = False
        self.dashed = False
        self.hungry = 0  # how many operators wait to the left of an implicit product

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def take(self, *signs: str) -> Token | None:
        token = self.next
        if token.kind == "sign" and token.text in signs:
            self.index += 1
            return token
        return None

    def whole(self) -> Node:
        tree = self.sum()
        if self.next.kind == "end":
            return tree
        last = self.tokens[self.index - 1]
        if self.next.kind in ("number", "glyph") and last.kind in ("number", "glyph"):
            raise Refused("wrong-count", self.next.at, "2")
        if self.next.text in (",", ";") or self.next.gap == "\n":
            raise Refused("wrong-count", self.next.at, "2")
        raise Refused("unreadable", self.next.at, self.next.text)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > self.most:
            raise Refused("too-big", self.next.at, str(self.most))

    def sum(self) -> Node:
        self.deeper()
        waiting, self.hungry = self.hungry, 0
        tree = self.product()
        while sign := self.take("+", "-", "—"):
            right = self.product()
            if sign.text == "—":
                self.dashed = True
                right = Negative(right) if self.joined else right
            tree = Binary("+" if sign.text == "+" else "-", tree, right)
        self.depth -= 1
        self.hungry = waiting
        return tree

    def product(self) -> Node:
        tree = self.group()
        while True:
            sign = self.take("*", "/")
            if sign:
                self.hungry += sign.text == "/"
                right = self.group()
                self.hungry -= sign.text == "/"
                tree = Binary("*" if sign.text == "*" else "/", tree, right)
            elif self.implied():
                tree = Binary("*", tree, self.power())
            else:
                return tree

    def group(self) -> Node:
        """A factor and, when implied products bind tightly, those that touch it."""
        tree = self.unary()
        while self.implied():
            self.met = self.met or self.hungry > 0
            if not (self.tight and self.hungry):
                break
            tree = Binary("*", tree, self.power())
        return tree

    def implied(self) -> bool:
        """Whether a product without a sign goes on here."""
        token, last = self.next, self.tokens[self.index - 1]
        if token.gap == "\n":
            return False
        if token.kind in ("name", "function", "e") or (token.kind == "sign" and token.text in "(√"):
            return self.index > 0
        return token.kind in ("number", "glyph") and last.kind == "function"

    def unary(self) -> Node:
        sign = self.take("-", "+", "—")
        if not sign:
            return self.power()
        self.deeper()
        body = self.unary()
        self.depth -= 1
        return body if sign.text == "+" else Negative(body)

    def power(self) -> Node:
        tree = self.atom()
        if not self.take("^"):
            return tree
        self.deeper()
        self.hungry += 1
        exponent = self.group()
        self.hungry -= 1
        self.depth -= 1
        return Binary("^", tree, exponent)

    def atom(self) -> Node:  # noqa: PLR0911  one return a kind
        token = self.next
        self.index += 1
        if token.kind == "number":
            return self.percent(self.mixed(token))
        if token.kind == "glyph":
            return self.percent(Number(token.value, None, "glyph"))
        if token.kind == "name":
            return Name(token.text)
        if token.kind == "e":
            return Euler()
        if token.kind == "function":
            return self.call(token)
        if token.kind == "sign" and token.text == "√":
            return self.applied("sqrt")
        if token.kind == "sign" and token.text == "(":
            tree = self.sum()
            self.close()
            return self.percent(tree)
        self.index -= 1
        raise Refused("unreadable", token.at, token.text)

    def close(self) -> None:
        if not self.take(")"):
            if self.next.text in (",", ";"):
                raise Refused("wrong-count", self.next.at, "2")
            raise Refused("unreadable", self.next.at, self.next.text)

    def mixed(self, token: Token) -> Node:
        """2½ and 3 1/2, where a whole number stands before a proper fraction."""
        number = Number(token.value, token.places)
        before = self.tokens[self.index - 2] if self.index > 1 else None
        if token.places is not None or (before and before.text in ("/", "*", "^", "√", ":")):
            return number
        following = self.tokens[self.index : self.index + 3]
        if following[0].kind == "glyph":
            self.index += 1
            return Number(token.value + following[0].value, None, "mixed")
        if len(following) == 3 and _proper(*following):
            self.index += 3
            return Number(token.value + following[0].value / following[2].value, None, "mixed")
        return number

    def percent(self, tree: Node) -> Node:
        if not self.take("%"):
            return tree
        if isinstance(tree, Number):
            places = (tree.places or 0) + 2 if tree.form == "plain" else None
            return Number(tree.value / 100, places, "percent")
        return Binary("/", tree, Number(Fraction(100)))

    def call(self, token: Token) -> Node:
        if power := self.take("^"):
            exponent = self.atom()
            if self.next.text != "(":
                raise Refused("unreadable", power.at, "^")
            return Binary("^", self.applied(token.text), exponent)
        return self.applied(token.text)

    def applied(self, function: str) -> Node:
        if self.take("("):
            arguments = [self.sum()]
            while function in MANY and self.take(",", ";"):
                arguments.append(self.sum())
            self.close()
            return Call(function, tuple(arguments))
        if function in MANY:
            raise Refused("unreadable", self.next.at, function)
        self.deeper()
        self.hungry += 1
        argument = self.group() if self.next.kind != "end" else self.atom()
        self.hungry -= 1
        self.depth -= 1
        return Call(function, (argument,))


def _proper(above: Token, slash: Token, below: Token) -> bool:
    whole = above.kind == below.kind == "number" and above.places is below.places is None
    return whole and bool(above.gap) and slash.text == "/" and above.value < below.value


def parse(tokens: tuple[Token, ...], depth: int = TYPED.depth) -> tuple[Node, ...]:
    """The tree, or the trees where two readings are possible, the plainer one first."""
    plain = Parser(tokens, depth, tight=False)
    trees = [plain.whole()]
    if plain.met:
        trees.append(Parser(tokens, depth, tight=True).whole())
    if plain.dashed:
        trees.append(Parser(tokens, depth, tight=False, joined=True).whole())
    return tuple(dict.fromkeys(trees))
