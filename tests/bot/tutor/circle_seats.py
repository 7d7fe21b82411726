"""Who sits where in a circle's net, and how they work out what waits for them."""

from __future__ import annotations

from bot.tutor.group.asking import waiting_for


class Seats:
    """Of a circle: it knows its group, its people and their chats."""

    async def at(self, seat):
        """Who sits there in the first net: a name."""
        [net, *_] = (await self.group()).nets
        return self.name(net.seats[seat])

    async def desk(self, name):
        learner = await self.storage.learner(self.people[name].user)
        return next((desk for desk in learner.desks if desk.open), None)

    async def answer(self, name, what="right"):
        """What they would type at their open seat, right or with this slip."""
        desk = await self.desk(name)
        slips = dict(desk.question.slips)
        if what == "slip":
            return next(iter(slips.values()))
        return desk.question.expect if what == "right" else slips[what]

    async def sit_down(self, name):
        await self.private(name, "[Sit down]")

    async def work(self, name):
        """Whatever waits for them is worked out, right."""
        for _ in range(9):
            waiting = waiting_for(await self.group(), self.people[name].user)
            if not waiting:
                return
            if await self.desk(name) is None:
                await self.sit_down(name)
            await self.private(name, await self.answer(name))

    async def work_it_out(self):
        for _ in range(9):
            for name in self.people:
                await self.work(name)
