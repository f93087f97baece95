"""Coverage, siting, roads, matching, datums and OGC features beside the best peer, as ratios of one run."""
