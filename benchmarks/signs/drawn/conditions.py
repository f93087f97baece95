"""The conditions: for each a recipe that draws one picture and says what is right of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from numpy.random import Generator
from PIL import Image, ImageFilter

from benchmarks.signs.drawn import street, weather
from benchmarks.signs.drawn.boards import Board, paint
from benchmarks.signs.truths import EXACT, HOTLINES, NATIONAL, NEAR, NEARLY, NONE, SHOP_PHONES, A, B, Hotline

SIZE = (1600, 1200)


@dataclass
class Drawn:
    """A picture and what is right of it."""

    picture: Image.Image
    text: str
    label: str
    hotline: Hotline | None = None


Recipe = Callable[[Generator, int], Drawn]
RECIPES: dict[str, tuple[Recipe, bool]] = {}


def condition(name: str, *, plain: bool = False) -> Callable[[Recipe], Recipe]:
    """Put a recipe into the list under a name; plain ones are of the kind of the development pictures."""

    def note(recipe: Recipe) -> Recipe:
        RECIPES[name] = (recipe, plain)
        return recipe

    return note


def turn(rng: Generator, number: int) -> tuple[str, str]:
    """Give the wording of a condition's picture and its label: national, provincial and nearly right in turn."""
    return ((B, NATIONAL), (A, EXACT), (NEAR[int(rng.integers(len(NEAR)))], NEARLY))[number % 3]


def hotline(number: int) -> Hotline | None:
    """Give the telephone of a condition's picture: one in four shows none."""
    return None if number % 4 == 3 else HOTLINES[number % len(HOTLINES)]


def one_sign(
    rng: Generator, board: Board, *, width: float = 0.66, lean: float = 0.02, turned: float = 0.0,
    flaw: Callable[[Image.Image], Image.Image] | None = None, size: tuple[int, int] = SIZE,
) -> Image.Image:  # fmt: skip
    """Hang one board on a street front."""
    made = paint(board, rng)
    made = made if flaw is None else flaw(made)
    scene = street.wall(rng, size)
    return street.hang(scene, made, street.place(rng, made, size, width=width, lean=lean, turn_degrees=turned))


def written(rng: Generator, number: int, **how: object) -> tuple[Board, Drawn]:
    """Give a board with the wording in turn and a frame for the answer, still without its picture."""
    (text, label), line = turn(rng, number), hotline(number)
    style = ("blue", "white_red", "green", "red_gold")[number % 4]
    board = Board((text,), style, below=(line.text,) if line else ()).but(**how)
    return board, Drawn(Image.new("RGB", (1, 1)), text, label, line)


def simple(name: str, change: Callable[[Image.Image, Generator], Image.Image], *, plain: bool = False,
           lean: float = 0.02, width: float = 0.66, **how: object) -> None:  # fmt: skip
    """Put a condition in that is one change of the whole picture."""

    def recipe(rng: Generator, number: int) -> Drawn:
        board, drawn = written(rng, number, **how)
        drawn.picture = change(one_sign(rng, board, lean=lean, width=width), rng)
        drawn.hotline = drawn.hotline if board.below else None
        return drawn

    condition(name, plain=plain)(recipe)


def as_it_is(picture: Image.Image, _rng: Generator) -> Image.Image:
    """Change nothing."""
    return picture


simple("clean", as_it_is, plain=True)
simple("perspective", as_it_is, plain=True, lean=0.12)
simple("song", as_it_is, plain=True, font="song")
simple("bronze", as_it_is, plain=True, style="bronze", font="song")
simple("spaced", as_it_is, plain=True, gap=0.55, width=0.86)
simple("small", as_it_is, plain=True, width=0.26)
simple("blur", lambda it, _: it.filter(ImageFilter.GaussianBlur(3)), plain=True)
simple("low_light", lambda it, rng: weather.noisy(it, rng, 10, 0.28), plain=True)
simple("jpeg_q10", lambda it, _: weather.squeezed(it, 10), plain=True)
simple("glare", lambda it, rng: weather.glare(it, (float(rng.uniform(0.3, 0.7)), 0.36), 0.1), plain=True)
simple("faded", as_it_is, contrast=0.22)
simple("rain", lambda it, rng: weather.rain(it, rng, 900))
simple("from_a_car", lambda it, _: weather.moving(it, 17), lean=0.1, width=0.6)
simple("screen", weather.on_a_screen)
simple("brush", as_it_is, font="brush", style="wood", gap=0.02)
simple("painted", as_it_is, font="painted", wobble=1.0, style="white_red")
simple("hand_painted", as_it_is, font="brush", wobble=1.3, style="white_red", below=())


@condition("rotated", plain=True)
def rotated(rng: Generator, number: int) -> Drawn:
    """A sign that hangs crooked, or a phone held so."""
    board, drawn = written(rng, number)
    drawn.picture = one_sign(rng, board, turned=float(rng.choice([-22, -10, 10, 22])), width=0.6)
    return drawn


@condition("vertical", plain=True)
def vertical(rng: Generator, number: int) -> Drawn:
    """One column beside the door."""
    board, drawn = written(rng, number, upright=True, below=())
    drawn.picture, drawn.hotline = one_sign(rng, board, width=0.3), None
    return drawn


@condition("vertical_two_columns", plain=True)
def columns(rng: Generator, number: int) -> Drawn:
    """Two columns, read from the right."""
    board, drawn = written(rng, number, upright=True, below=())
    cut = 8 if drawn.label == NATIONAL else 7 if drawn.label == EXACT else len(drawn.text) // 2
    board = board.but(rows=(drawn.text[:cut], drawn.text[cut:]))
    drawn.picture, drawn.hotline = one_sign(rng, board, width=0.3), None
    return drawn


@condition("two_lines", plain=True)
def two_lines(rng: Generator, number: int) -> Drawn:
    """The wording in two rows of one board."""
    board, drawn = written(rng, number)
    cut = (2, 9, 6)[number // 3 % 3] if drawn.label == NATIONAL else 7 if drawn.label == EXACT else len(drawn.text) // 2
    drawn.picture = one_sign(rng, board.but(rows=(drawn.text[:cut], drawn.text[cut:]), char_px=80), width=0.5)
    return drawn


@condition("peeling")
def peeling(rng: Generator, number: int) -> Drawn:
    """Paint that came off in flakes."""
    board, drawn = written(rng, number)
    drawn.picture = one_sign(rng, board, flaw=lambda made: weather.peel(made, rng, 0.10))
    return drawn


@condition("neon")
def neon(rng: Generator, number: int) -> Drawn:
    """Letters of light at night."""
    board, drawn = written(
        rng, number, below=(), colours=(("#ff4d5e", "#000000"), ("#59d8ff", "#000000"))[number % 2], font="thin"
    )
    made, scene = paint(board, rng), street.wall(rng, SIZE, words=0, night=True)
    drawn.picture = weather.noisy(street.glowing(scene, made, street.place(rng, made, SIZE)), rng, 7)
    drawn.hotline = None
    return drawn


@condition("12_megapixels", plain=True)
def large(rng: Generator, number: int) -> Drawn:
    """A phone's full picture with the sign far away."""
    board, drawn = written(rng, number)
    drawn.picture = one_sign(rng, board, width=(0.2, 0.14, 0.3)[number % 3], size=(4000, 3000))
    return drawn


@condition("no_sign")
def no_sign(rng: Generator, number: int) -> Drawn:
    """A street with other shops' signs, and none of ours."""
    return Drawn(street.wall(rng, SIZE, words=2 * (number % 2)), "", NONE)


@condition("shop_phone")
def shop_phone(rng: Generator, number: int) -> Drawn:
    """The shop's own telephone is no report channel."""
    board, drawn = written(rng, number)
    line = SHOP_PHONES[number % 2]
    drawn.picture, drawn.hotline = one_sign(rng, board.but(below=(line.text,))), line
    return drawn
