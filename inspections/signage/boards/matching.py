"""Compare the text of one sign with the wordings of the notices: contained, nearly, or another. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from inspections.signage.boards.layout import Placed
from inspections.signage.folding import fold, fold_scored
from inspections.signage.rules import WORDINGS

# The longer first: the national wording contains the provincial one.
_IN_ORDER = sorted(((fold(words), kind) for kind, words in WORDINGS.items()), key=lambda each: -len(each[0]))
LONGEST = _IN_ORDER[0][0]
# Before the wording: places, years, batches. After it: stations, services, channels. Anything else is looked at.
_BEFORE = re.compile(r"(?:[省市州盟县区旗乡镇村社屯街道]|自治[区州县]|[年度批号次])$")
_AFTER = re.compile(
    r"^(?:[乡镇村县]|农村|电商|电子商务|公共|综合|便民|益农|物流|快递|服务|站|点|店|中心|运营|体验|举报|监督|投诉|电话|热线|编号|\d)"
)
_PLACE_AT_END = re.compile(r"(?:站|点|中心)$")
# A rank put before the wording makes another wording of it (Dali 2022: 国家级…, domain model section 4).
_RANKED = re.compile(r"(?:国家|省|市|州|盟|地|县|区)级$")
_NOT_AFTER = re.compile(r"^[县区市](?!级|域|乡|电|农|公|服|商)|^(?:点评|店铺转)")
_LIKE = re.compile(r"电子商务|电商|示范(?:项目|工程|县|点|站)|进农村|服务站|服务点|惠农|益农|邮乐购|农村淘宝|村级")


@dataclass(frozen=True)
class Match:
    """How the text of a sign stands to the wordings; `lines` are those that hold what was compared.

    `distance` counts the letters that differ from the nearest wording; `weakest` is the lowest letter score in it;
    `is_alone` False: words are glued to it that may change its meaning; `is_fragment`: a part of the wording, alone.
    """

    kind: str | None
    distance: int
    weakest: float
    lines: tuple[Placed, ...]
    is_alone: bool = True
    is_fragment: bool = False
    is_like: bool = True


def match_of(order: tuple[Placed, ...]) -> Match:
    """Compare the lines of a sign, in reading order, with all wordings."""
    letters, scores, owners = "", list[float](), list[int]()
    for number, one in enumerate(order):
        text, each = fold_scored(one.line.text, one.line.letter_scores)
        known = each if one.line.letter_scores else [one.line.score] * len(text)
        letters, scores, owners = letters + text, scores + known, owners + [number] * len(text)
    for wording, kind in _IN_ORDER:
        at = letters.find(wording)
        if at < 0:
            continue
        end = at + len(wording)
        changing, distance = _changed_by(letters[:at], wording)
        if changing:
            begin = at - changing
            return Match(None, distance, min(scores[begin:end]), _held(order, owners, begin, end), is_alone=False)
        return Match(kind, 0, min(scores[at:end]), _held(order, owners, at, end), _alone(letters, owners, at, end))
    return _nearest(order, letters, scores, owners)


def _changed_by(before: str, wording: str) -> tuple[int, int]:
    """Give how many letters right before a wording make another of it, and how far that is from the nearest wording.

    They are a rank, or the beginning of the national wording with one letter wrong.
    """
    rank = _RANKED.search(before)
    if rank:
        return len(rank.group()), len(rank.group())
    lead = LONGEST.removesuffix(wording)
    is_lead = len(before) >= len(lead) > 0 and Levenshtein.distance(before[-len(lead) :], lead) == 1
    return (len(lead), 1) if is_lead else (0, 0)


def _held(order: tuple[Placed, ...], owners: list[int], at: int, end: int) -> tuple[Placed, ...]:
    return tuple(order[number] for number in sorted(set(owners[at:end])))


def _alone(letters: str, owners: list[int], at: int, end: int) -> bool:
    """Tell whether nothing but harmless words stands right before and right after the wording."""
    before, after = letters[:at], letters[end:]
    if before and owners[at - 1] == owners[at] and not _BEFORE.search(before):
        return False
    if before and owners[at - 1] != owners[at] and re.search(r"(?:[级国全原非伪假前]|国家)$", before):
        return False
    if after and owners[end] == owners[end - 1]:
        return bool(_AFTER.search(after) or _PLACE_AT_END.search(after)) and not _NOT_AFTER.search(after)
    return not (after and len(after) <= 2 and _NOT_AFTER.search(after))


def _nearest(order: tuple[Placed, ...], letters: str, scores: list[float], owners: list[int]) -> Match:
    if not letters:
        return Match(None, len(LONGEST), 0.0, order, is_like=False)
    best = (len(LONGEST), 0, 0, 0)
    for wording, _ in _IN_ORDER:
        for length in range(max(1, len(wording) - 3), len(wording) + 3):
            for at in range(max(1, len(letters) - length + 1)):
                window = letters[at : at + length]
                distance = Levenshtein.distance(window, wording, score_cutoff=best[0])
                best = min(best, (distance, abs(len(wording) - len(window)), at, at + len(window)))
    distance, _, at, end = best
    is_near = distance <= len(LONGEST) // 2
    is_fragment = len(letters) >= 3 and letters in LONGEST
    held = _held(order, owners, at, end) if is_near else order
    part = scores[at:end] if is_near else scores
    is_like = is_near or bool(_LIKE.search(letters))
    return Match(None, distance, min(part), held, is_fragment=is_fragment, is_like=is_like)
