"""Maps as PNG, SVG and PDF without a browser, for reports: rows in, bytes out, one layout for all three."""
