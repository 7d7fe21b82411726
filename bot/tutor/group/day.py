"""A group's day: the clock knocks, the day's one post comes, seats that waited long are filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.tutor.group import asking, betting, card
from bot.tutor.group.passes import errors, losses
from bot.tutor.group.plan import Day, days
from bot.tutor.group.seating import seated
from bot.tutor.group.state import Card, Group, GroupTurn, Net
from bot.tutor.group.wiring import PATIENCE, closed, expired, is_through
from bot.tutor.rhythm.pacing import next_time
from bot.tutor.turn import Post, Utterance
from bot.tutor.visits import Told
from lessons.course import Path


def knocked(group: Group, path: Path, now: datetime) -> GroupTurn:
    """A new day, or a seat that has waited long enough, or nothing yet."""
    if not group.present:
        return GroupTurn(replace(group, wake=None))
    if _is_time(group, now):
        return _new_day(group, path, now)
    nets = tuple(expired(net, now) for net in group.nets)
    return changed(group, replace(group, nets=nets), path, now)


def _is_time(group: Group, now: datetime) -> bool:
    """The group's hour has come on a date that has had no day yet."""
    if not (group.on and group.rhythm and group.members and group.wake):
        return False
    local = now.astimezone(ZoneInfo(group.rhythm.zone))
    if group.muted_until and local.date() < group.muted_until:
        return False
    late, last = f"{local:%H:%M}" >= group.rhythm.hour, _last_post(group)
    return late and (last is None or last < local.date())


def _last_post(group: Group) -> date | None:
    """A net's card that moved with the group was the one post of that day."""
    dates = [group.card.day] if group.card else []
    if group.net_card and group.net_card.moved:
        dates.append(group.net_card.moved)
    return max(dates, default=None)


def _new_day(group: Group, path: Path, now: datetime) -> GroupTurn:
    """Its one post, silent: a card, a bet, or a card with a net on it."""
    plan = days(path)
    if group.day >= len(plan):
        return changed(group, replace(group, on=False), path, now)
    day = plan[group.day]
    assert group.rhythm is not None
    today = now.astimezone(ZoneInfo(group.rhythm.zone)).date()
    lesson = day.lesson.key if day.lesson else ""
    first = Card(today, lesson, None if day.has_bet else now)
    members = tuple(replace(one, slips=()) for one in group.members)
    begun = replace(group, day=group.day + 1, card=first, members=members)
    if day.lesson is None:
        return _day_of_net(group, begun, day, now)
    turn = _overdue(group, begun, path, now)
    post = betting.bet(begun, day) if day.has_bet else card.of_day(begun, path)
    assert post is not None
    return replace(turn, says=(*turn.says, post))


def _overdue(before: Group, after: Group, path: Path, now: datetime) -> GroupTurn:
    """What the clock does to nets that are open, on the day's own knock as on any other."""
    nets = tuple(expired(net, now) for net in after.nets)
    before = replace(before, card=after.card, members=after.members)
    return changed(before, replace(after, nets=nets), path, now)


def _day_of_net(before: Group, group: Group, day: Day, now: datetime) -> GroupTurn:
    """An older net that is still open is worked out to its end by the bot."""
    ended = replace(before, nets=tuple(closed(net, now) for net in before.nets))
    posts = asking.posts(before, before.nets, ended.nets)
    posts += pictures(before, before.nets, ended.nets)
    says: tuple[Utterance, ...] = ()
    last = card.of_nets(ended)
    if before.net_card and last and last != card.of_nets(before):
        says = (card.edited(before.net_card, last, now)[1],)
    nets = seated(group, day.backward, now)
    group = replace(group, nets=nets, net_card=group.card, rounds=group.rounds + 1)
    posts += asking.posts(group, (), nets)
    post = card.of_nets(group)
    assert post is not None
    return GroupTurn(awake(group, now), (*says, post), posts)


def again(group: Group, path: Path, now: datetime) -> GroupTurn:
    """Another net on the same card, other seats, other numbers."""
    if not group.nets or not all(map(is_through, group.nets)):
        return GroupTurn(group)
    backward = group.nets[0].backward
    begun = replace(group, nets=seated(group, backward, now), rounds=group.rounds + 1)
    return changed(group, begun, path, now)


def changed(before: Group, after: Group, path: Path, now: datetime) -> GroupTurn:
    """What a change of the nets or the counts means: the cards, the seats, the next knock."""
    posts = asking.posts(after, before.nets, after.nets)
    posts += pictures(after, before.nets, after.nets)
    says: list[Utterance] = []
    of_day, of_nets = card.of_day(after, path), card.of_nets(after)
    if after.card and of_day and of_day != card.of_day(before, path):
        edited, said = card.edited(after.card, of_day, now)
        after, says = replace(after, card=edited), [said]
    if after.net_card and of_nets and of_nets != card.of_nets(before):
        edited, said = card.edited(after.net_card, of_nets, now)
        after, says = replace(after, net_card=edited), [*says, said]
    return GroupTurn(awake(after, now), tuple(says), posts)


def moved(group: Group, now: datetime) -> GroupTurn:
    """A net that people are at goes on with a card here; every other card stays where it was."""
    day = replace(group.card, edited=None) if group.card else None
    group = replace(group, card=day)
    today = now.astimezone(ZoneInfo(group.rhythm.zone)).date() if group.rhythm else None
    muted = today and group.muted_until and today < group.muted_until
    said = None if muted or all(map(is_through, group.nets)) else card.of_nets(group)
    if said is None or group.net_card is None:
        return GroupTurn(awake(replace(group, net_card=None), now))
    edited, said = card.edited(replace(group.net_card, moved=today), said, now)
    return GroupTurn(awake(replace(group, net_card=edited), now), (said,))


def pictures(group: Group, before: Sequence[Net], after: Sequence[Net]) -> tuple[Post, ...]:
    """Who sat in a net that is through now sees how far the loss fell."""
    done = {net.key for net in before if is_through(net)}
    fresh = (net for net in after if net.backward and net.key not in done and is_through(net))
    return tuple(
        Post(who, Told(group.code, "second-pass", _fall(net), group.title))
        for net in fresh
        for who in dict.fromkeys(net.seats.values())
        if who > 0
    )


def _fall(net: Net) -> dict[str, str]:
    told = {"before": losses(net.values)[0], "after": losses(net.values)[1]}
    told |= dict(zip(("error", "later"), errors(net.values), strict=True))
    return {name: str(value) for name, value in told.items()} | {"rate": net.values["rate"]}


def awake(group: Group, now: datetime) -> Group:
    """With the next moment at which the clock must knock."""
    moments = [net.since + PATIENCE for net in group.nets if not is_through(net)]
    if group.on and group.rhythm and group.members:
        moments.append(next_time(group.rhythm, now, _last_post(group)))
    first = min(moments, default=None)
    return replace(group, wake=max(first, now + timedelta(seconds=1)) if first else None)
