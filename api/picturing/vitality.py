"""Draw the states of the stations: every station up to a province, shares of the counties for the nation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from api.boundary import caller, now, session
from api.charting import say
from api.map_asking import config
from api.picturing.ground import Picture, counties_of, ground, is_township, name_of, notes_around
from field_app_schema.vocab import ListingStatus, UnitLevel
from stations.records.days import day_in_china
from stations.register.lookup.map_rows import MapQuestion, map_heaps, map_rows, unit_path
from web_map.charts.plot import percent
from web_map.outlines import known_codes, outlines_source
from web_map.packing import STATES, Dot, Heap, count_heaps, count_states, heaps_of, pack_shares, shares_of
from web_map.pictures.ground import NOTHING, SHADES, borders_of, shade_of
from web_map.pictures.scene import Entry, Floats, Layer, Notes
from web_map.pictures.symbols import look_of


def vitality_picture(question: MapQuestion, lang: str) -> Picture:
    """Draw the stations of a unit as the map's page tells them; refuses as `map_rows` does."""
    is_nation = len(unit_path(session(), caller(), question.unit).strip("/").split("/")) == 1
    return _shares(question, lang) if is_nation else _stations(question, lang)


def _stations(question: MapQuestion, lang: str) -> Picture:
    rows = map_rows(session(), caller(), question, now=now())
    places: dict[tuple[str, bool], list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        if row.lon is not None and row.lat is not None:
            places[row.vitality, row.listing_status == ListingStatus.DELISTED].append((row.lon, row.lat))
    layers = [
        Layer(look_of(state, delisted=gone), *_columns(points)) for (state, gone), points in sorted(places.items())
    ]
    counts = count_states(row.vitality for row in rows)
    delisted = sum(row.listing_status == ListingStatus.DELISTED for row in rows)
    legend = [Entry(say("picture.legend", lang), say("picture.what.stations", lang))]
    legend += [Entry(say(f"vitality.{state.value}", lang), f"{counts[state.value]:,}", look_of(state.value))
               for state in STATES]  # fmt: skip
    legend.append(Entry(say("picture.all", lang), f"{len(rows):,}"))
    if delisted:
        # A delisted station counts under its state; its grey is said apart.
        legend.append(Entry(say("picture.delisted", lang), f"{delisted:,}", look_of("dead", delisted=True)))
    areas = ground(counties_of(question.unit))
    title = say("picture.title.vitality", lang, unit=name_of(question.unit))
    unplaced = len(rows) - sum(len(points) for points in places.values())
    notes = _notes(title, counts, question, lang, unplaced, has_ground=bool(areas))
    return Picture(areas, layers, legend, notes, is_close=is_township(question.unit))


def _shares(question: MapQuestion, lang: str) -> Picture:
    if question.is_about_now(now()):
        heaps = [Heap(*heap) for heap in map_heaps(session(), caller(), question, UnitLevel.COUNTY, now=now())]
    else:
        heaps = heaps_of(Dot(*row) for row in map_rows(session(), caller(), question, now=now()))
    codes, known = counties_of(question.unit), pack_shares(heaps, UnitLevel.COUNTY, {}, "cgcs2000")
    shares = {unit["code"]: unit["share"] for unit in known}
    shades = {code: shade_of(shares.get(code)) for code in codes}
    many = Counter(shades.values())
    legend = [Entry(say("map.share_title", lang), say("picture.counties", lang))]
    legend += [Entry(_class(number, lang), f"{many[shade]:,}", shade=shade) for number, shade in enumerate(SHADES)]
    legend.append(Entry(say("picture.no_station", lang), f"{many[NOTHING]:,}", shade=NOTHING))
    source = outlines_source(config().outlines_file)
    # The nation is drawn whole, also where the register has no county.
    areas = ground({*codes, *known_codes(source)}, shades)
    title = say("picture.title.shares", lang, unit=name_of(question.unit))
    unplaced = sum(heap.n - heap.placed for heap in heaps)
    notes = _notes(title, count_heaps(heaps), question, lang, unplaced, has_ground=bool(areas))
    return Picture(areas, [], legend, notes, borders_of(source))


def _class(number: int, lang: str) -> str:
    low, high = (percent(step / len(SHADES)) for step in (number, number + 1))
    top = number == len(SHADES) - 1
    return say("picture.share_top", lang, low=low) if top else say("picture.share_class", lang, low=low, high=high)


def _notes(
    title: str, counts: dict[str, int], question: MapQuestion, lang: str, unplaced: int, *, has_ground: bool
) -> Notes:
    shares = shares_of(counts)
    keys = (("share", "share"), ("low", "low"), ("high", "high"), ("unknown", "unknown_share"))
    told = {name: "—" if shares[key] is None else percent(shares[key]) for name, key in keys}
    as_of = question.as_of or day_in_china(now())
    lines = [say("picture.shares", lang, **told), say("picture.definition", lang, text=say("map.definition", lang)),
             say("map.source", lang)]  # fmt: skip
    return notes_around(title, "stations", sum(counts.values()), as_of, lines, lang, unplaced=unplaced,
                        has_ground=has_ground)  # fmt: skip


def _columns(points: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    both = np.asarray(points, dtype=np.float64)
    return both[:, 0], both[:, 1]
