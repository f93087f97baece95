"""When a month opens, is due and locks, who owes it, what excuses it. It reads no figures."""
