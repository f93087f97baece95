"""What figures of coverage look like when they are told: plain values with names, for doors, files and runs alike."""
