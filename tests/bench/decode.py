#!/usr/bin/env python3
"""what the walls around decoding cost a page, beside the same decoding without them

  scripts/bench decode [DIR] [--n 20]     DIR: scans to use in place of painted pages (first pages)
"""
import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENDINGS = {".tif", ".tiff", ".png", ".jpg", ".jpeg", ".pdf"}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("dir", nargs="?", type=pathlib.Path)
    parser.add_argument("--n", type=int, default=20)
    asked = parser.parse_args()
    files = sorted(p for p in asked.dir.iterdir() if p.suffix.lower() in ENDINGS) if asked.dir else []
    if asked.dir and not files:
        sys.exit(f"no scan in {asked.dir}")
    sys.exit(subprocess.run([ROOT / "build/bin/bench_decode", str(asked.n), *files]).returncode)
