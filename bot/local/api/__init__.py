"""The Bot API as Telegram serves it: calls read strictly, refused in its words, floods counted."""
