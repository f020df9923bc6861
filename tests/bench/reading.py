#!/usr/bin/env python3
"""fields, ticks, text, sorting and time of letters painted for the occasion, against their truth

  scripts/bench reading [--count N] [--seed S] [--faces any|seen|unseen] [--wrong]

`vaguemestre evaluate --painted` does the counting; this adds the time. Painted hands are faces, not people:
read the handwriting figures as an upper bound. Unseen faces (the default) are those that no training meets.
"""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=60)
    ask.add_argument("--seed", type=int, default=2026)
    ask.add_argument("--faces", default="unseen")
    ask.add_argument("--wrong", action="store_true", help="tell every wrong field on standard error")
    ask.add_argument("--vaguemestre", default=ROOT / "build/bin/vaguemestre")
    args = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([args.vaguemestre, "specimen", "--count", str(args.count), "--seed", str(args.seed),
                        "--faces", args.faces, "--out", folder], check=True, stdout=subprocess.DEVNULL)
        before = children()
        told = subprocess.run([args.vaguemestre, "evaluate", folder, "--lang", "en"] + ["--wrong"] * args.wrong,
                              stdout=subprocess.PIPE, text=True, check=True).stdout
        seconds = children() - before
    print(f"painted: seed {args.seed}, {args.faces} faces")
    print(told, end="")
    pages = int(told.split(" letters, ")[1].split(" ")[0])
    print(f"\nCPU seconds a page, reading and sorting, start of the program included: {seconds / max(1, pages):.2f}")


if __name__ == "__main__":
    sys.exit(main())
