#!/usr/bin/env python3
"""skew of pages: error, surety and time, beside Leptonica's search and tesseract --psm 2

  scripts/bench skew [DIR] [--paint N] [--seed S] [--tesseract N]

DIR holds pages and a truth.csv (file, base, kind, dpi, gt = degrees turned clockwise, bilevel, note). Without DIR,
N pages are painted: forms, typed letters and letters by hand, 150 to 600 dpi, two tones and grey, within 15 degrees.
Letters painted by hand count as free handwriting: each of their lines slopes as it likes.
Pages whose note says that their truth is geometric only (free handwriting) or ambiguous are counted apart.
Times are one core's own, decoding left out, but tesseract's, which is the whole command.
"""
import argparse
import collections
import csv
import math
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = ROOT / "build/bin/bench_skew"
SURE = 0.9  # page::skew_sure
OURS = "page::skew"


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def tesseract_deg(path):
    start = time.monotonic()
    out = subprocess.run(["tesseract", str(path), "-", "--psm", "2"], capture_output=True, text=True, check=False,
                         env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"})
    took = 1000 * (time.monotonic() - start)
    found = re.search(r"Deskew angle: *(-?[\d.]+)", out.stdout + out.stderr)
    return (math.degrees(float(found.group(1))) if found else 0.0), took


def line(name, rows):
    errors = [abs(r["error"]) for r in rows]
    n = len(rows)
    within = sum(e <= 0.1 for e in errors)
    times = [r["ms"] for r in rows]
    print(f"  {name:<24} n {n:>3}  mean {statistics.fmean(errors):6.3f}°  within 0.1° {100 * within / n:5.1f} %"
          f"  worst {max(errors):6.3f}°  ms median {statistics.median(times):7.1f}  p95 {percentile(times, 0.95):7.1f}")


def surety(rows):
    sure = [r for r in rows if r["confidence"] >= SURE]
    tenth = [r for r in sure if abs(r["error"]) > 0.1]
    third = [r for r in sure if abs(r["error"]) > 0.3]
    print(f"  sure {len(sure)}/{len(rows)} = {100 * len(sure) / len(rows):.1f} %; of them off by more than 0.1° "
          f"{len(tenth)}, by more than 0.3° {len(third)}")


def times_by_kind(rows):
    groups = collections.defaultdict(list)
    for r in rows:
        groups[r["dpi"], "two tones" if r["bilevel"] else "grey"].append(r["ms"])
    for (dpi, tones), times in sorted(groups.items()):
        print(f"  {dpi:>4} dpi {tones:<10} n {len(times):>3}  ms median {statistics.median(times):6.2f}"
              f"  p95 {percentile(times, 0.95):6.2f}")


def report(title, results):
    print(f"\n{title}")
    for name, rows in results.items():
        if rows:
            line(name, rows)


def measure(folder, tesseract_pages):
    with open(folder / "truth.csv", newline="", encoding="utf-8") as file:
        truth = {row["file"]: row for row in csv.DictReader(file)}
    out = subprocess.run([BENCH, "measure", folder], check=True, capture_output=True, text=True).stdout
    apart = {name: "free handwriting" if "free hand" in t["note"] else "ambiguous"
             for name, t in truth.items() if "free hand" in t["note"] or "ambiguous" in t["note"]}
    results = collections.defaultdict(lambda: collections.defaultdict(list))

    def note(name, method, deg, confidence, ms):
        t = truth[name]
        results[apart.get(name, "")][method].append({
            "file": name, "error": float(deg) - float(t["gt"]), "confidence": float(confidence), "ms": float(ms),
            "dpi": int(float(t["dpi"])), "bilevel": t["bilevel"] not in ("0", "")})

    unread = []
    for row in out.splitlines():
        name, method, deg, confidence, ms = row.split("\t")
        if method == "unread":
            unread.append(name)
        else:
            note(name, method, deg, confidence, ms)
    chosen = [name for name in truth if name not in apart and name not in unread]
    chosen = chosen[::max(1, math.ceil(len(chosen) / tesseract_pages))] if tesseract_pages else []
    for name in chosen:
        deg, ms = tesseract_deg(folder / name)
        note(name, "tesseract --psm 2", deg, 1, ms)
    return results, apart, unread


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", nargs="?", type=pathlib.Path)
    parser.add_argument("--paint", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tesseract", type=int, default=25, help="pages that tesseract is run on; 0 = none")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.dir
        if not folder:
            folder = pathlib.Path(scratch)
            subprocess.run([BENCH, "paint", str(args.paint), str(args.seed), folder], check=True)
        results, apart, unread = measure(folder, args.tesseract)
    counts = collections.Counter(apart.values())
    print(f"pages: {folder if args.dir else f'{args.paint} painted, seed {args.seed}'}; counted apart as their "
          f"truth.csv says: {counts['free handwriting']} free handwriting (only the sheet's angle is known), "
          f"{counts['ambiguous']} ambiguous (their own columns differ); unread {len(unread)}")
    report("pages", results[""])
    ours = results[""][OURS]
    if ours:
        surety(ours)
        times_by_kind(ours)
        for r in sorted(ours, key=lambda r: -abs(r["error"]))[:5]:
            print(f"  furthest off: {r['file']} {r['error']:+.3f}° at confidence {r['confidence']:.2f}")
    for title in ("free handwriting", "ambiguous"):
        if results[title]:
            report(f"apart: {title}", results[title])
            surety(results[title][OURS])


if __name__ == "__main__":
    main()
