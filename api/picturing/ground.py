"""What all pictures of maps share: the counties below, the unit's name, the line of approval, the notes around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from api.boundary import caller, session
from api.charting import say
from api.map_asking import config
from field_app_schema.vocab import UnitLevel
from stations.records.frames import unit_asked
from stations.register.lookup.map_rows import unit_path, units_on_map
from web_map.outlines import outlines_source
from web_map.pictures.ground import areas_of
from web_map.pictures.scene import Area, Entry, Layer, Notes, Strokes


@dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    areas: Sequence[Area]
    layers: Sequence[Layer]
    legend: Sequence[Entry]
    notes: Notes
    strokes: Sequence[Strokes] = ()
    is_close: bool = False


def name_of(unit: str | None) -> str:
    """Give the name of a unit in the caller's scope, of the caller's own for None."""
    return unit_asked(session(), caller(), unit).name


def counties_of(unit: str | None) -> list[str]:
    """Give the counties to be drawn for a unit: those below it, or the one above a township."""
    path = unit_path(session(), caller(), unit)
    above = [code for code in path.strip("/").split("/") if len(code) == 6]
    return above or [row.code for row in units_on_map(session(), path, UnitLevel.COUNTY)]


def is_township(unit: str | None) -> bool:
    """Say whether a unit is a township or a village: no outline of its own is known, so its points say what to show."""
    return len(unit or caller().unit_code) > 6


def ground(codes: Collection[str], shades: Mapping[str, str] | None = None) -> list[Area]:
    """Give these counties as areas; none where no outlines are installed."""
    return areas_of(outlines_source(config().outlines_file), codes, shades)


def notes_around(
    title: str, what: str, many: int, as_of: dt.date | None, lines: Sequence[str], lang: str, *, unplaced: int,
    has_ground: bool,
) -> Notes:  # fmt: skip
    """Give what is written around: title, day and number, then the lines, what is not drawn, and the approval."""
    approval = config().map_approval_no
    told = [*lines]
    if unplaced:
        told.append(say("picture.unplaced", lang, n=f"{unplaced:,}"))
    if not has_ground:
        told.append(say("picture.no_outlines", lang))
    subtitle = say("picture.subtitle", lang, as_of=as_of or "", n=f"{many:,}", what=say(f"picture.what.{what}", lang))
    # One flowing paragraph: a report has little room under its map.
    return Notes(
        title, subtitle, [" ".join(told)], say("map.approval", lang, no=approval) if approval
        else say("map.internal", lang), say("picture.nothing", lang), say("picture.outside", lang), lang,
    )  # fmt: skip
