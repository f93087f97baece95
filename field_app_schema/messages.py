"""What is wrong with a field, in Chinese and English: marshmallow's and webargs' own sentences, translated at the edge.

They are translated where errors are read, not where they are made, so that fields of libraries (the page number of
flask-smorest, an unknown field of any schema) are covered too. Sentences of our own already hold both languages.
"""

from __future__ import annotations

import re
from typing import Any

# The libraries' English with its variable parts in braces, and the Chinese that takes them up by name.
SENTENCES: dict[str, str] = {
    "Missing data for required field.": "必填",
    "Field may not be null.": "不能为空",
    "Unknown field.": "没有这一项",
    "Invalid value.": "值不对",
    "Invalid input.": "值不对",
    "Invalid type.": "类型不对",
    "Invalid input type.": "应为一组字段",
    "Invalid JSON body.": "不是 JSON",
    "Not a valid string.": "应为文字",
    "Not a valid utf-8 string.": "不是 UTF-8 文字",
    "Not a valid integer.": "应为整数",
    "Not a valid number.": "应为数字",
    "Number too large.": "数字太大",
    "Special numeric values (nan or infinity) are not permitted.": "应为普通数字,不能是无穷或非数",
    "Not a valid boolean.": "应为是或否",
    "Not a valid email address.": "应为一个电子邮件地址",
    "Not a valid list.": "应为列表",
    "Not a valid mapping type.": "应为一组键和值",
    "Not a valid date.": "应为日期,如 2026-11-20",
    "Not a valid datetime.": "应为时刻,如 2026-11-20T12:00:00+08:00",
    "Not a valid aware datetime.": "时刻须带时区,如 2026-11-20T12:00:00+08:00",
    "Not a valid naive datetime.": "时刻不应带时区",
    "Must be one of: {choices}.": "应为其中之一:{choices}",
    "String does not match expected pattern.": "格式不对",
    "Shorter than minimum length {min}.": "太短,至少 {min}",
    "Longer than maximum length {max}.": "太长,至多 {max}",
    "Length must be between {min} and {max}.": "长度应为 {min} 至 {max}",
    "Length must be {equal}.": "长度应为 {equal}",
    "Must be greater than or equal to {min}.": "不能小于 {min}",
    "Must be greater than {min}.": "应大于 {min}",
    "Must be less than or equal to {max}.": "不能大于 {max}",
    "Must be less than {max}.": "应小于 {max}",
    "Must be greater than or equal to {min} and less than or equal to {max}.": "应在 {min} 至 {max} 之间(含两端)",
}


def _pattern(sentence: str) -> re.Pattern[str]:
    # Only a list of choices holds spaces; a bound is one number, so that one sentence never swallows a longer one.
    parts = re.sub(r"\\{(\w+)\\}", r"(?P<\1>\\S+)", re.escape(sentence))
    return re.compile(parts.replace(r"(?P<choices>\S+)", "(?P<choices>.*)"), re.DOTALL)


_VARIABLE = [(_pattern(english), chinese) for english, chinese in SENTENCES.items() if "{" in english]


def in_both_languages(errors: Any) -> Any:
    """Give field errors, however deeply nested, each as `中文 / English`; what is not in the table stays as it is."""
    if isinstance(errors, dict):
        return {name: in_both_languages(inner) for name, inner in errors.items()}
    if isinstance(errors, list | tuple):
        return [in_both_languages(inner) for inner in errors]
    return _translate(errors) if isinstance(errors, str) else errors


def _translate(said: str) -> str:
    if said in SENTENCES:
        return f"{SENTENCES[said]} / {said}"
    for pattern, chinese in _VARIABLE:
        if found := pattern.fullmatch(said):
            return f"{chinese.format(**found.groupdict())} / {said}"
    return said
