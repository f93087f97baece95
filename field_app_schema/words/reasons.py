"""Sentences of the reasons to look twice at a visit. None accuses: each says what was found, and what else it can be.

What stands in braces is the reason's figures: `…_at` an instant, `read` and `said` a class of sign, the rest as it is.
"""

WORDS: dict[str, tuple[str, str]] = {
    "reasons.title": ("请多看一眼", "Worth a second look"),
    "reasons.hint": (
        "以下只是提示,由设备自动比对得出,不是结论;每条都可能有正当的原因。",
        "Only hints, compared by machine, no conclusions; each may have a good cause.",
    ),
    "reasons.none": ("没有需要多看一眼的地方。", "Nothing asks for a second look."),
    "reasons.not_judged": ("还没有比对。", "Not compared yet."),
    "reasons.elsewhere": ("范围外", "outside your area"),
    "reasons.unknown": ("未知", "unknown"),
    "reasons.visit_times": ("检查做成的时间", "When the visit was made"),
    "reasons.photo_times": ("照片拍摄的时间", "When the photo was taken"),
    "reasons.between": ("不早于 {from},不晚于 {to}", "not before {from}, not after {to}"),
    "reasons.until": ("不晚于 {to};最早时间无从证明", "not after {to}; the earliest cannot be proved"),
    "reason.photo_same_elsewhere": (
        "同一张照片曾用于另一站点 {station}({on})。请对照招牌和门面。",
        "The same picture was used for another station, {station} ({on}). Please compare sign and front.",
    ),
    "reason.photo_same_other_person": (
        "同一张照片曾由另一位检查人用于本站({on})。可能是转发的照片。",
        "The same picture was used here by another inspector ({on}); it may have been passed on.",
    ),
    "reason.photo_same_before": (
        "同一张照片曾用于本站 {on} 的检查。可能是从相册里选错了。",
        "The same picture was used in the visit of {on}; perhaps the wrong one was chosen from the gallery.",
    ),
    "reason.photo_like_elsewhere": (
        "与另一站点 {station}({on})的照片相似({percent}%)。同一批招牌也会相似,请对照。",
        "It looks like a photo of another station, {station} ({on}; {percent}%). Signs of one batch look alike, too.",
    ),
    "reason.photo_like_other_person": (
        "与另一位检查人 {on} 在本站拍的照片相似({percent}%)。同一处景物也会相似。",
        "It looks like another inspector's photo of {on} here ({percent}%). The same scene looks alike, too.",
    ),
    "reason.photo_like_before": (
        "与本站 {on} 的照片相似({percent}%)。同一处景物常常如此。",
        "It looks like the photo of {on} here ({percent}%), as the same scene often does.",
    ),
    "reason.photo_before_day": (
        "照片记录的拍摄时间 {taken_at} 早于检查当天({claimed_at})。可能是事先拍的,或时钟不准。",
        "The photo says it was taken at {taken_at}, before the visit's day ({claimed_at}); ahead, or by a wrong clock.",
    ),
    "reason.photo_time_away": (
        "照片记录的拍摄时间 {taken_at} 与检查时间 {claimed_at} 相差 {hours} 小时。",
        "The photo says it was taken at {taken_at}, {hours} hours away from the visit ({claimed_at}).",
    ),
    "reason.exif_away": (
        "照片自带的位置离检查定位 {distance_m} 米。可能在别处拍摄,也可能是手机记录的旧位置。",
        "The place written in the photo is {distance_m} m from the visit's; taken elsewhere, or an old place kept.",
    ),
    "reason.exif_away_station": (
        "检查没有定位,照片自带的位置离登记位置 {distance_m} 米。",
        "The visit has no position, and the place written in the photo is {distance_m} m from the registered one.",
    ),
    "reason.photo_place_away": (
        "拍照时的定位离填写检查时的定位 {distance_m} 米。可能是离开后才填完。",
        "The photo was taken {distance_m} m from where the visit was filled in; perhaps it was finished later.",
    ),
    "reason.kept_anyway": (
        "手机提示照片模糊、太暗或倾斜,仍保留。看不清时可请重拍。",
        "Kept though the phone warned of blur, dark or tilt. If it cannot be read, ask for another.",
    ),
    "reason.place_away": (
        "定位离登记位置 {distance_m} 米(精度 {accuracy_m} 米,半径 {radius_m} 米)。也可能是登记位置不准。",
        "The position is {distance_m} m from the registered one (accuracy {accuracy_m} m, radius {radius_m} m); "
        "the registered one may be wrong, too.",
    ),
    "reason.place_unclear": (
        "定位离登记位置 {distance_m} 米,精度 {accuracy_m} 米,无法判定是否在 {radius_m} 米以内。",
        "{distance_m} m from the registered place with an accuracy of {accuracy_m} m: whether within {radius_m} m "
        "cannot be told.",
    ),
    "reason.no_fix": ("没有定位。可能没有信号或没有授权。", "No position; perhaps no signal, or not allowed."),
    "reason.fix_old": (
        "定位是填完前 {minutes} 分钟取得的。",
        "The position was {minutes} minutes old when the visit was finished.",
    ),
    "reason.fix_vague": (
        "定位精度只有 {accuracy_m} 米,可能来自基站,说明不了是否到场。",
        "The position is only good to {accuracy_m} m, perhaps from a mast; it cannot tell who was there.",
    ),
    "reason.fix_mocked": (
        "定位来源写作“{provider}”,可能是模拟位置。",
        "The source of the position is «{provider}»; it may be a simulated one.",
    ),
    "reason.fix_repeated": (
        "{visits} 次检查({stations} 个站点、{days} 天)的坐标一位不差。卫星定位很少如此,可能是沿用了旧定位。",
        "{visits} visits ({stations} stations, {days} days) have the very same coordinates. Receivers hardly repeat "
        "themselves; an old position may have been kept.",
    ),
    "reason.too_fast": (
        "与另一次检查(站点 {station})相隔 {km} 公里,只差 {minutes} 分钟,约合每小时 {kmh} 公里。时钟或定位可能有误。",
        "{km} km from another visit (station {station}) and {minutes} minutes apart, some {kmh} km/h; a clock or a "
        "position may be wrong.",
    ),
    "reason.datum_suspected": (
        "定位离登记位置 {distance_m} 米,方向和距离与当地 {datum} 偏移({shift_m} 米)只差 {left_m} 米。"
        "可能有一方的坐标系标错,人未必不在现场。",
        "The position is {distance_m} m from the registered one, and all but {left_m} m of it is the local shift of "
        "{datum} ({shift_m} m). One of the two may be in the wrong datum; somebody may well have been there.",
    ),
    "reason.backdated": (
        "所报时间 {claimed_at} 早于可以证明的最早时间 {not_before_at}({days} 天)。可能是补填,或手机日期不对。",
        "The time given, {claimed_at}, lies before the earliest that can be proved, {not_before_at} ({days} days); "
        "filled in later, or the phone's date is wrong.",
    ),
    "reason.clock_wrong": (
        "手机时间 {claimed_at} 比可以证明的最早时间 {not_before_at} 早 {minutes} 分钟,手机时钟可能慢了。",
        "The phone's time, {claimed_at}, is {minutes} minutes before the earliest that can be proved, "
        "{not_before_at}; its clock may be slow.",
    ),
    "reason.ahead_of_receipt": (
        "所报时间 {claimed_at} 晚于收到时间 {received_at}({minutes} 分钟),手机时钟可能快了。",
        "The time given, {claimed_at}, is {minutes} minutes after it was received, {received_at}; the phone's clock "
        "may be fast.",
    ),
    "reason.filled_together": (
        "报作 {first} 至 {last} 共 {days} 天的 {visits} 次检查,都是 {not_before_at} 至 {not_after_at} 之间做成的。"
        "可能是集中补填。",
        "{visits} visits claimed for {days} days from {first} to {last} were all made between {not_before_at} and "
        "{not_after_at}; perhaps filled in at one sitting.",
    ),
    "reason.sign_says_otherwise": (
        "自动识别为“{read}”,检查人选了“{said}”。请看招牌原文:{wording}",
        "Read by machine as «{read}», while the inspector chose «{said}». Please read the sign: {wording}",
    ),
    "reason.seal_missing": (
        "这部手机已登记签名,但照片没有签名。可能是旧草稿。",
        "This phone has a key, yet the photo carries no signature; perhaps an old draft.",
    ),
    "reason.seal_invalid": (
        "照片的签名与内容不符,可能在传送中损坏。",
        "The photo's signature does not fit what it signs; perhaps damaged on its way.",
    ),
    "reason.seal_differs": (
        "照片签名时的内容与检查所报不同({fields})。",
        "What was signed with the photo is not what the visit says ({fields}).",
    ),
    "reason.chain_broken": (
        "同一手机前后两张照片的记录互相矛盾(第 {number} 张)。可能恢复过旧数据。",
        "Two photos of this phone contradict each other on their order (number {number}); perhaps old data came back.",
    ),
    "seal_field.sha256": ("照片", "photo"),
    "seal_field.station": ("站点", "station"),
    "seal_field.inspector": ("检查人", "inspector"),
    "seal_field.device": ("手机", "phone"),
    "seal_field.taken_at": ("拍摄时间", "time taken"),
    "seal_field.number": ("顺序号", "number"),
}
