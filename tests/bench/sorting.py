#!/usr/bin/env python3
"""the sorter, on letters its training folds did not see

  scripts/bench sorting
"""
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    subprocess.run([ROOT / "build/bin/vaguemestre", "train", "triage", "--evaluate"], check=True)
