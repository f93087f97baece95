"""Words of the months that came by SMS."""

WORDS: dict[str, tuple[str, str]] = {
    "lines.title": ("短信月报", "Months by SMS"),
    "lines.hint": ("把站长发来的短信粘进来,一行一条:站点编号(或电话、站名) 月份 数。如 JY001 202006 销12000 件35;"
                   "没有就写“零”。更正在后面写“更正”和原因。读不懂的行不录入,绝不猜。",
                   "Paste what owners sent, one month a line: station code (or telephone, or name), month, figures, "
                   "as in JY001 202006 销12000 件35, or 零 for nil. A correction ends with 更正 and its reason. "
                   "A line that cannot be read is not entered, and never guessed."),
    "lines.example": ("JY001 202006 销12000 件35", "JY001 202006 销12000 件35"),
    "lines.text": ("短信内容", "Lines"),
    "lines.try": ("先看读得对不对", "See how they are read"),
    "lines.confirm": ("录入这 {n} 行", "Enter these {n} lines"),
    "lines.understood": ("读成这样", "Read as follows"),
    "lines.line": ("原文", "Line"),
    "lines.station": ("站点", "Station"),
    "lines.period": ("月份", "Month"),
    "lines.figures": ("数", "Figures"),
    "lines.status": ("结果", "Outcome"),
    "lines.nil": ("本月零", "nothing this month"),
    "lines.count_ready": ("{n} 行可以录入", "{n} can be entered"),
    "lines.count_filed": ("{n} 行已录入", "{n} entered"),
    "lines.count_same": ("{n} 行早已录过", "{n} entered before"),
    "lines.count_refused": ("{n} 行没有录入", "{n} not entered"),
    "lines.status_ready": ("可以录入", "Can be entered"),
    "lines.status_filed": ("已录入,请同事采纳", "Entered; a colleague accepts it"),
    "lines.status_same": ("早已录过,没有重复录入", "Entered before, not again"),
}
