"""Coverage computed from plain CSV files by anybody, with no database: the same columns, the same pure figures."""
