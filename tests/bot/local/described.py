"""Whether what a bot and the local server said to each other is as aiogram describes the Bot API.

Neither side of the conversation is written with aiogram: the bot speaks through
python-telegram-bot, the server is our own. Each is held against a description it did not come from.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from aiogram import methods
from aiogram.methods.base import Response, TelegramMethod
from aiogram.types import BufferedInputFile, InputFile, Update
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.local.api.journal import WEBHOOK

METHODS = {
    one.__api_method__.lower(): one
    for one in vars(methods).values()
    if isinstance(one, type) and issubclass(one, TelegramMethod) and one is not TelegramMethod
}


def faults(call):
    """What is unlike the description, in the call or in its answer; each with its place."""
    if call.method == WEBHOOK:
        return _unlike(call.answer, "update", Update)
    if not call.answer["ok"]:
        return _unlike(call.answer, f"refusal of {call.method}", Response[None])
    described = METHODS.get(call.method.lower())
    if described is None:
        return [f"{call.method}: no such method"]
    result = _unlike(call.answer["result"], f"{call.method} gave", described.__returning__)
    return faults_of_parameters(call.method, call.given) + result


def faults_of_parameters(method, given):
    described = METHODS[method.lower()]
    decoded = {name: _decoded(described, name, value) for name, value in given.items()}
    return _unlike(decoded, method, described)


def _decoded(described, name, value):
    """A form holds numbers and objects as text; a file is known by its name and size."""
    if isinstance(value, dict) and value.keys() == {"file", "bytes"}:
        return BufferedInputFile(b"", value["file"])
    field = described.model_fields.get(name)
    if field is None or not isinstance(value, str):
        return value
    kinds = set(_alternatives(field.annotation))
    if str in kinds and not (int in kinds and value.lstrip("-").isdecimal()):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def _alternatives(kind):
    if get_origin(kind) is Annotated:
        return _alternatives(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return [one for part in get_args(kind) for one in _alternatives(part)]
    return [kind]


@cache
def _reader(kind):
    return TypeAdapter(kind)


def _unlike(value, place, kind):
    try:
        read = _reader(kind).validate_python(value)
    except ValidationError as error:
        return [
            f"{place}.{'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors(include_url=False)
        ]
    return list(_changed(value, read, place))


def _changed(raw, read, place):
    """Places where the description knows no such field, or had to bend the value to take it."""
    if isinstance(raw, dict) and isinstance(read, BaseModel):
        fields = {one.alias or name: name for name, one in type(read).model_fields.items()}
        for key, value in raw.items():
            if key not in fields:
                yield f"{place}.{key}: no such field of {type(read).__name__}"
            else:
                yield from _changed(value, getattr(read, fields[key]), f"{place}.{key}")
    elif isinstance(raw, list) and isinstance(read, list):
        for index, (one, other) in enumerate(zip(raw, read, strict=True)):
            yield from _changed(one, other, f"{place}[{index}]")
    elif not _is_taken_as(raw, read):
        yield f"{place}: {raw!r} was taken as {read!r}"


def _is_taken_as(raw, read):
    if isinstance(read, datetime | timedelta):
        return type(raw) is int
    if isinstance(read, float):
        return type(raw) in (int, float) and raw == read
    return isinstance(read, InputFile) or (type(raw) is type(read) and raw == read)
