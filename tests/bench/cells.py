#!/usr/bin/env python3
"""how well boxed fields are read, typed and written, in faces that no training saw

  scripts/bench cells [FOLDER...] [--count N] [--seed S] [--hand | --typed] [--machine M] [--nirs N] [--seen] [--alone] [--each]
                      [--evidence FILE]

Paints N forms typed and N written by hand, in the faces set apart in models/workshop/stock/names.toml, with ordinary
mishaps of scanning, reads their combs and prints by field: how many were exact, accepted, accepted but wrong. Beside it
print's engine (Tesseract, one line, the field's own characters) on the same strips, spaces not counted. Times
are processor time. --seen: faces that training knows; --alone: without the engine; --each: a line a wrong field.
A field that is empty and was read empty counts nowhere. The last lines are what the house must reach.
FOLDER: scans with their truths (vaguemestre specimen) instead; --nirs: forms by hand until N numbers of social security
have been read; --machine: only forms by that one (typed, typewriter, dot) instead of by any of the three; --evidence: adds
what speaks for and against each field, for models/workshop/reading/sureness.py.
"""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    if "--help" in sys.argv[1:]:
        print(__doc__)
    else:
        sys.exit(subprocess.run([ROOT / "build/bin/bench_cells", *sys.argv[1:]]).returncode)
