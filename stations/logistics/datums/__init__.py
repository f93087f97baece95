"""The datum guard over the register: which counties' coordinates are not what they are called, and how that is mended.

The rules are in `geo.datum_guard` and `geo.astray`; here rows are fetched, findings put in words, and one reversible
action appends corrected versions. Nothing is mended unasked.
"""
