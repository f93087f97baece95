"""Words of the automatic feeds: kinds of transactions and what became of a month."""

WORDS: dict[str, tuple[str, str]] = {
    "transaction_kind.sale_out": ("网络销售", "Online sale"),
    "transaction_kind.purchase_agency": ("代购", "Purchase agency"),
    "transaction_kind.upstream_sale": ("农产品上行", "Farm products sold"),
    "transaction_kind.parcel_in": ("代收快递", "Parcel in"),
    "transaction_kind.parcel_out": ("代寄快递", "Parcel out"),
    "feed_outcome.collecting": ("月份未结束,先累计", "The month runs: collected"),
    "feed_outcome.reported": ("已生成月报", "Reported"),
    "feed_outcome.unchanged": ("与月报一致", "As reported already"),
    "feed_outcome.held_back": ("已收存,未计入月报", "Kept, not in the report"),
}
