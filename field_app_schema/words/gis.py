"""Words of the doors for GIS programs."""

WORDS: dict[str, tuple[str, str]] = {
    "gis.title": ("村站通 GIS 接口", "Cunzhan for GIS programs"),
    "gis.description": (
        "OGC API – Features:站点、村、物流节点和覆盖。坐标 CGCS2000(CRS84 轴序)。只给出您范围内的数据。",
        "OGC API - Features: stations, villages, logistics nodes and coverage. Coordinates are CGCS2000 in the axis "
        "order of CRS84. You get what lies in your own area.",
    ),
    "gis.stations": ("站点", "Stations"),
    "gis.stations.about": (
        "每个站点一个点,带状态和依据;datetime 给出那一天的状态。",
        "One point a station, with its state and why; datetime gives the state of that day.",
    ),
    "gis.villages": ("村", "Villages"),
    "gis.villages.about": (
        "冻结名单里的村;没有自己坐标的村放在乡镇驻地,coord_quality 写 township。",
        "Villages of the frozen lists; one without a place of its own stands at its township's seat (coord_quality).",
    ),
    "gis.logistics_nodes": ("物流节点", "Logistics nodes"),
    "gis.logistics_nodes.about": (
        "县、乡、村三级物流节点,按当天有效的申报。",
        "County, township and village points of the logistics network, as declared for the day.",
    ),
    "gis.coverage": ("覆盖", "Coverage"),
    "gis.coverage.about": (
        "行政村逐村的覆盖阶段和未覆盖原因,按默认口径计算。",
        "Administrative villages with the stages of coverage and the reason of a gap, by the default reading.",
    ),
    "gis.about": ("说明", "About"),
    "gis.as_of": ("截至日期", "As of"),
    "gis.collection": ("数据集", "Collection"),
    "gis.matched": ("符合条件的总数", "All that fit"),
    "gis.returned": ("本文件的条数", "In this file"),
    "gis.crs": ("坐标系", "Coordinate system"),
    "gis.crs_value": (
        "CGCS2000(EPSG:4490)经纬度,与 WGS 84 差分米级",
        "CGCS2000 (EPSG:4490) lon/lat, within decimetres of WGS 84",
    ),
}
