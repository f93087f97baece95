"""Find the report channels among the lines of a sign: a number, and whose it is by the words beside it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from field_app_schema.vocab_evidence import ChannelLevel
from inspections.signage.folding import fold
from inspections.signage.found import Channel

# What an engine writes for a digit within a number.
_SLIPS = str.maketrans("OoQDlI|iZSBb", "000011112588")
_DASHES = re.compile(r"(?<=[\dOolI|)])[ ]*[-‐‑–—―−~一ー_·.]+[ ]*(?=[\dOolI|(])")
_NUMBERISH = re.compile(r"[\dOQlI|(][\dOoQDlI|iZSBb()\- ]{2,}[\dOoQDlI|iZSBb]")
_NUMBER = re.compile(
    r"(?<!\d)(?:"
    r"(?P<mobile>1[3-9]\d[ -]?\d{4}[ -]?\d{4})"
    r"|(?P<free>[48]00[ -]?\d{3,4}[ -]?\d{3,4})"
    r"|(?P<landline>\(?0\d{2,3}\)?[ -]*\d{3,4}[ -]?\d{4})"
    r"|(?P<short>12[13]\d{2}|9[56]\d{3,4})"
    r"|(?P<local>[2-9]\d{6,7})"
    r")(?!\d)"
)
# The first letter of 举报 is the one engines miss; the rest of the phrase says enough.
_REPORT = re.compile(r"举报|.报(?:电话|热线|投诉|监督)|监督|投诉|维权|纪检")
_SHOP = re.compile(r"订货|订购|订餐|预订|联系|快递|送货|取件|客服|微信|qq|加盟|招商|业务|咨询")
# Numbers that everybody in China may call to complain, whatever stands beside them.
_PUBLIC = {"12312", "12315", "12317", "12345", "12388"}
_OF = r"(?:级|商务|电商|电子商务|农业|乡村|扶贫|人民|政府|主管|举报|监督|投诉|纪委|厅|局)"
_LEVELS = [
    (re.compile(rf"省{_OF}|自治区{_OF}|商务厅|自治区级"), ChannelLevel.PROVINCE),
    (re.compile(rf"[市州盟]{_OF}|地区{_OF}"), ChannelLevel.PREFECTURE),
    (re.compile(rf"[县旗]{_OF}|(?<!自治)(?<!地)区{_OF}"), ChannelLevel.COUNTY),
]


def channels_of(texts: Sequence[str], known: Mapping[str, ChannelLevel] | None = None) -> list[Channel]:
    """Find report channels in the lines of one sign, in reading order, each number once for each level it stands for.

    A line that holds a number alone belongs to the words of the line before it. `known` gives the level of numbers
    that offices have made known; it speaks where the sign's own words name nobody. A shop's own number is no report
    channel.
    """
    levels = {_digits(number): level for number, level in (known or {}).items()}
    found: dict[str, dict[ChannelLevel | None, Channel]] = {}
    words_before = ""
    for text in texts:
        clean = _clean(text)
        begin = 0
        for match in _NUMBER.finditer(clean):
            words = clean[begin : match.start()]
            context = _context(words, words_before)
            begin, words_before = match.end(), context
            digits = _digits(match.group())
            if not _is_report(match, context, digits, levels):
                continue
            held, level = found.setdefault(digits, {}), _level(context) or levels.get(digits)
            if level in held or (level is None and held):
                continue
            shown = clean if _REPORT.search(fold(clean)) else f"{context} {clean}"
            # Whose it is may stand beside its second place only.
            held.pop(None, None)
            held[level] = Channel(shown.strip(), _written(match), level)
        if begin == 0:
            words_before = clean
    return [channel for held in found.values() for channel in held.values()]


def is_channel_line(text: str) -> bool:
    """Tell whether a line holds a telephone number and no more words than belong to one: it is no part of a wording."""
    letters = re.sub(r"\d", "", fold(text))
    return bool(_NUMBER.search(_clean(text))) and len(letters) <= 14 and not re.search(r"示范|进农村", letters)


def _context(words: str, before: str) -> str:
    """Give the words that speak for a number: its own, and those before it where its own name nothing but a level."""
    own = fold(words)
    if not re.search(r"[^\W\d_]", own):
        return before
    is_level_alone = _level(words) is not None and not _REPORT.search(own) and not _SHOP.search(own)
    return f"{before} {words}" if is_level_alone else words


def _clean(text: str) -> str:
    level = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return _NUMBERISH.sub(_mended, level)


def _mended(match: re.Match[str]) -> str:
    """Turn slips into digits where most of the run are digits anyway."""
    run = match.group()
    known = sum(sign.isdigit() for sign in run)
    return run.translate(_SLIPS) if known >= 0.6 * sum(sign.isalnum() or sign == "|" for sign in run) else run


def _is_report(match: re.Match[str], context: str, digits: str, levels: Mapping[str, ChannelLevel]) -> bool:
    if digits in levels:
        return True
    words = fold(context)
    shop, report = _last(_SHOP, words), _last(_REPORT, words)
    if report >= 0 and report >= shop:
        return True
    return digits in _PUBLIC and shop < 0 and match.lastgroup == "short"


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _level(context: str) -> ChannelLevel | None:
    """Give whose channel it is: the last owner named before the number; None where the words name nobody."""
    folded = fold(context)
    named = [(match.start(), level) for pattern, level in _LEVELS for match in pattern.finditer(folded)]
    return max(named, key=lambda each: each[0])[1] if named else None


def _digits(number: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", number) if sign.isdigit())


def _written(match: re.Match[str]) -> str:
    digits = _digits(match.group())
    if match.lastgroup == "landline":
        area = 3 if digits[1] in "12" else 4
        return f"{digits[:area]}-{digits[area:]}"
    if match.lastgroup == "free":
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return digits
