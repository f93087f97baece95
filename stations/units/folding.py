"""Ways in which one unit's name is written: folded characters, suffixes dropped, ethnic short forms. Pure text."""

from __future__ import annotations

import re
import unicodedata

# The 55 minorities as they stand in unit names, longest first so that 土家族 is not read as 家族.
PEOPLES = sorted(
    [
        "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族",
        "瑶族", "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族",
        "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族",
        "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族",
        "鄂温克族", "德昂族", "保安族", "裕固族", "京族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族",
        "各族", "维吾尔", "蒙古", "哈萨克", "柯尔克孜",
    ],
    key=len,
    reverse=True,
)  # fmt: skip
# Format and control characters, and every kind of quotation mark.
INVISIBLE = {"Cf", "Cc"}
QUOTES = "\"'“”‘’"
_PEOPLE = "|".join(PEOPLES)
_AUTONOMOUS = re.compile(rf"^(?P<place>.{{2,}}?)(?:{_PEOPLE})*(?P<suffix>自治县|自治州|自治旗|自治区)$")
_PLAIN = re.compile(r"^(?P<place>.{2,}?)(?P<suffix>特别行政区|地区|林区|特区|省|市|州|县|区|旗|盟)$")
# What an autonomous unit's short name may end in.
_SHORT_SUFFIX = {"自治县": "县", "自治州": "州", "自治旗": "旗", "自治区": ""}


def fold(text: str) -> str:
    """Fold a name or code as printed: full-width to half-width (NFKC), every kind of white space and quote removed."""
    flat = unicodedata.normalize("NFKC", text)
    return "".join(c for c in flat if not (c.isspace() or c in QUOTES or unicodedata.category(c) in INVISIBLE))


def split_name(name: str) -> tuple[str, str]:
    """Split a name into place and suffix: 城步苗族自治县 -> (城步, 自治县), 东乡族自治县 -> (东乡, 自治县).

    文县 keeps its suffix, for one character alone names nothing.
    """
    if found := _AUTONOMOUS.match(name):
        place = found["place"]
        # 东乡族自治县, 鄂温克族自治旗: the people is the place.
        return place.removesuffix("族"), found["suffix"]
    if found := _PLAIN.match(name):
        return found["place"], found["suffix"]
    return name, ""


def short_forms(name: str) -> set[str]:
    """Give the shorter ways a name is written, without inventing another kind of unit: 湘西州, 城步县, 江永, 新疆."""
    place, suffix = split_name(name)
    forms = {place}
    if suffix in _SHORT_SUFFIX:
        forms |= {place + _SHORT_SUFFIX[suffix], place + suffix}
    return forms - {name}
