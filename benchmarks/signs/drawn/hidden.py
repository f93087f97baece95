"""The conditions in which something of the sign is lost, doubled or almost right: where honesty is asked."""

from __future__ import annotations

from numpy.random import Generator
from PIL import Image

from benchmarks.signs.drawn import street, weather
from benchmarks.signs.drawn.boards import Board, hide, paint
from benchmarks.signs.drawn.conditions import SIZE, Drawn, condition, one_sign, written
from benchmarks.signs.truths import EXACT, LOOK_ALIKES, LOST, NATIONAL, NEARLY, RANK_LOST, A, B

# One sign looks like another: characters of other meaning that a hurried painter, or a trick, puts in.
CONFUSED = (
    B.replace("进", "迸"), A.replace("目", "日"), B.replace("国", "囯"), A.replace("范", "苑"), B.replace("合", "台"),
    A.replace("务", "各"), A.replace("农", "衣"), B.replace("全", "金"), A.replace("村", "材"), A.replace("示", "未"),
)  # fmt: skip
TRADITIONAL = {A: "電子商務進農村綜合示範項目", B: "全國電子商務進農村綜合示範項目"}
SENTENCES = (
    "热烈庆祝本村列为{}村级服务站", "本店系{}建设站点", "{}江永县上江圩镇夏湾村服务站", "江永县{}村级服务点",
)  # fmt: skip


def _pixels(corners: street.Quad, left: float, right: float, top: float = 0.0, bottom: float = 1.0) -> weather.Box:
    """Give the pixels of a part of a board that hangs almost straight, in shares of it."""
    (x0, y0), (x1, _), (_, y1), _ = corners
    return x0 + (x1 - x0) * left, y0 + (y1 - y0) * top, x0 + (x1 - x0) * right, y0 + (y1 - y0) * bottom


def _hung(rng: Generator, board: Image.Image, **where: float) -> tuple[Image.Image, street.Quad]:
    corners = street.place(rng, board, SIZE, lean=0.01, **where)
    return street.hang(street.wall(rng, SIZE), board, corners), corners


@condition("branch")
def branch(rng: Generator, number: int) -> Drawn:
    """A branch over the edge of the board, beside the letters."""
    board, drawn = written(rng, number)
    scene, corners = _hung(rng, paint(board, rng))
    drawn.picture = weather.branch(scene, rng, _pixels(corners, -0.05, 0.25, -0.3, 0.02), 60)
    return drawn


@condition("branch_over_words")
def branch_over(rng: Generator, number: int) -> Drawn:
    """A branch that hides 全国, or the last two characters: what stands there cannot be known."""
    text = (B, A, B)[number % 3]
    scene, corners = _hung(rng, paint(Board((text,)), rng))
    part = (0.03, 0.17) if number % 3 == 0 else (0.83, 0.97)
    picture = weather.branch(scene, rng, _pixels(corners, *part, 0.15, 0.85), 160)
    return Drawn(picture, text, RANK_LOST if number % 3 == 0 else LOST)


@condition("scooter")
def scooter(rng: Generator, number: int) -> Drawn:
    """A scooter before the wall, under the sign."""
    board, drawn = written(rng, number)
    scene, corners = _hung(rng, paint(board, rng))
    drawn.picture = weather.scooter(scene, _pixels(corners, 0.3, 0.75, 1.02, 2.4))
    return drawn


@condition("scooter_over_words")
def scooter_over(rng: Generator, number: int) -> Drawn:
    """A scooter before a low sign: some characters in the middle or at the end are behind it."""
    text = (A, B)[number % 2]
    scene, corners = _hung(rng, paint(Board((text,), "white_red"), rng), at=(0.5, 0.6))
    at = (0.38, 0.7)[number // 2 % 2]
    return Drawn(weather.scooter(scene, _pixels(corners, at, at + 0.3, -0.6, 1.6)), text, LOST)


@condition("folded_banner")
def folded(rng: Generator, number: int) -> Drawn:
    """A banner whose left end is folded away, with 全国, and sometimes half of the next character."""
    flat = paint(Board((B,), "banner", char_px=72), rng)
    share = (0.165, 0.145, 0.185)[number % 3]
    banner = weather.fold_of_banner(flat, rng, share)
    scene, _ = _hung(rng, banner, width=0.7)
    return Drawn(scene, B, RANK_LOST)


@condition("cut_by_the_frame")
def cut(rng: Generator, number: int) -> Drawn:
    """The photo ends where 全国 begins, or before 项目."""
    scene, corners = _hung(rng, paint(Board((B,), "green"), rng))
    left, _, right, _ = _pixels(corners, 0.168, 0.86)
    box = (int(left), 0, SIZE[0], SIZE[1]) if number % 2 == 0 else (0, 0, int(right), SIZE[1])
    return Drawn(scene.crop(box), B, RANK_LOST if number % 2 == 0 else LOST)


@condition("covered_by_a_poster")
def poster(rng: Generator, number: int) -> Drawn:
    """A poster pasted over the first two characters or over two in the middle."""
    box = ((0.0, 0.1, 0.165, 0.9), (0.55, 0.1, 0.68, 0.9))[number % 2]
    made = one_sign(rng, Board((B,), "blue"), flaw=lambda flat: hide(flat, box, "#e8e2d0", rng))
    return Drawn(made, B, RANK_LOST if number % 2 == 0 else LOST)


@condition("two_signs")
def two_signs(rng: Generator, number: int) -> Drawn:
    """Two boards in one picture: their words are never one wording, and the better of two whole ones counts."""
    plans: tuple[tuple[str, str, str, str], ...] = (
        ("全国文明村镇", A, A, EXACT), ("全国", A, A, EXACT), ("电子商务进农村", "综合示范项目", "", NEARLY),
        (B, "农村电商服务站", B, NATIONAL), (A, "便民超市", A, EXACT),
        ("全国联网", "电子商务进农村示范项目", "", NEARLY),
    )  # fmt: skip
    first, second, text, label = plans[number % len(plans)]
    scene = street.wall(rng, SIZE, words=1)
    beside = number % len(plans) != 0
    for place, (words, style) in enumerate(((first, "red_gold"), (second, "blue"))):
        board = paint(Board((words,), style), rng)
        # As long as their words, so that the letters are of one size and stand at one height.
        wide = 0.88 * (len(words) + 1.6) / (len(first) + len(second) + 3.2) if beside else 0.6
        left = 0.04 if place == 0 else 0.06 + 0.88 * (len(first) + 1.6) / (len(first) + len(second) + 3.2)
        at = (left + wide / 2, 0.36) if beside else (0.5, 0.22 + 0.3 * place)
        scene = street.hang(scene, board, street.place(rng, board, SIZE, width=wide, at=at, lean=0.0))
    return Drawn(scene, text or first, label)


@condition(LOOK_ALIKES)
def confusable(rng: Generator, number: int) -> Drawn:
    """One character is another that looks like it: not the wording."""
    text = CONFUSED[number % len(CONFUSED)]
    return Drawn(one_sign(rng, Board((text,), ("blue", "white_red")[number % 2], ("hei", "song")[number // 2 % 2])),
                 text, NEARLY)  # fmt: skip


@condition("rank_before")
def ranked(rng: Generator, number: int) -> Drawn:
    """Another rank before the words: 国家级 (seen in Dali 2022), 省级: another wording, recorded as such."""
    text = ("国家级", "省级", "县级", "湖南省级")[number % 4] + A
    return Drawn(one_sign(rng, Board((text,), "green"), width=0.75), text, NEARLY)


@condition("in_a_sentence")
def sentence(rng: Generator, number: int) -> Drawn:
    """The wording whole inside a longer line: it stands on the sign."""
    text, label = ((B, NATIONAL), (A, EXACT))[number % 2]
    whole = SENTENCES[number % len(SENTENCES)].format(text)
    return Drawn(one_sign(rng, Board((whole,), "banner", char_px=48), width=0.92), whole, label)


@condition("traditional")
def traditional(rng: Generator, number: int) -> Drawn:
    """The same words in traditional characters."""
    text, label = ((B, NATIONAL), (A, EXACT))[number % 2]
    return Drawn(one_sign(rng, Board((TRADITIONAL[text],), "wood", "traditional")), TRADITIONAL[text], label)


@condition("through_glass")
def mirrored(rng: Generator, number: int) -> Drawn:
    """Seen from inside the window: letters run backwards, and a reader should not be sure of anything."""
    board, drawn = written(rng, number, below=())
    return Drawn(weather.through_glass(one_sign(rng, board), rng), drawn.text, LOST)


@condition("station_name_beside")
def named(rng: Generator, number: int) -> Drawn:
    """The usual plaque: the wording above, the station's name below, both of one board."""
    board, drawn = written(rng, number, below=())
    name = "江永县上江圩镇夏湾村电子商务服务站"
    drawn.picture = one_sign(rng, board.but(below=(name, *((drawn.hotline.text,) if drawn.hotline else ()))))
    return drawn
