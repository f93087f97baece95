"""Words of the list of stations worth a visit, on the page and on paper."""

WORDS: dict[str, tuple[str, str]] = {
    "worth.title": ("该去看看的站点", "Worth a visit"),
    "worth.lead": (
        "按乡镇和编号排列,不分先后,不带销售数字;去看什么,写在原因里。",
        "By township and code, in no order of weight and without sales figures; what to look at stands in the reasons.",
    ),
    "worth.none": ("没有需要去看的站点。", "No station is worth a visit now."),
    "worth.state": ("状态", "State"),
    "worth.why": ("为什么去看", "Why"),
    "worth.been": ("去过", "Been"),
    "worth.counted": ("{n} 个站点", "{n} stations"),
    "worth.print": ("打印这张单子", "Print this list"),
}
