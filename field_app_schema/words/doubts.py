"""Words of doubts: slips, contradictions and reasons to visit. No figure stands in a sentence: inspectors read them."""

WORDS: dict[str, tuple[str, str]] = {
    "slip.unit_slip": (
        "可能把元和万元弄混了,请核对单位。",
        "Yuan and ten thousand yuan may have been mixed up; please check the unit.",
    ),
    "slip.x100": ("可能多写或少写了两位,请核对。", "Two digits too many or too few, perhaps; please check."),
    "slip.x10": ("可能多写或少写了一位,请核对。", "One digit too many or too few, perhaps; please check."),
    "outlier_basis.own": ("与本站以往各月相比", "Compared with the station's own earlier months"),
    "outlier_basis.peers": ("与本县同类站点当月相比", "Compared with stations of its kind in the county that month"),
    "follow_up_reason.festival": ("节庆旺季", "A festival"),
    "follow_up_reason.live_stream": ("直播带货", "A live-stream sale"),
    "follow_up_reason.goods_returned": ("退货冲减", "Goods returned"),
    "follow_up_reason.typing_slip": ("录入笔误", "A slip of typing"),
    "follow_up_reason.unit_slip": ("单位弄错", "The wrong unit"),
    "follow_up_reason.visit": ("需要实地查看", "Wants a visit"),
    "follow_up_reason.other": ("其他", "Other"),
    "contradiction_code.reports_sales_but_seen_gone": ("见已停业却报有业务", "Seen gone, yet reports business"),
    "contradiction_code.open_for_a_year_but_never_reports": ("长期营业却从不报送", "Open for a year, never reports"),
    "contradiction_code.parcels_without_service": ("没有快递服务却报件数", "Parcels without the parcel service"),
    "contradiction_code.identical_across_operator": ("同一承办企业数字相同", "Same figures across one operator"),
    "contradiction_code.repeated_month_after_month": ("数字逐月重复", "Same figures month after month"),
    "contradiction.reports_sales_but_seen_gone": (
        "{on} 现场检查见“{state}”,此后没有见到营业,但{months}的月报仍报有业务。",
        "A visit on {on} saw «{state}» and none since saw it open, yet the reports of {months} claim business.",
    ),
    "contradiction.open_for_a_year_but_never_reports": (
        "{first} 和 {last} 两次现场检查都见营业,但自{since}起连续 {n} 个应报月份没有报送。",
        "Visits on {first} and {last} saw it open, yet {n} owed months since {since} have no report.",
    ),
    "contradiction.parcels_without_service": (
        "没有登记快递服务,但{months}的月报报了快件。",
        "It is not said to offer parcels, yet the reports of {months} count some.",
    ),
    "contradiction.identical_across_operator": (
        "“{operator}”的 {n} 个站点在{month}报的各项数字完全相同。",
        "{n} stations of «{operator}» filed the very same figures for {month}.",
    ),
    "contradiction.repeated_month_after_month": (
        "{first}至{last}连续 {n} 个月各项数字完全相同。",
        "The very same figures {n} months in a row, {first} to {last}.",
    ),
    "visit_reason.presumed_dead": (
        "长期零报告或漏报,疑似停业,需要实地查看。",
        "A long silence; presumed dead; a visit is needed.",
    ),
    "visit_reason.unknown": ("没有有效期内的证据,状态不明。", "No evidence is fresh; nobody can say."),
    "visit_reason.one_strike": ("最近一次现场检查未见营业,需要再查一次。", "A visit found it not at work; look again."),
    "visit_reason.follow_up": ("工作人员标记为需要实地查看。", "Staff marked it for a visit."),
}
