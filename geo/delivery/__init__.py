"""How many days parcels take to the villages: shares, percentiles, legs and promises, with those still under way."""
