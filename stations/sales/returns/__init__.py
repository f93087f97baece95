"""The county's month as sent upwards, with its coverage line, and its export. It imputes nothing."""
