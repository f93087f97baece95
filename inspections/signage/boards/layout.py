"""Which lines stand on one sign, and in which order they are read. Pure; the engine's order changes nothing.

Every line has a frame of its own: `along` its reading direction, `across` at right angles to it. So rows and columns,
level or turned, are joined by the same rules, all in units of the letters' size.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from inspections.signage.found import Line, Point

# A box that is this much higher than wide is a column.
TALL = 1.5
_MOST_TURN = math.radians(14)
# Letters of one wording: the larger at most so much larger than the smaller.
_SIZE_RATIO = 1.55
_GAP_ALONG = 1.3
_GAP_ACROSS = 0.95
# A board that ends so much before the next line, in letters, seen from both lines, is not that line's board.
_SEAM = 0.08


@dataclass(frozen=True)
class Placed:
    """A line and its geometry in pixels; `letter_px` is the side of its box across the reading direction."""

    line: Line

    @cached_property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Give the corners, from where reading begins: for a column turned, so that `along` points down."""
        first, second, third, fourth = self.line.quad
        return (second, third, fourth, first) if self.is_column else (first, second, third, fourth)

    @cached_property
    def sides(self) -> tuple[float, float]:
        """Give width and height of the box as it lies in the picture."""
        first, second, third, fourth = self.line.quad
        wide = (math.dist(first, second) + math.dist(fourth, third)) / 2
        high = (math.dist(first, fourth) + math.dist(second, third)) / 2
        return max(wide, 1e-6), max(high, 1e-6)

    @cached_property
    def is_column(self) -> bool:
        return self.sides[1] >= TALL * self.sides[0]

    @cached_property
    def is_single(self) -> bool:
        """Tell whether the box is about square: one letter, which can stand in a row or in a column."""
        return 1 / TALL < self.sides[1] / self.sides[0] < TALL

    @cached_property
    def letter_px(self) -> float:
        return min(self.sides)

    @cached_property
    def length_px(self) -> float:
        return max(self.sides)

    @cached_property
    def turn(self) -> float:
        """Give the direction of reading in radians; 0 to the right, a quarter turn for down."""
        first, second, third, fourth = self.corners
        return math.atan2(second[1] + third[1] - first[1] - fourth[1], second[0] + third[0] - first[0] - fourth[0])

    @cached_property
    def centre(self) -> Point:
        return sum(x for x, _ in self.line.quad) / 4, sum(y for _, y in self.line.quad) / 4

    @cached_property
    def spare_px(self) -> float:
        """Give the free space between two letters of this line, from its length and the number of its letters."""
        count = sum(1 for sign in self.line.text if not sign.isspace())
        return max(0.0, (self.length_px - self.letter_px) / (count - 1) - self.letter_px) if count > 1 else 0.0


@dataclass(frozen=True)
class Sign:
    """Lines of one sign: `orders` holds the ways to read them, the usual one first."""

    orders: tuple[tuple[Placed, ...], ...]

    @property
    def lines(self) -> tuple[Placed, ...]:
        return self.orders[0]


def signs_of(lines: Sequence[Line]) -> list[Sign]:
    """Group lines to signs, each in reading order; signs from top to bottom, then from left to right."""
    placed = sorted((Placed(line) for line in lines), key=_key)
    group_of = list(range(len(placed)))
    members = {number: [one] for number, one in enumerate(placed)}
    for _, one, other in _links(placed):
        kept, gone = group_of[one], group_of[other]
        if kept == gone or not _same_size([*members[kept], *members[gone]]):
            continue
        members[kept] += members.pop(gone)
        group_of = [kept if group == gone else group for group in group_of]
    signs = [_ordered(group) for group in members.values()]
    return sorted(signs, key=lambda sign: _key(sign.lines[0]))


def _key(one: Placed) -> tuple[float, float, str]:
    return one.centre[1], one.centre[0], one.line.text


def _same_size(group: Sequence[Placed]) -> bool:
    sizes = [one.letter_px for one in group]
    return max(sizes) <= _SIZE_RATIO * min(sizes)


def _links(placed: Sequence[Placed]) -> list[tuple[float, int, int]]:
    """Give the pairs that may stand on one sign, the nearest first."""
    links = []
    for one in range(len(placed)):
        for other in range(one + 1, len(placed)):
            gap = _gap(placed[one], placed[other])
            if gap is not None:
                links.append((round(gap, 6), one, other))
    return sorted(links)


def _gap(one: Placed, other: Placed) -> float | None:
    """Give how far apart two lines of one sign are, in letters; None where they stand on different signs."""
    if not _same_size([one, other]):
        return None
    turn = _common_turn(one, other)
    if turn is None:
        return None
    letter = (one.letter_px + other.letter_px) / 2
    (a_start, a_end), (a_top, a_bottom) = _extent(one, turn)
    (b_start, b_end), (b_top, b_bottom) = _extent(other, turn)
    along = max(a_start, b_start) - min(a_end, b_end)
    across = max(a_top, b_top) - min(a_bottom, b_bottom)
    if across < -0.5 * letter:
        # One after the other in one row: wide spacing within the words allows the same between them.
        allowed = max(_GAP_ALONG * letter, 0.3 * letter + 1.4 * max(one.spare_px, other.spare_px))
        first, second = (one, other) if a_start + a_end < b_start + b_end else (other, one)
        return max(along, 0.0) / letter if along <= allowed and not _seam(first, second, along, 1) else None
    shorter = min(a_end - a_start, b_end - b_start)
    if across <= _GAP_ACROSS * letter and -along >= 0.3 * shorter:
        first, second = (one, other) if a_top + a_bottom < b_top + b_bottom else (other, one)
        return max(across, 0.0) / letter if not _seam(first, second, across, 3) else None
    return None


def _seam(first: Placed, second: Placed, gap_px: float, side: int) -> bool:
    """Tell whether both lines see their board end before the other begins; `side`: after (1) or below (3) the first."""
    here, there = first.line.room, second.line.room
    if here is None or there is None or first.is_single or second.is_single:
        return False
    return gap_px > (here[side] + _SEAM) * first.letter_px and gap_px > (there[side - 1] + _SEAM) * second.letter_px


def _common_turn(one: Placed, other: Placed) -> float | None:
    """Give the direction in which both are read; a single letter reads as its neighbour does."""
    if one.is_single != other.is_single:
        return other.turn if one.is_single else one.turn
    if one.is_single or abs(one.turn - other.turn) <= _MOST_TURN:
        return (one.turn + other.turn) / 2
    return None


def _extent(one: Placed, turn: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give where a line begins and ends along a direction, and across it (clockwise from it)."""
    cos, sin = math.cos(turn), math.sin(turn)
    first, second, third, fourth = ((x * cos + y * sin, y * cos - x * sin) for x, y in one.line.quad)
    along = sorted((first[0], second[0], third[0], fourth[0]))
    across = sorted((first[1], second[1], third[1], fourth[1]))
    # The middle of the two corners at each side: a turned line does not reach as far as its corners.
    return ((along[0] + along[1]) / 2, (along[2] + along[3]) / 2), (
        (across[0] + across[1]) / 2, (across[2] + across[3]) / 2)  # fmt: skip


def _ordered(group: Sequence[Placed]) -> Sign:
    """Read rows from top to bottom; columns from right to left, or from left to right."""
    told = [one for one in group if not one.is_single] or list(group)
    weight = sum(one.length_px for one in told)
    turn = sum(one.turn * one.length_px for one in told) / weight
    letter = sum(one.letter_px for one in group) / len(group)
    strips = _strips([(_extent(one, turn), one) for one in group], letter)
    in_order = tuple(one for strip in strips for one in strip)
    backwards = tuple(one for strip in reversed(strips) for one in strip)
    if len(strips) < 2 or abs(turn) < math.pi / 4:
        return Sign((in_order,))
    # Across a column points to the left, so the strips already stand from right to left.
    return Sign((in_order, backwards))


def _strips(
    extents: list[tuple[tuple[tuple[float, float], tuple[float, float]], Placed]], letter: float
) -> list[list[Placed]]:
    """Cut a group into its rows (or columns), each sorted along the reading direction."""
    strips: list[tuple[float, list[tuple[float, str, Placed]]]] = []
    for ((start, _), (top, bottom)), one in sorted(extents, key=lambda each: (sum(each[0][1]), each[0][0][0])):
        middle = (top + bottom) / 2
        if strips and middle - strips[-1][0] < 0.5 * letter:
            strips[-1][1].append((start, one.line.text, one))
        else:
            strips.append((middle, [(start, one.line.text, one)]))
    return [[one for _, _, one in sorted(strip, key=lambda each: each[:2])] for _, strip in strips]
