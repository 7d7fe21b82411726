"""Methods by which the bot receives updates: by asking, or at an address of its own."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.local.api.exchange import Exchange
from bot.local.api.methods.method import Given, method
from bot.local.api.reading import boolean, integer, many, string
from bot.local.api.webhook import Address
from bot.local.refusal import bad, conflict

WEBHOOK_IS_ON = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)
SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


async def get_updates(exchange: Exchange, given: Given) -> Any:
    if exchange.webhook.address is not None:
        raise conflict(WEBHOOK_IS_ON)
    if "allowed_updates" in given:
        exchange.updates.allow(given["allowed_updates"])
    limit = min(max(given.get("limit", 100), 1), 100)
    timeout = min(max(given.get("timeout", 0), 0), 50)
    return await exchange.updates.poll(given.get("offset", 0), limit, timeout)


async def set_webhook(exchange: Exchange, given: Given) -> bool:
    url = given["url"]
    if not url:
        return await delete_webhook(exchange, given)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK:
        raise bad("bad webhook: this server delivers on the loopback alone")
    if not SECRET.fullmatch(given.get("secret_token", "")):
        raise bad("secret token contains unallowed characters")
    if "allowed_updates" in given:
        exchange.updates.allow(given["allowed_updates"])
    if given.get("drop_pending_updates"):
        exchange.updates.clear()
    most = min(max(given.get("max_connections", 40), 1), 100)
    exchange.webhook.start(Address(url, given.get("secret_token", ""), most))
    return True


async def delete_webhook(exchange: Exchange, given: Given) -> bool:
    if given.get("drop_pending_updates"):
        exchange.updates.clear()
    await exchange.webhook.stop()
    return True


async def get_webhook_info(exchange: Exchange, _: Given) -> Any:
    info: dict[str, Any] = {"url": "", "has_custom_certificate": False}
    info["pending_update_count"] = len(exchange.updates)
    if exchange.webhook.address is not None:
        info["url"] = exchange.webhook.address.url
        info["max_connections"] = exchange.webhook.address.most
        if exchange.webhook.last_error is not None:
            moment, words = exchange.webhook.last_error
            info |= {"last_error_date": moment, "last_error_message": words}
    if exchange.updates.said_allowed:
        info["allowed_updates"] = exchange.updates.said_allowed
    return info


DROP = {"drop_pending_updates": boolean}
METHODS = (
    method(
        "getUpdates",
        get_updates,
        {},
        {
            "offset": integer,
            "limit": integer,
            "timeout": integer,
            "allowed_updates": many(string),
        },
    ),
    method(
        "setWebhook",
        set_webhook,
        {"url": string},
        {
            **DROP,
            "max_connections": integer,
            "allowed_updates": many(string),
            "secret_token": string,
            "ip_address": string,
        },
    ),
    method("deleteWebhook", delete_webhook, {}, DROP),
    method("getWebhookInfo", get_webhook_info),
)
