"""From what was read to what is suggested: class, wording, channels, how sure. Pure; a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from field_app_schema.visits import SignWording
from field_app_schema.vocab_evidence import ChannelLevel
from inspections.signage.boards.channels import channels_of, is_channel_line
from inspections.signage.boards.layout import Placed, Sign, signs_of
from inspections.signage.boards.matching import Match, match_of
from inspections.signage.found import Channel, Line, ReadPicture, SignSuggestion

# A letter read with less is looked at by a person: a true wording reads every letter with 0.95 and more.
SURE_LETTER = 0.9
# A line read with less says that letters are there, not which.
READABLE_LINE = 0.6
# Channels stand with the sign: within so many of its letters.
_NEAR_LETTERS = 4.0
_MARGIN_LETTERS = 0.6
# Whole plaques had 0.25 letters and more before their words, those with a hidden beginning none.
_NO_ROOM = 0.15
_ROOM_MORE = 0.25
_RANK = {
    SignWording.NATIONAL: 5,
    SignWording.PROVINCIAL: 4,
    SignWording.OTHER_WORDING: 3,
    SignWording.UNREADABLE: 2,
    SignWording.ABSENT: 1,
}


@dataclass(frozen=True)
class _Judged:
    sign_class: SignWording
    match: Match
    is_sure: bool
    confidence: float


def suggest(read: ReadPicture, known: Mapping[str, ChannelLevel] | None = None) -> SignSuggestion:
    """Suggest what the sign of a picture is; `known`: levels of report channels the county has made known."""
    words = [line for line in read.lines if line.text.strip() and not is_channel_line(line.text)]
    judged = [_judged(sign, read) for sign in signs_of(words)]
    best = max(judged, key=lambda one: (_RANK[one.sign_class], one.is_sure, one.confidence), default=None)
    if best is None or best.sign_class == SignWording.ABSENT:
        # No sign: a plate with a channel may hang there all the same. That nothing was found proves nothing.
        channels = channels_of([one.line.text for one in _downwards(read.lines)], known)
        return SignSuggestion(SignWording.ABSENT, None, 0.5, False, channels)
    lines = best.match.lines
    channels, channel_lines = _channels(lines, read.lines, known)
    return SignSuggestion(
        best.sign_class, "".join(one.line.text.strip() for one in lines), round(best.confidence, 3), best.is_sure,
        channels, _box([*lines, *channel_lines], read),
    )  # fmt: skip


def _judged(sign: Sign, read: ReadPicture) -> _Judged:
    """Judge one sign by the reading order that comes nearest to a wording."""
    match = min((match_of(order) for order in sign.orders), key=lambda one: (one.distance, not one.is_alone))
    mean = sum(one.line.score for one in match.lines) / len(match.lines)
    if match.kind is not None:
        is_sure = match.is_alone and match.weakest >= SURE_LETTER and not _may_go_on(match, read)
        return _Judged(SignWording(match.kind), match, is_sure, match.weakest * (1.0 if is_sure else 0.6))
    if mean < READABLE_LINE:
        return _Judged(SignWording.UNREADABLE if _has_letters(match) else SignWording.ABSENT, match, False, 0.3)
    if match.is_fragment:
        return _Judged(SignWording.UNREADABLE, match, False, 0.4)
    if not match.is_like:
        return _Judged(SignWording.ABSENT, match, False, 0.5)
    is_sure = match.distance >= 2 and match.weakest >= SURE_LETTER
    return _Judged(SignWording.OTHER_WORDING, match, is_sure, match.weakest * (1.0 if is_sure else 0.5))


def _may_go_on(match: Match, read: ReadPicture) -> bool:
    """Tell whether the provincial wording may be the rest of the national one.

    So it is where it begins at the picture's edge, or where something else than the board begins right before the
    first letter and not right after the last: a fold, a branch, a poster.
    """
    if match.kind != SignWording.PROVINCIAL:
        return False
    first = match.lines[0]
    if first.line.room is not None:
        before, after, _, _ = first.line.room
        if before < _NO_ROOM and after > before + _ROOM_MORE:
            return True
    (ax, ay), (bx, by) = first.corners[0], first.corners[3]
    near = 1.0 * first.letter_px
    x, y = (ax + bx) / 2, (ay + by) / 2
    return (y if first.is_column else x) < near


def _has_letters(match: Match) -> bool:
    return sum(len(one.line.text) for one in match.lines) >= 3


def _channels(
    sign: Sequence[Placed], lines: Sequence[Line], known: Mapping[str, ChannelLevel] | None
) -> tuple[list[Channel], list[Placed]]:
    """Give the channels that stand with a sign, and their lines."""
    letter = max(one.letter_px for one in sign)
    left, top, right, bottom = _hull(sign)
    near = []
    for one in _downwards(lines):
        a, b, c, d = _hull([one])
        away = max(left - c, a - right, top - d, b - bottom, 0.0)
        if away <= _NEAR_LETTERS * letter and one.letter_px <= 1.5 * letter:
            near.append(one)
    found = channels_of([one.line.text for one in near], known)
    told = " ".join(channel.text for channel in found)
    return found, [one for one in near if found and any(part in told for part in [one.line.text])]


def _downwards(lines: Sequence[Line]) -> list[Placed]:
    return sorted((Placed(line) for line in lines), key=lambda each: (each.centre[1], each.centre[0]))


def _hull(placed: Sequence[Placed]) -> tuple[float, float, float, float]:
    points = [point for one in placed for point in one.line.quad]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _box(placed: Sequence[Placed], read: ReadPicture) -> tuple[int, int, int, int]:
    left, top, right, bottom = _hull(placed)
    margin = _MARGIN_LETTERS * max(one.letter_px for one in placed)
    return (
        max(0, int(left - margin)), max(0, int(top - margin)),
        min(read.width_px, int(right + margin) + 1), min(read.height_px, int(bottom + margin) + 1),
    )  # fmt: skip
