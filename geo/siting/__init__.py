"""Where the next stations should stand: cover matrices, greedy and exact answers with their bounds, least numbers."""
