"""Single characters cut out of the handwritten lines: the line net says where each letter of the known text
stands (forced alignment), ink that hangs together is kept together."""
import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from scipy import ndimage

import lines as paper
from net import Reader
from texts import is_consent_or_header, plain

HEIGHT = 64  # px of the pictures that characters are cut from
STEP = 4 * HEIGHT / paper.HEIGHT  # px a step of the net
LEAST_SURE = 0.4
LOWER_CASE = 350  # of each small letter: enough, and they are 9 in 10
WANTED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz-'.@_&+"  # l is no letter of its own
ACCENTED = {"É": "E", "À": "A", "Ç": "C", "È": "E", "Ê": "E", "Î": "I", "Ô": "O",
            "é": "e", "à": "a", "è": "e", "ê": "e", "ç": "c", "î": "i", "ï": "i", "ô": "o", "û": "u", "ù": "u", "â": "a"}


def rows_of(folder, split):
    """Lines of today's hands with a capital or a digit in them."""
    with open(Path(folder) / "lines.tsv", encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE):
            text = plain(row["text"])
            if row["split"] == split and row["set"] != "poilus" and any(c.isdigit() or c.isupper() for c in text):
                if split == "train" or not is_consent_or_header(text):
                    yield row, text


def reader(checkpoint):
    saved = torch.load(checkpoint, map_location="cpu")
    net = Reader(len(saved["letters"]))
    net.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in saved["weights"].items()})
    return net.eval(), saved["letters"]


def aligned(scores, wanted):
    """Likeliest step and probability of each wanted letter: Viterbi over letters and blanks between them."""
    states = np.zeros(2 * len(wanted) + 1, dtype=int)
    states[1::2] = wanted
    steps, count = len(scores), len(states)
    if steps < len(wanted):
        return []
    skip = np.zeros(count, dtype=bool)  # from a letter to another letter, without a blank
    skip[3::2] = states[3::2] != states[1:-2:2]
    best = np.full(count, -1e9)
    best[:2] = scores[0, states[:2]]
    came = np.zeros((steps, count), dtype=np.int8)
    for t in range(1, steps):
        ways = np.stack([best, np.concatenate([[-1e9], best[:-1]]),
                         np.where(skip, np.concatenate([[-1e9, -1e9], best[:-2]]), -1e9)])
        came[t] = ways.argmax(0)
        best = ways.max(0) + scores[t, states]
    state = count - 1 if best[-1] > best[-2] else count - 2
    peaks = [(0, -1e9)] * len(wanted)
    for t in range(steps - 1, -1, -1):
        if state % 2 and scores[t, states[state]] > peaks[state // 2][1]:
            peaks[state // 2] = (t, scores[t, states[state]])
        state -= came[t, state]
    return [(t, float(np.exp(p))) for t, p in peaks]


def ink_of(picture):
    """Ink 0..1, without the rules of the paper."""
    grey = np.asarray(picture.convert("L").resize((max(8, round(picture.width * HEIGHT / picture.height)), HEIGHT)), dtype=np.float32)
    dark, light = np.percentile(grey, 1), np.percentile(grey, 90)
    ink = np.clip((light - grey) / max(light - dark, 32.0), 0, 1)
    rules = ndimage.binary_opening(ndimage.binary_closing(ink > 0.2, np.ones((1, 5))), np.ones((1, 45)))
    rules = ndimage.binary_dilation(rules, np.ones((3, 1)))
    above, below = np.roll(ink, 3, 0) > 0.35, np.roll(ink, -3, 0) > 0.35
    crossed = ndimage.binary_dilation(rules & (above & below), np.ones((3, 3)))
    ink[rules & ~crossed] = 0
    return ink


def pieces(ink):
    parts, count = ndimage.label(ink > 0.35, structure=np.ones((3, 3)))
    boxes = ndimage.find_objects(parts)
    return parts, [(i + 1, box[1].start, box[1].stop) for i, box in enumerate(boxes) if box]


def cut(ink, parts, boxes, left, right):
    """The ink of one letter, trimmed, or None: pieces that lie mostly within its bounds, cut where they go on."""
    own = np.zeros(ink.shape, dtype=bool)
    for index, start, stop in boxes:
        inside = min(stop, right) - max(start, left)
        if inside <= 0:
            continue
        slack = 3 if inside >= 0.75 * (stop - start) else 1
        a, b = int(max(0, left - 4 * slack)), int(right + 4 * slack)
        if inside >= 0.6 * (stop - start):
            own[:, start:stop] |= parts[:, start:stop] == index
        elif inside >= 0.3 * (right - left):
            own[:, a:b] |= parts[:, a:b] == index
    if not own.any():
        return None
    ys, xs = np.where(own)
    window = (slice(max(0, ys.min() - 2), ys.max() + 3), slice(max(0, xs.min() - 2), xs.max() + 3))
    near = ndimage.binary_dilation(own[window], iterations=2)
    piece = np.where(near, ink[window], 0)
    if piece.shape[0] < 7 or piece.shape[1] > 70 or piece.shape[1] < 4:
        return None
    return np.round(piece * 255).astype(np.uint8)


def characters_of_line(ink, kept, peaks):
    middles = [(t + 0.5) * STEP for t, _ in peaks]
    parts, boxes = pieces(ink)
    for i, c in enumerate(kept):
        base = ACCENTED.get(c, c)
        if base not in WANTED or peaks[i][1] < LEAST_SURE:
            continue
        before = middles[i - 1] if i else middles[i] - 40
        after = middles[i + 1] if i + 1 < len(kept) else middles[i] + 40
        piece = cut(ink, parts, boxes, (before + middles[i]) / 2, (after + middles[i]) / 2)
        if piece is not None:
            yield base, piece, peaks[i][1]


class Pictures:
    def __init__(self, folder):
        self.folder, self.archives = Path(folder), {}

    def __call__(self, row):
        if row["set"] not in self.archives:
            self.archives[row["set"]] = zipfile.ZipFile(self.folder / f"{row['set']}.zip")
        return Image.open(io.BytesIO(self.archives[row["set"]].read(row["file"])))


@torch.no_grad()
def alignments(folder, checkpoint, split):
    """[(row, letters the net knows, (step, probability) of each)] of every line: minutes of the net's work."""
    net, letters = reader(checkpoint)
    place, pictures, found = {c: i + 1 for i, c in enumerate(letters)}, Pictures(folder), []
    rows = sorted(rows_of(folder, split), key=lambda row: int(row[0]["width"]))
    for first in range(0, len(rows), 8):
        group = [(row, text, paper.to_ink(pictures(row))) for row, text in rows[first : first + 8]]
        wide = (max(seen.shape[1] for *_, seen in group) + 3) // 4 * 4
        sheet = torch.zeros(len(group), 1, paper.HEIGHT, wide)
        for i, (*_, seen) in enumerate(group):
            sheet[i, 0, :, : seen.shape[1]] = torch.from_numpy(seen.astype(np.float32) / 255)
        scores = net(sheet)[0].log_softmax(-1).numpy()
        for i, (row, text, seen) in enumerate(group):
            kept = [c for c in text if c in place]
            steps = ((seen.shape[1] + 1) // 2 + 1) // 2
            if peaks := aligned(scores[:steps, i], [place[c] for c in kept]):
                found.append((row, "".join(kept), peaks))
    return found


def characters(folder, lines, seed=1):
    """[(letter, ink uint8, writer, probability)] of aligned lines; few of each small letter."""
    found, small, pictures = [], {}, Pictures(folder)
    for row, kept, peaks in lines:
        for letter, piece, sure in characters_of_line(ink_of(pictures(row)), kept, peaks):
            if letter.islower() or not letter.isalnum():
                small[letter] = small.get(letter, 0) + 1
                if small[letter] > LOWER_CASE and hash_of(row["file"], letter, seed) % 10 > 0:
                    continue
            found.append((letter, piece, row["writer"], sure))
    return found


def hash_of(name, letter, seed):
    return sum(ord(c) * (i + 7) for i, c in enumerate(f"{name}{letter}{seed}")) & 0xFFFF
