#!/usr/bin/env python3
"""handwritten lines of writers no training saw: character and word errors, confidence, time, beside tesseract

  scripts/bench handwriting DIR [--tesseract N] [--models DIR] [RULE=NUMBER ...]

DIR holds lines.tsv and the archives it names; the lines of its split "val" are read, without the consent
sentence every writer copied and without page headers. Needs Python with Pillow (python3-pil) for the WebP
pictures. RULE=NUMBER: of ocr::BeamRules, such as width=32. --writers odd or even: only every other one, so that
rules can be chosen on one half and measured on the other.
"""
import argparse
import csv
import importlib
import importlib.util
import io
import math
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORKSHOP = ROOT / "models/workshop/handwriting"


def right_letters(text, truth):
    """For each letter of `text`: whether the cheapest alignment finds it in `truth`."""
    wide = len(truth) + 1
    cost = [list(range(wide))]
    for i, x in enumerate(text, 1):
        row = [i]
        for j, y in enumerate(truth, 1):
            row.append(min(cost[-1][j] + 1, row[j - 1] + 1, cost[-1][j - 1] + (x != y)))
        cost.append(row)
    right, i, j = [False] * len(text), len(text), len(truth)
    while i and j:
        if cost[i][j] == cost[i - 1][j - 1] + (text[i - 1] != truth[j - 1]):
            right[i - 1] = text[i - 1] == truth[j - 1]
            i, j = i - 1, j - 1
        elif cost[i][j] == cost[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return right


def workshop(name):
    sys.path.insert(0, str(WORKSHOP))
    sys.dont_write_bytecode = True
    return importlib.import_module(name)


def lines_of(folder, writers):
    """(truth, grey picture) of the validation lines, in the order of the index."""
    try:
        from PIL import Image
    except ImportError:
        sys.exit("the pictures are WebP: install python3-pil")

    rules = workshop("texts")
    with open(folder / "lines.tsv", encoding="utf-8", newline="") as index:
        rows = [row for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE) if row["split"] == "val"]
    known = sorted({(row["set"], row["writer"]) for row in rows})
    wanted = {"all": known, "even": known[::2], "odd": known[1::2]}[writers]
    archives, found = {}, []
    for row in rows:
        text = rules.plain(row["text"])
        if not text or rules.is_consent_or_header(text) or (row["set"], row["writer"]) not in wanted:
            continue
        if row["set"] not in archives:
            archives[row["set"]] = zipfile.ZipFile(folder / f"{row['set']}.zip")
        found.append((text, Image.open(io.BytesIO(archives[row["set"]].read(row["file"]))).convert("L")))
    return found, len(rows), len(wanted)


def ours(models, lines, options):
    with tempfile.NamedTemporaryFile() as pixels:
        for _, picture in lines:
            pixels.write(struct.pack("<II", *picture.size) + picture.tobytes())
        pixels.flush()
        done = subprocess.run([ROOT / "build/bin/bench_handwriting", models, pixels.name, *options], check=True,
                              capture_output=True, text=True)
    rows = [row.split("\t") for row in done.stdout.split("\n") if row]
    return [{"net_ms": float(net), "search_ms": float(search), "greedy": greedy, "text": text,
             "letters": [tuple(map(float, letter.split(":"))) for letter in letters.split()]}
            for net, search, greedy, text, letters in rows]


def tesseract(lines):
    texts, seconds = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _, picture in lines:
            path = pathlib.Path(folder) / "line.png"
            picture.save(path)
            start = time.time()
            done = subprocess.run(["tesseract", path, "-", "--psm", "7", "-l", "fra"], capture_output=True, text=True,
                                  env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"})
            seconds.append(time.time() - start)
            texts.append(workshop("texts").plain(done.stdout))
    return texts, seconds


def rates(texts, truths):
    wrong, letters = sum(workshop("texts").edits(a, b) for a, b in zip(texts, truths)), sum(map(len, truths))
    wrong_words = sum(workshop("texts").edits(a.split(), b.split()) for a, b in zip(texts, truths))
    words = sum(len(b.split()) for b in truths)
    return f"CER {100 * wrong / letters:5.2f} % of {letters} letters, WER {100 * wrong_words / words:5.1f} % of {words} words"


def at(sorted_numbers, share):
    return sorted_numbers[min(len(sorted_numbers) - 1, int(share * len(sorted_numbers)))]


def times(ms):
    ms = sorted(ms)
    return f"median {at(ms, 0.5):.1f}, p95 {at(ms, 0.95):.1f}, worst {ms[-1]:.1f}"


def print_confidence(answers, truths):
    pairs = [pair for answer, truth in zip(answers, truths) for pair in zip((c for c, _, _ in answer["letters"]), right_letters(answer["text"], truth))]
    print("  what a letter's confidence is worth:")
    edges = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.001]
    for low, high in zip(edges, edges[1:]):
        here = [(c, r) for c, r in pairs if low <= c < high]
        if here:
            print(f"    {low:4.2f} to {min(high, 1):4.2f}   {len(here):6} letters, said {sum(c for c, _ in here) / len(here):.3f}, "
                  f"right {sum(r for _, r in here) / len(here):.3f}")


def log_odds(p):
    p = min(max(p, 1e-3), 1 - 1e-3)
    return math.log(p / (1 - p))


def solve(matrix, wanted):
    rows = [row[:] + [w] for row, w in zip(matrix, wanted)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(len(rows)):
            if r != i:
                times_i = rows[r][i] / rows[i][i]
                rows[r] = [a - times_i * b for a, b in zip(rows[r], rows[i])]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def fitted_certainty(answers, truths):
    """Logistic regression by Newton's steps: what export.py --certainty takes, in thousandths."""
    cases = []
    for answer, truth in zip(answers, truths):
        odds = [(log_odds(agreed), log_odds(seen)) for _, agreed, seen in answer["letters"]]
        usual = sum(seen for _, seen in odds) / max(1, len(odds))
        cases += [((1.0, agreed, seen, usual), right) for (agreed, seen), right in zip(odds, right_letters(answer["text"], truth))]
    weights = [0.0] * 4
    for _ in range(12):
        slope, bend = [0.0] * 4, [[1e-3 * (i == j) for j in range(4)] for i in range(4)]
        for x, right in cases:
            p = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, x))))
            for i in range(4):
                slope[i] += (right - p) * x[i]
                for j in range(4):
                    bend[i][j] += p * (1 - p) * x[i] * x[j]
        weights = [w + step for w, step in zip(weights, solve(bend, slope))]
    return ",".join(str(round(1000 * w)) for w in weights)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("dir", type=pathlib.Path)
    ask.add_argument("rules", nargs="*")
    ask.add_argument("--models", default=str(ROOT / "models"))
    ask.add_argument("--tesseract", type=int, default=60, help="lines of the sample read by tesseract as well")
    ask.add_argument("--fit", action="store_true", help="print what confidence is best made of on these lines")
    ask.add_argument("--writers", choices=("all", "even", "odd"), default="all")
    args = ask.parse_args()
    lines, index, writers = lines_of(args.dir, args.writers)
    truths = [truth for truth, _ in lines]
    answers = ours(args.models, lines, args.rules)
    print(f"{len(lines)} lines of {writers} writers (of {index} validation lines; consent and headers left out) {' '.join(args.rules)}")
    print(f"  with the letter model    {rates([a['text'] for a in answers], truths)}")
    print(f"  greedy                   {rates([a['greedy'] for a in answers], truths)}")
    exact = sum(a["text"] == t for a, t in zip(answers, truths))
    print(f"  whole lines right        {exact} of {len(lines)}")
    print(f"  ms a line, one core      {times([a['net_ms'] + a['search_ms'] for a in answers])} "
          f"(net {times([a['net_ms'] for a in answers])}; search {times([a['search_ms'] for a in answers])})")
    print_confidence(answers, truths)
    if args.fit:
        print(f"  export.py --certainty={fitted_certainty(answers, truths)}")
    step = max(1, len(lines) // args.tesseract) if args.tesseract else 0
    if step:
        sample = range(0, len(lines), step)
        texts, seconds = tesseract([lines[i] for i in sample])
        print(f"  on {len(sample)} of these lines, every {step}th:")
        print(f"    ours                   {rates([answers[i]['text'] for i in sample], [truths[i] for i in sample])}")
        print(f"    tesseract --psm 7      {rates(texts, [truths[i] for i in sample])}, "
              f"{times([1000 * s for s in seconds])} ms with its start")


if __name__ == "__main__":
    debian = "/usr/bin/python3"  # has Debian's Pillow; another Python that comes first on the PATH may not
    if importlib.util.find_spec("PIL") is None and sys.executable != debian and os.path.exists(debian):
        os.execv(debian, [debian, __file__, *sys.argv[1:]])
    main()
