"""The phone measured in Chromium against a real server: weight, opening, taps, bytes, a full outbox."""
