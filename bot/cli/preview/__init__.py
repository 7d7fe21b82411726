"""A page that shows the lessons of a folder as they are being written."""

from bot.cli.preview.server import Preview, serve

__all__ = ["Preview", "serve"]
