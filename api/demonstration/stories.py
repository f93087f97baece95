"""What happened to each invented station, as days before today; the same for the same station every time."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

# story -> (days ago at least, at most, observed state, picture) in the order they happened.
STORIES: dict[str, tuple[tuple[int, int, str, str], ...]] = {
    "open": ((250, 330, "open_operating", "open_b"), (8, 150, "open_operating", "open_a")),
    "weak": ((260, 340, "open_operating", "open_b"), (10, 120, "open_weakened", "weak")),
    "closed_once": ((280, 340, "open_operating", "open_a"), (6, 60, "closed_at_visit", "closed")),
    "closed_twice": ((290, 340, "open_weakened", "weak"), (60, 110, "closed_at_visit", "closed"),
                     (10, 40, "closed_at_visit", "closed")),
    "gone": ((280, 340, "open_operating", "open_b"), (12, 90, "gone", "gone")),
    "long_ago": ((230, 360, "open_operating", "open_b"),),
    "delisted": ((300, 360, "closed_at_visit", "closed"), (240, 280, "closed_at_visit", "closed")),
    "suspended": ((150, 170, "open_operating", "open_a"),),
    "never": (),
}  # fmt: skip

PURPOSE = {"closed": "closed_door", "gone": "plaque_removed"}
BEIJING = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True)
class ToldVisit:
    """One visit of a story: when, what was seen, and which picture was taken."""

    at: dt.datetime
    observed_state: str
    picture: str

    @property
    def purpose(self) -> str:
        return PURPOSE.get(self.picture, "sign")


def visits_of(code: str, story: str, now: dt.datetime) -> list[ToldVisit]:
    """Give the visits of a station's story, oldest first, between nine and five Beijing time."""
    dice = random.Random(f"{code}{story}")  # noqa: S311  # told stories, not secrets
    told = []
    for least, most, state, picture in STORIES[story]:
        day = (now.astimezone(BEIJING) - dt.timedelta(days=dice.randint(least, most))).date()
        hour, minute = dice.randint(9, 16), dice.randint(0, 59)
        at = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING)
        told.append(ToldVisit(at, state, picture))
    return told
