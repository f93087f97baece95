"""The words that ledgers use for the members of our closed lists; the first of each is the one we print."""

from __future__ import annotations

import re

from stations.register.ledger.cells import fold

KINDS = {
    "county_centre": ("县级公共服务中心", "县级", "县级中心", "公共服务中心", "县级服务中心", "县中心",
           "县级运营中心"),
    "township_station": ("乡镇服务站", "乡镇", "乡镇级", "镇级", "乡级", "乡镇站", "乡镇级服务站", "中心站"),
    "village_point": ("村级服务点", "村级", "村级服务站", "村级站点", "村站", "服务站", "服务点", "村级网点", "网点",
           "站点"),
}
HOSTS = {
    "shop": ("商店", "超市", "便利店", "小卖部", "商超", "个体户", "个体工商户", "农家店"),
    "village_committee": ("村委会", "村部", "村民委员会", "村两委", "党群服务中心"),
    "supply_coop": ("供销社", "供销合作社"),
    "post": ("邮政", "邮政所", "邮乐购", "邮政网点"),
    "cooperative": ("合作社", "农民专业合作社", "专业合作社"),
    "other": ("其他", "其它", "企业", "公司", "个人"),
}
SERVICES = {
    "purchase_agency": ("代购", "代买", "网上代购", "网络代购", "工业品下行", "工业品下乡"),
    "sale_agency": ("代销", "代卖", "网上代销", "农产品代销", "农产品上行", "农产品销售"),
    "parcel": ("快递收发", "收发快递", "快递", "快递代收", "快递代收代发", "物流", "物流配送", "代收发快递"),
    "bill_payment": ("代缴费", "费用缴存", "代收代缴", "缴费", "便民缴费", "生活缴费", "话费充值", "充值缴费"),
    "small_cash": ("小额取款", "小额存取", "助农取款", "小额取现"),
    "micro_credit": ("小额信贷", "小额贷款", "信贷"),
    "job_referral": ("就业信息", "职业介绍", "就业服务", "招工信息"),
}
STATUSES = {
    "proposed": ("拟建", "在建", "筹建", "待验收", "建设中", "未验收"),
    "active": ("在册", "正常运营", "运营中", "正常", "在营", "营业", "营业中", "运营", "正常运行", "正常营业", "运行",
           "已验收"),
    "suspended": ("停业整顿", "暂停", "暂停营业", "暂停运营", "停业", "歇业", "整改", "整改中", "停止运营"),
    "delisted": ("已摘牌", "摘牌", "撤销", "已撤销", "淘汰", "关停", "已关停", "关闭", "已关闭", "取消", "退出",
           "停运", "已停运"),
    "merged": ("已并入", "合并", "已合并"),
    "rejected": ("未通过", "验收不合格"),
}  # fmt: skip
DATUMS = {
    "cgcs2000": ("CGCS2000", "2000", "国家2000", "国家大地2000", "2000国家大地坐标系", "大地2000", "天地图"),
    "wgs84": ("WGS84", "WGS-84", "GPS", "84"),
    "gcj02": ("GCJ02", "GCJ-02", "火星坐标", "高德", "腾讯", "国测局"),
    "bd09": ("BD09", "BD-09", "百度", "百度坐标"),
}
QUALITIES = {
    "gps": ("定位", "现场定位", "手机定位"),
    "geocoded": ("地址解析", "地图查询"),
    "village": ("村委会位置", "村位置"),
    "township": ("乡镇位置",),
    "missing": ("缺失",),
}
VITALITIES: dict[str, tuple[str, ...]] = {
    "alive": ("在营",), "weak": ("功能弱化",), "dormant": ("休眠",), "presumed_dead": ("疑似停业",),
    "dead": ("已停业",),
    "unknown": ("不明",), "not_started": ("未启用",),
}  # fmt: skip
YES_NO = {
    "yes": ("是", "有", "1", "√", "y", "true", "已补助", "享受"),
    "no": ("否", "无", "0", "×", "x", "n", "false", "未补助", "没有"),
}
SEPARATORS = re.compile(r"[、,;/|\n\r\t]+")


def _lookup(terms: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {_key(word): value for value, words in terms.items() for word in (value, *words)}


def _key(text: str) -> str:
    return fold(text).replace(" ", "").casefold()


_TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": KINDS, "host_type": HOSTS, "services": SERVICES, "listing_status": STATUSES, "coord_system": DATUMS,
    "coord_quality": QUALITIES, "is_subsidised": YES_NO, "vitality": VITALITIES,
}  # fmt: skip
_LOOKUPS = {column: _lookup(terms) for column, terms in _TABLES.items()}


def meaning(column: str, word: str) -> str | None:
    """Give the identifier that a cell's word means in a column, or None when nobody told us."""
    return _LOOKUPS[column].get(_key(word))


def allowed(column: str) -> list[str]:
    """Give the words we print for a column, for messages and the template."""
    return [words[0] for words in _TABLES[column].values()]


def printed(column: str, value: str) -> str:
    """Give the word we print for an identifier."""
    return _TABLES[column][value][0]


def split_list(text: str) -> list[str]:
    """Split a cell that lists several things; blank pieces fall away."""
    return [piece.strip() for piece in SEPARATORS.split(text) if piece.strip()]
