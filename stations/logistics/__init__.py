"""The three-level logistics network as files bring it, and datums mended; it never counts coverage."""
