#!/usr/bin/env python3
"""Fits what tells print from hands, line by line (ocr/lines/script), and which of two readings of a line to take.

    models/workshop/handwriting/print_or_hand.py DIR [--count 150] [--seed 5101] [--every 4]

Print and painted hands: letters painted with the faces that training may see. Real hands: lines of the writers that
nets are trained on (DIR: lines.tsv and its archives), pasted on pages. Rows are cut as the product cuts them; one whose
reading resembles nothing that stands on its page (a smudge, a signature) is left out. Writes ocr/lines/script_weights.hpp;
about ten minutes of one core. `scripts/bench script DIR` measures it on other faces and other writers.
"""
import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests/bench"), str(ROOT / "models/workshop/handwriting")]
sys.dont_write_bytecode = True
import texts

BIN = pathlib.Path(os.environ.get("BIN", ROOT / "build/bin"))
WEIGHTS = ROOT / "ocr/lines/script_weights.hpp"
ONE_CORE = {**os.environ, "OMP_THREAD_LIMIT": "1"}


@dataclass
class Row:
    file: str
    medium: str  # typed, typewriter, dot, hand; "real" = written by people
    page: tuple
    signs: list
    printed: str
    print_sure: float
    written: str
    hand_sure: float
    ms: tuple  # of the signs, of print's reader, of the reader of hands
    length: float  # in heights of its small letters
    print_wrong: int = 0  # edits against what stands there
    hand_wrong: int = 0

    @property
    def hand(self):
        return self.medium in ("hand", "real")


def paint(folder, count, seed, faces):
    subprocess.run([BIN / "vaguemestre", "specimen", "--count", str(count), "--seed", str(seed), "--faces", faces, "--out", folder],
                   check=True, stdout=subprocess.DEVNULL)


def paste(folder, lines_dir, split, every, seed):
    """Pages of real lines, scanned: PNG files with their truth, as `vaguemestre specimen` writes it."""
    import handwriting
    import pages

    lines, _, _ = handwriting.lines_of(lines_dir, "all", split)
    by_writer = {}
    for text, picture, writer in lines:
        by_writer.setdefault(writer, []).append((text, picture))
    wanted = [by_writer[writer] for writer in sorted(by_writer)[::every]]
    for i, page in enumerate(pages.compose_all(wanted, seed)):
        page.picture.save(folder / f"real-{i:04d}.png", dpi=(page.dpi, page.dpi))
        truth = {"file": f"real-{i:04d}.png", "form": None, "medium": "real", "text": "\n".join(line.text for line in page.lines)}
        (folder / f"real-{i:04d}.truth.json").write_text(json.dumps(truth))


def all_words(truth):
    """Everything that its writer put on the pages."""
    parts = [truth["text"]]
    for part in (truth.get("letter") or {}).values():
        parts += part if isinstance(part, list) else [part or ""]
    return texts.plain(" ".join(parts))


def rows_of(folder):
    truths = [json.loads(path.read_text()) for path in sorted(folder.glob("*.truth.json"))]
    done = subprocess.run([BIN / "bench_script"], input="".join(f"{folder / t['file']}\n" for t in truths), capture_output=True,
                          text=True, check=True, env=ONE_CORE)
    return [row for row in map(lambda line: row_of(line, truths), done.stdout.split("\n")) if row]


def row_of(line, truths):
    """One answer of bench_script with its truth, or None where it resembles nothing that was written."""
    words = line.split("\t")
    if len(words) < 13:
        return None
    truth = truths[int(words[0])]
    row = Row(truth["file"], truth.get("medium", "typed"), (int(words[0]), int(words[1])), [float(s) for s in words[3].split(",") if s],
              texts.plain(words[4]), float(words[5]), texts.plain(words[6]), float(words[7]), tuple(map(float, words[9:12])), float(words[12]))
    said = all_words(truth)
    row.print_wrong = texts.distance_inside(row.printed, said) if row.printed else len(row.written)
    row.hand_wrong = texts.distance_inside(row.written, said) if row.written else len(row.printed)
    good = min((row.print_wrong / max(1, len(row.printed)), len(row.printed)), (row.hand_wrong / max(1, len(row.written)), len(row.written)))
    return row if good[0] <= 0.4 and good[1] >= 4 else None


def fitted(cases, rounds=30, keep=1e-2):
    """Logistic regression by Newton's steps. cases: (signs, true or false, weight)."""
    import numpy as np

    x = np.array([[1.0, *signs] for signs, _, _ in cases])
    y = np.array([float(answer) for _, answer, _ in cases])
    w = np.array([weight for _, _, weight in cases])
    weights = np.zeros(x.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (w * (y - p)) - keep * weights
        bend = (x.T * (w * p * (1 - p))) @ x + keep * np.eye(x.shape[1])
        weights += np.linalg.solve(bend, slope)
    return weights


def odds_of(weights, signs):
    return weights[0] + sum(w * s for w, s in zip(weights[1:], signs))


def evenly(rows):
    """Each medium weighs as much as any other of its side; both sides the same."""
    count = {}
    for row in rows:
        count[row.medium] = count.get(row.medium, 0) + 1
    sides = {side: len({row.medium for row in rows if row.hand == side}) for side in (True, False)}
    return [len(rows) / (2 * sides[row.hand] * count[row.medium]) for row in rows]


# As in ocr/lines/script.cpp: judgements, for the painter mixes no scripts on a page.
OTHERS_WEIGHT, TELLS_ALL = 1.5, 30


def clamped(odds):
    return max(-4.0, min(4.0, odds))


def among_others(rows, odds):
    """Each row's own odds, the shorter the weaker, moved by what the page's other rows say: their mean."""
    share = lambda row: min(1.0, row.length / TELLS_ALL)
    sums = {}
    for row, own in zip(rows, odds):
        total = sums.setdefault(row.page, [0.0, 0.0])
        total[0] += share(row) * clamped(own)
        total[1] += share(row)
    others = lambda row, own: (sums[row.page][0] - share(row) * clamped(own)) / max(1e-9, sums[row.page][1] - share(row))
    return [share(row) * own + OTHERS_WEIGHT * others(row, own) for row, own in zip(rows, odds)]


def log_odds(p):
    p = min(max(p, 0.01), 0.99)
    return math.log(p / (1 - p))


def choice_signs(row, odds):
    """What the better of two readings is told by (ocr/lines/lines.cpp)."""
    return (clamped(odds), log_odds(row.print_sure), log_odds(row.hand_sure))


def fit(rows):
    script = fitted([(row.signs, row.hand, weight) for row, weight in zip(rows, evenly(rows))])
    own = among_others(rows, [odds_of(script, row.signs) for row in rows])
    cases = [(choice_signs(row, odds), row.hand_wrong < row.print_wrong, weight * abs(row.hand_wrong - row.print_wrong))
             for row, odds, weight in zip(rows, own, evenly(rows)) if row.hand_wrong != row.print_wrong]
    mean = sum(w for _, _, w in cases) / len(cases)
    return script, fitted([(signs, answer, w / mean) for signs, answer, w in cases])


def numbers(values):
    return ", ".join(f"{v:.4f}" for v in values)


def header(script, choice, rows, args):
    count = {}
    for row in rows:
        count[row.medium] = count.get(row.medium, 0) + 1
    seen = ", ".join(f"{n} {medium}" for medium, n in sorted(count.items()))
    return f"""// Written by models/workshop/handwriting/print_or_hand.py; do not edit.
// Fitted on {len(rows)} lines ({seen}): seed {args.seed}, {args.count} painted scans.
#pragma once

#include <array>

namespace ocr {{

inline constexpr double script_base = {script[0]:.4f};
inline constexpr std::array<double, {len(script) - 1}> script_weights{{{numbers(script[1:])}}};

// Of two readings of a line, log-odds that the one by hand's reader is better: base, then the weights of the
// script's odds (-4..4) and of the log-odds of what print's and hand's reader say of themselves.
inline constexpr std::array<double, {len(choice)}> choice_weights{{{numbers(choice)}}};

}}  // namespace ocr
"""


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("dir", type=pathlib.Path)
    ask.add_argument("--count", type=int, default=150)
    ask.add_argument("--seed", type=int, default=5101)
    ask.add_argument("--every", type=int, default=4, help="every Nth writer")
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        paint(folder, args.count, args.seed, "seen")
        paste(folder, args.dir, "train", args.every, args.seed)
        rows = rows_of(folder)
    script, choice = fit(rows)
    WEIGHTS.write_text(header(script, choice, rows, args))
    subprocess.run(["clang-format-14", "-i", WEIGHTS], check=False)
    wrong = sum((odds_of(script, row.signs) > 0) != row.hand for row in rows)
    print(f"{len(rows)} lines; by their strokes alone {wrong} on the wrong side; {WEIGHTS.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
