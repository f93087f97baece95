"""The words that network files use for the members of our closed lists; the first of each is the one we print."""

from __future__ import annotations

from field_app_schema.vocab_network import Handover, LogisticsLevel
from stations.register.ledger.cells import fold
from stations.register.ledger.terms import DATUMS, QUALITIES, YES_NO

_LEVELS = {
    LogisticsLevel.COUNTY.value: ("县", "县级", "县级物流中心", "县级中心", "县城", "县级分拨中心", "1"),
    LogisticsLevel.TOWNSHIP.value: ("乡镇", "乡", "镇", "乡级", "镇级", "乡镇级", "乡镇物流站", "乡镇站", "2"),
    LogisticsLevel.VILLAGE.value: ("村", "村级", "村级物流点", "村点", "村站", "3"),
}
_HANDOVERS = {
    Handover.TO_VILLAGE.value: ("送到村", "到村", "村内交付", "进村", "村级投递", "投递到村"),
    Handover.TO_TOWNSHIP.value: ("到乡镇自取", "乡镇自取", "到乡镇", "自取", "乡镇投递"),
}
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "level": _LEVELS, "handover": _HANDOVERS, "coord_system": DATUMS, "coord_quality": QUALITIES,
    "poor": YES_NO, "remote": YES_NO,
}  # fmt: skip


def _key(text: str) -> str:
    return fold(text).replace(" ", "").casefold()


_MEANINGS = {
    column: {_key(word): value for value, words in terms.items() for word in (value, *words)}
    for column, terms in WORDS.items()
}  # fmt: skip


def meaning(column: str, word: str) -> str | None:
    """Give the identifier that a cell's word means in a column, or None when nobody told us."""
    return _MEANINGS[column].get(_key(word))


def allowed(column: str) -> list[str]:
    """Give the words we print for a column, for messages and the template."""
    return [words[0] for words in WORDS[column].values()]
