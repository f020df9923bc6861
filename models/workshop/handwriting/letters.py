#!/usr/bin/env python3
"""Trains the letter model (which letter follows which) that the handwriting decoder leans on. One command:

    models/workshop/handwriting/letters.py --lines FOLDER --out models/handwriting/letters.model

Learns from the training lines' texts, the complaints of models/triage/corpus and models/workshop/stock, and
the words that Debian's tesseract-ocr-fra knows (Apache-2.0; taken out with its own tools, --words FILE for a list
at hand). Never from validation texts: a training line that also stands in validation is left out. --measure
holds one line in ten back and prints bits a letter on them.
"""
import argparse
import collections
import csv
import json
import math
import re
import subprocess
import tempfile
from pathlib import Path

import model_file
from texts import plain

ROOT = Path(__file__).resolve().parents[3]
TRAINEDDATA = Path("/usr/share/tesseract-ocr/5/tessdata/fra.traineddata")
KIND = "vaguemestre-letters 1"
COST_STEPS = 10  # a bit of cost, in a byte


def word_list(path):
    if path:
        return Path(path).read_text(encoding="utf-8").split()
    with tempfile.TemporaryDirectory() as folder:
        run = lambda *command: subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run("combine_tessdata", "-u", TRAINEDDATA, "fra.")
        run("dawg2wordlist", "fra.lstm-unicharset", "fra.lstm-word-dawg", "words")
        return (Path(folder) / "words").read_text(encoding="utf-8").split()


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings_in(part)


def complaints():
    import tomllib

    for file in sorted((ROOT / "models/triage/corpus").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for file in sorted((ROOT / "models/workshop/stock").glob("*.toml")):
        for text in strings_in(tomllib.loads(file.read_text(encoding="utf-8"))):
            for part in re.split(r"\{\w+\}", text):
                yield part


def lines_of(folder):
    """(set, text) of training lines that stand nowhere in validation."""
    with open(Path(folder) / "lines.tsv", encoding="utf-8", newline="") as index:
        rows = list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))
    held_out = {plain(row["text"]) for row in rows if row["split"] == "val"}
    texts = [(row["set"], plain(row["text"])) for row in rows if row["split"] == "train"]
    return [(name, text) for name, text in texts if text and text not in held_out]


def sources(args):
    """(weight, text): every text begins and ends with a space."""
    lines = lines_of(args.lines)
    back = {i for i in range(len(lines)) if args.measure and i // 20 % 10 == 0}  # runs of lines: pages, not words
    own = [(args.lines_weight if name != "poilus" else args.old_weight, text) for i, (name, text) in enumerate(lines) if i not in back]
    own += [(args.complaints_weight, plain(text)) for text in complaints()]
    own += [(weight * args.capitals_weight, text.upper()) for weight, text in own]
    own += [(args.words_weight, word) for word in word_list(args.words)]
    return [(w, f" {t} ") for w, t in own if t], [f" {lines[i][1]} " for i in sorted(back) if lines[i][0] != "poilus"]


class Counts:
    """How often each run of letters stands in the texts, by its length."""

    def __init__(self, texts, order):
        self.runs = [collections.defaultdict(float) for _ in range(order + 1)]
        by_weight = collections.defaultdict(list)
        for weight, text in texts:
            by_weight[weight].append(text)
        for weight, group in by_weight.items():
            for n in range(1, order + 1):
                counted = collections.Counter()
                for text in group:
                    counted.update(text[i : i + n] for i in range(len(text) - n + 1))
                for run, count in counted.items():
                    self.runs[n][run] += weight * count


def model(counts, alphabet, order, args):
    """([{run: probability of its last letter}], {run: share left to shorter ones}): Kneser-Ney, interpolated."""
    levels = [None] * (order + 1)
    total = sum(counts.runs[1][c] for c in alphabet)
    kinds = len(alphabet)
    levels[1] = {c: (counts.runs[1].get(c, 0.0) + 0.5) / (total + 0.5 * kinds) for c in alphabet}

    def probability(run):
        """Of the last letter after the others, with what is known so far."""
        share = 1.0
        while run not in levels[len(run)]:
            share *= left.get(run[:-1], 1.0)
            run = run[1:]
        return share * levels[len(run)][run]

    left = {}
    for n in range(2, order + 1):
        followers = collections.defaultdict(list)
        for run, count in counts.runs[n].items():
            if all(c in levels[1] for c in run) and run[:-1] in levels[n - 1]:
                followers[run[:-1]].append((run, count))
        levels[n] = {}
        if n < order:
            beginnings = collections.defaultdict(float)  # not how often a run stands, but after how many letters
            for run, count in counts.runs[n + 1].items():
                beginnings[run[1:]] += min(1.0, count)
            followers = {before: [(run, beginnings[run]) for run, _ in runs if run in beginnings] or runs
                         for before, runs in followers.items()}
        for before, runs in followers.items():
            seen = sum(count for _, count in runs)
            taken = args.discount * sum(min(1.0, count) for _, count in runs)
            kept = [(run, count) for run, count in runs if n <= args.keep_all or count >= args.least]
            if not kept:
                continue
            share = taken / seen
            entries = {run: (count - args.discount * min(1.0, count)) / seen + share * probability(run[1:]) for run, count in kept}
            own, theirs = sum(entries.values()), sum(probability(run[1:]) for run in entries)
            levels[n].update(entries)
            left[before] = max(1.0 - own, 1e-6) / max(1.0 - theirs, 1e-6)
    return levels, left


def bits(texts, levels, left, order):
    """Mean bits a letter."""
    cost = count = 0
    for text in texts:
        for i in range(1, len(text)):
            run, share = text[max(0, i + 1 - order) : i + 1], 1.0
            if run[-1] not in levels[1]:
                continue
            while run not in levels[len(run)]:
                share *= left.get(run[:-1], 1.0)
                run = run[1:]
            cost -= math.log2(share * levels[len(run)][run])
            count += 1
    return cost / count


def cost_byte(probability):
    return min(255, max(0, round(-math.log2(max(probability, 1e-30)) * COST_STEPS)))


def numbers_of(levels, left, alphabet, order):
    place = {c: i for i, c in enumerate(alphabet)}
    header, numbers = [], b""
    parents = [""]
    for n in range(1, order + 1):
        children = collections.defaultdict(list)
        for run in levels[n]:
            children[run[:-1]].append(run)
        if n > 1:
            numbers += bytes(len(children[run]) for run in parents)
        runs = [run for before in parents for run in sorted(children[before], key=lambda r: place[r[-1]])]
        header.append(f"level {len(runs)}")
        numbers += bytes(place[run[-1]] for run in runs) + bytes(cost_byte(levels[n][run]) for run in runs)
        if n < order:
            numbers += bytes(min(255, max(0, 128 + round(-math.log2(left.get(run, 1.0)) * COST_STEPS))) for run in runs)
        parents = runs
    return header, numbers


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--lines", required=True)
    ask.add_argument("--out")
    ask.add_argument("--words", help="a list of words, one a line, in place of tesseract's")
    ask.add_argument("--measure", action="store_true")
    ask.add_argument("--order", type=int, default=7)
    ask.add_argument("--keep-all", type=int, default=4, help="runs up to this length are kept however rare")
    ask.add_argument("--least", type=float, default=0.4, help="how often longer ones must be seen")
    ask.add_argument("--discount", type=float, default=0.85, help="taken from each count for unseen letters")
    ask.add_argument("--lines-weight", type=float, default=1.0)
    ask.add_argument("--old-weight", type=float, default=0.3)
    ask.add_argument("--complaints-weight", type=float, default=1.0)
    ask.add_argument("--capitals-weight", type=float, default=0.1)
    ask.add_argument("--words-weight", type=float, default=0.5)
    args = ask.parse_args()
    texts, back = sources(args)
    single = collections.Counter("".join(text for _, text in texts))
    alphabet = "".join(sorted(c for c, n in single.items() if n >= 5))[:250]
    levels, left = model(Counts(texts, args.order), alphabet, args.order, args)
    sizes = [len(level) for level in levels[1:]]
    print(f"{len(texts)} texts, {sum(len(t) for _, t in texts)} letters of {len(alphabet)} kinds; runs by length {sizes}")
    if args.measure:
        print(f"{bits(back, levels, left, args.order):.3f} bits a letter on {sum(len(t) for t in back)} letters held back")
    if args.out:
        header, numbers = numbers_of(levels, left, alphabet, args.order)
        # letters first, as every model file has them
        checksum = model_file.write(args.out, KIND, [f"letters {len(alphabet)}", *header], model_file.letters(alphabet) + numbers)
        print(f"{args.out}: {Path(args.out).stat().st_size} bytes, checksum {checksum}")


if __name__ == "__main__":
    main()
