"""A learner's network as it is written down, and nothing of it that would be an answer."""

from __future__ import annotations

from tutor_chat import Chat, readable
from tutor_course import SMALL

from bot.tutor.drop import networks

VALUES = {
    "w1_1_1": "3", "w1_1_2": "-2", "b1_1": "1", "w1_2_1": "3", "w1_2_2": "-1", "b1_2": "-4",
    "w1_3_1": "-2", "w1_3_2": "3", "b1_3": "-3", "w2_1_1": "-2", "w2_1_2": "2", "w2_1_3": "3",
    "b2_1": "3", "x1": "2", "x2": "1", "t1": "0", "r1": "2", "asleep": "3", "total": "7",
}  # fmt: skip

TABLE = """\
W1 | b1
  3  −2 |   1
  3  −1 |  −4
 −2   3 |  −3
W2 | b2
 −2   2   3 |   3
x = (2, 1), t = 0"""


def test_a_network_is_told_a_line_a_unit():
    assert networks.told(VALUES) == TABLE


def test_what_would_be_an_answer_is_not_told():
    assert "7" not in networks.told(VALUES)
    assert "asleep" not in networks.told(VALUES)


def test_without_a_network_the_question_is_told_again():
    chat = Chat(SMALL)
    chat.start()
    chat.type("/net")
    assert chat.open.prompt in readable(chat.says[0])
