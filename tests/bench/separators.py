#!/usr/bin/env python3
"""separator sheets and registered labels found on painted scans, none found elsewhere, and ms a page

  scripts/bench separators [--count N] [--seed S] [--letters N] [--not-separators DIR]

A row a mishap (models/workshop/mishap), each sheet turned by chance and up to 5 degrees askew, 150 to 400 dpi.
Beside it the baseline: zxing's QR reader alone on the whole page at full resolution, which has no patch to go by.
DIR holds pages (tif, png, jpg, pdf), none of them a separator. Milliseconds are processor time of one core.
"""
import argparse
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = ROOT / "build/bin/bench_separators"
KINDS = {".tif", ".tiff", ".png", ".jpg", ".jpeg", ".pdf"}


def rows(*words):
    out = subprocess.run([str(BENCH), *map(str, words)], check=True, capture_output=True, text=True).stdout
    return [line.split("\t") for line in out.splitlines()]


def share(k, n):
    return f"{k}/{n} = {100 * k / n:.1f} %" if n else "none (n = 0)"


def print_sheets(count, seed):
    print(f"{'mishap':<10} {'n':>5} {'found':>6} {'doubt':>6} {'silent':>6} {'wrong':>6} {'ms':>6} {'worst':>6}"
          f" | {'QR alone':>8} {'ms':>6} | {'labels':>6} {'wrong':>6}")
    total = [0] * 7
    for name, *figures in rows("sheets", count, seed):
        n, right, doubtful, silent, wrong = map(int, figures[:5])
        ms, worst = map(float, figures[5:7])
        baseline, baseline_ms = int(figures[7]), float(figures[8])
        labels, wrong_labels = map(int, figures[9:11])
        print(f"{name:<10} {n:>5} {right:>6} {doubtful:>6} {silent:>6} {wrong:>6} {ms:>6.1f} {worst:>6.1f}"
              f" | {baseline:>8} {baseline_ms:>6.1f} | {labels:>6} {wrong_labels:>6}")
        for i, figure in enumerate((n, right, silent, wrong, baseline, labels, wrong_labels)):
            total[i] += figure
    n, right, silent, wrong, baseline, labels, wrong_labels = total
    print(f"separators found {share(right, n)}; missed without a word {share(silent, n)}; misread {share(wrong, n)}")
    print(f"baseline, QR alone: {share(baseline, n)}")
    print(f"registered labels read {share(labels, n)}; misread {share(wrong_labels, n)}")


def print_others(lines):
    for line in lines:
        if line[0] == "seen":
            print(f"  taken for one: {line[1]} ({line[2]})")
            continue
        name, pages, separators, doubtful, forms, painted, numbers, ms, worst = line
        forms_said = f"{forms} forms' codes" + (f" of {painted} forms" if int(painted) >= 0 else "")
        print(f"{name}: separators {share(int(separators), int(pages))}, doubts {doubtful}, {forms_said}, "
              f"{numbers} registered numbers; {float(ms):.1f} ms a page, worst {float(worst):.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40, help="sheets a mishap")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--letters", type=int, default=60, help="painted letters that hold no separator")
    parser.add_argument("--not-separators", type=pathlib.Path, metavar="DIR")
    args = parser.parse_args()
    print_sheets(args.count, args.seed)
    print_others(rows("letters", args.letters, args.seed))
    if args.not_separators:
        files = sorted(f for f in args.not_separators.rglob("*") if f.suffix.lower() in KINDS)
        if not files:
            raise SystemExit(f"no page in {args.not_separators}")
        print_others(rows("files", *files))


if __name__ == "__main__":
    main()
