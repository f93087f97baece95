"""What a file is by its own structure: walked in pure Python, nothing decoded, nothing believed but the bytes."""
