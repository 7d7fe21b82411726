"""The tutor on Telegram; its time zones are the pinned ones of tzdata, not the machine's."""

import zoneinfo

zoneinfo.reset_tzpath(to=[])
zoneinfo.ZoneInfo.clear_cache()
