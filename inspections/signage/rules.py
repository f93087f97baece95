"""Judge what stands on a sign by the rules of the notices: pass, fail, or cannot tell. Pure; it knows no database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from field_app_schema.visits import SignWording
from field_app_schema.vocab_evidence import RuleVerdict
from inspections.signage.folding import fold

# What the two classes of domain model F6 say stands on the sign: national contains B, provincial contains A and not B.
WORDINGS: dict[str, str] = {
    SignWording.PROVINCIAL: "电子商务进农村综合示范项目",
    SignWording.NATIONAL: "全国电子商务进农村综合示范项目",
}


@dataclass(frozen=True)
class SignRule:
    """One document's demand on a sign; `channel_levels`: whose report channels it names, on the sign or elsewhere."""

    code: str
    document: str
    wording: str
    must_show_report_channel: bool
    channel_levels: tuple[str, ...] = ()


def verdicts(
    sign_class: str | None,
    wording: str | None,
    channel_levels: Collection[str | None] | None,
    rules: Sequence[SignRule],
) -> list[dict[str, str | None]]:
    """Give for each rule `{"rule", "wording", "channel"}`, the latter two values of `RuleVerdict`.

    `sign_class` is a value of `SignWording`, or None where nobody saw the sign; `wording` the text recorded with it.
    `channel_levels`: whose channels were found (a None among them: a channel whose owner the words do not say), None
    where nobody looked. `channel` is None where the rule does not ask for one on the sign.
    """
    return [
        {"rule": rule.code, "wording": _wording(sign_class, wording, rule),
         "channel": _channel(sign_class, channel_levels, rule)}
        for rule in rules
    ]  # fmt: skip


def contradicts(sign_class: str | None, wording: str | None) -> bool:
    """Tell whether the words written down with a class are not those of the class; no words contradict nothing.

    National is who shows the national wording, provincial who shows the other one and not that; another wording is
    neither of the two alone; what is not there shows no words.
    """
    words = fold(wording or "")
    provincial, national = fold(WORDINGS[SignWording.PROVINCIAL]), fold(WORDINGS[SignWording.NATIONAL])
    if not words:
        return False
    if sign_class == SignWording.NATIONAL:
        return national not in words
    if sign_class == SignWording.PROVINCIAL:
        return provincial not in words or national in words
    if sign_class == SignWording.OTHER_WORDING:
        return words in {provincial, national}
    return sign_class == SignWording.ABSENT


def _wording(sign_class: str | None, wording: str | None, rule: SignRule) -> RuleVerdict:
    """Compare by class where the class settles it, else by the recorded text; what is not sure is `cannot_tell`."""
    asked, recorded = fold(rule.wording), fold(wording or "")
    if sign_class == SignWording.ABSENT:
        return RuleVerdict.FAIL
    if not asked or sign_class in {None, SignWording.UNREADABLE}:
        return RuleVerdict.CANNOT_TELL
    stands = WORDINGS.get(str(sign_class))
    if stands is None:
        return _by_words(recorded, asked)
    by_class = asked in fold(stands)
    if not by_class and asked != fold(WORDINGS[SignWording.NATIONAL]):
        # A province's own wording: the class says nothing of it, the sign's words do.
        return _by_words(recorded, asked)
    if recorded and by_class != (asked in recorded):
        # The class and the words written down with it contradict each other.
        return RuleVerdict.CANNOT_TELL
    # A provincial sign has not the national wording: that is what its class says.
    return RuleVerdict.PASS if by_class else RuleVerdict.FAIL


def _by_words(recorded: str, asked: str) -> RuleVerdict:
    """Judge by the sign's own words alone; without them, another wording than the two fails those two."""
    known = [fold(one) for one in WORDINGS.values()]
    if asked not in known and not recorded:
        return RuleVerdict.CANNOT_TELL
    if asked not in recorded:
        return RuleVerdict.FAIL
    # The right words inside a longer text that a person held to be another wording (国家级…, 非…, 原…): somebody must
    # look. With a province's own wording the class cannot have been another.
    return RuleVerdict.PASS if asked not in known or recorded in known else RuleVerdict.CANNOT_TELL


def _channel(sign_class: str | None, levels: Collection[str | None] | None, rule: SignRule) -> RuleVerdict | None:
    """Ask for every level that the rule names; a sign that is not there shows none.

    Not found is a fail only on a sign that could be read, with no number on it whose owner is unknown.
    """
    if not rule.must_show_report_channel:
        return None
    if sign_class == SignWording.ABSENT:
        return RuleVerdict.FAIL
    if levels is None:
        return RuleVerdict.CANNOT_TELL
    known = {one for one in levels if one is not None}
    if set(rule.channel_levels) <= known if rule.channel_levels else levels:
        return RuleVerdict.PASS
    was_read = sign_class is not None and sign_class != SignWording.UNREADABLE
    return RuleVerdict.FAIL if was_read and None not in levels else RuleVerdict.CANNOT_TELL
