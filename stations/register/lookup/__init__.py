"""What is asked of the register: lists, one station, its story, the map; today or as of a day. It changes nothing."""
