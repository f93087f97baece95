"""Words of the review: why a report goes back, and a month's workbook."""

WORDS: dict[str, tuple[str, str]] = {
    "return_reason.looks_wrong": ("数字像是不对", "The figures look wrong"),
    "return_reason.unit_slip": ("像是元和万元弄混", "元 and 万元 look mixed up"),
    "return_reason.incomplete": ("没有填全", "Something is missing"),
    "return_reason.contradicts_visit": ("与走访看到的不一致", "It contradicts what a visit saw"),
    "return_reason.asked_by_owner": ("站长要求更正", "The owner asked to correct it"),
    "return_reason.other": ("其他", "Other"),
}
