"""Words of report channels, and of the sign on the page that a plaque leads to."""

WORDS: dict[str, tuple[str, str]] = {
    "channel.title": ("举报监督渠道", "Report channels"),
    "channel.lead": (
        "省、市、县各公布一个:群众扫站点铭牌就能看到。只填单位公开电话或网址,不填个人手机。",
        "Province, prefecture and county publish one each: whoever scans a plaque sees them. An office's number or "
        "address only, never a mobile of somebody's own.",
    ),
    "channel.level.province": ("省级", "Province"),
    "channel.level.prefecture": ("市州级", "Prefecture"),
    "channel.level.county": ("县级", "County"),
    "channel.none": ("尚未公布", "none published yet"),
    "channel.office": ("受理单位", "Office"),
    "channel.phone": ("电话", "Telephone"),
    "channel.url": ("网址", "Address on the web"),
    "channel.valid_from": ("自何日起", "From"),
    "channel.unit": ("单位", "Unit"),
    "channel.set": ("公布 / 更改", "Publish or change"),
    "channel.save": ("公布", "Publish"),
    "channel.saved": ("已公布。", "Published."),
    "channel.call": ("打电话", "Call"),
    "signed.sign": ("牌匾字样", "Wording of the sign"),
    "signed.sign_seen": ("{what}({day} 检查,已审核)", "{what} (visited {day}, reviewed)"),
    "signed.sign_not_required": (
        "没有牌匾,也不要求设置({day} 检查,已审核)",
        "no sign, and none is asked for (visited {day}, reviewed)",
    ),
    "signed.sign_unknown": ("还没有经审核认定", "not settled by a reviewed visit yet"),
    "signed.report": ("哪里可以反映问题", "Where to report what is wrong"),
    "signed.report_lead": (
        "站点关门、收费、冒名或牌匾不符,都可以反映。",
        "A closed station, a fee, a false name or a wrong sign: say so here.",
    ),
}
