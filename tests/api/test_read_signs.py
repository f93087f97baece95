"""`flask read-signs` prints one row a picture, whatever lies in the folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask import Flask

import api.commands.signs
from field_app_schema.refusals import Refusal
from inspections.signage.found import ReadPicture
from tests.inspections.signage.reading_samples import A, picture, row


class Reader:
    """Reads what the file's bytes say, as one line of a sign."""

    def load(self) -> None:
        return

    def read(self, body: bytes) -> ReadPicture:
        if body == b"broken":
            raise Refusal("PHOTO_FORMAT")
        text = body.decode()
        lines = [row(text, 300, 200), row("举报电话:12345", 300, 280, 40)] if text else []
        return picture(*lines)


def test_a_folder_of_pictures_becomes_csv(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.commands.signs, "SignReader", Reader)
    (tmp_path / "下").mkdir()
    for name, body in [
        ("b.JPG", A),
        ("a.png", "broken"),
        ("下/=1.webp", "农村电商服务站"),
        ("c.jpeg", ""),
        ("d.txt", A),
    ]:
        (tmp_path / name).write_text(body, encoding="utf-8")
    told = app.test_cli_runner().invoke(args=["read-signs", str(tmp_path)])
    assert told.exit_code == 0
    rows = list(csv.reader(io.StringIO(told.stdout)))
    assert [one[:5] for one in rows] == [
        ["file", "class", "wording", "report_channel", "confidence"],
        ["a.png", "unreadable", "", "", "0.000"],
        ["b.JPG", "provincial", A, "举报电话:12345", "0.990"],
        ["c.jpeg", "absent", "", "", "0.500"],
        ["下/=1.webp", "other_wording", "农村电商服务站", "举报电话:12345", "0.990"],
    ]
    assert rows[0][5] == "ms"
    assert all(one[5].isdigit() for one in rows[1:])
    assert "a.png: PHOTO_FORMAT" in told.stderr


def test_a_name_that_a_spreadsheet_would_run_is_guarded(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.commands.signs, "SignReader", Reader)
    (tmp_path / "=cmd.jpg").write_text("")
    told = app.test_cli_runner().invoke(args=["read-signs", str(tmp_path)])
    assert told.stdout.splitlines()[1].startswith("'=cmd.jpg,absent,")
