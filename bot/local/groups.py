"""Groups of people, with or without the bot: joining, leaving, topics, promotion, migration."""

from __future__ import annotations

from typing import Any

from bot.local.api import wire
from bot.local.people import Impossible, Person
from bot.local.screen import Screen
from bot.local.things import Message


class Group(Screen):
    @property
    def title(self) -> str:
        return self.chat.title

    async def join(self, person: Person, by: Person | None = None) -> None:
        adder = by or person
        old = self.chat.members.get(person.id, "left")
        self.chat.members[person.id] = "member"
        self._serve(adder.id, new_chat_members=[wire.user(person.user)])
        self._exchange.membership(self.chat, adder.id, person.id, old, "member")

    async def leave(self, person: Person, by: Person | None = None) -> None:
        """Leaves, or is put out by an administrator."""
        old = self.chat.members.get(person.id, "left")
        new = "kicked" if by else "left"
        self._serve((by or person).id, left_chat_member=wire.user(person.user))
        self.chat.members[person.id] = new
        self._exchange.membership(self.chat, (by or person).id, person.id, old, new)

    async def add_bot(self, by: Person) -> None:
        self.bring_bot(by)

    def bring_bot(self, by: Person) -> None:
        bot = self._exchange.world.bot
        old = self.chat.members.get(bot.id, "left")
        self.chat.members[bot.id] = "member"
        self._exchange.membership(self.chat, by.id, bot.id, old, "member")
        self._serve(by.id, new_chat_members=[wire.user(bot)])

    async def remove_bot(self, by: Person) -> None:
        bot = self._exchange.world.bot
        old = self.chat.members.get(bot.id, "left")
        self.chat.members[bot.id] = "kicked"
        self._exchange.membership(self.chat, by.id, bot.id, old, "kicked")
        self._serve(by.id, left_chat_member=wire.user(bot))

    async def promote(self, person: Person, by: Person | None = None) -> None:
        self._raise(person.id, set(wire.RIGHTS) - {"is_anonymous"}, by)

    async def promote_bot(self, *rights: str, by: Person | None = None) -> None:
        """With these rights, or with all that a bot may have."""
        self._raise(self._exchange.world.bot.id, set(rights or wire.RIGHTS) - {"is_anonymous"}, by)

    async def demote(self, person: Person) -> None:
        self.chat.members[person.id] = "member"
        self.chat.rights.pop(person.id, None)

    def _raise(self, user_id: int, rights: set[str], by: Person | None) -> None:
        old = self.chat.members.get(user_id, "left")
        self.chat.members[user_id] = "administrator"
        self.chat.rights[user_id] = rights
        self._exchange.membership(
            self.chat, by.id if by else self._owner, user_id, old, "administrator"
        )

    @property
    def _owner(self) -> int:
        """The creator, or whoever is left to speak for the group."""
        members = self.chat.members
        return next((who for who in members if members[who] == "creator"), min(members))

    async def topic(self, by: Person, name: str) -> int:
        """A new topic of a forum; its id is the `message_thread_id` of what is said there."""
        if not self.chat.forum:
            raise Impossible("Topics are for forums.")
        made = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = self._exchange.world.post(self.chat, by.id, service=made)
        message.topic = message.message_id
        self.chat.topics[message.message_id] = name
        self._exchange.hear(message)
        return message.message_id

    def delete_topic(self, topic: int) -> None:
        del self.chat.topics[topic]
        for message in [m for m in self.chat.log.values() if m.topic == topic]:
            del self.chat.log[message.message_id]
            self._exchange.world.tell("delete", message)

    async def migrate(self, *, old_first: bool = True) -> None:
        """Becomes a supergroup with another id; this object follows it there.

        Two service messages tell of it, one in each chat, in either order.
        """
        old = self.chat
        new = self._exchange.world.new_chat("supergroup", old.title)
        new.members, new.rights = dict(old.members), dict(old.rights)
        new.moved_from, old.moved_to = old.id, new.id
        told = [
            (old.id, {"migrate_to_chat_id": new.id}),
            (new.id, {"migrate_from_chat_id": old.id}),
        ]
        for chat_id, what in told if old_first else reversed(told):
            chat = self._exchange.world.chat(chat_id)
            self._exchange.hear(self._exchange.world.post(chat, self._owner, service=what))
        self.id = new.id

    def _serve(self, sender: int, **service: Any) -> Message:
        message = self._exchange.world.post(self.chat, sender, service=service)
        self._exchange.hear(message)
        return message
