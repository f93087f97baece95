"""The station ledger (台账): sheets in, sheets out. It never changes a listing status and never merges two stations."""
