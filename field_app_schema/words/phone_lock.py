"""Words of the PIN on the phone."""

_LOCK: dict[str, tuple[str, str]] = {
    "title": ("请输入 PIN", "Enter the PIN"),
    "pin": ("PIN", "PIN"),
    "open": ("打开", "Open"),
    "opening": ("正在打开…", "Opening…"),
    "wrong": ("PIN 不对。", "That is not the PIN."),
    "wait": ("错得太多,{at} 以后再试。", "Too many wrong ones; try again after {at}."),
    "forgotten": ("忘了 PIN", "PIN forgotten"),
    "erase_sure": ("忘了 PIN,谁也打不开里面的内容。只能全部清除,再找县里重新登记。",
                   "Nobody can open what a forgotten PIN seals. Everything is erased, and staff enrol the phone again."),
    "erase_unsent": ("还有 {count} 条没传完的会一起清掉。", "{count} things not wholly sent are erased with it."),
    "erase_no": ("不清除,再想想", "Keep it"),
    "erase": ("全部清除", "Erase everything"),
    "why": ("设了 PIN,捡到手机的人看不到您没传完的检查、月报数字,也不能冒用您的身份。可以不设。",
            "With a PIN, who finds the phone can neither read your unsent visits and figures nor act as you. Optional."),
    "warn": ("PIN 只在这部手机上,忘了谁也找不回来。没打开时不会自动上传。",
             "The PIN is on this phone only; nobody can recover it. While it is locked nothing is sent."),
    "set": ("设 PIN", "Set a PIN"),
    "setting": ("正在加密…", "Sealing…"),
    "new": ("新 PIN,至少 {least} 位数字", "New PIN, at least {least} digits"),
    "again": ("再输一次", "Once more"),
    "short": ("太短了,至少 {least} 位数字。", "Too short: at least {least} digits."),
    "differ": ("两次输的不一样,请重输。", "The two differ; enter them again."),
    "is_set": ("已设 PIN:打开应用时要输,放下五分钟后自动锁上。",
               "A PIN is set: asked for at opening, and after five minutes in the background."),
    "off": ("取消 PIN", "Take the PIN off"),
}

WORDS: dict[str, tuple[str, str]] = {f"phone.lock.{key}": sentence for key, sentence in _LOCK.items()} | {
    "phone.about.lock": ("PIN 锁", "PIN"),
    "phone.outcome.locked": ("锁着,没有同步", "Locked; nothing was synced"),
}
