"""Read the text of a picture; the only file that knows the OCR engine. Offline, one thread, one picture at a time."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inspections.photos.pictures.library import opened
from inspections.photos.pictures.small import upright_rgb
from inspections.signage.boards.looks import Boxes, Look, close_looks, is_cut, kept_boxes, whole_look
from inspections.signage.boards.room import room_beside
from inspections.signage.folding import TWINS
from inspections.signage.found import Line, Quad, ReadPicture
from inspections.signage.given_back import give_back

Pixels = NDArray[np.uint8]
DETECTOR = "PP-OCRv6_det_small"
RECOGNISER = "PP-OCRv6_rec_small"
# Decoded no larger than this: 12 megapixels are read whole, larger ones reduced to them.
DECODED_PX = 4000
# What a wall of posters may cost; the largest lines are read first.
MOST_LINES = 48
_TALL = 1.5


@dataclass(frozen=True)
class _Models:
    detector: Any
    recogniser: Any
    asked: Any
    cv2: Any


class _Remembering:
    """A session that keeps its last answer, so that also what a letter was not taken for can be asked."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.last: Any = None

    def __call__(self, given: Any) -> Any:
        self.last = self._session(given)
        return self.last


class SignReader:
    """Reads pictures one at a time; the models are loaded at the first one and kept (about 0.4 GB)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._models: _Models | None = None

    def load(self) -> None:
        """Load the models now, where waiting for them at the first picture would be in the way."""
        self._loaded()

    def _loaded(self) -> _Models:
        with self._lock:
            if self._models is None:
                self._models = _load()
            return self._models

    def read(self, body: bytes) -> ReadPicture:
        """Read all text of a photo; refuses with PHOTO_FORMAT or PHOTO_TOO_LARGE what cannot be decoded."""
        models = self._loaded()
        with self._lock:
            started = time.perf_counter()
            with opened(body) as image:
                longest = max(image.size)
            pixels = upright_rgb(body, DECODED_PX if longest > DECODED_PX else None)
            height, width = pixels.shape[:2]
            scale = longest / max(height, width)
            lines = _lines_of(models, pixels, scale)
            del pixels
            give_back()
            took_ms = round((time.perf_counter() - started) * 1000)
            return ReadPicture(lines, round(width * scale), round(height * scale), ENGINE, took_ms)


def _named() -> str:
    return f"rapidocr {version('rapidocr')} / onnxruntime {version('onnxruntime')} / {DETECTOR} {RECOGNISER}"


ENGINE = _named()


def _load() -> _Models:
    """Load both models from the installed package, without its start-up messages and without any download."""
    # Imported late: 90 MB and a second that a web process never pays.
    runtime = import_module("onnxruntime")
    models = Path(str(import_module("rapidocr").__file__)).parent / "models"
    detecting, recognising = import_module("rapidocr.ch_ppocr_det"), import_module("rapidocr.ch_ppocr_rec")
    kinds, settings = import_module("rapidocr.utils.typings"), import_module("omegaconf").OmegaConf
    # The library raises its logger to INFO when it is imported, with a handler of its own on stderr.
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)

    def settled(model: str, **more: Any) -> Any:
        session = _session(runtime, models / f"{model}.onnx")
        given = {"engine_type": kinds.EngineType.ONNXRUNTIME, "session": session, **more}
        return settings.create(given, flags={"allow_objects": True})

    detector = detecting.TextDetector(settled(DETECTOR, limit_side_len=32, limit_type="min", thresh=0.3,
                                              box_thresh=0.5, unclip_ratio=1.6, use_dilation=True))  # fmt: skip
    # In its own width of number; as lists they would make each look a picture of 64-bit floats.
    detector.mean = detector.std = np.full(3, 0.5, dtype=np.float32)
    # One line at a time: a batch is padded to its longest line, which costs more than it saves on one core.
    recogniser = recognising.TextRecognizer(settled(RECOGNISER, lang_type=kinds.LangRec.CH, rec_batch_num=1,
                                                    rec_img_shape=[3, 48, 320], font_path="none"))  # fmt: skip
    recogniser.session = _Remembering(recogniser.session)
    cv2 = import_module("cv2")
    cv2.setNumThreads(1)
    return _Models(detector, recogniser, recognising.TextRecInput, cv2)


def _session(runtime: Any, model: Path) -> Any:
    """Give a session on one thread that gives its memory back after each run."""
    options = runtime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Measured on one look: 170 MB with an arena and without a pattern, 260 to 450 MB otherwise. The arena would keep
    # what it once had and grow with each new shape; given back, it costs a tenth of the time.
    options.enable_cpu_mem_arena = True
    options.enable_mem_pattern = False
    shrinking = runtime.RunOptions()
    shrinking.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    session = runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    run = session.run
    session.run = lambda names, given: run(names, given, shrinking)
    return session


def _lines_of(models: _Models, pixels: Pixels, scale: float) -> list[Line]:
    height, width = pixels.shape[:2]
    whole = _boxes(models, pixels, whole_look(width, height))
    close = [
        box
        for look in close_looks(width, height)
        for box in _boxes(models, pixels, look)
        if not is_cut(box, look, width, height)
    ]
    lines = []
    for box in kept_boxes(whole, close)[:MOST_LINES]:
        text, letter_scores = _read_line(models, _flattened(models, pixels, box))
        if any(letter.isalnum() for letter in text):
            score = round(float(np.mean(letter_scores)), 4)
            room = room_beside(pixels, Line(text, score, _quad(box)))
            lines.append(Line(text, score, _quad(box * scale), letter_scores, room))
    return lines


def _boxes(models: _Models, pixels: Pixels, look: Look) -> list[Boxes]:
    """Find lines of text in a part of the picture; corners in pixels of the picture, clockwise from top left."""
    part = pixels[look.top : look.bottom, look.left : look.right]
    if look.factor < 1:
        part = models.cv2.resize(part, None, fx=look.factor, fy=look.factor, interpolation=models.cv2.INTER_AREA)
    found = models.detector(np.ascontiguousarray(part[:, :, ::-1])).boxes
    if found is None:
        return []
    corner = np.array([look.left, look.top], dtype=np.float32)
    return [np.asarray(box, dtype=np.float32) / look.factor + corner for box in found]


def _flattened(models: _Models, pixels: Pixels, box: Boxes) -> Pixels:
    """Cut a line out of the full picture and lay it level; a column is turned to lie on its side."""
    width = max(2, int(max(np.linalg.norm(box[0] - box[1]), np.linalg.norm(box[3] - box[2]))))
    height = max(2, int(max(np.linalg.norm(box[0] - box[3]), np.linalg.norm(box[1] - box[2]))))
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    turn = models.cv2.getPerspectiveTransform(box, level)
    flat = models.cv2.warpPerspective(
        pixels, turn, (width, height), flags=models.cv2.INTER_CUBIC, borderMode=models.cv2.BORDER_REPLICATE
    )
    bgr: Pixels = np.ascontiguousarray(np.rot90(flat) if height >= _TALL * width else flat)[:, :, ::-1]
    return bgr


def _read_line(models: _Models, flat: Pixels) -> tuple[str, tuple[float, ...]]:
    """Read one level line; one score for each letter of the text."""
    read = models.recogniser(models.asked(img=[np.ascontiguousarray(flat)], return_word_box=True))
    text = str(read.txts[0])
    scores = [float(score) for score in read.word_results[0].confs]
    if len(scores) != len(text):
        return text, (float(read.scores[0]),) * len(text)
    return _unmasked(models, text, scores)


def _unmasked(models: _Models, text: str, scores: list[float]) -> tuple[str, tuple[float, ...]]:
    """Take a look-alike for read where it shows at all: the engine, knowing the words, hides it behind the letter."""
    letters = list(text)
    if not TWINS.keys() & set(letters):
        return text, tuple(scores)
    shares, numbers = models.recogniser.session.last[0], models.recogniser.postprocess_op.dict
    best = shares.argmax(axis=1)
    starts = [at for at in range(len(best)) if best[at] != 0 and (at == 0 or best[at] != best[at - 1])]
    for place, (letter, start) in enumerate(zip(letters, starts, strict=False)):
        twin, shows = TWINS.get(letter, ("", 1.0))
        if not twin or best[start] != numbers[letter]:
            continue
        end = next((at for at in range(start, len(best)) if best[at] != best[start]), len(best))
        share = float(shares[start:end, numbers[twin]].max())
        if share >= shows:
            letters[place], scores[place] = twin, share
    return "".join(letters), tuple(scores)


def _quad(box: Boxes) -> Quad:
    first, second, third, fourth = ((float(x), float(y)) for x, y in box)
    return first, second, third, fourth
