"""Words of the reminders: the short message to a station, and the letter to its county's office."""

WORDS: dict[str, tuple[str, str]] = {
    "reminder_kind.before_due": ("截止前两天", "Two days before the last day"),
    "reminder_kind.due_day": ("截止当天", "On the last day"),
    "reminder.text_before_due": (
        "{station}:{month}月报还没收到,最迟{last_day}。没有业务请报“本月零”。",
        "{station}: the report of {month} has not come; the last day is {last_day}. Say nil if there was nothing.",
    ),
    "reminder.text_due_day": (
        "{station}:{month}月报今天({last_day})是最后一天。没有业务请报“本月零”。",
        "{station}: today ({last_day}) is the last day for the report of {month}. Say nil if there was nothing.",
    ),
    "reminder.subject": (
        "{county}:{month}月报还有 {count} 站没报,最迟{last_day}",
        "{county}: {count} stations have not reported {month}; the last day is {last_day}",
    ),
    "reminder.letter_top": (
        "下列站点的{month}月报还没收到,最迟{last_day}。请电话提醒;也可以代填。",
        "The reports of {month} have not come from these stations; the last day is {last_day}.",
    ),
    "reminder.letter_line": (
        "{township} {station}({code}) {head} {phone}",
        "{township} {station} ({code}) {head} {phone}",
    ),
    "reminder.no_phone": ("没有电话", "no telephone"),
    "reminders.title": ("提醒", "Reminders"),
    "reminders.count": (
        "这个月已安排 {n} 条提醒:{kinds}。每站每月最多两条。",
        "{n} reminders were asked for this month: {kinds}. A station gets two a month at most.",
    ),
    "reminders.none": ("这个月还没有安排提醒。", "No reminder was asked for this month."),
    "reminders.mailbox": ("漏报名单寄到(邮箱,可空)", "The list of the missing goes to (address, may be empty)"),
    "reminders.save": ("保存", "Save"),
    "reminders.saved": ("漏报名单将寄到 {address}。", "The list will go to {address}."),
    "reminders.cleared": ("不再寄漏报名单。", "No list will be sent."),
    "reminders.goes_to": ("漏报名单寄到:{address}", "The list of the missing goes to: {address}"),
    "reminders.no_mailbox": ("没有设邮箱,不寄名单。", "No address is set; no list is sent."),
}
