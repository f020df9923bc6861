#!/usr/bin/env python3
"""which way is up: pages turned four ways and painted forms, decided, wrong and undecided

  scripts/bench upright [DIR] [--every N] [--forms N] [--seed S]

DIR holds upright pages and a truth.csv (file, ..., note). Pages whose note says free handwriting are counted apart.
A page that is not decided is marked for a person and lies as the letter's other pages do: it is no wrong turn.
"""
import argparse
import collections
import pathlib
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = ROOT / "build/bin/bench_upright"


def rows_of(words):
    out = subprocess.run([BENCH, *map(str, words)], check=True, capture_output=True, text=True).stdout
    names = ("file", "note", "turn", "found", "state", "kind", "ms")
    return [dict(zip(names, line.split("\t"))) for line in out.splitlines()]


def report(title, rows):
    if not rows:
        return
    n = len(rows)
    decided = [r for r in rows if r["state"] == "decided"]
    wrong = [r for r in decided if r["turn"] != r["found"]]
    blank = sum(r["state"] == "blank" for r in rows)
    forms = sum(r["kind"] == "form" for r in rows)
    ms = statistics.median(float(r["ms"]) for r in rows)
    print(f"{title}: n {n}; decided {len(decided)} = {100 * len(decided) / n:.1f} %, of them wrong {len(wrong)}; "
          f"undecided {n - len(decided) - blank}, taken for blank {blank}; registered as a form {forms}; "
          f"median {ms:.0f} ms with decoding")
    for r in wrong:
        print(f"  wrong: {r['file']} true {r['turn']} found {r['found']}")
    undecided = collections.Counter(r["file"] for r in rows if r["state"] == "undecided")
    if undecided:
        print("  undecided: " + ", ".join(f"{name} ({count} of 4)" for name, count in sorted(undecided.items())))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", nargs="?", type=pathlib.Path)
    parser.add_argument("--every", type=int, default=1, help="take every N-th page of DIR")
    parser.add_argument("--forms", type=int, default=12, help="painted forms")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.dir:
        rows = rows_of(["measure", args.dir, args.every])
        report("pages turned four ways", [r for r in rows if not r["note"]])
        report("apart: free handwriting", [r for r in rows if r["note"]])
    if args.forms:
        report("painted forms turned four ways", rows_of(["forms", args.forms, args.seed]))


if __name__ == "__main__":
    main()
