"""What each map of coverage shows: a class for every village, station and node; rows out, nothing drawn here."""
