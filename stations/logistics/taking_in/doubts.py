"""Points of a network file that look wrong together: the datum guard's notices beside what the file came to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from field_app_schema.vocab_network import NetworkFile
from stations.logistics.datums.checking import Claim
from stations.logistics.datums.warning import warn_of_nodes, warn_of_villages
from stations.logistics.rows.telling import Told
from stations.logistics.taking_in.ground import Ground
from stations.people.access import Caller
from stations.register.ledger.problems import Problem

_JUDGES = {NetworkFile.NODES: warn_of_nodes, NetworkFile.VILLAGES: warn_of_villages}


def doubts_of_places(
    session: Session, caller: Caller, kind: NetworkFile, rows: Sequence[Told], ground: Ground
) -> list[Problem]:
    """Give notices of nodes beside their villages, or of villages beside their stations; other files have no points."""
    if kind not in _JUDGES:
        return []
    claims = []
    for told in rows:
        if told.errors or "lon" not in told.values:
            continue
        asked = {key: told.text(key) for key in ("county", "township", "village")}
        unit = ground.villages.find(code=told.text("village_code"), **asked, elsewhere=ground.elsewhere).unit
        if unit is not None and unit.level == "village":
            values = told.values
            claims.append(Claim(told.text("name"), values["lon"], values["lat"], unit.code, values["coord_system"]))
    return _JUDGES[kind](session, caller, ground.unit.path, claims) if claims else []
