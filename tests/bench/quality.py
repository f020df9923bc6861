#!/usr/bin/env python3
"""flaws told to the operator on painted pages and on a DIR, false alarms on good pages, and ms a page

  scripts/bench quality [DIR] [--count N] [--seed S]

Painted: N pages a row, good ones and ones with one fault. Beside it the baseline of a plain scanner driver: the mean
grey of the page (under 128 too dark, over 252 too light) and the resolution the file names. DIR: scans that a
person would keep (png, tif, jpg), their resolution and angle from its truth.csv (file, dpi, gt) where there is one; any
alarm but a true one is false. ms: processor time, the child's too.
"""
import argparse
import csv
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = ROOT / "build/bin/bench_quality"
KINDS = {".tif", ".tiff", ".png", ".jpg", ".jpeg"}
REMARKS = {"blank", "no_skew", ""}


def rows(*words):
    out = subprocess.run([str(BENCH), *map(str, words)], check=True, capture_output=True, text=True).stdout
    for line in out.splitlines():
        name, flaws, ms, grey = line.split("\t")
        yield name, set(flaws.split(",")) - REMARKS, float(ms), float(grey)


def share(k, n):
    return f"{k}/{n} = {100 * k / n:.1f} %" if n else "none (n = 0)"


def times(ms):
    ms = sorted(ms)
    return f"ms a page: median {ms[len(ms) // 2]:.0f}, p95 {ms[int(len(ms) * 0.95)]:.0f}, worst {ms[-1]:.0f} (n = {len(ms)})"


def baseline(grey):
    return {"too_dark"} if grey < 128 else {"too_light"} if grey > 252 else set()


def painted(count, seed):
    found = {}
    ms = []
    for name, flaws, took, grey in rows("painted", count, seed):
        tally = found.setdefault(name, [0, 0, 0, 0])
        truth = set() if name == "good" else {name}
        tally[0] += 1
        tally[1] += truth <= flaws
        tally[2] += bool(flaws - truth)
        tally[3] += (truth <= baseline(grey)) if truth else bool(baseline(grey))
        ms.append(took)
    print(f"{'painted':<16} {'n':>5} {'told':>6} {'another alarm':>14} | mean grey alone")
    for name, (n, told, other, plain) in found.items():
        print(f"{name:<16} {n:>5} {told if name != 'good' else '-':>6} {other:>14} | {plain}")
    n, _, false, plain = found["good"]
    print(f"false alarms on good painted pages: {share(false, n)}; mean grey alone: {share(plain, n)}")
    print(times(ms))


def folder(path):
    files = sorted(f for f in path.rglob("*") if f.suffix.lower() in KINDS)
    truth = {}
    if (path / "truth.csv").exists():
        with open(path / "truth.csv", newline="") as table:
            truth = {row["file"]: row for row in csv.DictReader(table)}
    false, ms, seen = [], [], 0
    for start in range(0, len(files), 50):
        for name, flaws, took, _ in rows("files", *files[start:start + 50]):
            row = truth.get(pathlib.Path(name).name, {})
            true = set()
            if row.get("dpi") and float(row["dpi"]) < 190:
                true.add("low_resolution")
            if row.get("gt") and abs(float(row["gt"])) > 15:
                true.add("skewed")
            seen += 1
            ms.append(took)
            if flaws - true:
                false.append(f"{pathlib.Path(name).name} ({', '.join(sorted(flaws - true))})")
    print(f"{path}: false alarms {share(len(false), seen)}; {times(ms) if ms else ''}")
    for line in false:
        print("  " + line)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("dir", nargs="?", type=pathlib.Path)
    words.add_argument("--count", type=int, default=20)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    painted(asked.count, asked.seed)
    if asked.dir:
        folder(asked.dir)


main()
