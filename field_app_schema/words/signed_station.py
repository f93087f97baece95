"""Words of the page that a station's plaque leads to."""

WORDS: dict[str, tuple[str, str]] = {
    "signed.title": ("服务站", "Service station"),
    "signed.print": ("打印站点铭牌(PDF)", "Print the stations' plaques (PDF)"),
    "signed.code": ("编号", "Code"),
    "signed.kind": ("类型", "Kind"),
    "signed.village": ("所在村", "Village"),
    "signed.services": ("服务", "Services"),
    "signed.not_listed": (
        "这个站点已不在册,不再是本县的电商服务站。",
        "This station is no longer listed; it is not a service station of the county any more.",
    ),
}
