"""The maps in Chromium beside FastMarkerCluster, and pictures without a browser beside a screenshot."""
