"""What a phone signed at capture, checked and kept. A broken chain is a reason to look, never a refusal."""
