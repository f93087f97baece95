"""What a person reads of each unmet condition, Chinese first; the thresholds named are those shipped."""

SENTENCES: dict[str, tuple[str, str]] = {
    "NO_SUCH_MOVE": ("现在的状态不能直接变为所选状态。", "The present status cannot change into this one."),
    "EFFECTIVE_IN_FUTURE": ("生效日期不能晚于今天。", "The effective date must not be after today."),
    "EFFECTIVE_BEFORE_PREVIOUS": (
        "生效日期不能早于上一次状态变更。",
        "The effective date must not precede the previous change of status.",
    ),
    "REASON_MISSING": ("请填写变更原因。", "Give the reason of the change."),
    "PREFECTURE_MUST_CONFIRM": ("按本省规定,须由市州确认。", "In this province the prefecture has to confirm it."),
    "EVIDENCE_UNKNOWN": (
        "所列证据不是本站点的检查记录。",
        "The evidence named is no visit or observation of this station.",
    ),
    "VILLAGE_OR_HOST_MISSING": ("请填写所在村和依托主体。", "Give the village and the host."),
    "NEARBY_NOT_CHECKED": ("尚未核对附近和同名站点。", "Nearby and same-named stations have not been checked."),
    "ACCEPTANCE_NOT_PASSED": (
        "须有验收合格的结论、日期和文号,且不晚于生效日期。",
        "A passed acceptance with its date and document number is needed, no later than the effective date.",
    ),
    "ACCEPTANCE_NOT_NEW": ("摘牌后须重新验收。", "After a delisting only a new acceptance counts."),
    "OPENED_ON_MISSING": ("请填写开业日期。", "Give the day it opened."),
    "SUBSIDY_UNKNOWN": ("请先注明是否使用财政资金。", "Say first whether it is subsidised."),
    "SIGN_PHOTO_MISSING": ("使用财政资金的站点须有标识牌照片。", "A subsidised station needs a photo of its sign."),
    "FUNDING_LINK_MISSING": (
        "使用财政资金的站点须填写对应的资金项目编号(一一对应)。",
        "A subsidised station needs the number of its own funding project, one to one.",
    ),
    "CLAIM_CODE_MISSING": ("请填写站长认领码的发放日期。", "Give the day the owner's claim code was issued."),
    "SUSPENSION_REASON_UNKNOWN": (
        "暂停原因只能是:维修、灾害、人员缺位、站长申请、调查。",
        "The reason must be repair, disaster, staff_absent, owner_request or investigation.",
    ),
    "EXPECTED_END_MISSING": ("请填写预计恢复日期。", "Give the expected end of the suspension."),
    "SUSPENSION_TOO_LONG": ("暂停不得超过规定天数(180 天)。", "A suspension may last 180 days at most."),
    "NOT_SEEN_OPEN_SINCE": (
        "暂停之后还没有看到营业的检查记录。",
        "Nobody has seen it open since the day it was suspended.",
    ),
    "DELISTING_REASON_UNKNOWN": (
        "摘牌原因只能是:站长退出、已不存在、已停业、限期整改不合格。",
        "The reason must be owner_withdrawal, gone, closed or judged_unfit.",
    ),
    "DELISTING_GROUND_MISSING": (
        "摘牌依据不足:须有站长退出申请,或一次带照片的“已不存在/已摘牌”现场检查,"
        "或不同人员间隔至少 7 天的两次“关门/改作他用”检查,或限期整改期满仍不合格。",
        "No ground for delisting: an owner's withdrawal, a visit with a photo that found it gone or its sign removed, "
        "two closed visits at least 7 days apart by different people, or a passed corrective deadline.",
    ),
    "OWNER_NOT_NOTIFIED": ("请填写告知站长的日期。", "Give the day the owner was notified."),
    "OBJECTION_WINDOW_OPEN": (
        "告知站长后须满 10 个工作日异议期。",
        "Ten working days for objections must pass after the owner was notified.",
    ),
    "ASSET_DISPOSITION_MISSING": (
        "请注明资产去向:收回、转交、留给站长、报废或无。",
        "Say what becomes of the assets: returned, transferred, kept_by_owner, scrapped or none_given.",
    ),
    "PLAQUE_PHOTO_MISSING": ("须有牌匾已拆除的照片。", "A photo of the removed plaque is needed."),
    "EFFECTIVE_BEFORE_LAST_ALIVE": (
        "生效日期不能早于最后一次营业证据。",
        "The effective date must not precede the last evidence that it was alive.",
    ),
    "SUCCESSOR_MISSING": ("请填写范围内的接续站点编号。", "Name the station in your area that takes over."),
    "SUCCESSOR_IS_SELF": ("不能并入自己。", "A station cannot be merged into itself."),
    "SUCCESSOR_NOT_ACTIVE": ("接续站点必须是在列状态。", "The station that takes over must be active."),
}
