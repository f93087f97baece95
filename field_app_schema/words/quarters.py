"""Words of the quarters on file: what was published, what it would say today, and why."""

WORDS: dict[str, tuple[str, str]] = {
    "quarters.title": ("季度存档", "Quarters on file"),
    "quarters.lead": (
        "季度末的数字存档后不再改动。以后补录、撤回的事实和改过的规则,逐站写在差异里。",
        "A quarter on file never changes. What was recorded, withdrawn or ruled since stands station by station "
        "in the differences.",
    ),
    "quarters.named": ("{year}年第{quarter}季度", "Q{quarter} {year}"),
    "quarters.quarter": ("季度", "Quarter"),
    "quarters.as_of": ("截至", "As of"),
    "quarters.taken_at": ("存档时间", "Filed at"),
    "quarters.taken_by": ("存档人", "Filed by"),
    "quarters.open": ("查看", "Open"),
    "quarters.open_one": ("查看{quarter}", "Open {quarter}"),
    "quarters.order": ("最近的季度在上面。", "The newest quarter comes first."),
    "quarters.none": ("还没有存档的季度。", "No quarter is on file yet."),
    "quarters.freeze": ("存档{quarter}", "Put {quarter} on file"),
    "quarters.freeze_sure": (
        "按此刻所知,把{unit}截至 {day} 的存活数字存档。每个季度只存一次,存档后不能改动或删除。",
        "Survival of {unit} as of {day}, by what is known now, goes on file. A quarter is filed once and can neither "
        "be changed nor removed.",
    ),
    "quarters.freeze_it": ("确认存档", "Put it on file"),
    "quarters.frozen": ("{quarter}已存档。", "{quarter} is on file."),
    "quarters.published": ("当时公布", "As published"),
    "quarters.sums": ("公布 + 差异 = 现在", "Published + differences = now"),
    "quarters.sum": ("{published} {difference} = {now}", "{published} {difference} = {now}"),
    "quarters.shares_now": (
        "同一天按现在所知:占建成 {built},占在册 {listed},不明 {unknown}。",
        "The same day by what is known now: {built} of the built, {listed} of the listed, {unknown} unknown.",
    ),
    "quarters.rule": ("判定规则:{rule}", "Rule: {rule}"),
    "quarters.rule_then": ("判定规则:当时 {then},现在 {now}", "Rule: {then} then, {now} now"),
    "quarters.differences": ("逐站差异", "Differences station by station"),
    "quarters.no_differences": (
        "没有一个站点现在算得不一样。",
        "No station is counted otherwise now.",
    ),
    "quarters.before": ("当时", "Then"),
    "quarters.after": ("现在", "Now"),
    "quarters.adds": ("影响", "Adds"),
    "quarters.adds_nothing": ("数字不变", "No count changes"),
    "quarters.why": ("原因", "Why"),
    "quarters.not_counted": ("不在其中", "Not counted"),
    "quarters.and_more": ("等 {n} 条", "{n} in all"),
    "quarters.close": ("收起", "Close"),
    "quarter_fact.observation": ("检查记录", "visit record"),
    "quarter_fact.report": ("月报", "report"),
    "quarter_fact.transition": ("状态变更", "change of status"),
    "quarter_fact.excuse": ("免报", "excuse"),
    "quarter_fact.obligation": ("应报期间", "time owed"),
}
