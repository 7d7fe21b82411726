"""The phone by itself, for any bot: `python -m bot.local --port 8081 --token 1:secret`."""

from __future__ import annotations

import argparse
import asyncio
import errno
import sys
from pathlib import Path

from bot.local.api.journal import Journal
from bot.local.api.server import TOKEN
from bot.local.phone import LocalTelegram


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot.local", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument(
        "--token", type=_token, default="1000001:local", help="opens the server; like 1:secret"
    )
    parser.add_argument("--username", default="local_bot", help="the bot's, without the @")
    parser.add_argument("--name", default="Local bot")
    parser.add_argument("--memory", type=Path, help="a folder that keeps people, chats and files")
    parser.add_argument("--journal", type=Path, help="a file for every call, as a line of JSON")
    return parser.parse_args()


def _token(text: str) -> str:
    if not TOKEN.fullmatch(text):
        raise argparse.ArgumentTypeError("a number, a colon and a word, like 1:secret")
    return text


async def _serve(asked: argparse.Namespace) -> None:
    phone = LocalTelegram(
        token=asked.token,
        username=asked.username,
        name=asked.name,
        port=asked.port,
        memory=asked.memory,
        witness=Journal(asked.journal) if asked.journal else None,
    )
    async with phone:
        if not phone.people():
            phone.person(1, "Ana")
            phone.person(2, "Luis")
        sys.stdout.write(
            f"{phone.url}  the page\n{phone.url}/bot{phone.token}/getMe  the bot's side\n"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    asked = _asked()
    try:
        asyncio.run(_serve(asked))
    except KeyboardInterrupt:
        return
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"bot.local: port {asked.port} is not free; choose another: --port 0")


if __name__ == "__main__":
    main()
