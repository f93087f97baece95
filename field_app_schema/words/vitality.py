"""Words of alive or gone: the answers, how sure they are, and why."""

WORDS: dict[str, tuple[str, str]] = {
    "vitality.alive": ("在营", "Alive"),
    "vitality.weak": ("功能弱化", "Weak"),
    "vitality.dormant": ("休眠", "Dormant"),
    "vitality.presumed_dead": ("疑似停业", "Presumed dead"),
    "vitality.dead": ("已停业", "Dead"),
    "vitality.unknown": ("不明", "Unknown"),
    "vitality.not_started": ("未启用", "Not started"),
    "confidence.verified": ("已核实", "Verified"),
    "confidence.verified_remote": ("远程核实", "Verified remotely"),
    "confidence.reported": ("自报", "Reported"),
    "confidence.inferred": ("推断", "Inferred"),
    "vitality_reason.not_accepted": ("当日尚未通过验收。", "Not accepted by that day."),
    "vitality_reason.rejected": ("未通过验收,未启用。", "Rejected; never started."),
    "vitality_reason.delisted": ("已摘牌,摘牌原因保留在案。", "Delisted; the reason is kept on file."),
    "vitality_reason.merged": (
        "已并入其他站点,随接续站点,只在那里计一次。",
        "Merged; follows the successor and is counted once, there.",
    ),
    "vitality_reason.suspended": (
        "暂停服务,状态停在暂停之日。",
        "Suspended; the state is frozen at the day of suspension.",
    ),
    "vitality_reason.gone_seen": (
        "现场检查见站点已不存在,此后没有核实的营业证据。",
        "A site visit found it gone, and nothing verified since says otherwise.",
    ),
    "vitality_reason.sign_removed_seen": (
        "现场检查见已关门摘牌,此后没有核实的营业证据。",
        "A site visit found it closed with the sign removed; nothing verified since.",
    ),
    "vitality_reason.two_strikes": (
        "间隔足够的两次现场检查都未见营业,其间及此后没有任何营业证据。",
        "Two visits far enough apart found no station at work, with no sign of life since.",
    ),
    "vitality_reason.one_strike": (
        "最近现场检查未见营业,又没有有效期内的营业证据。",
        "A visit found it not at work, and no sign of life is fresh.",
    ),
    "vitality_reason.one_strike_but_fresh": (
        "现场检查未见营业,但有有效期内的营业证据,待再查。",
        "A visit found it not at work, but a sign of life is fresh; look again.",
    ),
    "vitality_reason.seen_open": ("现场检查见正常营业。", "A site visit saw it operating."),
    "vitality_reason.seen_weakened": (
        "现场检查见在营业,但功能弱化。",
        "A site visit saw it open with weakened service.",
    ),
    "vitality_reason.feed_active": ("系统自动采集到近期业务。", "The automatic feed shows recent business."),
    "vitality_reason.parcels_delivered": ("近期有快件送达本站。", "Parcels were recently delivered at the station."),
    "vitality_reason.video_open": ("视频连线见正常营业。", "A video link saw it operating."),
    "vitality_reason.video_weakened": (
        "视频连线见在营业,但功能弱化。",
        "A video link saw it open with weakened service.",
    ),
    "vitality_reason.owner_reported": ("站长月报有业务,县里已通过。", "An accepted owner report shows business."),
    "vitality_reason.phone_answered": ("电话回访有人接听。", "A phone call-back was answered."),
    "vitality_reason.documents_say_open": ("材料审核显示在营业。", "A document review says it is open."),
    "vitality_reason.silent_periods": (
        "连续多个月零报告或漏报,又没有有效期内的证据。",
        "Several months in a row nil or missing, and nothing fresh.",
    ),
    "vitality_reason.long_silent_periods": (
        "长期零报告或漏报,又没有有效期内的证据,需派人实地查看。",
        "A long run of nil or missing months and nothing fresh; a visit is needed.",
    ),
    "vitality_reason.evidence_stale": (
        "以前的营业证据都已过期,无法判断。",
        "Every sign of life has grown stale; nothing can be said.",
    ),
    "vitality_reason.no_evidence": (
        "没有任何营业证据,无法判断。",
        "There is no evidence of life; nothing can be said.",
    ),
}
