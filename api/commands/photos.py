"""`flask photos-check`: is every photo still there, to the byte? `flask photos-look-again`: may one be taken in now?"""

from __future__ import annotations

import sys
from collections import Counter

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from api.photo_room import photo_store
from inspections.arriving.looking_again import look_again
from inspections.photos.making import ask_for_refused
from inspections.photos.upkeep.checking import check_media, count_media


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


@click.command("photos-look-again")
@with_appcontext
def photos_look_again() -> None:
    """再看一遍另存的照片,现在能读的就收下。Look again at photos kept aside; what can be read now is taken in.

    收下时解不开的照片也重新安排处理。Photos that were taken in and could not be decoded are asked for again.
    """
    sessions, now = current_app.extensions["cunzhan_sessions"], current_app.extensions["cunzhan_clock"]()
    found: Counter[str] = Counter()
    for looked in look_again(sessions, photo_store(), now=now):
        found[looked.still or "taken_in"] += 1
        if looked.still is None:
            click.echo(f"taken_in\t{looked.sha256}")
    if (again := ask_for_refused(sessions, now=now)) > 0:
        found["asked_again"] = again
    click.echo(" ".join(f"{what}={number}" for what, number in sorted(found.items())) or "taken_in=0")


PHOTO_COMMANDS = (photos_check, photos_look_again)
