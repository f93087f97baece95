"""Road networks that customers bring: checked, packed, snapped to, and measured along in minutes or metres."""
