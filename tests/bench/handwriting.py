#!/usr/bin/env python3
"""handwritten lines of writers no training saw: character and word errors, confidence, time, beside tesseract

  scripts/bench handwriting DIR [--pages] [--tesseract N] [--models DIR] [RULE=NUMBER ...]

DIR holds lines.tsv and the archives it names; the lines of its split "val" are read, without the consent
sentence every writer copied and without page headers. Needs Python with Pillow (python3-pil) for the WebP
pictures. RULE=NUMBER: of ocr::BeamRules, such as width=32. --writers odd or even: only every other one, so that
rules can be chosen on one half and measured on the other. --pages: the same lines pasted on pages, writer by
writer, cut out again by ocr/lines/rows and read, beside the same lines as they came. --split train: where the cutting was
worked out; its errors of reading mean nothing.
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
BENCH = os.environ.get("BENCH", ROOT / "build/bin/bench_handwriting")
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


def lines_of(folder, writers, split="val"):
    """(truth, grey picture, writer) of the validation lines, in the order of the index."""
    try:
        from PIL import Image
    except ImportError:
        sys.exit("the pictures are WebP: install python3-pil")

    rules = workshop("texts")
    with open(folder / "lines.tsv", encoding="utf-8", newline="") as index:
        rows = [row for row in csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE) if row["split"] == split and row["set"] == "copiste"]
    known = sorted({(row["set"], row["writer"]) for row in rows})
    wanted = {"all": known, "even": known[::2], "odd": known[1::2]}[writers]
    archives, found = {}, []
    for row in rows:
        text = rules.plain(row["text"])
        if not text or rules.is_consent_or_header(text) or (row["set"], row["writer"]) not in wanted:
            continue
        if row["set"] not in archives:
            archives[row["set"]] = zipfile.ZipFile(folder / f"{row['set']}.zip")
        found.append((text, Image.open(io.BytesIO(archives[row["set"]].read(row["file"]))).convert("L"), row["writer"]))
    return found, len(rows), len(wanted)


def ours(models, lines, options):
    with tempfile.NamedTemporaryFile() as pixels:
        for _, picture, _ in lines:
            pixels.write(struct.pack("<II", *picture.size) + picture.tobytes())
        pixels.flush()
        done = subprocess.run([BENCH, models, pixels.name, *options], check=True,
                              capture_output=True, text=True)
    rows = [row.split("\t") for row in done.stdout.split("\n") if row]
    return [{"net_ms": float(net), "search_ms": float(search), "greedy": greedy, "text": text,
             "letters": [tuple(map(float, letter.split(":"))) for letter in letters.split()]}
            for net, search, greedy, text, letters in rows]


def tesseract(lines):
    texts, seconds = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _, picture, _ in lines:
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


def read_pages(models, pages, options):
    """For each page: ms of cutting, skew undone, rows of (places, height of small letters, ms, text)."""
    with tempfile.NamedTemporaryFile() as pixels:
        for page in pages:
            pixels.write(struct.pack("<III", *page.picture.size, page.dpi) + page.picture.tobytes())
        pixels.flush()
        done = subprocess.run([BENCH, models, pixels.name, "pages", *options], check=True, capture_output=True, text=True)
    found = []
    for answer in done.stdout.split("\n"):
        words = answer.split("\t")
        if words[0] == "page":
            found.append((float(words[1]), float(words[2]), []))
        elif words[0] == "row":
            places = [tuple(map(float, place.split(":"))) for place in words[1].split()]
            found[-1][2].append((places, float(words[2]), float(words[3]), words[4]))
    return found


def shared_width(line, places):
    """Share of a pasted line's width that a row runs along, no further off than half its small letters are high."""
    along = 0
    for x, y in line.middle:
        here = [v for u, v in places if abs(u - x) < 2.2 * line.core]
        along += bool(here) and min(abs(v - y) for v in here) < 0.75 * line.core
    return along / len(line.middle)


class Cutting:
    """What became of pasted lines."""

    def __init__(self):
        self.lines = self.found = self.missed = self.merged = self.split = self.rows = self.no_line = 0

    def count(self, page, rows):
        shares = [[shared_width(line, places) for places, _, _, _ in rows] for line in page.lines]
        self.lines += len(page.lines)
        self.rows += len(rows)
        for of_line in shares:
            most = max(of_line, default=0)
            self.found += most >= 0.8
            self.missed += most < 0.3
            self.split += 0.3 <= most < 0.8
        for i in range(len(rows)):
            lines = sum(of_line[i] >= 0.3 for of_line in shares)
            self.merged += lines > 1
            self.no_line += lines == 0

    def __str__(self):
        return (f"{self.lines} lines: {self.found} found whole, {self.split} split, {self.missed} missed; {self.rows} rows: "
                f"{self.merged} run along two lines, {self.no_line} along none (smudges, pieces)")


def bench_pages(args, lines):
    by_writer = {}
    for text, picture, writer in lines:
        by_writer.setdefault(writer, []).append((text, picture))
    pages = workshop("pages").compose_all(list(by_writer.values()), args.seed)
    if args.keep:
        for i, page in enumerate(pages):
            page.picture.save(f"{args.keep}/{i:02d}-{page.dpi}-{page.paper}{'-bw' if page.two_tones else ''}.pgm")
    found = read_pages(args.models, pages, args.rules)
    clean = ours(args.models, [(line.text, line.picture, "") for page in pages for line in page.lines], args.rules)
    whole, groups, at = Cutting(), {}, 0
    texts = workshop("texts")
    for i, (page, (ms, skew, rows)) in enumerate(zip(pages, found)):
        one = Cutting()
        one.count(page, rows)
        whole.count(page, rows)
        truth = " ".join(line.text for line in page.lines)
        as_cut = texts.edits(" ".join(text for _, _, _, text in rows if text), truth)
        as_came = texts.edits(" ".join(a["text"] for a in clean[at : at + len(page.lines)]), truth)
        at += len(page.lines)
        for name in ("all", page.paper, f"{page.dpi} dpi", "two tones" if page.two_tones else "grey"):
            group = groups.setdefault(name, [0, 0, 0, 0])
            for k, value in enumerate((1, as_cut, as_came, len(truth))):
                group[k] += value
        if args.verbose:
            print(f"  {i:2} {page.dpi} {page.paper:8} {'two tones' if page.two_tones else 'grey':9} turned {page.turned_deg:5.2f}, undone {skew:5.2f}; "
                  f"CER {100 * as_cut / len(truth):5.1f} %, clean {100 * as_came / len(truth):5.1f} %; {one}")
    print(f"  {whole}")
    for name, (n, as_cut, as_came, letters) in groups.items():
        print(f"  {name:10} {n:3} pages, {letters:6} letters: CER {100 * as_cut / letters:6.2f} % cut by us, {100 * as_came / letters:6.2f} % "
              f"as they came, lost {100 * (as_cut - as_came) / letters:5.2f}")
    print(f"  ms a page, one core: straightening and cutting {times([ms for ms, _, _ in found])}; "
          f"ms a row read {times([ms for _, _, rows in found for _, _, ms, _ in rows])}")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("dir", type=pathlib.Path)
    ask.add_argument("rules", nargs="*")
    ask.add_argument("--models", default=str(ROOT / "models"))
    ask.add_argument("--tesseract", type=int, default=60, help="lines of the sample read by tesseract as well")
    ask.add_argument("--fit", action="store_true", help="print what confidence is best made of on these lines")
    ask.add_argument("--pages", action="store_true", help="lines on pages, cut out again")
    ask.add_argument("--seed", type=int, default=2026, help="of the pages")
    ask.add_argument("--split", default="val")
    ask.add_argument("--every", type=int, default=1, help="only every Nth writer")
    ask.add_argument("--keep", help="a folder for the pages, to look at")
    ask.add_argument("--verbose", action="store_true")
    ask.add_argument("--writers", choices=("all", "even", "odd"), default="all")
    args = ask.parse_args()
    lines, index, writers = lines_of(args.dir, args.writers, args.split)
    if args.every > 1:
        known = sorted({writer for _, _, writer in lines})[:: args.every]
        lines = [line for line in lines if line[2] in known]
        writers = len(known)
    if args.pages:
        print(f"{len(lines)} lines of {writers} writers (split {args.split}) on pages, seed {args.seed} {' '.join(args.rules)}")
        bench_pages(args, lines)
        return
    truths = [truth for truth, _, _ in lines]
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
