"""Words of sending: what waits, what arrived, what stands in the way, and what to do about it."""

_OUTBOX: dict[str, tuple[str, str]] = {
    "outbox.waiting": ("条待上传", "waiting to be sent"),
    "outbox.sync": ("立即同步", "Sync now"),
    "outbox.refused_title": ("需要修改", "Needs mending"),
    "outbox.refused_hint": ("服务器没有收下,原样留在手机里。改好后会重新上传。",
                            "The server did not take these; they are kept here. Mend them and they go again."),
    "outbox.waiting_title": ("待上传", "Waiting"),
    "outbox.aside_title": ("已保全,待人工处理", "Kept aside for staff"),
    "outbox.aside_hint": ("服务器已原样保存,由工作人员核对,原样不必重发。",
                          "The server holds these whole; staff will settle them. Unchanged, they need not go again."),
    "outbox.aside_number": ("保全编号 {id}", "Kept under number {id}"),
    "outbox.aside_seen": ("知道了,从列表移走", "Noted, take it off the list"),
    "outbox.drafts_title": ("还没填完的", "Begun, not saved"),
    "outbox.received_title": ("服务器已收到", "Received by the server"),
    "outbox.received_none": ("还没有。传完一条,这里就出现一张回执。",
                             "None yet. Whatever arrives leaves a receipt here."),
    "outbox.received": ("{at} 收到", "Received {at}"),
    "outbox.received_photos": ("{at} 收到,照片 {photos} 张齐全", "Received {at}, all {photos} photos"),
    "outbox.receipt_number": ("回执 {number}", "Receipt {number}"),
    "outbox.others": ("另有 {count} 条是用别的账号做的,还留在手机里:可以导出,或用那个账号重新登记后上传。",
                      "{count} more were made with another account and stay here: export them, or enrol that account."),
    "outbox.text_ready": ("已存在手机里,等待上传", "Kept on the phone, waiting"),
    "outbox.text_sending": ("正在上传…", "Being sent…"),
    "outbox.text_there": ("文字已收到", "Text received"),
    "outbox.text_refused": ("未收下", "Not taken"),
    "outbox.text_kept_aside": ("已保全", "Kept aside"),
    "outbox.photos": ("照片 {done}/{total}", "photos {done}/{total}"),
    "outbox.retry_at": ("{at} 后自动再试", "Next try after {at}"),
    "outbox.look": ("看照片 {turn} {title}", "See photo {turn} {title}"),
    "outbox.mend": ("打开修改", "Open and mend"),
    "outbox.month": ("{year}年{month}月月报", "Report of {month}/{year}"),
    "outbox.month_conflict": ("这个月别处也报过。打开看两份有什么不同,再定用哪一份。",
                              "This month was filed elsewhere too. Open it, compare both and say which stands."),
    "outbox.found": ("新发现的站点", "Station on no list"),
    "outbox.more": ("再显示 {count} 条", "Show {count} more"),
    "outbox.saved": ("已存好在手机里,可以放心关闭。有信号会自动上传。",
                     "Kept on the phone; you may close the app. It is sent when there is a signal."),
}

_PHOTOS_OVER: dict[str, tuple[str, str]] = {
    "photos_over": ("照片原图怎么传", "How full photos are sent"),
    "photos_over.any": ("任何网络", "Any network"),
    "photos_over.wifi": ("只用 Wi-Fi", "Wi-Fi only"),
    "photos_over.hint": ("文字和小图总是先传,每张不到 30 kB。",
                         "Text and small pictures, under 30 kB each, always go first."),
    "photos_over.unknown": ("这部手机不说自己是不是在用 Wi-Fi,原图等您按“立即同步”再传。",
                            "This phone does not say if it is on Wi-Fi: full photos go when you press “Sync now”."),
}

_OUTCOMES: dict[str, tuple[str, str]] = {
    "outcome.never": ("还没有同步过。", "Not synced yet."),
    "outcome.all_sent": ("{at} 同步完成,全部收到。", "Synced {at}, all received."),
    "outcome.mending": ("{at} 同步过,有服务器没收下的,请看下面。", "Synced {at}; some were not taken, see below."),
    "outcome.waiting": ("{at} 同步过,还有没传完的,稍后自动再试。",
                        "Synced {at}; some are left and will be tried again."),
    "outcome.wifi": ("{at} 文字和小图都已收到;照片原图等连上 Wi-Fi,或按一下“立即同步”再传。",
                     "{at}: text and small pictures arrived; full photos wait for Wi-Fi, or for “Sync now”."),
    "outcome.offline": ("{at} 连不上服务器。内容都在手机里,有信号会自动再试。",
                        "{at}: the server cannot be reached. All is kept here and will be tried again."),
    "outcome.elsewhere": ("{at} 回答的不是本系统的服务器,可能连着要登录的 Wi-Fi:请登录它或换用流量。什么都没有发出去。",
                          "{at}: something other than the server answered, perhaps a Wi-Fi that asks to sign in. "
                          "Sign in or use mobile data. Nothing was sent to it."),
    "outcome.full": ("{at} 能传的都传了,但手机空间满了,有的没能记下来。请删些别的文件,再按“立即同步”。",
                     "{at}: what could be sent was sent, but the phone is full and not all could be noted down. "
                     "Free some space, then press “Sync now”."),
    "outcome.broken": ("{at} 同步中途出了错,没有做完。内容都在手机里。请再按一次;还不行,就导出交给工作人员。",
                       "{at}: the phone itself failed midway. All is kept here. Press again; "
                       "if that does not help, export and hand the file to staff."),
    "outcome.already_running": ("另一个页面正在同步。", "Another page is syncing."),
    "outcome.revoked": ("授权已被收回。", "Access was taken back."),
    "outcome.not_enrolled": ("这部手机还没有登记。", "This phone is not enrolled."),
}

_LAST_RESORT: dict[str, tuple[str, str]] = {
    "export.button": ("导出没传完的", "Export what is unsent"),
    "export.busy": ("正在导出…", "Exporting…"),
    "export.hint": ("实在传不上时,把这个文件交给工作人员导入。", "If sending never works, hand this file to staff."),
    "export.failed": ("没能导出,手机空间可能不足。腾出空间后再试。", "Export failed; free some space and try again."),
    "storage.little": ("手机空间不多了:还剩 {free} MB,没传完的照片和再拍 60 张要 {need} MB。请先同步,或删些别的文件。",
                       "Little room is left: {free} MB, while what waits and 60 more photos need {need} MB. "
                       "Sync, or free some space."),
    "storage.full": ("手机空间满了,这一步没存下来。请删些别的文件,或先同步,再做一次。已存的都在。",
                     "The phone is full and this was not kept. Free some space or sync, then do it again. "
                     "All that was kept before is still here."),
}

_PROBLEMS: dict[str, tuple[str, str]] = {
    "problem.OFFLINE": ("连不上服务器。", "The server cannot be reached."),
    "problem.OFFLINE.hint": ("请检查信号或无线网,再按一次。", "Check the signal or Wi-Fi, then press again."),
    "problem.CODE_EMPTY": ("还没有填登记码。", "The code is empty."),
    "problem.CODE_EMPTY.hint": ("请扫二维码,或照着纸上输入。", "Scan the QR code, or type it from the sheet."),
    "problem.NOT_THE_SERVER": ("回答的不是本系统的服务器。", "Something other than the server answered."),
    "problem.NOT_THE_SERVER.hint": ("可能连着需要登录的无线网。登录它,或换用流量;内容都在手机里。",
                                    "A Wi-Fi that asks to sign in may be in between. Sign in, or use mobile data."),
    "problem.NO_DURABLE_RECEIPT": ("服务器还没有确认存好。", "The server has not confirmed it is stored."),
    "problem.NO_DURABLE_RECEIPT.hint": ("稍后自动再试,内容都在手机里。", "It will be tried again; all is kept here."),
    "problem.PHOTO_UNREADABLE": ("这张照片在手机里读不出来。", "This photo cannot be read on the phone."),
    "problem.PHOTO_UNREADABLE.hint": ("文字和别的照片照常上传。请重启手机后按“立即同步”;"
                                      "还不行,就告诉工作人员,能补拍就补拍。",
                                      "Text and other photos go all the same. Restart the phone and press “Sync now”; "
                                      "if that does not help, tell staff and take the photo again if you can."),
    "problem.RECORD_UNREADABLE": ("这一条在手机里读不出来。", "This one cannot be read on the phone."),
    "problem.RECORD_UNREADABLE.hint": ("别的照常上传。请重启手机后按“立即同步”;还不行,就导出交给工作人员。",
                                       "The others go all the same. Restart the phone and press “Sync now”; "
                                       "if that does not help, export and hand the file to staff."),
    "problem.PHONE_FAILED": ("手机自己出了错,这一条没有传完。", "The phone itself failed; this was not sent whole."),
    "problem.PHONE_FAILED.hint": ("稍后自动再试,内容都在手机里。总是这样就重启手机。",
                                  "It will be tried again; all is kept here. If it goes on, restart the phone."),
    "problem.UNKNOWN": ("服务器没有收下({code})。", "The server did not take it ({code})."),
    "problem.UNKNOWN.hint": ("内容都在手机里。请把这个编号告诉工作人员。", "All is kept here. Tell staff this code."),
}

_ASIDE: dict[str, tuple[str, str]] = {
    "aside.held": ("这一份服务器已完整保存,由工作人员处理,不会丢。",
                   "The server holds this one whole and staff will settle it. Nothing is lost."),
    "aside.no_reason": ("服务器没有说原因。请把保全编号报给工作人员。",
                        "The server did not say why. Give staff the number above."),
    "aside.again": ("改好再发", "Mend and send again"),
    "aside.go_on": ("接着改", "Go on mending"),
    "aside.again_hint": ("照这一份另起一份新的;这一份留着,由工作人员处理。",
                         "A new one is begun from this; this one stays with staff."),
    "aside.mended": ("改好的已另存一份。", "The mended one is saved apart from this."),
    "aside.next.BAD_INPUT": ("按“改好再发”,把上面说的改对。",
                             "Press “Mend and send again” and correct what is named above."),
    "aside.next.TIME_IN_FUTURE": ("手机时间快了。先在系统设置里改成自动时间,再按“改好再发”。",
                                  "The phone's clock is ahead. Set it to automatic time, "
                                  "then press “Mend and send again”."),
    "aside.next.TIME_TOO_OLD": ("手机时间可能慢了。先在系统设置里改成自动时间,再按“改好再发”。",
                                "The phone's clock may be behind. Set it to automatic time, "
                                "then press “Mend and send again”."),
    "aside.next.STATION_UNKNOWN": ("现在再发也收不下。请等工作人员处理;县里把站点划给您以后再发。",
                                   "Sending it again now will not help. Leave it to staff; send again once the county "
                                   "has given you the station."),
    "aside.next.OUT_OF_SCOPE": ("现在再发也收不下。请等工作人员处理;县里把站点划给您以后再发。",
                                "Sending it again now will not help. Leave it to staff; send again once the county "
                                "has given you the station."),
    "aside.next.REPLACES_REFUSED": ("按“改好再发”,就作为一次单独的检查发出,不替换那一次。",
                                    "Press “Mend and send again” and it goes as a visit of its own, replacing none."),
    "aside.next.other": ("等工作人员处理就可以;知道怎么改,也可以改好再发。",
                         "You may leave it to staff; if you know what to change, mend it and send again."),
    "aside.part.station_code": ("站点", "Station"),
    "aside.part.captured_at": ("检查时间", "Time of the visit"),
    "aside.part.started_at": ("开始时间", "Time of the beginning"),
    "aside.part.ended_at": ("结束时间", "Time of the end"),
    "aside.part.taken_at": ("拍照时间", "Time of the photo"),
    "aside.part.replaces": ("要替换的那次检查", "The visit it was to replace"),
    "aside.part.photos": ("照片", "Photos"),
    "aside.part.fix": ("位置", "Position"),
    "aside.part.lon": ("位置", "Position"),
    "aside.part.lat": ("位置", "Position"),
    "aside.part.village_code": ("村", "Village"),
}

WORDS: dict[str, tuple[str, str]] = {
    f"phone.{key}": sentence
    for part in (_OUTBOX, _PHOTOS_OVER, _OUTCOMES, _LAST_RESORT, _PROBLEMS, _ASIDE)
    for key, sentence in part.items()
}
