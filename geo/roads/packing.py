"""A road network as bytes and back: compressed columns, no pickle, the same bytes for the same network."""

from __future__ import annotations

import io
import zipfile

import numpy as np

from geo.roads.edges import Roads

# Told apart from any other bytes, and from a later layout.
_LAYOUT = "cunzhan-roads-1"
_COLUMNS = ("lon", "lat", "start", "end", "length_m", "minutes", "is_derived")
# Every entry of the archive bears this day, so that equal networks are equal bytes and have one hash.
_DAY = (1980, 1, 1, 0, 0, 0)


def pack(roads: Roads) -> bytes:
    """Return the network as one compressed archive of columns (an .npz); rows of junctions as 32 bits."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in _COLUMNS:
            column = np.asarray(getattr(roads, name))
            _write(archive, name, column.astype(np.int32) if name in {"start", "end"} else column)
        _write(archive, "layout", np.frombuffer(_LAYOUT.encode(), dtype=np.uint8))
    return out.getvalue()


def unpack(packed: bytes) -> Roads:
    """Return the network that `pack` wrote; ValueError when the bytes are something else."""
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as columns:
            if bytes(columns["layout"]).decode() != _LAYOUT:
                raise ValueError("a road network of another layout")
            kept = {name: columns[name] for name in _COLUMNS}
    except (KeyError, ValueError, zipfile.BadZipFile, EOFError, OSError) as error:
        raise ValueError("these bytes are no road network") from error
    kept["start"], kept["end"] = kept["start"].astype(np.int64), kept["end"].astype(np.int64)
    return Roads(**kept)


def _write(archive: zipfile.ZipFile, name: str, column: np.ndarray) -> None:
    into = io.BytesIO()
    np.lib.format.write_array(into, np.ascontiguousarray(column), allow_pickle=False)
    entry = zipfile.ZipInfo(f"{name}.npy", date_time=_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, into.getvalue())
