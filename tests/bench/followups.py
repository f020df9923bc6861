#!/usr/bin/env python3
"""relances of invented people: joined, proposed, missed; strangers joined or proposed; what filing costs

  scripts/bench followups [--people N] [--seed S]

Each person writes twice and tells some of member number, contract, date of birth and address each time; a stranger
writes for each. Names are few, so there are namesakes; 200 contracts are shared. The baseline compares two exact
keys and nothing else. Misread: the share of characters taken for a random other one of their kind.
"""
import argparse
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCH = ROOT / "build/bin/bench_followups"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for misread in (0, 0.01, 0.03):
        out = subprocess.run([BENCH, str(args.people), str(args.seed), str(misread)], check=True,
                             capture_output=True, text=True).stdout
        f = {name: float(number) for name, number in (line.split() for line in out.splitlines())}
        share = lambda name: f"{100 * f[name] / args.people:.1f} %"
        print(f"{100 * misread:.0f} % misread, n {args.people} relances: joined {share('joined')} "
              f"(wrongly {f['joined_wrong']:.0f}), proposed {share('proposed')}, missed {share('missed')}; "
              f"baseline, two exact keys alone: {share('exact')} joined. n {args.people} strangers: joined "
              f"{f['strangers_joined']:.0f}, asked about {share('strangers_proposed')}. "
              f"A filing {f['ms_with']:.1f} ms, without keys {f['ms_without']:.1f} ms")


if __name__ == "__main__":
    main()
