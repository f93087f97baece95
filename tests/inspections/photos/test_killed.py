"""kill -9 of server and worker at every step of a photo's life: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inspections.photos.life.after import unfinished
from tests.inspections.photos.life.deaths import IN_THE_SERVER, IN_THE_WORKER
from tests.inspections.photos.life.phone import LineDown
from tests.inspections.photos.life.stand import PICTURES, Stand, standing

NUMBER_OF = {point: number for number, point in enumerate((*IN_THE_SERVER, *IN_THE_WORKER, "all of it"))}


@pytest.fixture(scope="module")
def stand(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    var = tmp_path_factory.mktemp("life")
    shutil.copyfile(sqlite_template, var / "server.db")
    with standing(var) as stand:
        yield stand


@pytest.mark.parametrize("point", IN_THE_SERVER)
def test_the_server_is_killed(point: str, stand: Stand) -> None:
    phone = stand.phone(NUMBER_OF[point])
    stand.processes.serve_until(point)
    with pytest.raises(LineDown):
        phone.send()
    phone.send()
    assert stand.processes.work(PICTURES) == 0
    assert stand.wrong(phone) == []


@pytest.mark.parametrize("point", IN_THE_WORKER)
def test_the_worker_is_killed(point: str, stand: Stand) -> None:
    kinds = [*PICTURES, "sign_reading"] if "sign" in point else PICTURES
    phone = stand.phone(NUMBER_OF[point])
    phone.send()
    if "mark" in point or "sign" in point:
        assert stand.processes.work(["photo_thumbnail"]) == 0
    assert stand.processes.work(kinds, point) == -9
    assert unfinished(stand.sessions, kinds) != []
    assert stand.processes.work(kinds) == 0
    assert stand.wrong(phone, kinds) == []


def test_the_whole_server_is_killed_and_started_again(stand: Stand) -> None:
    phone = stand.phone(NUMBER_OF["all of it"])
    stand.processes.serve_until("after a piece, before its answer")
    with pytest.raises(LineDown):
        phone.send()
    stand.processes.kill()
    with pytest.raises(LineDown):
        phone.send()
    stand.processes.serve()
    phone.send()
    assert stand.processes.work(PICTURES) == 0
    assert stand.wrong(phone) == []
