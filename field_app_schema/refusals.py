"""The one table of refusals: everything this product may say no to, and what the person can do about it.

A refusal is raised, never returned. HTTP is one column of the table, read only at the edge; the phone reads the same
table. Standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RefusalKind:
    """One row: stable code, HTTP status, the sentence and the advice in both languages, and whether a retry can help."""

    code: str
    status: int
    zh: str
    en: str
    hint_zh: str
    hint_en: str
    retry: bool = False


class Refusal(Exception):
    """Say no, with a code of the table, details for a program, and per-field messages where a form was wrong."""

    def __init__(self, code: str, *, errors: dict[str, Any] | None = None, **details: Any) -> None:
        self.kind = REFUSALS[code]
        self.errors = errors or {}
        self.details = details
        super().__init__(f"{code} {details}" if details else code)

    @property
    def code(self) -> str:
        return self.kind.code


def _rows() -> tuple[RefusalKind, ...]:
    row = RefusalKind
    return (
        # who is asking
        row("NOT_SIGNED_IN", 401, "请先登录。", "Please sign in first.", "登录后再试。", "Sign in and try again."),
        row("SIGN_IN_FAILED", 401, "用户名或密码不对。", "Wrong user name or password.",
            "检查后再输;忘记密码请找上级管理员重设。", "Check and try again; ask your administrator to reset it."),
        row("SIGN_IN_PAUSED", 429, "密码错误次数太多,已暂停登录。", "Too many wrong passwords; sign-in is paused.",
            "请在提示的时间之后再试。", "Try again after the stated time.", retry=True),
        row("TOKEN_REVOKED", 401, "本机的授权已被收回。", "This device's access was revoked.",
            "请找县里工作人员重新扫码登记。", "Ask county staff to enrol this device again."),
        row("NOT_ALLOWED", 403, "您的身份不能做这件事。", "Your role may not do this.",
            "如确有需要,请联系上级管理员。", "Contact your administrator if you need it."),
        row("OUT_OF_SCOPE", 403, "该单位不在您的管理范围内。", "This unit is outside your area.",
            "请选择本级或下级单位。", "Choose your own unit or one below it."),
        row("CSRF_FAILED", 403, "页面已过期。", "The page has expired.", "刷新页面后再提交。", "Reload the page and submit again."),
        row("ENROLMENT_INVALID", 403, "登记码无效、已用过或已过期。", "The enrolment code is invalid, used or expired.",
            "请县里工作人员重新生成二维码。", "Ask county staff for a new QR code."),
        row("KEY_MALFORMED", 422, "手机的签名公钥无法读取。", "The phone's public key cannot be read.",
            "请升级手机端后再登记。", "Update the app and enrol again."),
        row("KEY_REGISTERED", 409, "这部手机已登记了另一把签名公钥。", "This phone has registered another key.",
            "请县里工作人员重新登记这部手机。", "Ask county staff to enrol this phone again."),
        # the shape of what was sent
        row("BAD_INPUT", 422, "提交的内容有误。", "Some of the input is wrong.", "请按每个字段的提示修改。", "Correct the fields named."),
        row("BODY_MALFORMED", 400, "提交的内容无法读取。", "The body cannot be read.",
            "请检查格式;手机端请重试,数据仍在手机上。", "Check the format; on a phone retry, your data are still there."),
        row("BODY_TOO_LARGE", 413, "提交的内容太大。", "The body is too large.", "请分批提交。", "Send it in smaller parts."),
        row("NOT_FOUND", 404, "没有找到。", "Not found.", "请检查地址或编号。", "Check the address or the code."),
        row("METHOD_NOT_ALLOWED", 405, "不支持这种请求方式。", "This method is not supported here.",
            "请查阅接口文档。", "See the API document."),
        row("IF_MATCH_REQUIRED", 428, "需要说明依据的是哪个版本(If-Match)。", "Say which version you saw (If-Match).",
            "先读取最新内容再提交。", "Read the current version first."),
        row("CONFLICT_VERSION", 409, "内容已被他人更新。", "Somebody changed this meanwhile.",
            "刷新后核对再提交。", "Reload, compare, and submit again."),
        row("TOO_MANY_REQUESTS", 429, "请求太频繁。", "Too many requests.", "稍候自动重试。", "Retry after the stated time.", retry=True),
        row("STORAGE_FULL", 507, "服务器存储空间不足。", "The server has run out of space.",
            "数据仍在手机上,请稍后重试。", "Your data are still on the phone; try later.", retry=True),
        row("STORAGE_AWAY", 503, "照片存储暂时无法使用。", "The photo store cannot be used at the moment.",
            "数据仍在手机上,请稍后重试。", "Your data are still on the phone; try later.", retry=True),
        row("BUSY", 503, "服务器繁忙。", "The server is busy.", "稍候自动重试。", "Retry shortly.", retry=True),
        row("INTERNAL", 500, "服务器出错,已记录。", "The server failed; it has been recorded.",
            "请稍后重试;仍不行请把编号告诉管理员。", "Try later; tell the administrator the id.", retry=True),
        # units, people, policy
        row("UNIT_UNKNOWN", 422, "没有这个行政区划。", "No such administrative unit.",
            "请核对名称或代码,可用“查询单位”。", "Check the name or code; try resolve-unit."),
        row("UNIT_BASE_YEAR_FROZEN", 409, "该年度的村庄名单已冻结,与这份文件不同。",
            "The village list of this base year is frozen and differs from this file.",
            "请核对年度;新的名单请用新的年度导入。", "Check the year; import a new list under its own year."),
        row("ACCOUNT_EXISTS", 409, "用户名已被使用。", "The user name is taken.", "换一个用户名。", "Choose another."),
        row("ACCOUNT_UNKNOWN", 404, "没有这个账号,或不归您管理。", "No such account that you may manage.",
            "请核对账号;上级账号请找上级管理员。", "Check the account; ask above for accounts above yours."),
        row("PASSWORD_WEAK", 422, "密码太弱。", "The password is too weak.",
            "至少 10 个字符,不用常见密码,不含用户名。", "At least 10 characters, not a common one, without the user name."),
        row("DEVICE_UNKNOWN", 404, "没有这台设备,或不归您管理。", "No such device that you may manage.",
            "刷新列表。", "Reload the list."),
        row("FILE_FORMAT", 422, "文件格式不对。", "The file has the wrong format.", "请用模板另存后再试。", "Use the template and try again."),
        # the register
        row("STATION_UNKNOWN", 404, "没有这个站点,或不在您的范围内。", "No such station in your area.", "请核对站点编号。", "Check the station code."),
        row("NEARBY_STATIONS", 409, "附近或同村已有可能相同的站点。", "There are stations that may be the same.",
            "核对列出的站点;确属新站点,请确认后再提交。", "Look at those listed; if it is a new one, say so and submit again."),
        row("TRANSITION_REFUSED", 409, "状态变更的条件尚未满足。", "The conditions for this change are not met.",
            "请先满足列出的各项条件。", "Meet the listed conditions first."),
        row("COORDINATES_OUTSIDE_CHINA", 422, "坐标不在中国范围内。", "The coordinates are outside China.",
            "检查经度(73–135)与纬度(3–54)。", "Longitude is 73-135, latitude 3-54."),
        row("COORDINATES_SWAPPED", 422, "经度和纬度可能填反了。", "Longitude and latitude look swapped.",
            "经度在前(73–135),纬度在后(3–54)。", "Longitude (73-135) first, latitude (3-54) second."),
        row("LEDGER_UNREADABLE", 422, "台账文件无法读取。", "The ledger file cannot be read.",
            "请另存为 .xlsx 或 UTF-8 的 .csv 后再试。", "Save it as .xlsx or UTF-8 .csv and try again."),
        row("LEDGER_COLUMNS", 422, "台账缺少必需的列。", "The ledger lacks a required column.",
            "请下载模板对照表头。", "Compare the header with the template."),
        row("LEDGER_ROWS", 422, "台账有错误,什么都没有保存。", "The ledger has errors; nothing was saved.",
            "按工作表、行、列的提示修改后重新导入。", "Correct the cells named and import again."),
        # visits and photos
        row("INSPECTION_UNKNOWN", 404, "没有这次检查。", "No such visit.", "请先同步检查记录。", "Send the visit record first."),
        row("INSPECTION_CONFLICT", 409, "同一编号已有不同内容,新内容已另存待人工处理。",
            "Another content is stored under this id; yours is kept aside.", "不必重发,工作人员会核对。", "No need to resend; staff will settle it."),
        row("OUTBOX_FILE_UNREADABLE", 422, "这不是手机导出的文件,或损坏太多。", "Not a phone's export file, or damaged all over.",
            "请在手机上重新导出;原手机不要清除数据。", "Export it again, and do not clear that phone."),
        row("OUTBOX_LINE", 422, "手机导出文件里的这一行损坏了。", "This line of the phone's export is damaged.",
            "原样保存;请在手机上重新导出再试。", "It is kept as it is; export again and try."),
        row("OUTBOX_UNREADABLE", 422, "手机自己读不出这一条。", "The phone itself could not read this.",
            "原手机不要清除数据;请填写人补做。", "Do not clear that phone; ask its author to do it again."),
        row("OUTBOX_DRAFT", 422, "没有写完的草稿,原样保存。", "An unfinished draft, kept as it is.",
            "请与填写人核对后补录。", "Ask its author and enter it anew."),
        row("TIME_IN_FUTURE", 422, "采集时间在将来。", "The time of capture is in the future.",
            "请校准手机时间;记录已保全。", "Correct the phone's clock; the record is kept."),
        row("TIME_TOO_OLD", 422, "采集时间过早,手机时钟可能不对。", "The time of capture is too old; the clock may be wrong.",
            "请校准手机时间;记录已保全。", "Correct the phone's clock; the record is kept."),
        row("PHOTO_UNKNOWN", 404, "没有这张照片。", "No such photo.", "请先同步检查记录。", "Send the visit record first."),
        row("PHOTO_CODE_UNKNOWN", 404, "没有收到过这个编号的照片。", "No photo with this code was received.",
            "对照照片上的编号再输一次:10 位,没有 I、L、O、U。",
            "Compare with the print and type it again: ten signs, never I, L, O or U."),
        row("PHOTO_OFFSET", 409, "续传位置不对。", "The upload offset does not match.", "从服务器给出的位置继续。", "Continue from the offset given.", retry=True),
        row("PHOTO_HASH", 422, "照片内容与其校验值不符。", "The photo does not match its SHA-256.", "重新上传这张照片。", "Send this photo again.", retry=True),
        row("PHOTO_FORMAT", 422, "不是可以接受的图片。", "Not an accepted picture.", "请用 JPEG、PNG 或 WebP。", "Use JPEG, PNG or WebP."),
        row("PHOTO_TRUNCATED", 422, "照片不完整,后面的内容缺失。", "The photo is incomplete; its end is missing.", "请重新拍摄,或从相册重新选择原图。", "Take it again, or choose the original file again."),
        row("PHOTO_DAMAGED", 422, "照片文件已损坏。", "The photo's file is damaged.", "请重新拍摄,或从相册重新选择原图。", "Take it again, or choose the original file again."),
        row("PHOTO_ANIMATED", 422, "这是动图,不是照片。", "This is a moving picture, not a photo.", "请拍一张普通照片,不要用动图或视频。", "Take a plain photo, not an animation or a film."),
        row("PHOTO_MORE_THAN_A_PICTURE", 422, "文件里除了照片还夹带别的内容。", "The file holds something else besides the photo.", "已另存待查;请用手机相机重新拍摄。", "It is kept for staff; take the photo again with the camera."),
        row("PHOTO_OVERLOADED", 422, "照片文件的结构异常,读取代价过大。", "The photo's file is built to cost too much to read.", "已另存待查;请用手机相机重新拍摄。", "It is kept for staff; take the photo again with the camera."),
        row("PHOTO_TOO_SMALL", 422, "图片太小,看不清内容。", "The picture is too small to show anything.", "每边至少 16 像素;请用手机相机拍摄。", "At least 16 pixels a side; take it with the camera."),
        row("PHOTO_HEIC_UNREADABLE", 422, "服务器没有安装 HEIC 解码组件。", "This server has no decoder for HEIC.",
            "照片已保全;手机相机请改为“兼容性最佳(JPEG)”,或请管理员安装组件。", "The photo is kept; set the camera to «most compatible» (JPEG), or ask for the decoder."),
        row("PHOTO_TOO_LARGE", 413, "照片太大。", "The photo is too large.", "请压缩到 20 MB、5000 万像素以内(WebP 为 2000 万)。", "At most 20 MB and 50 megapixels (WebP 20)."),
        row("PREVIEW_TOO_LARGE", 413, "预览图太大。", "The preview is too large.", "预览图不超过 30 kB。", "A preview has at most 30 kB."),
        row("TASK_UNKNOWN", 404, "没有这项检查安排。", "No such assigned visit.", "刷新列表。", "Reload the list."),
        row("TASK_REFUSED", 409, "这个人不能接这项检查。", "This person cannot be given this visit.",
            "交叉检查不派本县的人;请另选检查员。", "Nobody cross-inspects the own county; choose another inspector."),
        row("VISIT_STATE", 409, "这次检查现在的状态不能这样处理。", "The visit's state does not allow this.", "刷新后再处理。", "Reload and look again."),
        row("OWN_VISIT", 403, "自己做的检查不能自己审核。", "Nobody reviews an own visit.", "请由另一位审核人处理。", "Another reviewer decides on it."),
        row("REPLACES_REFUSED", 409, "要更正的那次检查不能由这条记录替换。", "This visit cannot replace the one it names.",
            "记录已保全,工作人员会核对。", "The record is kept; staff will settle it."),
        row("FOUND_UNKNOWN", 404, "没有这条新发现的站点。", "No such station found.", "刷新列表。", "Reload the list."),
        row("FOUND_DECIDED", 409, "这条已经处理过。", "This one is already decided.", "刷新列表。", "Reload the list."),
        row("OUTBOX_FILE", 422, "这不是手机导出的文件,或文件已损坏。", "This is no export of a phone, or it is damaged.",
            "请在手机上重新导出。", "Export it from the phone again."),
        row("QUARANTINE_SETTLED", 409, "这一条已处理过。", "This one is already settled.", "刷新列表。", "Reload the list."),
        # the months
        row("PERIOD_UNKNOWN", 422, "没有这个月份。", "No such month.", "写成 202606,或 LAST_12_MONTHS 之类。", "Write 202606, or LAST_12_MONTHS and the like."),
        row("PERIOD_NOT_ENDED", 409, "这个月还没有结束。", "This month has not ended.", "月份结束后(次月1日)再报。", "Report from the first of the next month."),
        row("PERIOD_LOCKED", 409, "这个月已锁定。", "This month is locked.", "请县里向上级申请补报许可。", "Ask the county to get a lock exception from above."),
        row("REPORTING_NOT_BEGUN", 409, "本县还没有开始月报。", "Monthly reporting has not begun in this county.", "请县里先定开始的月份。", "The county sets the first month."),
        row("REPORTING_BEGUN", 409, "月报已从更早的月份开始,不能改晚。", "Reporting has begun with an earlier month; it cannot be moved later.", "个别月份请用“免报”。", "Excuse single months instead."),
        row("REPORT_EMPTY", 422, "没有填数,也没有选“本月零”。", "Neither a figure nor «nothing this month».", "填一项,或点“本月零”。", "Fill in one figure, or say nil."),
        row("REPORT_NIL_WITH_VALUES", 422, "选了“本月零”,又填了数。", "Nil, and yet a figure.", "二者只留一个。", "Keep one of the two."),
        row("REPORT_UPSTREAM_EXCEEDS", 422, "农产品上行额大于网络销售额。", "Upstream sales exceed online sales.", "上行额是网络销售额的一部分,请核对。", "Upstream is a part of online sales; check both."),
        row("REPORT_CONFLICT", 409, "同一编号已有不同内容。", "Another content was sent under this id.", "刷新核对后用新编号再报。", "Reload, compare, and send under a new id."),
        row("REPORT_ACCEPTED", 409, "县里已采纳这份月报。", "The county has accepted this report.", "要更正,请县里先退回。", "To correct it, the county must return it first."),
        row("REPORT_REASON_REQUIRED", 422, "更正要写明原因。", "A correction needs its reason.", "写一句为什么改。", "Say in a sentence why it changes."),
        row("REPORT_UNKNOWN", 404, "没有这份月报,或不在您的范围内。", "No such report in your area.", "请核对站点和月份。", "Check station and month."),
        row("REPORT_STATE", 409, "月报现在的状态不能这样处理。", "The report's state does not allow this.", "刷新后再处理。", "Reload and look again."),
        row("REPORT_OWN_PROXY", 409, "代填的人不能自己采纳。", "Who filed for the owner may not accept it.", "请另一位同事采纳。", "Ask a colleague to accept it."),
        row("REPORT_RETURN_SENT", 409, "县汇总已上报,不能再改。", "The county's return has been sent.", "请上级退回县汇总,或给补报许可。", "Ask above to return it, or for a lock exception."),
        row("REPORT_BY_FEED", 409, "这个月由系统自动报送,不用填表。", "This month is reported automatically; there is no form to fill.", "数字不对,请联系数据报送方。", "If the figures are wrong, ask the sender of the feed."),
        row("EXCEPTION_UNKNOWN", 404, "没有这个补报许可。", "No such lock exception.", "刷新列表。", "Reload the list."),
        row("EXCEPTION_EXPIRY", 422, "许可期限必须在今后 90 天之内。", "An exception must expire within the next 90 days.", "改期限。", "Change the expiry."),
        row("EXCUSE_UNKNOWN", 404, "没有这个免报。", "No such excuse.", "刷新列表。", "Reload the list."),
        row("EXCUSE_EXISTS", 409, "这个站这个月已经免报。", "This month is already excused.", "不用再做。", "Nothing to do."),
        row("FEED_UNKNOWN", 404, "没有这个数据源,或已停用。", "No such feed, or it was revoked.", "请核对数据源编号。", "Check the feed's id."),
        row("FEED_SIGNATURE", 401, "签名不对或已过期。", "The signature is wrong or too old.", "核对密钥和时钟,重新签名。", "Check secret and clock, and sign again."),
        row("FEED_CONFLICT", 409, "同一流水号已有不同内容。", "Another transaction has this id.", "更正请用新流水号冲销。", "Correct it with a transaction of its own."),
        row("MONTH_ROWS", 422, "月报表有错误,什么都没有保存。", "The month's workbook has errors; nothing was saved.", "按行、列的提示修改后重新导入。", "Correct the cells named and import again."),
        row("LINE_UNREAD", 422, "这一行读不懂,没有录入。", "This line cannot be read; nothing was entered.",
            "照样子写:202006 销12000 件35,或 202006 零。", "Write like: 202006 销12000 件35, or 202006 零."),
        row("RETURN_UNKNOWN", 404, "没有这份县汇总。", "No such county return.", "刷新列表。", "Reload the list."),
        row("RETURN_STATE", 409, "县汇总现在的状态不能这样处理。", "The return's state does not allow this.", "刷新后再处理。", "Reload and look again."),
        row("FOLLOW_UP_UNKNOWN", 404, "没有这个待核实。", "No such follow-up.", "刷新列表。", "Reload the list."),
        row("FIGURE_UNKNOWN", 404, "没有这个指标说明。", "No such definition.", "刷新列表。", "Reload the list."),
        row("SNAPSHOT_UNKNOWN", 404, "没有这个季度的存档。", "No such quarter on file.", "先存档。", "Take the snapshot first."),
        row("SNAPSHOT_EXISTS", 409, "这个季度已存档,不能改。", "This quarter is on file and cannot change.", "查看存档与现在的差别。", "Look at the difference from today."),
        row("QUARTER_NOT_ENDED", 409, "这个季度还没有结束。", "This quarter has not ended.", "季度结束后再存档。", "Take it when the quarter is over."),
        row("RULE_VERSION_TAKEN", 409, "规则变了,版本号没有变。", "The rule changes and its version does not.", "换一个新的版本号。", "Give the rule a new version."),
        # the network and coverage
        row("NETWORK_FILE", 422, "文件读不出来。", "The file cannot be read.", "请用 XLSX、CSV(UTF-8)、GeoJSON 或 GPKG。", "Use XLSX, CSV (UTF-8), GeoJSON or GPKG."),
        row("NETWORK_COLUMNS", 422, "文件缺少必需的列。", "The file lacks columns it needs.", "按模板的列名补上。", "Add the columns that the template names."),
        row("NETWORK_ROWS", 422, "文件有错误,什么都没有保存。", "The file has errors; nothing was saved.", "按行、列的提示修改后重新导入。", "Correct the cells named and import again."),
        row("NODE_UNKNOWN", 404, "没有这个物流节点。", "No such logistics node.", "请核对编号。", "Check the code."),
        row("ROADS_UNUSABLE", 422, "路网不能用来计算。", "The road network cannot be used.", "按检查结果修改边表。", "Correct the edge table as the check says."),
        row("ROADS_MISSING", 409, "本地区还没有路网。", "There is no road network for this area yet.", "先导入路网,或改用直线距离。", "Import roads first, or use great-circle distance."),
        row("ROADS_UNKNOWN", 404, "没有这个路网。", "No such road network.", "刷新列表。", "Reload the list."),
        row("DATUM_NOT_SUSPECTED", 409, "检查没有发现这个坐标问题。", "The check finds no such fault of coordinates.", "重新检查;个别站点请在站点页改。", "Check again; correct single stations on their own page."),
        row("DATUM_REPAIR_UNKNOWN", 404, "没有这次坐标修复。", "No such repair of coordinates.", "刷新列表。", "Reload the list."),
        row("DATUM_REPAIR_UNDONE", 409, "这次坐标修复已经撤销,或其后坐标又改过。", "This repair is undone, or coordinates changed after it.", "刷新后核对。", "Reload and compare."),
        row("BASE_YEAR_UNKNOWN", 422, "没有这个年份的村庄清单。", "There is no village list of this base year.", "换一个已导入的年份。", "Choose a year that was imported."),
        row("COVERAGE_INPUT", 422, "覆盖计算的文件有错误。", "The files for the coverage report have errors.", "按文件、行、列的提示修改。", "Correct the files, lines and columns named."),
        row("RUN_UNKNOWN", 404, "没有这次覆盖计算。", "No such coverage run.", "刷新列表。", "Reload the list."),
        row("STUDY_UNKNOWN", 404, "没有这项选址研究。", "No such siting study.", "刷新列表。", "Reload the list."),
        row("TOO_LARGE_FOR_EXACT", 422, "村庄和候选点太多,不能求精确解。", "Too many villages and candidates for an exact answer.", "按县计算,或用快速解(附上界)。", "Ask county by county, or use the greedy answer with its bound."),
        row("COLLECTION_UNKNOWN", 404, "没有这个数据集。", "No such collection.", "见 /ogc/collections。", "See /ogc/collections."),
        row("POSTGIS_ONLY", 501, "这个功能需要 PostGIS 数据库。", "This needs the PostGIS database.", "改用 GeoJSON 或 CSV。", "Use GeoJSON or CSV instead."),
        row("JOB_UNKNOWN", 404, "没有这项任务。", "No such job.", "刷新列表。", "Reload the list."),
    )


REFUSALS: dict[str, RefusalKind] = {kind.code: kind for kind in _rows()}
