"""Characters painted in faces, and a few drawn stroke by stroke: hands that the cut-out characters lack."""
import math
import random
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from cells import LETTERS

ROOT = Path(__file__).resolve().parents[3]
CAPITAL = 60  # px of a painted capital before it is scaled into the bank

# Packages of npm under @fontsource, all OFL-1.1 or Apache-2.0; `fetch` installs them, nothing of them is kept.
HANDS = """patrick-hand indie-flower shadows-into-light gloria-hallelujah kalam handlee architects-daughter coming-soon
nothing-you-could-do reenie-beanie rock-salt covered-by-your-grace just-another-hand homemade-apple cedarville-cursive
nanum-pen-script gochi-hand schoolbell short-stack sue-ellen-francisco over-the-rainbow waiting-for-the-sunrise crafty-girls
annie-use-your-telescope give-you-glory mansalva zeyada bad-script neucha permanent-marker mali sriracha delius pangolin
gaegu caveat caveat-brush la-belle-aurore playwrite-fr-moderne playwrite-fr-trad amatic-sc just-me-again-down-here
the-girl-next-door loved-by-the-king dawning-of-a-new-day swanky-and-moo-moo walter-turncoat calligraffitti rancho
marck-script great-vibes allura sacramento satisfy cookie courgette parisienne yellowtail damion norican alex-brush
rouge-script qwigley ruthie stalemate meddon league-script bilbo merienda montez niconne redressed yesteryear mr-dafoe
beth-ellen julee vibur sedgwick-ave yomogi zen-kurenaido hi-melody edu-nsw-act-foundation""".split()
TYPED = """roboto open-sans lato merriweather pt-sans pt-serif courier-prime special-elite cutive-mono inconsolata ibm-plex-mono
vt323 tinos arimo source-sans-3 libre-franklin eb-garamond oswald carlito anonymous-pro space-mono""".split()
HELD_OUT = "gochi-hand bad-script schoolbell kalam lato courier-prime tinos".split()  # to measure on while training

ACCENTS = {"A": "ÀÂ", "E": "ÉÈÊË", "I": "ÎÏ", "O": "ÔÖ", "U": "ÙÛÜ", "C": "Ç"}


@dataclass
class Glyph:
    ink: np.ndarray  # uint8, trimmed
    label: int
    tall: float   # height of the ink, in capitals
    low: float    # its middle below a capital's middle, in capitals
    source: str   # "real", "hand", "typed", "drawn"
    name: str     # writer or face
    small: bool = False  # a small letter or one with an accent standing for its capital


def fetch(folder):
    """The packages under folder/node_modules, by npm."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    if not (Path(folder) / "package.json").exists():
        (Path(folder) / "package.json").write_text("{}")
    packages = [f"@fontsource/{name}" for name in HANDS + TYPED]
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", *packages], cwd=folder, check=True)


def key_of(family):
    return "".join(c for c in family.lower() if c.isalnum())


KINDS = {"typed": "typed", "typewriter": "typed", "dot": "typed", "hands": "hand", "capitals": "hand"}


def workshop_faces():
    """([(family, "hand" or "typed", needles of a dot printer or 0)], keys of those that no training may see)."""
    stock = tomllib.loads((ROOT / "models/workshop/stock/names.toml").read_text(encoding="utf-8"))
    faces = [(face, kind) for key, kind in KINDS.items() for face in stock.get(key, [])]
    seen = [(face["family"], kind, face.get("dots", 0)) for face, kind in faces if not face.get("unseen")]
    return seen, {key_of(face["family"]) for face, _ in faces if face.get("unseen")}


def file_of(family):
    answer = subprocess.run(["fc-match", "-f", "%{family}|%{file}", family], capture_output=True, text=True, check=True).stdout
    found, file = answer.split("|")
    return file if key_of(family) in key_of(found) else None


def face_files(folder):
    """(name, file, "hand" or "typed", needles or 0)"""
    seen, unseen = workshop_faces()
    files = []
    for names, kind in ((HANDS, "hand"), (TYPED, "typed")):
        for name in names:
            for weight in ("400", "700") if kind == "typed" else ("400",):
                found = Path(folder) / f"node_modules/@fontsource/{name}/files/{name}-latin-{weight}-normal.woff2"
                if key_of(name) not in unseen and found.exists():
                    files.append((name, str(found), kind, 0))
    for family, kind, dots in seen:
        if file := file_of(family):
            files.append((key_of(family), file, kind, dots))
        else:
            print(f"face not installed: {family}")
    return files


class Painter:
    """One face: ink of a text on a sheet whose baseline is known."""

    def __init__(self, file, size, dots):
        self.dots, self.size = dots, size
        self.font = ImageFont.truetype(file, dots or size)

    def __call__(self, text):
        """Trimmed ink, its top and foot from the baseline; None when the face lacks it."""
        unit = self.dots or self.size
        sheet = Image.new("L", (6 * unit, 6 * unit))
        ImageDraw.Draw(sheet).text((2 * unit, 4 * unit), text, font=self.font, fill=255, anchor="ls")
        ink, base = np.asarray(sheet), 4 * unit
        if self.dots:  # a needle a pixel
            times = max(3, self.size // self.dots)
            y, x = np.mgrid[0:times, 0:times] - (times - 1) / 2
            needle = (np.hypot(x, y) < 0.56 * times).astype(np.uint8)
            ink, base = np.kron((ink > 110).astype(np.uint8) * 255, needle), base * times
        ys, xs = np.where(ink > 64)
        if len(ys) == 0:
            return None
        return ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1], ys.min() - base, ys.max() + 1 - base


def struck(zero):
    """The same zero with a dot and with a stroke in it, as machines draw it that tell it from an O: nearly an 8."""
    high, wide = zero.shape
    across = np.flatnonzero(zero[high // 2] > 64)
    pen = max(2, next((i for i, x in enumerate(across) if x > across[0] + i), wide // 4))
    for stroke in (False, True):
        sheet = Image.fromarray(zero)
        ends = [(wide * 0.3, high * 0.72), (wide * 0.7, high * 0.28)] if stroke else [(wide / 2, high * 0.45), (wide / 2, high * 0.55)]
        ImageDraw.Draw(sheet).line(ends, fill=255, width=pen)
        yield np.asarray(sheet)


def painted(name, file, kind, dots):
    paint = Painter(file, CAPITAL, dots)
    tofu, reference = paint("\uffff"), paint("H")
    if reference is None:
        return
    if not dots:
        paint = Painter(file, max(8, round(CAPITAL * CAPITAL / (reference[2] - reference[1]))), 0)
        tofu, reference = paint("\uffff"), paint("H")
    high, middle = reference[2] - reference[1], (reference[1] + reference[2]) / 2
    for label, letter in enumerate(LETTERS):
        shapes = [letter, *ACCENTS.get(letter, "")]
        if letter.isalpha() and letter != "L":
            shapes.append(letter.lower())
        for shape in shapes:
            found = paint(shape)
            if found is None or (tofu is not None and np.array_equal(found[0], tofu[0])):
                continue
            ink, above, below = found
            small = shape != letter  # with an accent too: rarer than the plain capital
            if shape.islower() and paint(letter) is not None and np.array_equal(ink, paint(letter)[0]):
                continue  # the face has capitals only
            seen = lambda shown, rare: Glyph(shown, label, shown.shape[0] / high, ((above + below) / 2 - middle) / high, kind, name, rare)
            yield seen(ink, small)
            if letter == "0" and kind == "typed" and not dots:
                yield from (seen(one, True) for one in struck(ink))


def drawn(count, seed):
    """Ones with a long up-stroke, crossed sevens, and zeros that are no letters: as French pens write them."""
    dice = random.Random(seed)
    for i in range(count):
        letter = "17712"[i % 5]
        sheet = Image.new("L", (160, 160))
        pen = ImageDraw.Draw(sheet)
        wide = dice.randint(5, 13)
        near = lambda x, y, by=5: (x + dice.gauss(0, by), y + dice.gauss(0, by))
        stroke = lambda points: pen.line(points, fill=255, width=wide, joint="curve")
        if letter == "1":
            top, foot = near(90, 25), near(86, 135)
            stroke([near(90 - dice.uniform(18, 48), 25 + dice.uniform(18, 60)), top, foot])
            if dice.random() < 0.15:
                stroke([near(60, 135), near(112, 135)])
        elif letter == "7":
            corner = near(112, 28)
            stroke([near(45, 28), corner, near(84, 80), near(68, 136)])
            if dice.random() < 0.25:
                stroke([near(45, 28), near(44, 42)])
            middle = dice.uniform(68, 92)
            stroke([near(58, middle, 3), near(110, middle - 2, 3)])
        else:
            points = [(80 + 32 * math.cos(a) * dice.uniform(0.95, 1.05), 60 + 30 * math.sin(a)) for a in np.linspace(-2.8, 0.8, 12)]
            stroke(points + [near(50, 130), near(115, 128)])
        ink = np.asarray(sheet)
        ys, xs = np.where(ink > 64)
        yield Glyph(ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1], LETTERS.index(letter), 1.0, 0.0, "drawn", f"drawn{i}")
