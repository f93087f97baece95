"""The columns of one situation, fetched part by part: villages, stations, links, nodes, traces; it decides nothing."""
