"""What was read on a picture and what it suggests: the plain records between engine, layout and rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from field_app_schema.vocab_evidence import ChannelLevel

Point = tuple[float, float]
# Corners of a line of text in pixels of the upright picture: top left, top right, bottom right, bottom left.
Quad = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Line:
    """One line as the engine read it; `score` from 0 to 1, also letter by letter where the engine tells them.

    `room`: how far its board goes on before, after, above and below it, in letters, where somebody looked.
    """

    text: str
    score: float
    quad: Quad
    letter_scores: tuple[float, ...] = ()
    room: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class ReadPicture:
    """All lines of an upright picture, in the engine's order; size in pixels, time in milliseconds of this process."""

    lines: list[Line]
    width_px: int
    height_px: int
    engine: str
    took_ms: int


@dataclass(frozen=True)
class Channel:
    """A report channel as it stands on the sign; `level` is None where the words do not say whose it is."""

    text: str
    number: str
    level: ChannelLevel | None


@dataclass(frozen=True)
class SignSuggestion:
    """What the machine suggests (domain model F6); a person decides.

    `sign_class` is a value of `SignWording`; `wording` the sign's own words; `box` is left, top, right, bottom in
    pixels of what to look at, None when nothing was found; `is_sure` False: looked at with care, never taken as a pass.
    """

    sign_class: str
    wording: str | None
    confidence: float
    is_sure: bool
    channels: list[Channel] = field(default_factory=list)
    box: tuple[int, int, int, int] | None = None
