"""A bare echo bot of python-telegram-bot, the yardstick: CPU a message.

python -m tests.load.echo URL TOKEN MESSAGES   waits for so many, prints its CPU seconds and ends.
"""

from __future__ import annotations

import asyncio
import sys
import time

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(url: str, token: str, messages: int) -> None:
    done, answered = asyncio.Event(), 0

    async def answer(update: Update, _context) -> None:
        nonlocal answered
        await update.message.reply_text(update.message.text)
        answered += 1
        if answered == messages:
            done.set()

    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    async with application:
        await application.start()
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        began = time.process_time()
        await application.updater.start_polling(poll_interval=0, timeout=1)
        await done.wait()
        print(time.process_time() - began, flush=True)
        await application.updater.stop()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(echo(sys.argv[1], sys.argv[2], int(sys.argv[3])))
