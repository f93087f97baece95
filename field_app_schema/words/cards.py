"""Words on cards that staff print and cut: enrolment codes, plaques of stations; `{…}` is filled in."""

WORDS: dict[str, tuple[str, str]] = {
    "paper.card.title": ("{unit} 手机登记码(第 {number} 批)", "{unit}: enrolment codes (sheet {number})"),
    "paper.card.until": ("{until} 前有效", "Until {until} Beijing time"),
    "paper.card.how": (
        "用手机相机扫码,或打开 {address} 输入上面的登记码。",
        "Scan it with the phone's camera, or open {address} and type the code above.",
    ),
    "paper.card.one_phone": ("一码一机", "One code, one phone"),
    "paper.card.page": ("第 {0} 页 / 共 {1} 页", "Page {0} of {1}"),
    "paper.plaque.title": ("{unit} 站点铭牌", "{unit}: station plaques"),
    "paper.plaque.how": ("扫码查看本站服务", "Scan to see what this station offers"),
}
