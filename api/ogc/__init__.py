"""OGC API – Features for QGIS, GDAL and the like: what may be read here is bounded like any other answer."""
