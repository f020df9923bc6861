#!/usr/bin/env python3
"""how far off a form's field corners are found on painted scans, by what went wrong with them

  scripts/bench registration [--count N] [--seed S] [--letters N] [--not-forms DIR]... [--each]

Pages are painted for the occasion; where their print lies is known exactly (models/workshop/placement.hpp).
Beside it, on the same pages: the affine map that the four corner squares give alone. The pages of every DIR
and N painted free letters are no forms: how many are taken for one is counted. --each: a line a page.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    if "--help" in sys.argv[1:]:
        print(__doc__)
    else:
        sys.exit(subprocess.run([ROOT / "build/bin/bench_registration", *sys.argv[1:]]).returncode)
