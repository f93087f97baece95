"""What anybody who holds a print of a photo may learn: whether it is the one that was received. Names no person."""
