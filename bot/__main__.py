"""`python -m bot` is the command `dropwise`."""

from bot.cli import main

main()
