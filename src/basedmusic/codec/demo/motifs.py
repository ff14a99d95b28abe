"""What a drawn cover shows: each motif a few shapes on a sheet, varied by chance. Media processes only."""

import math
from collections.abc import Callable, Mapping, Sequence
from random import Random

from PIL import Image, ImageDraw

INK, TINT, PAPER = 255, 90, 0
Point = tuple[float, float]


class Sheet:
    """Shapes in units of the sheet's edge: (0, 0) is its upper left corner, (1, 1) the lower right."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image)
        self._edge = image.width

    def box(self, x: float, y: float, width: float, height: float, ink: int = INK) -> None:
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], ink)

    def disc(self, x: float, y: float, radius: float, ink: int = INK) -> None:
        self._draw.ellipse(self._around(x, y, radius), fill=ink)

    def ring(self, x: float, y: float, radius: float, width: float, ink: int = INK) -> None:
        self._draw.ellipse(self._around(x, y, radius), outline=ink, width=round(width * self._edge))

    def slice(self, x: float, y: float, radius: float, start: float, end: float, ink: int = INK) -> None:
        """A piece of a disc between two angles in degrees, clockwise from three o'clock."""
        self._draw.pieslice(self._around(x, y, radius), start, end, fill=ink)

    def shape(self, points: Sequence[Point], ink: int = INK) -> None:
        self._draw.polygon([(x * self._edge, y * self._edge) for x, y in points], fill=ink)

    def line(self, points: Sequence[Point], width: float, ink: int = INK) -> None:
        self._draw.line(
            [(x * self._edge, y * self._edge) for x, y in points], ink, round(width * self._edge), "curve"
        )

    def _around(self, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
        edge = self._edge
        return (x - radius) * edge, (y - radius) * edge, (x + radius) * edge, (y + radius) * edge


Motif = Callable[[Sheet, Random], None]


def wires(sheet: Sheet, random: Random) -> None:
    """Overhead lines that meet where a headlight comes from, and the rails below."""
    x, y = random.uniform(0.3, 0.7), random.uniform(0.44, 0.56)
    for _ in range(random.randint(6, 9)):
        sheet.line([(random.uniform(-0.4, 1.4), -0.02), (x, y)], random.choice((0.006, 0.01, 0.016)))
    for spread in (0.16, 0.62):
        for side in (-1, 1):
            sheet.shape([(x, y), (x + side * spread, 1.02), (x + side * (spread + 0.07), 1.02)])
    for step in range(7):
        near = (step + 1) ** 2 / 56
        sheet.box(x - 0.75 * near, y + 0.52 * near + 0.08, 1.5 * near, 0.03 * near + 0.004)
    sheet.disc(x, y, 0.17, PAPER)
    sheet.disc(x, y, 0.145)
    sheet.disc(x, y, 0.075, PAPER)


def panes(sheet: Sheet, random: Random) -> None:
    """A glasshouse: an arch of panes, some lit, and ferns that grow over its edge."""
    sheet.disc(0.5, 0.5, 0.42)
    sheet.box(0.08, 0.5, 0.84, 0.52)
    for row in range(8):
        for column in range(7):
            x, y = 0.115 + column * 0.11, 0.12 + row * 0.11
            corners = [(x + dx, y + dy) for dx in (0, 0.094) for dy in (0, 0.094)]
            inside = all(math.hypot(cx - 0.5, min(cy - 0.5, 0)) < 0.405 for cx, cy in corners)
            if inside:
                sheet.box(x, y, 0.094, 0.094, random.choice((PAPER, PAPER, PAPER, TINT)))
    for base in (random.uniform(0.1, 0.3), random.uniform(0.45, 0.6), random.uniform(0.72, 0.9)):
        _fern(sheet, base, random.uniform(0.3, 0.55), random.uniform(-0.12, 0.12))


def _fern(sheet: Sheet, x: float, height: float, lean: float) -> None:
    for step in range(16):
        t = step / 16
        at = x + lean * t * t, 1.0 - height * t
        reach = 0.15 * (1 - t) + 0.01
        for side in (-1, 1):
            tip = at[0] + side * reach, at[1] - 0.5 * reach
            sheet.shape([(at[0], at[1] - 0.014), tip, (at[0], at[1] + 0.014)])
    sheet.line([(x + lean * t * t / 256, 1.02 - height * t / 16) for t in range(17)], 0.014)


def umbrella(sheet: Sheet, random: Random) -> None:
    """Half an umbrella, one of its panels missing, and the rain it was meant for."""
    lean = random.uniform(0.05, 0.12)
    for _ in range(46):
        x, y, length = random.uniform(-0.1, 1.1), random.uniform(-0.1, 1.0), random.uniform(0.05, 0.13)
        sheet.line([(x, y), (x - lean * length * 4, y + length)], 0.009)
    x, y, radius = 0.5, 0.55, 0.38
    sheet.slice(x, y, radius + 0.03, 180, 360, PAPER)
    missing = random.randint(0, 5)
    for panel in range(6):
        if panel != missing:
            sheet.slice(x, y, radius, 180 + panel * 30, 208 + panel * 30)
    for panel in range(6):  # scallops along its hem
        sheet.disc(x - radius + (panel + 0.5) * radius / 3, y + 0.012, radius / 6 - 0.004, PAPER)
    sheet.box(x - 0.034, y - 0.02, 0.068, 0.34, PAPER)
    sheet.box(x - 0.014, y - 0.1, 0.028, 0.38)
    sheet.ring(x + 0.056, y + 0.28, 0.07, 0.028)
    sheet.box(x + 0.014, y + 0.195, 0.13, 0.083, PAPER)


def boats(sheet: Sheet, random: Random) -> None:
    """Folded boats on rows of waves."""
    waterline = random.uniform(0.5, 0.58)
    sheet.disc(random.uniform(0.72, 0.82), random.uniform(0.18, 0.24), 0.09)
    _boat(sheet, random.uniform(0.32, 0.42), waterline, 0.29)
    _boat(sheet, random.uniform(0.84, 0.88), waterline - 0.06, 0.1)
    for row in range(7):
        y, shift, height = waterline + row * 0.072, random.uniform(0, 1), 0.016 + row * 0.002
        crest = [(x / 60, y + height * math.sin(2 * math.pi * (x / 60 * 5 + shift))) for x in range(-1, 62)]
        sheet.shape([*crest, (1.02, y + 0.09), (-0.02, y + 0.09)], PAPER)
        sheet.line(crest, 0.01 + 0.0035 * row)


def _boat(sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.shape([(x, y - 1.25 * size), (x - 0.42 * size, y - 0.35 * size), (x, y - 0.35 * size)])
    sheet.shape(
        [
            (x + 0.03 * size, y - 1.2 * size),
            (x + 0.03 * size, y - 0.35 * size),
            (x + 0.45 * size, y - 0.35 * size),
        ],
        TINT,
    )
    hull = [(x - size, y - 0.5 * size), (x - 0.55 * size, y + 0.2 * size), (x + 0.55 * size, y + 0.2 * size)]
    sheet.shape(
        [
            *hull,
            (x + size, y - 0.5 * size),
            (x + 0.4 * size, y - 0.3 * size),
            (x - 0.4 * size, y - 0.3 * size),
        ]
    )


def moon(sheet: Sheet, random: Random) -> None:
    """A moon over a flat sea, and its path on the water."""
    x, horizon, radius = random.uniform(0.36, 0.64), random.uniform(0.5, 0.6), random.uniform(0.2, 0.27)
    sheet.disc(x, horizon - radius * 0.75, radius)
    sheet.box(0, horizon, 1, 0.5, PAPER)
    for row in range(9):
        y, height = horizon + 0.012 + row * 0.05, 0.008 + row * 0.0032
        sheet.box(0, y, 1, height)
        gap = radius * (0.9 - row * 0.055) * random.uniform(0.75, 1.1)
        sheet.box(x - gap, y - 0.001, 2 * gap, height + 0.002, PAPER)
    for _ in range(5):
        sheet.disc(random.uniform(0.05, 0.95), random.uniform(0.05, 0.2), random.uniform(0.003, 0.007))


def lamps(sheet: Sheet, random: Random) -> None:
    """A board of signal lamps, larger towards one that is on."""
    column, row = random.randint(2, 6), random.randint(2, 6)
    for y in range(9):
        for x in range(9):
            away = math.hypot(x - column, y - row)
            sheet.disc(0.1 + x * 0.1, 0.1 + y * 0.1, max(0.009, 0.047 - 0.0055 * away))
    x, y = 0.1 + column * 0.1, 0.1 + row * 0.1
    sheet.disc(x, y, 0.155, PAPER)
    sheet.ring(x, y, 0.13, 0.022)
    sheet.disc(x, y, 0.075)


def rays(sheet: Sheet, random: Random) -> None:
    """Neon: rays around half a sun, behind an awning's stripes."""
    x, y, rays = random.uniform(0.35, 0.65), random.uniform(0.56, 0.66), random.randint(11, 15)
    turn = random.uniform(0, 360 / rays)
    for ray in range(rays):
        start = turn + ray * 360 / rays
        sheet.slice(x, y, 1.3, start, start + 180 / rays)
    sheet.disc(x, y, 0.27, PAPER)
    sheet.disc(x, y, 0.235)
    sheet.box(0, y + 0.08, 1, 1, PAPER)
    for stripe in range(10):
        ink = INK if stripe % 2 else TINT
        sheet.box(stripe / 10, y + 0.11, 0.1, 0.12, ink)
        sheet.slice(stripe / 10 + 0.05, y + 0.229, 0.05, 0, 180, ink)
    sheet.box(0, y + 0.33, 1, 0.02)


def stairs(sheet: Sheet, random: Random) -> None:
    """Steps down into the dark, a lamp over them."""
    steps, side = random.randint(6, 8), random.choice((-1, 1))
    outline: list[Point] = [(0, 1)]
    for step in range(steps):
        outline += [(step / steps, 0.3 + 0.6 * step / steps), ((step + 1) / steps, 0.3 + 0.6 * step / steps)]
    outline.append((1, 1))

    def turned(points: Sequence[Point]) -> list[Point]:
        return list(points) if side > 0 else [(1 - x, y) for x, y in points]

    lamp = 0.7
    sheet.shape(
        turned([(lamp - 0.03, 0.3), (lamp + 0.03, 0.3), (lamp + 0.45, 1.02), (lamp - 0.45, 1.02)]), TINT
    )
    sheet.shape(turned(outline))
    for step in range(steps):  # each edge catches the light
        sheet.shape(
            turned(
                [
                    (step / steps + 0.012, 0.315 + 0.6 * step / steps),
                    ((step + 1) / steps, 0.315 + 0.6 * step / steps),
                    ((step + 1) / steps, 0.327 + 0.6 * step / steps),
                    (step / steps + 0.012, 0.327 + 0.6 * step / steps),
                ]
            ),
            PAPER,
        )
    x = lamp if side > 0 else 1 - lamp
    sheet.box(x - 0.006, -0.01, 0.012, 0.22)
    sheet.slice(x, 0.3, 0.11, 180, 360)
    sheet.disc(x, 0.31, 0.035)


def windows(sheet: Sheet, random: Random) -> None:
    """A street at night: houses of different heights, a few windows still lit."""
    x = 0.0
    sheet.ring(random.uniform(0.2, 0.8), 0.17, 0.09, 0.02)
    while x < 1:
        width, top = random.choice((0.2, 0.25, 0.3)), random.uniform(0.28, 0.55)
        sheet.box(x, top, width - 0.012, 1)
        columns = round(width / 0.066)
        gap = (width - 0.012) / columns
        for row in range(int((1 - top) / 0.1)):
            for column in range(columns):
                lit = random.random() < 0.3
                sheet.box(
                    x + gap * column + 0.016,
                    top + 0.035 + row * 0.1,
                    gap - 0.032,
                    0.055,
                    PAPER if lit else 215,
                )
        x += width


def waves(sheet: Sheet, random: Random) -> None:
    """A breaker, line by line."""
    middle, height = random.uniform(0.35, 0.65), random.uniform(0.2, 0.27)
    ripples = [(random.uniform(1, 3), random.uniform(0, 6)) for _ in range(3)]
    for row in range(22):
        base = 0.2 + row * 0.037
        power = math.exp(-(((row - 9) / 5.5) ** 2))
        crest: list[Point] = []
        for step in range(-1, 102):
            x = step / 100
            bell = math.exp(-(((x - middle - 0.012 * (row - 9)) / 0.16) ** 2))
            ripple = sum(math.sin(2 * math.pi * hz * x * 2 + at + row * 0.4) for hz, at in ripples) / 3
            crest.append((x, base - power * height * bell - 0.012 * ripple))
        sheet.shape([*crest, (1.02, base + 0.08), (-0.02, base + 0.08)], PAPER)
        sheet.line(crest, 0.009 + 0.006 * power)


MOTIFS: Mapping[str, Motif] = {
    motif.__name__: motif
    for motif in (wires, panes, umbrella, boats, moon, lamps, rays, stairs, windows, waves)
}
