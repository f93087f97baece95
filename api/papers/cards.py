"""What stands on cards that staff print: enrolment codes for people, plaques for stations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from field_app_schema.words import Words
from field_app_schema.words.cards import WORDS
from field_app_schema.words.closed_lists import WORDS as LISTS
from stations.people.sheets.making import Card as EnrolmentCard
from stations.people.sheets.making import NewSheet
from stations.records.days import CHINA
from stations.register.lookup.plaques import Plaque
from web_map.papers.cards import Card, CardSheet, set_cards


def enrolment_link(host_url: str, code: str) -> str:
    """Give the address a phone opens to enrol; the code stands after `#`, which no server ever sees or logs."""
    return f"{host_url.rstrip('/')}/app/#enrol={code}"


def station_link(host_url: str, code: str) -> str:
    """Give the address on a station's plaque."""
    return f"{host_url.rstrip('/')}/s/{code}"


def enrolment_cards(new: NewSheet, stations: Mapping[int, Plaque], *, host_url: str, lang: str = "zh") -> bytes:
    """Set the cards of a sheet, ten on a page; the only place where its codes stand in the clear."""
    side, until = 0 if lang == "zh" else 1, new.expires_at.astimezone(CHINA)
    ends = _say(WORDS, "paper.card.until", side).format(until=f"{until:%Y-%m-%d %H:%M}")

    def card(one: EnrolmentCard) -> Card:
        of = stations.get(one.station_id or 0)
        where = f"{of.name} {of.code}" if of is not None else one.unit_name
        return Card(
            one.display_name, [ends, where, _say(LISTS, f"role.{one.role}", side)], enrolment_link(host_url, one.code),
            typed=one.code.replace("-", " "),
            small=[_say(WORDS, "paper.card.how", side).format(address=_plain(host_url))],
            mark=_say(WORDS, "paper.card.one_phone", side),
        )  # fmt: skip

    title = _say(WORDS, "paper.card.title", side).format(unit=new.unit_name, number=new.sheet[:8])
    cards = [card(one) for one in new.cards]
    page = _say(WORDS, "paper.card.page", side)
    return set_cards(CardSheet(title, cards, columns=2, height_mm=53, qr_mm=33, page=page), at=new.made_at)


def plaque_cards(
    plaques: Sequence[Plaque], *, host_url: str, unit_name: str, now: dt.datetime, lang: str = "zh"
) -> bytes:
    """Set the plaques of a unit's stations, eight on a page, to cut out and put up beside the door."""
    side = 0 if lang == "zh" else 1
    small = [_say(WORDS, "paper.plaque.how", side)]
    cards = [
        Card(one.name, [one.village_name], station_link(host_url, one.code), typed=one.code, small=small)
        for one in plaques
    ]
    title = _say(WORDS, "paper.plaque.title", side).format(unit=unit_name)
    page = _say(WORDS, "paper.card.page", side)
    return set_cards(CardSheet(title, cards, columns=2, height_mm=66, qr_mm=48, page=page), at=now)


def _say(words: Words, key: str, side: int) -> str:
    return words[key][side]


def _plain(host_url: str) -> str:
    """Give the address as it is typed: without the scheme."""
    return f"{host_url.rstrip('/').partition('://')[2]}/app/"
