"""What a phone sent and could not be accepted, kept whole until a person settles it. It drops nothing."""
