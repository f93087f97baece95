"""Words of the phone's visit: last time's answers, questions left open, the camera's doubts, visits that came back."""

_BESIDE: dict[str, tuple[str, str]] = {
    "visit.earlier": ("上次:{answer}", "Last time: {answer}"),
    "visit.registered": ("登记的是:{answer}", "Registered: {answer}"),
    "visit.same": ("和上次一样", "Same as last time"),
    "visit.same_as_registered": ("和登记的一样", "As registered"),
    "visit.list_comma": ("、", ", "),
    "visit.unlisted": ("这个站点已不在您手机的名单里。写好的都在:可以填完保存,交工作人员处理;也可以丢弃。",
                       "This station is no longer on your list. All you wrote is here: finish and save it for staff, "
                       "or throw it away."),
    "fix.kept_better": ("刚才定的不如已记录的准,保留已记录的。",
                        "What was heard now is coarser; the one recorded stays."),
    "visit.leave": ("{question}:不作答", "{question}: leave open"),
    "fault.not_money": ("请填金额,单位元,最多两位小数,例如 1200.50。",
                        "Give yuan with at most two decimals, such as 1200.50."),
}

_RETURNED: dict[str, tuple[str, str]] = {
    "returned.title": ("这次检查被退回,请改好再保存", "This visit came back; please mend it and save again"),
    "returned.came": ("这个站点有一次检查被退回", "A visit to this station came back"),
    "returned.take_up": ("按退回的改", "Mend the returned one"),
    "returned.take_up_hint": ("下面这份是另外开始的。按一下,就用它来改退回的那次:您已答的都留着,没答的照那次补上。",
                              "What is below was begun apart from it. One tap makes it the mended one: all you gave "
                              "stays, and the rest is filled from the one that came back."),
    "returned.by": ("{name} · {at}", "{name} · {at}"),
    "returned.marked": ("请看这 {count} 处,点一下就到;其他的不用重做。",
                        "Please see to these {count}; tap to go there. The rest may stay as it is."),
    "returned.open": ("待改", "To do"),
    "returned.done": ("已改", "Changed"),
    "returned.field": ("审核人请您再看这一项。", "The reviewer asks you to look at this again."),
    "returned.field_note": ("审核人请您再看这一项:{note}", "The reviewer asks you to look at this again: {note}"),
    "returned.photo": ("请重拍这一张。", "Please take this one again."),
    "returned.photo_note": ("请重拍这一张:{note}", "Please take this one again: {note}"),
}

_PHOTOS: dict[str, tuple[str, str]] = {
    "photo.look": ("放大看", "Look at it"),
    "photo.remove_sure": ("确定删除这张照片?", "Remove this photo?"),
    "photo.remove_yes": ("确定删除", "Remove"),
    "photo.remove_no": ("不删", "Keep"),
    "photo.on_server": ("在服务器上,不用重传", "On the server; need not be sent again"),
    "photo.kept_anyway": ("仍然保留", "kept all the same"),
    "photo.last": ("上次 {day}", "Last time, {day}"),
    "photo.last_not_here": ("上次 {day} 的照片不在手机里", "The photo of {day} is not on this phone"),
    "camera.aim": ("把招牌放进框里", "fit the sign into the frame"),
    "camera.opening": ("正在打开相机…", "Opening the camera…"),
    "camera.torch": ("补光", "Light"),
    "camera.again": ("重拍", "Take it again"),
    "camera.keep_anyway": ("仍然保留", "Keep it anyway"),
    "camera.this_picture": ("刚拍的照片", "The photo just taken"),
    "doubt.dark": ("照片太暗,可能看不清。换个亮处,或打开补光。",
                   "The photo is dark. Find more light, or switch the light on."),
    "doubt.blurry": ("照片可能模糊。拿稳手机,等画面清楚再拍。",
                     "The photo may be blurred. Hold still until the picture is clear."),
    "doubt.tilted": ("手机拿歪了,字会倾斜。端平再拍一张更好认。",
                     "The phone was held at a slant. Level, the words read better."),
    "viewer.evidence": ("水印只写在副本上;作为证据的原照片不改动。",
                        "The marks are on the copy only; the evidence stays unaltered."),
    "viewer.failed": ("这张照片显示不出来,但仍完整存着。",
                      "This photo cannot be shown; it is kept whole all the same."),
    "viewer.close": ("关闭", "Close"),
    "viewer.save": ("保存带水印的副本", "Save a copy with the marks"),
    "viewer.fix": ("经度 {lon} 纬度 {lat} 误差 {accuracy} 米", "lon {lon} lat {lat} within {accuracy} m"),
    "viewer.no_fix": ("没有定位", "No position"),
    "viewer.code": ("校验码 {code}", "Verification code {code}"),
}

WORDS: dict[str, tuple[str, str]] = {
    f"phone.{key}": sentence for part in (_BESIDE, _RETURNED, _PHOTOS) for key, sentence in part.items()
}
