#!/usr/bin/env python3
"""spool, vault, hand-out and filing on a disk that drops, tears and reorders what was not synced

  scripts/soak simulate [--points 100000] [--seed 1]

The points are shared out over four rows of seeds, as many at a time as there are processors: what is tried depends on --points
and --seed alone. Every life of a simulated house (tests/sim) meets ten crash points: a process killed, the power cut, a failed
write, rename or sync. A letter that has a receipt must be there after every restart, and in the end in the register,
once, with its pages. Fails when a promise breaks, naming the seed that repeats it, and when nothing was injected.
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROWS, ROW_SEEDS = 4, 10**9


def row(points, seed):
    ran = subprocess.run([ROOT / "build/bin/soak_simulate", str(points), str(seed)], capture_output=True, text=True)
    lines = [line.split("\t") for line in ran.stdout.splitlines()]
    sums = next((line[1:] for line in lines if line[0] == "sum"), None)
    if sums is None:
        raise SystemExit(f"the simulator stopped: {ran.stderr}")
    return [line[1:] for line in lines if line[0] == "seed"], [int(word) for word in sums]

if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as crew:
        rows = list(crew.map(row, [-(-asked.points // ROWS)] * ROWS, [asked.seed + i * ROW_SEEDS for i in range(ROWS)]))
    seconds = time.monotonic() - start
    lives, kills, cuts, failures, letters, receipts, steps, broken = (sum(column) for column in zip(*(sums for _, sums in rows)))
    for seed, promise in (found for founds, _ in rows for found in founds):
        print(f"  seed {seed}: {promise}")
    spent = os.times()
    print(f"{kills + cuts + failures} crash points in {lives} lives: {kills} kills, {cuts} power cuts, {failures} failed steps")
    print(f"{letters} letters, {receipts} receipts, {steps} steps of the disk; {seconds:.0f} s, "
          f"{spent.children_user + spent.children_system:.0f} s of processor")
    print(f"promises broken: {broken}")
    sys.exit(1 if broken or kills * cuts * failures == 0 else 0)
