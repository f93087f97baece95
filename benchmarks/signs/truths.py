"""What is right of a picture, and the texts that signs carry."""

from __future__ import annotations

from dataclasses import dataclass

A = "电子商务进农村综合示范项目"
B = "全国" + A
NEAR = (
    "电子商务进农村示范项目", "农村电商服务站", "电子商务进农村综合示范工程", "电子商务进农村综合项目",
    "乡村电子商务综合示范服务站", "电商进农村综合示范项目", "电子商务进农村综合示范县", "全国电子商务进农村示范项目",
    "电子商务进社区综合示范项目", "全国电商进农村综合示范项目",
)  # fmt: skip
EXACT, NATIONAL, NEARLY, NONE = "exact", "exact_national", "near", "absent"
# Lost: a part without which no wording can be known. Rank lost: 全国 is hidden, the rest is there to be read.
LOST, RANK_LOST = "cannot_tell", "rank_hidden"
LABELS = (EXACT, NATIONAL, NEARLY, LOST, RANK_LOST, NONE)
# The class of `SignWording` that a reader should suggest of the two wordings.
RIGHT = {EXACT: "provincial", NATIONAL: "national"}
# A condition of which the engine is known to read some as the right letter.
LOOK_ALIKES = "confusable"


@dataclass(frozen=True)
class Hotline:
    """A line with a number below the wording; `level` of `ChannelLevel`, or None where its words do not say whose.

    `is_channel` False: a shop's own telephone, where nobody can complain of the shop.
    """

    text: str
    number: str
    level: str | None = None
    is_channel: bool = True


HOTLINES = (
    Hotline("省级举报监督电话:0731-82281234", "073182281234", "province"),
    Hotline("永州市商务局举报电话:0746-8321234", "07468321234", "prefecture"),
    Hotline("江永县商务局投诉举报电话:0746-5721234", "07465721234", "county"),
    Hotline("举报电话:0731-12345678", "073112345678"),
    Hotline("监督举报:12345", "12345"),
    Hotline("湖南省商务厅监督电话 0731-85281234", "073185281234", "province"),
)
SHOP_PHONES = (
    Hotline("联系电话:13807461234", "13807461234", is_channel=False),
    Hotline("订货热线 0746-5729876", "07465729876", is_channel=False),
)


@dataclass(frozen=True)
class Truth:
    """What stands on a picture: the sign's own words, its class, under which condition, and the telephone if any.

    `is_plain`: of the kind of the development pictures, on which every exact wording must be read.
    """

    file: str
    text: str
    label: str
    condition: str
    hotline: Hotline | None = None
    is_plain: bool = False
