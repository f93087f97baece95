"""What a division code says by itself: its level, the units above it, and the class of a village. Pure text."""

from __future__ import annotations

from field_app_schema.vocab import UnitLevel, VillageClass

NATION = "CN"
LEVEL_OF_LENGTH = {
    2: UnitLevel.PROVINCE, 4: UnitLevel.PREFECTURE, 6: UnitLevel.COUNTY, 9: UnitLevel.TOWNSHIP, 12: UnitLevel.VILLAGE,
}  # fmt: skip
SHORTER = {4: 2, 6: 4, 9: 6, 12: 9}
# Beijing, Tianjin, Shanghai, Chongqing: their «prefectures» 1101, 5002 are headings of a list, not units.
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
ADMIN_CLASSES = frozenset({VillageClass.VILLAGERS, VillageClass.LIKE_VILLAGERS})


def level_of(code: str) -> UnitLevel:
    """Give the level of a code by its length; `CN` is the nation."""
    return UnitLevel.NATION if code == NATION else LEVEL_OF_LENGTH[len(code)]


def is_heading(code: str) -> bool:
    """Say whether a four-digit code only heads a list (市辖区, 县, 省直辖县级行政区划) and is no unit."""
    return len(code) == 4 and (code[:2] in MUNICIPALITIES or code[2:] == "90")


def parent_of(code: str) -> str | None:
    """Give the code of the unit above; 省直管县 and the districts of municipalities hang under their province."""
    if code == NATION:
        return None
    if len(code) == 2:
        return NATION
    above = code[: SHORTER[len(code)]]
    return above[:2] if is_heading(above) else above


def line_of(code: str) -> list[str]:
    """Give the codes from the nation down to this unit."""
    line = [code]
    while (above := parent_of(line[-1])) is not None:
        line.append(above)
    return line[::-1]


def path_of(code: str) -> str:
    """Give the materialised path, `/CN/43/4311/431125/`: a scope is a prefix of it."""
    return f"/{'/'.join(line_of(code))}/"


def village_class(code: str) -> VillageClass | None:
    """Give a village's class from the last three digits of its code, never from its name; None outside the classes.

    Source: 《统计用区划代码编制规则》: 001-199, 200-399, 400-499, 500-599.
    """
    number = int(code[9:])
    if 1 <= number <= 199:
        return VillageClass.RESIDENTS
    if 200 <= number <= 399:
        return VillageClass.VILLAGERS
    if 400 <= number <= 499:
        return VillageClass.LIKE_RESIDENTS
    return VillageClass.LIKE_VILLAGERS if 500 <= number <= 599 else None
