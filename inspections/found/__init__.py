"""Stations that inspectors met and nobody had listed; the county decides what each is. It lists no station itself."""
