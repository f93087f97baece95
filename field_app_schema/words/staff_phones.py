"""Words of the staff's pages about people and their phones: sheets of codes, lost phones."""

WORDS: dict[str, tuple[str, str]] = {
    "staff.devices.find": ("姓名或用户名", "Name or user name"),
    "staff.devices.choose": ("选择", "Choose"),
    "staff.devices.choose_one": ("选择 {name}", "Choose {name}"),
    "staff.devices.phones_held": ("{n} 台", "{n}"),
    "staff.devices.phones_none": ("没有手机", "No phone"),
    "staff.devices.phones_of": ("{name} 的手机", "Phones of {name}"),
    "staff.devices.phones_all": ("看全部手机", "All phones"),
    "staff.devices.phones_hint": (
        "交回的手机点“收回”;丢失的点“丢失”,它下一次联网时连没有发出的内容也会删除。",
        "Revoke a phone that was handed back. Call it lost, and at its next contact it erases also what it never sent.",
    ),
    "staff.devices.synced_never": ("还没有", "Not yet"),
    "staff.devices.lost": ("丢失", "Lost"),
    "staff.devices.lost_state": ("已报丢失", "Lost"),
    "staff.devices.lost_sure": (
        "{name} 的手机“{label}”丢失了?它下一次联网即失效,还没有发出的检查和月报也会从手机上删除,不能恢复。",
        "Is {name}'s phone “{label}” lost? It stops at its next request and erases what it never sent. "
        "That cannot be undone.",
    ),
    "record_kind.month": ("月报", "Monthly report"),
    "record_kind.draft": ("草稿", "Draft"),
    "record_kind.draft_photo": ("草稿的照片", "Photo of a draft"),
    "record_kind.line": ("导出文件里的一行", "A line of an export"),
    "staff.sheets.title": ("成批登记码", "Sheets of codes"),
    "staff.sheets.lead": (
        "打印成纸条发给站长和检查员:每人一张,一码一机,到期作废。登记码只在打印的文件里出现一次。",
        "Print cards for owners and inspectors: one each, one phone a code, until it ends. "
        "The codes stand only in the printed file.",
    ),
    "staff.sheets.new": ("打印一批登记码", "Print a sheet of codes"),
    "staff.sheets.without_phone": ("只给还没有手机的人", "Only people without a phone"),
    "staff.sheets.days": ("几天内有效(1–30)", "Valid for days (1–30)"),
    "staff.sheets.print": ("打印(PDF)", "Print (PDF)"),
    "staff.sheets.print_ticked": ("打印所选 {n} 人", "Print for {n} chosen"),
    "staff.sheets.printed": (
        "已生成 {name},请打印后删除文件。",
        "{name} is made. Print it, then delete the file.",
    ),
    "staff.sheets.caption": ("打印过的登记码", "Sheets printed"),
    "staff.sheets.number": ("批号", "Sheet"),
    "staff.sheets.made": ("打印时间", "Printed"),
    "staff.sheets.by": ("打印人", "By"),
    "staff.sheets.until": ("有效期至", "Valid until"),
    "staff.sheets.unused": ("未用", "Unused"),
    "staff.sheets.used": ("已用", "Used"),
    "staff.sheets.expired": ("过期或作废", "Ended"),
    "staff.sheets.actions": ("操作", "Actions"),
    "staff.sheets.withdraw": ("纸丢了,作废", "Lost: withdraw"),
    "staff.sheets.withdraw_sure": (
        "作废第 {number} 批还没有用的 {n} 个登记码?已登记的手机不受影响。",
        "Withdraw the {n} unused codes of sheet {number}? Phones already enrolled stay.",
    ),
}
