"""The handwritten lines a reader learns from: pictures 64 px high with their text, by set and writer."""
import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from texts import is_consent_or_header, plain

HEIGHT = 40  # px the net sees

@dataclass
class Line:
    image: np.ndarray  # uint8, HEIGHT x width, ink = 255 on 0
    text: str
    set: str
    writer: str


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
