"""The pages staff see in a browser; they hold no data, which come by URL as JSON."""
