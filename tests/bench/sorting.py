#!/usr/bin/env python3
"""the sorter, on letters its training folds did not see, and what sorting one costs

  scripts/bench sorting
"""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    cost = subprocess.run([ROOT / "build/bin/bench_sorting", ROOT / "models/triage"], check=True, capture_output=True,
                          text=True).stdout
    f = dict(line.split() for line in cost.splitlines())
    print(f"sorting a letter: {f['ms_a_letter']} ms, the slowest of {f['letters']} {f['ms_slowest']} ms (at most 1 ms wanted)",
          flush=True)
    subprocess.run([ROOT / "build/bin/vaguemestre", "train", "triage", "--evaluate"], check=True)
