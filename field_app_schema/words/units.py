"""Words of the administrative units."""

WORDS: dict[str, tuple[str, str]] = {
    "unit_match.code": ("代码", "by code"),
    "unit_match.former_code": ("旧代码", "by a former code"),
    "unit_match.name": ("今天的名称", "by today's name"),
    "unit_match.former_name": ("曾用名", "by a former name"),
    "unit_match.short_form": ("简称", "by a short form"),
    "unit_match.misprint": ("文件印错的字", "by a known misprint"),
    "unit_match.lookalike": ("形近字", "by a look-alike character"),
    "unit_match.other_suffix": ("后缀不同", "by another suffix"),
    "unit_outcome.resolved": ("已对应", "resolved"),
    "unit_outcome.needs_confirmation": ("需人工确认", "needs a person's confirmation"),
    "unit_outcome.ambiguous": ("有多个同名单位", "ambiguous"),
    "unit_outcome.unknown": ("没有找到", "not found"),
}
