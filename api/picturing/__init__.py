"""Static pictures of maps: the answers of the map's doors, with their words, handed to `web_map.pictures`."""
