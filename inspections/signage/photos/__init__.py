"""The photos of signs: who asks that they be read, whose numbers are known for them, and the crop that is shown."""
