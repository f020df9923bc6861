"""The handwritten lines a reader learns from: pictures 64 px high with their text, by set and writer."""
import csv
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

HEIGHT = 40  # px the net sees

# What every "copiste" writer copied at the end of the page. Fine to learn from; left out of validation.
CONSENT = ("J'ai lu les conditions de participation et j'y consens. Je comprends que mon manuscrit sera anonymisé "
           "et utilisé par BAnQ pour des activités de recherche et développement et qu'il pourra aussi être publié "
           "et partagé sous licence CC-BY pour être utilisé librement à des fins non commerciales.")
HEADER = re.compile(r"wikitexte_\d+")


@dataclass
class Line:
    image: np.ndarray  # uint8, HEIGHT x width, ink = 255 on 0
    text: str
    set: str
    writer: str


def plain(text):
    """Typographic variants that no reader should have to tell apart."""
    for fancy, simple in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("\u00a0", " "), ("…", "...")):
        text = text.replace(fancy, simple)
    return " ".join(text.split())


def distance_inside(needle, text):
    """Edits from `needle` to its nearest piece of `text` (Sellers)."""
    row = [0] * (len(text) + 1)
    for i, a in enumerate(needle, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(text, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return min(row)


def is_consent_or_header(text):
    if HEADER.search(text):
        return True
    return len(text) >= 4 and distance_inside(text, CONSENT) <= max(1, len(text) // 4)


def to_ink(picture):
    """Grey picture -> ink 0..255 at HEIGHT, paper removed."""
    grey = picture.convert("L")
    width = max(8, round(grey.width * HEIGHT / grey.height))
    values = np.asarray(grey.resize((width, HEIGHT), Image.Resampling.LANCZOS), dtype=np.float32)
    paper, ink = np.percentile(values, 90), np.percentile(values, 1)
    return np.clip((paper - values) * (255.0 / max(paper - ink, 32.0)), 0, 255).astype(np.uint8)


def load(folder, split):
    """Every line of a split ("train", "val"); validation without consent lines and headers."""
    folder = Path(folder)
    archives, lines = {}, []
    with open(folder / "lines.tsv", encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = plain(row["text"])
            if row["split"] != split or not text or (split == "val" and is_consent_or_header(text)):
                continue
            if row["set"] not in archives:
                archives[row["set"]] = zipfile.ZipFile(folder / f"{row['set']}.zip")
            archive = archives[row["set"]]
            picture = Image.open(io.BytesIO(archive.read(row["file"])))
            lines.append(Line(to_ink(picture), text, row["set"], row["writer"]))
    return lines
