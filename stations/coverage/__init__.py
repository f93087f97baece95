"""Which villages living stations serve, on paper and in truth, and where the next should stand; it changes no station."""
