"""Which villages living stations serve, on paper and in truth, and where more should stand; it changes none."""
