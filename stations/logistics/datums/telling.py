"""Findings of the datum guard in words, with their figures, Chinese and English."""

from __future__ import annotations

from field_app_schema.vocab_network import DatumFault
from geo.datum_guard import CLEAN, TOO_FEW, UNSURE, Judgement
from stations.logistics.datums.findings import CountyFound, Finding

NAMES = {"cgcs2000": "CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}
Sentence = tuple[str, str]

_SINGLE: dict[DatumFault, Sentence] = {
    DatumFault.SWAPPED: ("{n} 个站点的经度和纬度填反了。", "{n} stations have longitude and latitude swapped."),
    DatumFault.ZERO: ("{n} 个站点的坐标是 0, 0,等于没有定位。", "{n} stations lie at 0, 0: a position never taken."),
    DatumFault.OUTSIDE: ("{n} 个站点的坐标不在中国范围内。", "{n} stations lie outside China."),
    DatumFault.WRONG_COUNTY: ("{n} 个站点的坐标远离本县各村,像是落在了别的县。",
                              "{n} stations lie far from every village of their county."),
}  # fmt: skip


def tell_county(found: CountyFound) -> Sentence:
    """Say in one sentence how a county's coordinates stand."""
    if found.findings:
        told = [tell_finding(one) for one in found.findings]
        return "".join(one[0] for one in told), " ".join(one[1] for one in told)
    judged = max(found.whole.values(), key=lambda one: one.stations, default=None)
    if judged is None or found.verdict == TOO_FEW:
        n = judged.stations if judged else 0
        return (f"能与本村位置比较的站点只有 {n} 个,至少要 5 个才能判断坐标系。",
                f"Only {n} stations can be compared with their villages; it takes at least 5.")  # fmt: skip
    n, apart = judged.stations, f"{judged.typical_m:.0f}"
    if found.verdict == CLEAN:
        return (
            f"{n} 个站点与本村位置相比没有整体偏移(偏移 {_p(judged)},0 为无,1 为整个偏移量)。",
            f"{n} stations lie about their villages without a common shift ({_p(judged)} of it).",
        )
    return (
        f"{n} 个站点离本村太散(每轴约 {apart} 米),还说不准;约需 {judged.needed} 个。",
        f"{n} stations lie too far apart ({apart} m) to tell; it takes {judged.needed}.",
    )


def tell_finding(found: Finding) -> Sentence:
    """Say in one sentence what one finding is, with its figures."""
    n, truth = len(found.rows), NAMES.get(found.truth, "")
    if found.fault in _SINGLE:
        zh, en = _SINGLE[found.fault]
        return zh.format(n=n), en.format(n=n)
    judged = found.judgement or Judgement(UNSURE, "", n)
    declared = NAMES.get(found.declared, found.declared)
    if found.fault is DatumFault.VILLAGES_SHIFTED:
        return (f"站点整体向 {truth} 偏移的反方向偏了约 {judged.shift_m:.0f} 米:多半是村的位置用了 {truth}。"
                "请按正确的坐标系重新导入村的位置。",
                f"Stations lie a whole {truth} shift ({judged.shift_m:.0f} m) the other way: the villages' places are "
                f"probably {truth}. Import them again under their right datum.")  # fmt: skip
    figures = (f"平均偏移为该坐标系偏移量({judged.shift_m:.0f} 米)的 {_p(judged, found.truth)},"
               f"标准误 {judged.errors.get(found.truth, 0.0):.2f}",
               f"the mean lies {_p(judged, found.truth)} of that shift ({judged.shift_m:.0f} m) off, standard error "
               f"{judged.errors.get(found.truth, 0.0):.2f}")  # fmt: skip
    if found.must_be_named:
        return (f"称为 {declared} 的站点里约有 {found.share or 0:.0%} 像是 {truth},没有哪一次导入能把它们分开;"
                f"最可疑的 {n} 个列在下面,请逐个确认。",
                f"About {found.share or 0:.0%} of the stations named {declared} look like {truth}, and no import tells "
                f"them apart; the {n} most suspicious are listed, name those to mend.")  # fmt: skip
    who = (f"“{batch_name(found.batch)[0]}”的 {n} 个站点", f"{n} stations of «{batch_name(found.batch)[1]}»") if (
        found.batch is not None) else (f"{n} 个站点", f"{n} stations")  # fmt: skip
    return (f"{who[0]}称为 {declared},实际是 {truth}:{figures[0]}。",
            f"{who[1]} are named {declared} and are {truth}: {figures[1]}.")  # fmt: skip


def batch_name(batch: str | None) -> Sentence:
    """Name an import or another way in which pairs come."""
    way, _, when = (batch or "").partition(" ")
    if way == "ledger":
        return f"{when} 导入的台账", f"ledger of {when}"
    names = {"proposal": ("新增申请", "proposals"), "edit": ("站点修改", "edits"),
             "datum_repair": ("坐标修复", "repairs")}  # fmt: skip
    return names.get(way, (way, way))


def _p(judged: Judgement, truth: str = "") -> str:
    values = judged.projections
    largest = values.get(truth) if truth else max(values.values(), key=abs, default=0.0)
    return f"{0.0 if largest is None else largest:.2f}"
