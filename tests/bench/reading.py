#!/usr/bin/env python3
"""fields, ticks, text, sorting and time of letters painted for the occasion, against their truth

  scripts/bench reading [--count N] [--seed S]

Painted hands are faces, not people: read the handwriting figures as an upper bound.
"""
import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "models/workshop/handwriting"))
from texts import edits

VAGUEMESTRE = ROOT / "build/bin/vaguemestre"


def plain(text):
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())


def share(right, n):
    return f"{right}/{n} = {100 * right / n:.1f} %" if n else "none (n = 0)"


class Tally:
    def __init__(self):
        self.n = self.right = self.accepted = self.accepted_wrong = 0

    def count(self, right, accepted):
        self.n += 1
        self.right += right
        self.accepted += accepted
        self.accepted_wrong += accepted and not right

    def __str__(self):
        wrong = 1000 * self.accepted_wrong / self.accepted if self.accepted else 0.0
        return f"exact {share(self.right, self.n)}; accepted {share(self.accepted, self.n)}, of them wrong {wrong:.1f} per 1,000"


def compare_fields(truth, found, tallies):
    for name, field in found["fields"].items():
        accepted = field["verdict"] == "accepted"
        wanted = truth["boxes"].get(name)
        if field["how"] == "tick":
            if name != "SIGNATURE":
                tallies["ticks"].count((field["state"] == "ticked") == bool(wanted), accepted)
        elif wanted is not None and name != "DESCRIPTION":
            right = plain(field["text"]).upper() == plain(str(wanted)).upper()
            tallies["hand boxes" if truth["hand"] else "typed boxes"].count(right, accepted)


def read(scan):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([VAGUEMESTRE, "read", scan, "--json"], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout), seconds


def bench_reading(count, seed):
    tallies = {name: Tally() for name in ("ticks", "typed boxes", "hand boxes")}
    characters = {"typed": [0, 0], "hand": [0, 0]}
    sorted_alone, queues, complaints, forms, dates, seconds = Tally(), 0, 0, 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([VAGUEMESTRE, "specimen", "--count", str(count), "--seed", str(seed), "--out", folder],
                       check=True, stdout=subprocess.DEVNULL)
        for truth_file in sorted(pathlib.Path(folder).glob("*.truth.json")):
            truth = json.loads(truth_file.read_text())
            found, cpu = read(pathlib.Path(folder) / truth["file"])
            seconds.append(cpu / max(1, len(truth["pages"])))
            forms += found["form"] == truth["form"]
            queues += found["queue"] == truth["queue"]
            complaints += found["is_complaint"] == truth["is_complaint"]
            dates += found["letter_date"] == truth["letter_date"]
            sorted_alone.count(found["queue"] == truth["queue"], not found["needs_review"])
            compare_fields(truth, found, tallies)
            hand = "hand" if truth["hand"] else "typed"
            characters[hand][0] += edits(plain(found["text"]), plain(truth["text"]))
            characters[hand][1] += len(plain(truth["text"]))
    print(f"{count} painted letters, seed {seed}")
    print(f"  form or letter told apart   {share(forms, count)}")
    for name, tally in tallies.items():
        print(f"  {name:<27} {tally}")
    for hand, (wrong, total) in characters.items():
        print(f"  own words, {hand:<16} CER {100 * wrong / max(1, total):.1f} % of {total} characters")
    print(f"  date of the letter          {share(dates, count)}")
    print(f"  queue                       {share(queues, count)}")
    print(f"  sorted without a person     {share(sorted_alone.accepted, count)}, of them wrong {sorted_alone.accepted_wrong}")
    print(f"  complaint or not            {share(complaints, count)}")
    seconds.sort()
    print(f"  CPU seconds a page, start of the program included: median {seconds[len(seconds) // 2]:.2f}, worst {seconds[-1]:.2f}")


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=60)
    ask.add_argument("--seed", type=int, default=2026)
    args = ask.parse_args()
    start = time.time()
    bench_reading(args.count, args.seed)
    print(f"  ({time.time() - start:.0f} s)")


if __name__ == "__main__":
    main()
