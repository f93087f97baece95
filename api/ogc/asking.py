"""Read the parameters of a request as OGC API – Features wants them: what is unknown or unreadable is refused."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection as Names
from enum import StrEnum
from typing import Any

from flask import request

from api.ogc.collections import Collection
from field_app_schema.refusals import Refusal
from stations.records.days import EARLIEST, day_in_china
from stations.register.features.asking import Box, FeatureQuestion

DEFAULT_LIMIT, MOST_FEATURES = 10, 20_000
# Beyond this no database counts on.
FARTHEST = 10_000_000
FORMS = ("json", "csv", "xlsx")
PAGING = ("limit", "offset", "after")
FILTERS = ("bbox", "datetime", "unit")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPLIT = re.compile(r"\s*,\s*")


def check_names(known: Names[str]) -> None:
    """Refuse with BAD_INPUT a parameter that is not known here, or that is given twice."""
    errors = {
        name: ["没有这个参数 / unknown parameter" if name not in known else "只能给一次 / given more than once"]
        for name, values in request.args.lists()
        if name not in known or len(values) > 1
    }
    if errors:
        raise Refusal("BAD_INPUT", errors=errors)


def form_asked(forms: Names[str] = ("json",)) -> str:
    """Give the form of the answer, JSON unless `f` says otherwise; refuses with BAD_INPUT."""
    form = request.args.get("f", "json")
    if form not in forms:
        raise _wrong("f", f"可选 {'、'.join(forms)}", f"one of {', '.join(forms)}")
    return form


def question_asked(collection: Collection, now: dt.datetime) -> tuple[FeatureQuestion, str]:
    """Give the question and the form of the answer; refuses with BAD_INPUT, naming the parameter."""
    check_names({"f", *PAGING, *FILTERS, *collection.asked})
    form = form_asked(FORMS)
    given = request.args
    since, as_of = _time(given["datetime"], now) if "datetime" in given else (None, None)
    question = FeatureQuestion(
        unit=given.get("unit"),
        box=_box(given["bbox"]) if "bbox" in given else None,
        since=since,
        as_of=as_of,
        equal={name: _values(collection, name, given[name]) for name in collection.asked if name in given},
        after=given.get("after"),
        offset=_whole("offset", 0, FARTHEST),
        # A file is taken whole, as far as one file goes.
        limit=max(1, _whole("limit", DEFAULT_LIMIT if form == "json" else MOST_FEATURES, MOST_FEATURES, least=1)),
    )
    return question, form


def _whole(name: str, default: int, most: int, least: int = 0) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"\d{1,18}", text) or int(text) < least:
        raise _wrong(name, f"应为不小于 {least} 的整数", f"a whole number not less than {least}")
    # More than we give at once is not wrong: the answer says where it goes on.
    return min(int(text), most)


def _box(text: str) -> Box:
    parts = _SPLIT.split(text.strip())
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        # Heights are of no account: every point lies on the ground.
        numbers = [*numbers[0:2], *numbers[3:5]]
    if len(numbers) != 4 or len(parts) == 5 or not all(map(math.isfinite, numbers)):
        raise _wrong("bbox", "应为 4 或 6 个数:西,南,东,北", "4 or 6 numbers: west,south,east,north")
    west, south, east, north = numbers
    if south > north or not (-180 <= west <= 180 and -180 <= east <= 180 and south >= -90 and north <= 90):
        raise _wrong("bbox", "经纬度超出范围或南北颠倒", "degrees out of range, or south above north")
    return west, south, east, north


def _time(text: str, now: dt.datetime) -> tuple[dt.date | None, dt.date | None]:
    """Give the days from and to that an instant or an interval names; an open end is today."""
    start, slash, end = text.partition("/")
    if not slash:
        return None, _day(start)
    if start in ("", "..") and end in ("", ".."):
        raise _wrong("datetime", "区间两端不能都空", "an interval has at least one end")
    since = EARLIEST if start in ("", "..") else _day(start)
    today = day_in_china(now)
    # Nobody knows the future: an interval that reaches into it is told as of today.
    until = today if end in ("", "..") else min(_day(end), today)
    if end not in ("", "..") and since > _day(end):
        raise _wrong("datetime", "区间的开始晚于结束", "the interval begins after its end")
    return since, max(until, min(since, today))


def _day(text: str) -> dt.date:
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
        # A «+» of a zone that was not escaped arrives as a space.
        instant = dt.datetime.fromisoformat(text.upper().replace(" ", "+"))
        if instant.tzinfo is not None and "T" in text.upper():
            return day_in_china(instant)
    except (ValueError, OverflowError):
        pass
    raise _wrong("datetime", "应为 RFC 3339 的时刻、日期或区间", "an instant, day or interval of RFC 3339")


def _values(collection: Collection, name: str, text: str) -> tuple[Any, ...]:
    kind, words = collection.schema_of(name)["type"], collection.asked[name]
    if kind == "boolean":
        if text not in ("true", "false"):
            raise _wrong(name, "应为 true 或 false", "true or false")
        return (text == "true",)
    if words is None:
        return (text,)
    return tuple(_word(name, words, part) for part in _SPLIT.split(text))


def _word(name: str, words: type[StrEnum], text: str) -> str:
    if text not in [*words]:
        raise _wrong(name, f"可选 {'、'.join(words)}", f"one of {', '.join(words)}")
    return text


def _wrong(name: str, zh: str, en: str) -> Refusal:
    return Refusal("BAD_INPUT", errors={name: [f"{zh} / {en}"]})
