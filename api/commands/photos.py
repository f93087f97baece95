"""`flask photos-check`: is every photo of the register still there, to the byte?"""

from __future__ import annotations

import sys
from collections import Counter

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from api.photo_room import photo_store
from inspections.photos.checking import check_media, count_media


@click.command("photos-check")
@with_appcontext
def photos_check() -> None:
    """逐张核对照片是否还在、是否被改动。Compare every photo with its SHA-256; 1 where one is missing."""
    sessions = current_app.extensions["cunzhan_sessions"]
    found: Counter[str] = Counter()
    with tqdm(total=count_media(sessions), desc="photos", disable=None) as bar:
        for checked in check_media(sessions, photo_store()):
            bar.update()
            found[checked.fault or "whole"] += 1
            if checked.fault is not None:
                tqdm.write(f"{checked.fault}\t{checked.sha256}", file=sys.stdout)
    click.echo(" ".join(f"{what}={number}" for what, number in sorted(found.items())) or "whole=0")
    if found.keys() - {"whole"}:
        sys.exit(1)


PHOTO_COMMANDS = (photos_check,)
