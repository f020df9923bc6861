#!/usr/bin/env python3
"""spool, vault, hand-out and filing on a disk that drops, tears and reorders what was not synced

  scripts/soak simulate [--points 100000] [--seed 1]

Every life of a simulated house (tests/sim) meets ten crash points: a process killed, the power cut, a failed
write, rename or sync. A letter that has a receipt must be there after every restart, and in the end in the register,
once, with its pages. Fails when a promise breaks, naming the seed that repeats it, and when nothing was injected.
"""
import argparse
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = time.monotonic()
    ran = subprocess.run([ROOT / "build/bin/soak_simulate", str(asked.points), str(asked.seed)],
                         capture_output=True, text=True)
    seconds = time.monotonic() - start
    lines = [line.split("\t") for line in ran.stdout.splitlines()]
    sums = next((line[1:] for line in lines if line[0] == "sum"), None)
    if sums is None:
        sys.exit(f"the simulator stopped: {ran.stderr}")
    lives, kills, cuts, failures, letters, receipts, steps, broken = map(int, sums)
    for line in lines:
        if line[0] == "seed":
            print(f"  seed {line[1]}: {line[2]}")
    print(f"{kills + cuts + failures} crash points in {lives} lives: {kills} kills, {cuts} power cuts, {failures} failed steps")
    print(f"{letters} letters, {receipts} receipts, {steps} steps of the disk; {seconds:.0f} s")
    print(f"promises broken: {broken}")
    sys.exit(1 if broken or kills * cuts * failures == 0 else 0)
