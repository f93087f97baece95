"""Words of the owner's month on the phone: plain, short, and always with what to do next."""

_STANDING: dict[str, tuple[str, str]] = {
    "title": ("{year}年{month}月", "{name} {year}"),
    "short": ("{month}月", "{name}"),
    "day": ("{month}月{day}日", "{day} {name}"),
    "none": (
        "手机里还没有月份。有信号时点右上角同步一次。",
        "No months on this phone yet. With a signal, press the button at the top right.",
    ),
    "not_begun": ("县里还没有开始收月报,现在不用填。", "The county does not collect reports yet. Nothing to fill in."),
    "no_form": (
        "表格还没下载好。有信号时点右上角同步一次。",
        "The form is not here yet. With a signal, press the button at the top right.",
    ),
    "due.not_due": ("这个月还没过完,{opens}起可以报。", "The month is not over. Open from {opens}."),
    "due.asked": ("请在{asked}前(含当天)报,{left};最迟{due}。", "Please by {asked}, {left}; at the latest {due}."),
    "due.last": ("最迟{due}报,{left}。", "At the latest {due}, {left}."),
    "due.late": (
        "已过{due},会记作逾期;{locks}前(含当天)还能补报,{left}。",
        "Past {due}, so it counts as late; still open until {locks}, {left}.",
    ),
    "due.leave": ("县里已许可补报,现在就可以报。", "The county gave leave: it can be filed now."),
    "due.returned": (
        "县里请您核对,改好再发一次;{locks}前(含当天)有效,{left}。",
        "The county asks you to check it and send it again until {locks}, {left}.",
    ),
    "due.filed": (
        "已经报了。发现错了,{locks}前(含当天)都可以更正。",
        "Filed. If something is wrong, it can be corrected until {locks}.",
    ),
    "due.filed_leave": ("已经报了,县里许可更正。", "Filed, and the county gave leave to correct it."),
    "due.filed_locked": (
        "已经报了,也已锁定。要改,请打电话给县商务部门,请县里申请更正许可。",
        "Filed and locked. To change it, ring the county commerce office: it asks for leave.",
    ),
    "due.accepted": (
        "县里已采纳,不用再做什么。要改,请打电话给县商务部门,请县里先退回。",
        "Accepted by the county, nothing to do. To change it, ring the county: it returns it first.",
    ),
    "due.locked": (
        "已锁定,这里不能再报。请打电话给县商务部门,请县里申请补报许可。",
        "Locked: it cannot be filed here. Ring the county commerce office: it asks for leave.",
    ),
    "due.excused": ("这个月免报,不用填。", "Excused: nothing to fill in."),
    "due.by_feed": (
        "这个月由系统自动报送,不用填。数字不对,请告诉县商务部门。",
        "Reported automatically, nothing to fill in. If a figure is wrong, tell the county.",
    ),
    "left.today": ("今天是最后一天", "today is the last day"),
    "left.tomorrow": ("明天是最后一天", "tomorrow is the last day"),
    "left.days": ("还有{days}天", "{days} days left"),
    "others": ("还有别的月份等您报", "Other months are waiting"),
    "other.open": ("{month}待报", "{month}: open"),
    "other.returned": ("{month}退回待改", "{month}: returned"),
}

_PAPER: dict[str, tuple[str, str]] = {
    "or_figures": ("有的话,填有的几项就行,没有的空着", "Otherwise fill in what there is, and leave the rest empty"),
    "same_all": ("全部照{month}", "All as in {month}"),
    "same_nil": ("和{month}一样:没有", "Nothing, as in {month}"),
    "same_one": ("照{month}:{value}", "As in {month}: {value}"),
    "yuan": ("{value} 元", "{value} yuan"),
    "plain": ("{value}", "{value}"),
    "read_back": ("{value} 元,{words}", "{value} yuan"),
    "marked": ("请核对", "Please check"),
    "send": ("发送{month}月报", "Send {month}"),
    "send_nil": ("发送:{month}没有", "Send: nothing in {month}"),
    "send_again": ("发送更正", "Send the correction"),
    "look": ("有 {count} 处请您先看一下", "{count} to look at first"),
    "fault.not_an_amount": ("看不懂这个数。只写数字,例如 12000。", "This is no number. Write digits only, like 12000."),
    "fault.not_whole": ("最多到分(两位小数);快递只写整数。", "At most two decimals; parcels are whole numbers."),
    "fault.too_large": ("数太大了,请看看是不是多打了几位。", "Too large. Was a digit typed too many?"),
    "fault.too_long": ("太长了,请写短一点。", "Too long, please shorten it."),
    "fault.above_online": (
        "农产品是网上卖出的一部分,不能比网上卖出的多。请改其中一个数。",
        "Farm products are part of what was sold online and cannot be more. Change one of them.",
    ),
    "fault.empty": (
        "还什么都没填。真的没有,就点“这个月没有”;有就填一项。",
        "Nothing is filled in. If there was nothing, tap that; otherwise fill in one.",
    ),
    "fault.reason": ("请选一下为什么改,点一个就行。", "Please tap why it is changed."),
    "ask.wan": ("您写的是“{typed}”,就是 {value} 元,对吗?", "You wrote “{typed}”: is it {value} yuan?"),
    "ask.wan_pieces": ("您写的是“{typed}”,就是 {value},对吗?", "You wrote “{typed}”: is it {value}?"),
    "ask.usual": ("您往月一般是 {value}。", "It is usually {value}."),
    "ask.yes": ("对,是 {value}", "Yes, {value}"),
    "ask.change": ("改成 {value}", "Change to {value}"),
    "ask.right": ("没错,就是 {value}", "It is right: {value}"),
    "kept": ("填到一半的已存在手机里", "What you typed is kept on this phone"),
    "unsaved": (
        "没能存进手机,可能空间满了。先别关这一页,删掉几张照片再试。",
        "It could not be kept: the phone may be full. Leave this page open, free some room and try again.",
    ),
    "give_up": ("不更正了", "Leave it as it was"),
    "give_up_sure": ("真的不更正了,删掉改的", "Really leave it: drop my changes"),
    "reason": ("为什么改?点一个就行", "Why is it changed? Tap one"),
    "reason.number": ("数打错了", "A wrong number"),
    "reason.forgot": ("有漏记的", "Something was left out"),
    "reason.unit": ("元和万元弄混了", "元 and 万元 mixed up"),
    "reason.goods": ("有退货退款", "Goods came back"),
    "reason.own": ("或者自己写", "Or in your own words"),
}

_AFTER: dict[str, tuple[str, str]] = {
    "received": ("已收到 · {at} · 第{version}版", "Received · {at} · version {version}"),
    "held": ("县里已有 · 第{version}版 · {source}", "The county has it · version {version} · {source}"),
    "waiting": (
        "已存在手机里,正等着发送。有信号会自动发,不用再做什么。",
        "Kept on this phone, waiting to be sent. It goes by itself with a signal; nothing more to do.",
    ),
    "waiting_again": ("还没发出去:{why}", "Not sent yet: {why}"),
    "aside": (
        "县里已整份收下,要由工作人员核对(编号 {id})。不用再发。",
        "Kept whole for a person to settle (number {id}). No need to send it again.",
    ),
    "refused": ("没有收下", "It was not accepted"),
    "mend": ("改一改再发", "Change it and send again"),
    "drop": ("这份不要了", "Drop mine"),
    "drop_sure": ("真的删掉我填的这份", "Really drop what I filled in"),
    "stranded": (
        "填了一半,还没发就锁定了。要补报,请打电话给县商务部门。",
        "It was begun and locked before it was sent. To file it, ring the county commerce office.",
    ),
    "nil": ("这个月没有", "Nothing this month"),
    "empty": ("没填", "not filled in"),
    "correct": ("发现错了,更正", "Something is wrong: correct it"),
    "hint": ("收到了。再请您看一眼:", "Received. One more look, please:"),
    "hint_right": ("没错,就是这样", "It is right as it is"),
    "returned": ("县里退回:{why}", "Returned by the county: {why}"),
    "returned_fields": ("请核对:{fields}", "Please check: {fields}"),
    "conflict": ("这个月已经有一份了", "This month has been filed already"),
    "conflict_hint": (
        "别的手机或县里先报了一份,和您的不一样。两份都在,请您选。",
        "Another phone, or the county, filed one that differs from yours. Both are kept; please choose.",
    ),
    "conflict.mine": ("我的", "Mine"),
    "conflict.theirs": ("已有的", "The other"),
    "conflict.whose": ("已有的是第{version}版,{source}。", "The other is version {version}, by: {source}."),
    "conflict.use_mine": ("用我的", "Use mine"),
    "conflict.use_theirs": ("用已有的,删掉我的", "Use the other, drop mine"),
    "conflict.item": ("项目", "Item"),
    "conflict.closed": (
        "已有的一份县里已采纳或已锁定,不能再换。要改,请打电话给县商务部门。",
        "The other one is accepted or locked and cannot be replaced. Ring the county to change it.",
    ),
}

_HISTORY: dict[str, tuple[str, str]] = {
    "history": ("我的近12个月", "My last 12 months"),
    "history.note": ("只给您自己看,不和别人比。", "For your eyes only; compared with nobody."),
    "history.best": ("最高 {value}({month})", "Highest {value} ({month})"),
    "history.chart": (
        "{label},近12个月:有数 {count} 个月,没有 {nil} 个月,没报 {missing} 个月",
        "{label}, 12 months: {count} with a figure, {nil} with nothing, {missing} not filed",
    ),
    "history.table": ("看表格", "As a table"),
    "history.month": ("月份", "Month"),
    "history.nil": ("没有", "Nothing"),
    "history.missing": ("没报", "Not filed"),
    "history.excused": ("免报", "Excused"),
    "history.empty": ("没填", "Empty"),
    "history.open": ("待报", "Open"),
}

WORDS: dict[str, tuple[str, str]] = {
    f"phone.month.{key}": sentence for area in (_STANDING, _PAPER, _AFTER, _HISTORY) for key, sentence in area.items()
}
