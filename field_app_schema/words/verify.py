"""Words of the page that the code on a photo's print leads to; read by people who know nothing of this system."""

WORDS: dict[str, tuple[str, str]] = {
    "verify.title": ("照片核验", "Verify a photo"),
    "verify.lead": (
        "拿着一张带编号的照片?在这里看它是不是本系统收到的那一张。",
        "You hold a photo with a code? Here you see whether it is the one this system received.",
    ),
    "verify.code": ("照片上的编号", "Code on the photo"),
    "verify.code_hint": (
        "10 位数字和字母,中间的短横可以不输;没有 I、L、O、U。",
        "Ten digits and letters, with or without the dash; never I, L, O or U.",
    ),
    "verify.look": ("核验", "Verify"),
    "verify.another": ("核验另一张", "Verify another"),
    "verify.several": (
        "这个编号下有 {count} 条:同一张照片可能交给过不止一个站点,或编号恰好相同。请逐条对照。",
        "{count} entries have this code: one photo may have been handed in for more than one station, or codes "
        "met by chance. Compare each.",
    ),
    "verify.state_genuine": ("收到过,未改动。", "Received, and unaltered."),
    "verify.state_genuine_why": (
        "存下的照片与收到时完全一样,交来照片的手机的签名有效。",
        "The stored photo is what was received to the byte, and the signature of the phone that handed it in holds.",
    ),
    "verify.from_file": (
        "照片是从手机相册选的:能证明的只是何时交来,不是何时何地拍摄。",
        "It was chosen from the phone's gallery: what is proven is when it was handed in, not when or where it was "
        "taken.",
    ),
    "verify.state_unsealed": ("收到过,没有手机签名。", "Received, without a phone's signature."),
    "verify.state_unsealed_why": (
        "存下的照片与收到时完全一样;手机没有签名(例如旧版本),地点和时间只有系统收到的记录。",
        "The stored photo is what was received to the byte; the phone signed nothing (an older version, say), so place "
        "and time rest on the record alone.",
    ),
    "verify.state_altered": ("有改动,不能作为凭证。", "Altered: do not rely on it."),
    "verify.state_altered_why": (
        "存下的照片或手机的签名与收到时对不上,原因见下。",
        "The stored photo or the phone's signature does not agree with what was received; see below.",
    ),
    "verify.state_missing": ("收到过,但文件不在了。", "Received, but the file is gone."),
    "verify.state_missing_why": (
        "系统里已没有这张照片的文件,不能再核对;这不表示照片改动过。",
        "The file of this photo is no longer here, so nothing can be compared; that does not say it was altered.",
    ),
    "verify.picture": ("收到的照片(粗略缩图)", "The received photo, coarse"),
    "verify.picture_hint": (
        "缩到认不出人,只供对照景物。",
        "Too small to know a person by; compare the scene.",
    ),
    "verify.code_of": ("编号", "Code"),
    "verify.station": ("站点", "Station"),
    "verify.place": ("所在地", "Place"),
    "verify.source": ("照片来源(手机所报)", "How it came about (the phone says)"),
    "verify.source_camera": ("检查时用相机拍的", "Taken with the camera during the visit"),
    "verify.source_file": ("从相册选的", "Chosen from the gallery"),
    "verify.source_unknown": ("没有报", "Not said"),
    "verify.where": ("检查时手机的位置", "Where the phone was at the visit"),
    "verify.on_site_on_site": ("手机定位在站点", "The phone was at the station"),
    "verify.on_site_away": ("手机定位不在站点", "The phone was not at the station"),
    "verify.on_site_unclear": ("定位不够准,无法判定", "The position is too coarse to tell"),
    "verify.on_site_no_fix": ("没有定位", "No position was had"),
    "verify.taken": ("拍摄时间(手机所报,北京时间)", "Taken (by the phone's clock, Beijing time)"),
    "verify.file_time": ("文件自带的时间(没有核实,北京时间)", "The file's own time (unproven, Beijing time)"),
    "verify.no_time": ("没有报", "Not said"),
    "verify.proven": ("可证明的时间(北京时间)", "Proven (Beijing time)"),
    "verify.between": (
        "手机签名不早于 {from};照片不晚于 {to} 已经存在",
        "The phone signed it not before {from}; the photo existed by {to}",
    ),
    "verify.until": ("照片不晚于 {to} 已经存在", "The photo existed by {to}"),
    "verify.seal": ("手机签名", "The phone's signature"),
    "verify.seal_valid": ("有效", "Holds"),
    "verify.seal_none": ("没有", "None"),
    "verify.seal_no_key": ("有,但没有登记公钥,无法核对", "There is one, but no key to check it with"),
    "verify.seal_invalid": ("无效", "Does not hold"),
    "verify.seal_differs": ("签的不是这张照片或这次检查", "It is for another photo or another visit"),
    "verify.stored": ("存下的照片", "The stored photo"),
    "verify.stored_same": ("与收到时完全一样", "The same as received, to the byte"),
    "verify.stored_differ": ("与收到时不一样", "No longer what was received"),
    "verify.stored_missing": ("文件不在了", "The file is gone"),
    "verify.compare": ("对照您手里的文件", "Compare the file you hold"),
    "verify.compare_hint": (
        "只在您的浏览器里比对,文件不会上传。翻拍的照片、扫描件不能这样比,请用眼睛对照上面的缩图。",
        "It is compared in your browser and never sent. A photo of a print, or a scan, cannot be compared like this: "
        "look at the small picture above.",
    ),
    "verify.file": ("选择图片文件", "Choose a picture file"),
    "verify.held": ("您的文件,同样粗略", "Your file, as coarse"),
    "verify.comparing": ("正在比对……", "Comparing…"),
    "verify.same_identical": ("就是收到的那张,一个字节都不差。", "This is the received photo, to the byte."),
    "verify.same_alike": (
        "看上去是同一个画面,但文件不同:可能压缩过、加过水印,也可能改过小处(如招牌上的字)。要凭证,请向县里要原件。",
        "It looks like the same picture, but the file is another: recompressed or marked, or changed in a detail such "
        "as the words on a sign. For proof ask the county for the original.",
    ),
    "verify.same_different": (
        "不是这张:画面不同,或被裁剪、旋转、改动过。",
        "Not this picture: it shows something else, or was cropped, turned or changed.",
    ),
    "verify.same_unreadable": (
        "打不开这个文件;它不是收到的原件。",
        "This file cannot be opened as a picture; it is not the received original.",
    ),
    "verify.same_unknown": (
        "不是收到的原件;系统还没有缩图可比,请稍后再试。",
        "Not the received original; the small picture to compare with is not made yet, try again later.",
    ),
    "verify.promise": (
        "本页不显示任何人的姓名、账号或手机的准确位置。",
        "This page shows nobody's name or account, and no exact position of a phone.",
    ),
}
