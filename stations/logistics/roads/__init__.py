"""Road networks that customers bring: read, checked, kept as packed columns, found for a unit; none is downloaded."""
