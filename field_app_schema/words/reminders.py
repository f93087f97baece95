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
}
