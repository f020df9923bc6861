#!/usr/bin/env python3
"""tick boxes of painted forms, every kind of mark under every mishap: right, in doubt, wrong

  scripts/bench ticks [--count N] [--seed S] [--each]

N forms (default 20) a mishap, twice: once ticked as people tick (sound boxes, some second thoughts), once with one of
14 kinds of mark in every second box. What a box is stands in models/workshop/marks.hpp. In doubt counts as not right,
and is never wrong: a person looks. Beside it, on the same boxes, a plain threshold: ticked when more than 4 % of the
inside is ink. A mark of which a copy or a two-tone scan left less than 0.3 square mm is counted apart: nobody can see it.
"""
import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=20)
    ask.add_argument("--seed", type=int, default=20261123)
    ask.add_argument("--each", action="store_true", help="a line for every box that is not judged right")
    ask.add_argument("--binary", default=ROOT / "build/bin/bench_ticks")
    args = ask.parse_args()
    done = subprocess.run([args.binary, "--count", str(args.count), "--seed", str(args.seed), "--each", str(int(args.each))],
                          capture_output=True, text=True)
    sys.stderr.write(done.stderr)
    print(f"  {'':<16}{'mishap':<11}{'mark':<11}{'n':>6} {'right':>9} {'doubt':>6} {'wrong':>6}   plain threshold wrong")
    for line in done.stdout.splitlines():
        if line[:1] in "#=":
            print("  " + line[2:])
            continue
        regime, family, kind, n, right, doubtful, wrong, plain = line.split("\t")
        share = 100 * int(right) / int(n)
        print(f"  {regime:<16}{family:<11}{kind:<11}{n:>6} {share:>7.2f} % {doubtful:>6} {wrong:>6}   {plain:>6}")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
