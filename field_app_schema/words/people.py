"""Words about people's accounts and about the work that is done later."""

WORDS: dict[str, tuple[str, str]] = {
    "people.password_rule": (
        "密码至少 10 个字符,不用常见密码,不含用户名。",
        "At least 10 characters, not a common password, without the user name.",
    ),
    "people.code_once": (
        "登记码只显示这一次,一刻钟内有效,用过即失效。",
        "The code is shown only now, lives a quarter of an hour and works once.",
    ),
    "people.paused": ("输错次数太多,请在 {seconds} 秒后再试。", "Too many wrong tries; wait {seconds} seconds."),
    "job_kind.photo_thumbnail": ("生成照片缩略图", "Make a photo's thumbnail"),
    "job_kind.photo_marking": ("制作照片水印件", "Make marked copies of photos"),
    "job_kind.sign_reading": ("识别标识", "Read the sign on a photo"),
    "job_kind.visit_judgement": ("比对检查记录", "Compare a visit with what is known"),
    "job_kind.ledger_import": ("导入台账", "Import a ledger"),
    "job_kind.staging_sweep": ("清理未传完的照片", "Clear photos that never arrived whole"),
    "job_kind.preview_sweep": ("清理已有原图的预览", "Clear previews whose photos have come"),
    "job_kind.job_sweep": ("清理已完成的旧任务", "Clear old finished work"),
    "job_kind.vitality_recheck": ("复核存活状态", "Re-check which stations are alive"),
}
