"""Coming and going: the bot's own, and the members'."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.tutor.events import InGroup, Person, UserId
from bot.tutor.group import asking
from bot.tutor.group.asking import waiting_for
from bot.tutor.group.card import link, words_of
from bot.tutor.group.day import awake, changed
from bot.tutor.group.state import Group, GroupTurn, Member
from bot.tutor.group.wiring import forgotten as net_forgets
from bot.tutor.group.wiring import left as net_left
from bot.tutor.group.wiring import taken
from bot.tutor.turn import Button, Post, Say
from bot.tutor.visits import Knocked, Told
from lessons.course import Path

MEMBERS = ("creator", "administrator", "member", "restricted")


def added(group: Group, event: InGroup, person: Person | None, now: datetime) -> GroupTurn:
    """Said once: what it does, and what it cannot see. Who adds it again is not told again."""
    language = person.language if person and not group.greeted else group.language
    was, back = group.greeted, not group.present
    group = replace(
        group, present=True, greeted=True, language=language or group.language,
        title=event.title or group.title, topic=event.topic or group.topic,
    )  # fmt: skip
    group = awake(group, now)
    if not was:
        return GroupTurn(group, (hello(group),))
    return GroupTurn(
        group, (replace(hello(group), text=words_of(group)("group.back")),) if back else ()
    )


def hello(group: Group) -> Say:
    words = words_of(group)
    join = Button(words("button.group-join"), "g/join")
    return Say(
        words("group.hello"),
        (
            (join, Button(words("button.group-private"), url=link(group))),
            (Button(words("button.group-settings"), "g/settings"),),
        ),
        silent=True,
        topic=group.topic,
    )


def removed(group: Group) -> GroupTurn:
    """Out of the group: nothing is sent, seats are let go, all else keeps."""
    posts = asking.posts(group, group.nets, ())
    return GroupTurn(replace(group, present=False, nets=(), wake=None), (), posts)


def joined(group: Group, path: Path, user: UserId, now: datetime) -> GroupTurn:
    """Late or not: a seat that someone left is theirs, otherwise the next net has one."""
    if group.member(user):
        return GroupTurn(group)
    nets, place = list(group.nets), next(iter(_with_a_free_seat(group)), None)
    if place is not None:
        nets[place] = taken(nets[place], user)
    after = replace(group, members=(*group.members, Member(user)), nets=tuple(nets))
    return changed(group, after, path, now)


def _with_a_free_seat(group: Group) -> list[int]:
    return [i for i, net in enumerate(group.nets) if taken(net, UserId(1)) != net]


def left(group: Group, path: Path, user: UserId, now: datetime) -> GroupTurn:
    if group.member(user) is None:
        return GroupTurn(group)
    members = tuple(one for one in group.members if one.user != user)
    nets = tuple(net_left(net, user) for net in group.nets)
    return changed(group, replace(group, members=members, nets=nets), path, now)


def forgotten(group: Group, path: Path, user: UserId, now: datetime) -> GroupTurn:
    """As if they had never been here; what they had wired is the bot's now."""
    members = tuple(one for one in group.members if one.user != user)
    nets = tuple(net_forgets(net, user, now) for net in group.nets)
    turn = changed(group, replace(group, members=members, nets=nets), path, now)
    return replace(turn, posts=tuple(post for post in turn.posts if post.to != user))


def knocked(group: Group, path: Path, event: Knocked, now: datetime) -> GroupTurn:
    """By the link into the private chat: a member's way in, and nobody else's."""
    is_member = group.member(event.user) is not None
    if event.standing not in MEMBERS and (event.standing or not is_member):
        turn = left(group, path, event.user, now)
        return replace(turn, posts=(*turn.posts, Post(event.user, Told(group.code, "outsider"))))
    turn = joined(group, path, event.user, now)
    assert turn.group is not None
    done = tuple(event.finished)
    members = tuple(
        replace(m, done=done) if m.user == event.user else m for m in turn.group.members
    )
    inside = replace(turn.group, members=members)
    waiting = tuple(Post(event.user, one) for one in waiting_for(inside, event.user)[:1])
    posts = tuple(post for post in turn.posts if post.to != event.user)
    return replace(turn, group=inside, posts=posts + (waiting or (_welcome(inside, event, path),)))


def _welcome(group: Group, event: Knocked, path: Path) -> Post:
    number = path.lesson(group.card.lesson).number if group.card and group.card.lesson else 0
    own = len(event.finished) + 1
    what = (
        "welcome"
        if not number
        else "with"
        if own == number
        else "ahead"
        if own > number
        else "behind"
    )
    values = {"number": str(number), "own": str(own)}
    return Post(event.user, Told(group.code, what, values, group.title))


def noted(
    group: Group, path: Path, user: UserId, now: datetime, *, done: str = "", slip: str = ""
) -> GroupTurn:
    """A member's lesson or slip, kept for counts alone."""
    one = group.member(user)
    if one is None or not (done or slip):
        return GroupTurn(group)
    finished = (*one.done, done) if done and done not in one.done else one.done
    slips = (*one.slips, slip) if slip and slip not in one.slips else one.slips
    new = replace(one, done=finished, slips=slips)
    members = tuple(new if member is one else member for member in group.members)
    return changed(group, replace(group, members=members), path, now)
