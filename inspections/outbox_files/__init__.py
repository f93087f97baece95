"""The file that a phone writes as its last resort, read in by staff. It proves no phone's token, and says so."""
