"""The methods of the Bot API, each with its parameters, by name."""

from bot.local.api.methods import asking, editing, marking, polls, profile, receiving, sending
from bot.local.api.methods.method import Method

METHODS: dict[str, Method] = {
    one.name.lower(): one
    for room in (receiving, asking, sending, editing, marking, polls, profile)
    for one in room.METHODS
}
