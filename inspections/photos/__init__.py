"""Photos by their SHA-256: received in pieces, kept unaltered, shown as derivatives. It never edits an original."""
