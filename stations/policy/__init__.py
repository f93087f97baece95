"""Policy: every threshold, date and wording with its document and quote. It decides nothing; rules take values."""
