"""Every character that may be typed, and the plain one it stands for; all others are refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
# The noughts of Latin, wide, Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil,
# Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Burmese, Khmer and slanted digits.
_NOUGHTS = "0０٠۰०০੦૦୦௦౦೦൦๐໐༠၀០𝟎"
THIN: Final = "\u00a0"  # a blank that groups digits, as in 12 345 set by a keyboard

# What stands for nothing: zero-width letters, marks of direction, of variation and of code.
UNSEEN: Final = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufe0e\ufe0f\u2061\u2062\u2063`\u20e3"
)

_RUNS: Final = (
    # blanks
    ("\t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2008\u200a\u205f\u3000", " " * 12),
    ("\u00a0\u2007\u2009\u202f", THIN * 4),
    ("\n\r\u2028\u2029\u0085\u000b\u000c", "\n" * 7),
    # signs
    ("-−–—‐‑‒―﹣－➖⁃˗", "-" * 13),
    ("+＋﹢➕", "+" * 4),
    ("*×·⋅∙•∗✕✖⨯⨉＊·❌", "*" * 14),
    ("/÷⁄∕／➗", "/" * 6),
    ("=≈≃≅∼~＝﹦→⇒⟹←⇐⟵≔", "=" * 15),
    ("^＾ˆ", "^" * 3),
    ("%％﹪٪", "%" * 4),
    # points and parting
    (".．。।٫", "...." + ","),
    (",，،、﹐", "," * 5),
    (";；؛﹔&", ";" * 5),
    (":：∶﹕", ":" * 4),
    ("(（❨﹙", "(" * 4),
    (")）❩﹚", ")" * 4),
    ("[［⟨〈", "[" * 4),
    ("]］⟩〉", "]" * 4),
    ("{｛", "{" * 2),
    ("}｝", "}" * 2),
    ("_＿", "_" * 2),
    ("'’‘ʼ′", "'" * 5),
    ("|｜", "|" * 2),
    ('?？!！"“”„«»', "?" * 2 + "!" * 2 + '"' * 6),
    # tall brackets, in pieces
    ("⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠", " " * 12),
    # digits
    *(("".join(chr(ord(nought) + i) for i in range(10)), "0123456789") for nought in _NOUGHTS),
    # letters
    (_LOWER + _UPPER, _LOWER + _UPPER),
    ("".join(chr(0xFF41 + i) for i in range(26)), _LOWER),
    ("".join(chr(0xFF21 + i) for i in range(26)), _UPPER),
    ("".join(chr(0x1D44E + i) for i in range(26) if i != 7) + "ℎ", _LOWER.replace("h", "") + "h"),
    ("".join(chr(0x1D434 + i) for i in range(26)), _UPPER),
    ("ℯ", "e"),
)

PLAIN: Final[dict[str, str]] = {
    typed: plain for run, meant in _RUNS for typed, plain in zip(run, meant, strict=True)
} | {" ": " ", "≤": "<=", "≥": ">=", "≠": "!=", "<": "<", ">": ">"}

# Letters that are read as a word; the longest known name wins when words touch.
SPELLED: Final[dict[str, str]] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon",
    "ζ": "zeta", "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "Delta", "∆": "Delta",
    "…": "...", "∑": "Sigma", "∇": "nabla", "Σ": "Sigma",
    "Φ": "Phi", "Ω": "Omega", "∂": "d", "𝜎": "sigma", "𝛿": "delta", "𝜂": "eta",
    "ŷ": "yhat", "Ŷ": "Yhat", "â": "ahat", "ê": "ehat", "ĥ": "hhat", "ẑ": "zhat", "ŵ": "what",
}  # fmt: skip
HAT: Final = "\u0302"  # combining circumflex: y + hat
ACCENTED: Final = frozenset("áéíóúüñäößàèçãõôîûœÁÉÍÓÚÜÑÄÖÀÈÇ")  # for words around a number

RAISED: Final[dict[str, str]] = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿˣᶻᵉᵗʷ", "0123456789+-()nxzetw", strict=True)
)
LOWERED: Final[dict[str, str]] = dict(
    zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₘₙₒₚᵣₛₜᵤₓ", "0123456789aehijkmnoprstux", strict=True)
)
TRANSPOSED: Final = "ᵀ"

FRACTIONS: Final[dict[str, Fraction]] = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4),
    "¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅐": Fraction(1, 7),
    "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
    "⅑": Fraction(1, 9), "⅒": Fraction(1, 10), "↉": Fraction(0),
}  # fmt: skip
