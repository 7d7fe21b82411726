"""Telegram's side of things: updates become events, utterances become calls."""
