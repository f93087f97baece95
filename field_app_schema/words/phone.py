"""Words of the phone's screens."""

WORDS: dict[str, tuple[str, str]] = {
    "phone.title": ("村站通", "Cunzhan"),
}
