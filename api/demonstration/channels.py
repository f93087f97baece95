"""Report channels of the demonstration: province and county publish one, the prefecture has not. No number is real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from stations.channels.keeping import ChannelWish, set_channel
from stations.people.access import Caller
from stations.records.days import day_in_china

# Nobody has a number of noughts.
CHANNELS = (("sheng", "湖南省商务厅(演示)", "0731-00000000"), ("xian", "江永县商务局(演示)", "0746-0000000"))


def tell_channels(session: Session, callers: Mapping[str, Caller], *, now: dt.datetime) -> None:
    """Let the province and the county publish where to report."""
    for who, office, phone in CHANNELS:
        wish = ChannelWish(office, phone, None, day_in_china(now))
        set_channel(session, callers[who], callers[who].unit_code, wish, now=now)
