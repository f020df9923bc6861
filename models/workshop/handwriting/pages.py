"""Pages put together from real handwritten lines of one writer: what cutting a page into lines is measured on.

Lines are pasted at the pitch people write at, so that tails and ascenders touch, on blank, ruled and squared paper,
each a little askew and wavy, the whole page turned by up to 2 degrees, scanned at 200 or 300 dpi, in grey or two tones.
"""
import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image

WIDTH_MM, HEIGHT_MM = 210, 297
PAPERS = ("blank", "ruled", "squared", "seyes")


@dataclass
class Pasted:
    text: str
    picture: Image.Image  # as it was cut from its own page
    middle: list  # (x, y) px of the page, through its small letters
    core: float  # px


@dataclass
class Page:
    picture: Image.Image
    dpi: int
    paper: str
    two_tones: bool
    turned_deg: float
    lines: list


def small_letters(ink):
    """Top and bottom row of the small letters: where strokes come up to half of their most."""
    edges = ((ink[:, 1:] > 0.4) & (ink[:, :-1] <= 0.4)).sum(1).astype(float)
    smooth = np.convolve(edges, np.ones(7) / 7, "same")
    inner = smooth[10:-8]
    top = 10 + int(inner.argmax())
    first = last = top
    while first > 0 and smooth[first - 1] > smooth[top] / 2:
        first -= 1
    while last < len(smooth) - 1 and smooth[last + 1] > smooth[top] / 2:
        last += 1
    return first, last + 1


def ink_of(picture):
    values = np.asarray(picture, dtype=np.float32)
    paper, dark = np.percentile(values, 80), np.percentile(values, 1)
    ink = np.clip((paper - values) / max(paper - dark, 32.0), 0, 1)
    ink[ink < 0.12] = 0
    return ink, float(min(dark, 150))


def bent(x, length, dice):
    """How far a line strays from straight, px at 1 px a mm: its own slope and a wave."""
    return lambda mm: x * mm + length * math.sin(mm / dice[0] + dice[1])


def draw_paper(sheet, kind, pitch, first_baseline, px, dice):
    shade = dice.uniform(0.15, 0.5)
    every = {"blank": None, "ruled": pitch, "squared": 5 * px, "seyes": pitch / 4}[kind]
    if every is None:
        return
    y, count = first_baseline % every, 0
    thin = max(1, round(0.15 * px))
    while y < sheet.shape[0]:
        strong = kind != "seyes" or abs((y - first_baseline) / pitch - round((y - first_baseline) / pitch)) < 0.05
        row = int(y)
        sheet[row : row + thin] = np.maximum(sheet[row : row + thin], shade * (1 if strong else 0.6))
        y, count = y + every, count + 1
    if kind == "ruled":
        x = int(25 * px)
        sheet[:, x : x + thin] = np.maximum(sheet[:, x : x + thin], shade)
        return
    step = 5 * px if kind == "squared" else 8 * px
    for x in np.arange(dice.uniform(0, step), sheet.shape[1], step):
        sheet[:, int(x) : int(x) + thin] = np.maximum(sheet[:, int(x) : int(x) + thin], shade)


def paste(sheet, ink, left, top_of, px):
    """`top_of`(column) is the row where the line's picture begins."""
    height, width = ink.shape
    for x in range(min(width, sheet.shape[1] - left)):
        top = top_of(x)
        row = math.floor(top)
        share = top - row
        column = np.zeros(height + 1, np.float32)
        column[:-1] += ink[:, x] * (1 - share)
        column[1:] += ink[:, x] * share
        first, last = max(0, row), min(sheet.shape[0], row + height + 1)
        if last > first:
            part = sheet[first:last, left + x]
            np.maximum(part, column[first - row : last - row], out=part)


def compose(lines, number, seed=2026):
    """One page from (text, picture) of one writer, as many as fit; and how many that was."""
    dice = random.Random(seed * 1000 + number)
    dpi = (200, 300)[number % 2]
    px = dpi / 25.4
    paper = PAPERS[number // 2 % len(PAPERS)]
    two_tones = dice.random() < 0.3
    core_mm = dice.uniform(1.9, 2.7)
    measured = []
    for text, picture in lines:
        ink, _ = ink_of(picture)
        measured.append((text, picture, *small_letters(ink)))
    usual = float(np.median([bottom - top for _, _, top, bottom in measured]))
    widest = max(picture.width for _, picture, _, _ in measured)
    core_mm = min(core_mm, 172 * usual / widest)
    pitch = dice.uniform(2.7, 3.6) * core_mm * px
    sheet = np.zeros((round(HEIGHT_MM * px), round(WIDTH_MM * px)), np.float32)
    first_baseline = 28 * px
    draw_paper(sheet, paper, pitch, first_baseline, px, dice)
    pasted = []
    for i, (text, picture, top, bottom) in enumerate(measured):
        baseline = first_baseline + i * pitch
        if baseline > (HEIGHT_MM - 22) * px:
            break
        scale = core_mm * px / usual * min(1.15, max(0.85, usual / (bottom - top)))
        size = (max(8, round(picture.width * scale)), max(8, round(picture.height * scale)))
        ink = ink_of(picture.resize(size, Image.Resampling.LANCZOS))[0]
        left = round((22 + dice.uniform(0, 6)) * px)
        on_rules = paper in ("ruled", "seyes")
        slope = math.tan(math.radians(dice.gauss(0, 0.15 if on_rules else 0.5)))
        wave, length, phase = dice.uniform(0, 0.25 if on_rules else 0.5) * px, dice.uniform(12, 25) * px, dice.uniform(0, 6.3)
        stray = lambda x, s=slope, w=wave, l=length, p=phase: s * x + w * math.sin(x / l + p)
        place = baseline + dice.gauss(0, 0.03) * pitch
        paste(sheet, ink, left, lambda x: place - bottom * scale + stray(x), px)
        middle = [(left + x, place - (bottom - top) * scale / 2 + stray(x)) for x in range(0, size[0], max(1, round(3 * px)))]
        pasted.append(Pasted(text, picture, middle, (bottom - top) * scale))
    turned = dice.uniform(-2, 2)
    light = Image.fromarray((255 - 215 * sheet * dice.uniform(0.75, 1)).clip(0, 255).astype(np.uint8))
    light = light.rotate(-turned, Image.Resampling.BICUBIC, fillcolor=255)
    values = np.asarray(light, np.float32)
    values = values + np.random.default_rng(dice.getrandbits(32)).normal(0, dice.uniform(1, 7), values.shape) - dice.uniform(0, 20)
    if two_tones:
        values = np.where(values < 165, 0, 255)
    picture = Image.fromarray(values.clip(0, 255).astype(np.uint8))
    cx, cy, angle = picture.width / 2, picture.height / 2, math.radians(turned)
    for line in pasted:
        line.middle = [(cx + (x - cx) * math.cos(angle) - (y - cy) * math.sin(angle),
                        cy + (x - cx) * math.sin(angle) + (y - cy) * math.cos(angle)) for x, y in line.middle]
    return Page(picture, dpi, paper, two_tones, turned, pasted)


def compose_all(lines_by_writer, seed=2026):
    """Every line of every writer once."""
    pages = []
    for lines in lines_by_writer:
        rest = lines
        while rest:
            page = compose(rest, len(pages), seed)
            pages.append(page)
            rest = rest[len(page.lines):]
    return pages
