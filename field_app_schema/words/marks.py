"""Words written into the marked copies of photos; `{…}` is filled in."""

WORDS: dict[str, tuple[str, str]] = {
    "mark.taken": ("{taken} 拍摄(北京时间,手机时钟)", "{taken} taken (Beijing time, the phone's clock)"),
    # What is known of the visit alone is said of the visit.
    "mark.visited": ("{visited} 检查(北京时间,手机时钟)", "{visited} visited (Beijing time, the phone's clock)"),
    "mark.visited_file": (
        "{visited} 检查(北京时间,手机时钟);照片选自相册",
        "{visited} visited (Beijing time, the phone's clock); photo out of the gallery",
    ),
    # Not «not before»: that the phone knew this time proves nothing of a picture out of a gallery.
    "mark.proof": (
        "{after} 服务器已收到;手机此前核对过的服务器时间 {before}",
        "{after} received by the server; the phone had last heard its time at {before}",
    ),
    "mark.proof_after": ("{after} 服务器已收到", "{after} received by the server"),
    "mark.place": ("{place} · {station}", "{place} · {station}"),
    "mark.distance": (
        "{verdict}:定位距登记点 {distance} 米,精度 {accuracy} 米",
        "{verdict}: {distance} m from the registered point, accuracy {accuracy} m",
    ),
    "mark.no_distance": ("定位:{verdict}", "Position: {verdict}"),
    "mark.inspector": ("检查人 {inspector} · 编号 {code} · 查验 {address}", "By {inspector} · code {code} · {address}"),
}
