"""The register of stations: versions, transitions, observations, the ledger. It never deletes a station."""
