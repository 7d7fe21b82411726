"""The HTML that Telegram takes, and how it is refused where it is wrong."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.api.markup import read_html
from bot.local.entities import Entity, cut, detected, to_html, trimmed, units
from bot.local.refusal import Refusal

READ = [
    ("<b>bold</b>", "bold", [("bold", 0, 4)]),
    ("a <i>b <u>c</u></i>", "a b c", [("underline", 4, 1), ("italic", 2, 3)]),
    (
        "<strong>a</strong><em>b</em><del>c</del>",
        "abc",
        [("bold", 0, 1), ("italic", 1, 1), ("strikethrough", 2, 1)],
    ),
    ("𝒙 <code>w</code>", "𝒙 w", [("code", 3, 1)]),
    ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
    ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
    ("1 &lt; 2 &amp;&#43; &nbsp;", "1 < 2 &+ &nbsp;", []),
    ("<pre>a <b>b</b></pre>", "a b", [("pre", 0, 3)]),
    ("<blockquote>a <blockquote>b</blockquote></blockquote>", "a b", [("blockquote", 0, 3)]),
    ("<b></b>x", "x", []),
    ("<B>x</B>", "x", [("bold", 0, 1)]),
    ("<a href='https://a.org/?x=1&amp;y=2'>l</a>", "l", [("text_link", 0, 1)]),
    ('<a href="nowhere">l</a>', "l", []),
]
REFUSED = [
    ("<br>", 'Unsupported start tag "br" at byte offset 0'),
    ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
    ("x < 3", 'Unsupported start tag "" at byte offset 2'),
    ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b", 'Unclosed start tag "b" at byte offset 0'),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (
        "<a href>x</a>",
        'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
    ),
    ("<sub>2</sub>", 'Unsupported start tag "sub" at byte offset 0'),
]


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_telegrams_tags_become_entities(source, text, entities):
    seen, found = read_html(source)
    assert seen == text
    assert [(e.kind, e.offset, e.length) for e in found] == entities


@pytest.mark.parametrize(("source", "words"), REFUSED)
def test_what_telegram_cannot_parse_is_refused_in_its_words(source, words):
    with pytest.raises(Refusal) as refusal:
        read_html(source)
    assert refusal.value.code == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_a_language_of_pre_is_kept():
    _, [entity] = read_html('<pre><code class="language-python">x</code></pre>')
    assert (entity.kind, entity.language) == ("pre", "python")


WORDS = st.text(st.sampled_from("ab <&>\"'𝒙é\n"), min_size=1, max_size=8)
TAGGED = st.recursive(
    WORDS.map(lambda text: [("", text)]),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "u", "s", "tg-spoiler"]), inner).map(
        lambda pair: [pair]
    ),
    max_leaves=4,
)


def written(tree):
    return "".join(
        escape(inside) if not tag else f"<{tag}>{written(inside)}</{tag}>" for tag, inside in tree
    )


@given(st.lists(TAGGED, max_size=4).map(lambda trees: [node for tree in trees for node in tree]))
def test_what_is_shown_reads_as_what_was_sent(tree):
    text, entities = read_html(written(tree))
    again, same = read_html(to_html(text, entities))
    assert again == text
    assert covered(same) == covered(entities)


@given(
    WORDS,
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "spoiler"]), st.integers(0, 8), st.integers(1, 8)
        ),
        max_size=4,
    ),
)
def test_entities_that_cross_are_shown_as_nested_tags(text, marks):
    entities = [
        Entity(kind, start, length) for kind, start, length in marks if start + length <= len(text)
    ]
    if units(text) != len(text):
        return
    again, same = read_html(to_html(text, entities))
    assert again == text
    assert covered(same) == covered(entities)


def covered(entities):
    """For every kind, the units under it."""
    kinds = {e.kind for e in entities}
    return {
        kind: {i for e in entities if e.kind == kind for i in range(e.offset, e.end)}
        for kind in kinds
    }


@given(WORDS, st.integers(0, 7), st.integers(1, 8))
def test_trimming_keeps_what_an_entity_lies_over(text, start, length):
    whole = units(text)
    if start + length > whole or "𝒙" in text:
        return
    kept, moved = trimmed(text, [Entity("bold", start, length)])
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    under = text[max(start, first) : min(start + length, last)]
    assert kept == text.strip()
    assert [cut(kept, entity) for entity in moved] == ([under] if under else [])


def test_commands_mentions_and_links_are_found():
    text = "𝒙 /start@local_bot and @someone, see https://a.org/b. 1/2 is no command"
    assert [(e.kind, cut(text, e)) for e in sorted(detected(text), key=lambda e: e.offset)] == [
        ("bot_command", "/start@local_bot"),
        ("mention", "@someone"),
        ("url", "https://a.org/b"),
    ]
