"""Pictures by their bytes: judged, measured, read and made small. The only room that knows the imaging library."""
