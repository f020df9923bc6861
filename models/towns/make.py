#!/usr/bin/env python3
"""Makes models/towns/towns.txt: the postcodes of France with their towns, as they stand on envelopes.

    models/towns/make.py

Fetches the npm package named below (a few MB) into a temporary folder. A line is a postcode and its towns, separated
by semicolons: capitals without accents. The last line is "checksum" and FNV-1a 64 of all before it.
"""
import json
import subprocess
import tarfile
import tempfile
import unicodedata
from pathlib import Path

PACKAGE = "@etalab/decoupage-administratif@6.0.0"
HERE = Path(__file__).resolve().parent


def fnv1a(numbers):
    hash64 = 14695981039346656037
    for byte in numbers:
        hash64 = ((hash64 ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return hash64


def folded(name):
    name = name.replace("Œ", "OE").replace("œ", "oe").replace("Æ", "AE").replace("æ", "ae").replace("’", "'")
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return " ".join(plain.upper().split())


def main():
    with tempfile.TemporaryDirectory() as folder:
        name = subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(Path(folder) / name) as archive:
            communes = json.load(archive.extractfile("package/data/communes.json"))
    towns = {}
    for commune in communes:
        for code in commune.get("codesPostaux", []):
            towns.setdefault(code, []).append((-commune.get("population", 0), folded(commune["nom"])))
    lines = [";".join([code, *dict.fromkeys(name for _, name in sorted(towns[code]))]) + "\n" for code in sorted(towns)]
    body = "".join(lines).encode()
    (HERE / "towns.txt").write_bytes(body + f"checksum {fnv1a(body):016x}\n".encode())
    print(f"{len(lines)} postcodes, {len(body)} bytes")


if __name__ == "__main__":
    main()
