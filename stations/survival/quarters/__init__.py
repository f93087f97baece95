"""Quarters as they were published: frozen, readable for ever, each later difference explained station by station."""
