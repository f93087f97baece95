"""Find the village a row means, by code or by names, among the units of the caller's scope."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process

from stations.register.ledger.cells import fold
from stations.units.tables import OrgUnit

_VILLAGE_ENDS = re.compile("(村民委员会|居民委员会|村委会|居委会|村村委会|社区居委会|社区|委会|行政村|村)$")
_ABOVE_ENDS = re.compile("(自治县|街道办事处|街道|民族乡|地区|县|市|区|镇|乡)$")


@dataclass(frozen=True)
class Found:
    """The unit, or why there is none: `code` is a row of the table of problems, `said` its particulars."""

    unit: OrgUnit | None
    code: str = ""
    said: tuple[str, ...] = ()
    advice: str = ""


class VillageIndex:
    """The units in scope by folded name; `elsewhere` are codes that exist outside."""

    def __init__(self, units: Iterable[OrgUnit]) -> None:
        self.by_code: dict[str, OrgUnit] = {unit.code: unit for unit in units}
        self._villages: dict[str, list[OrgUnit]] = defaultdict(list)
        self._above: dict[str, list[OrgUnit]] = defaultdict(list)
        for unit in self.by_code.values():
            if unit.level == "village":
                self._villages[village_core(unit.name)].append(unit)
            elif unit.level in {"county", "township"}:
                self._above[unit.level].append(unit)
        self._memory: dict[tuple[str, str, str, str], Found] = {}
        self._meant: dict[tuple[str, str], list[OrgUnit]] = {}

    def find(self, *, code: str, county: str, township: str, village: str, elsewhere: Iterable[str] = ()) -> Found:
        """Give the unit a row means: the code if there is one, else the deepest name within the names above it."""
        if code:
            return self._by_code(code, elsewhere)
        asked = (county, township, village, "")
        if asked not in self._memory:
            self._memory[asked] = self._by_names(county, township, village)
        return self._memory[asked]

    def _by_code(self, code: str, elsewhere: Iterable[str]) -> Found:
        short = short_code(code)
        if short in self.by_code:
            return Found(self.by_code[short])
        return Found(None, "OUT_OF_SCOPE" if short in elsewhere else "VILLAGE_UNKNOWN", (code,))

    def _by_names(self, county: str, township: str, village: str) -> Found:
        counties = self._matching("county", county)
        if counties is not None and not counties:
            return Found(None, "OUT_OF_SCOPE", (county,))
        townships = self._matching("township", township)
        if townships is not None:
            townships = [unit for unit in townships if _lies_in(unit, counties)]
            if not townships:
                return Found(None, "VILLAGE_UNKNOWN", (township,), self._like(township, "township"))
        if not village:
            return _only(townships if townships is not None else counties or [], township or county)
        named = [unit for unit in self._villages.get(village_core(village), [])
                 if _lies_in(unit, counties) and _lies_in(unit, townships)]  # fmt: skip
        # «何家湾社区» and «何家湾村» share a core: the written name decides when it is one of them.
        exact = [unit for unit in named if fold(unit.name) == fold(village)]
        if not named:
            return Found(None, "VILLAGE_UNKNOWN", (village,), self._like(village, "village"))
        return _only(exact or named, village)

    def _matching(self, level: str, name: str) -> list[OrgUnit] | None:
        """Give the units a name may mean, or None when no name was given: 城步县 is 城步苗族自治县 too."""
        if not name:
            return None
        if (level, name) not in self._meant:
            self._meant[level, name] = self._named(level, name)
        return self._meant[level, name]

    def _named(self, level: str, name: str) -> list[OrgUnit]:
        same = [unit for unit in self._above[level] if fold(unit.name) == fold(name)]
        if same:
            return same
        core = above_core(name)
        longer = core if len(core) >= 2 else name
        return [unit for unit in self._above[level]
                if above_core(unit.name) == core or unit.name.startswith(longer)]  # fmt: skip

    def _like(self, name: str, level: str) -> str:
        pool = [unit.name for unit in self.by_code.values() if unit.level == level]
        close = process.extract(name, pool, limit=3, score_cutoff=50) if len(pool) < 5000 else []
        return f"(是否为:{'、'.join(dict.fromkeys(one[0] for one in close))})" if close else ""


def _lies_in(unit: OrgUnit, above: list[OrgUnit] | None) -> bool:
    return above is None or any(unit.path.startswith(one.path) for one in above)


def _only(units: list[OrgUnit], asked: str) -> Found:
    if len(units) == 1:
        return Found(units[0])
    if not units:
        return Found(None, "VILLAGE_UNKNOWN", (asked,))
    shown = "、".join(f"{unit.name}({unit.code})" for unit in units[:5])
    return Found(None, "VILLAGE_AMBIGUOUS", (asked, shown))


def short_code(code: str) -> str:
    """Cut the noughts that fill a township's or county's code up to twelve digits."""
    if len(code) == 12 and code.endswith("000000"):
        return code[:6]
    return code[:9] if len(code) == 12 and code.endswith("000") else code


def village_core(name: str) -> str:
    """Give what distinguishes a village's name, without 村委会, 社区 and the like."""
    folded = fold(name).replace(" ", "")
    return _VILLAGE_ENDS.sub("", _VILLAGE_ENDS.sub("", folded)) or folded


def above_core(name: str) -> str:
    """Give what distinguishes a township's or county's name: 宁乡县 and 宁乡市 are alike."""
    folded = fold(name).replace(" ", "")
    return _ABOVE_ENDS.sub("", folded) or folded
