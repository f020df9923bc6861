#!/usr/bin/env python3
"""AddressSanitizer with UBSan, then ThreadSanitizer: the rooms' and the contract tests, and a house whose daemons are killed

  scripts/soak sanitize [--only asan|tsan] [--letters 120] [--jobs 2]

Builds the presets asan and tsan (build-asan/, build-tsan/) with the targets named below only. In each it runs the tests of belt,
vault, ingest and the simulator, those of the router (both registers under one contract), and then a house: a stand-in station, three stub
readers, and the real ingest, classify and router, each killed once under way. Every letter must be filed once, and
no log may hold a word of a sanitizer. A report, a failed test and a house that stayed idle are failures.
"""
import argparse
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import DAEMONS, ROOT, House, temporary

TESTS = ("test_belt", "test_vault", "test_ingest", "test_sim", "test_router")
TARGETS = (*TESTS, *(f"vaguemestre-{name}" for name in DAEMONS), "stand_in")
WEIGHED = "AttackOnMemory.*"  # they bound a process' memory, of which a sanitizer takes its own part
REPORT = re.compile(r"(AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error):?.*")
ENV = {"asan": {"ASAN_OPTIONS": "detect_leaks=1"},
       "tsan": {"TSAN_OPTIONS": f"suppressions={ROOT / 'tests/tsan.supp'}"}}
LEAVES = {"asan": (0,), "tsan": (0, -signal.SIGTERM)}  # ThreadSanitizer's own thread does not hold the signal back


def build(preset, jobs):
    for words in (["--preset", preset], ["--build", "--preset", preset, "-j", str(jobs), "--target", *TARGETS]):
        done = subprocess.run(["cmake", *words], cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{preset} does not build:\n" + done.stdout[-3000:] + done.stderr[-1000:])


def run_tests(preset, bin):
    wrong = []
    for name in TESTS:
        start = time.monotonic()
        ran = subprocess.run([bin / name, "--gtest_brief=1", f"--gtest_filter=-{WEIGHED}"], cwd=ROOT, capture_output=True, text=True, errors="replace")
        said = ran.stdout + ran.stderr
        passed = re.search(r"PASSED  \] (\d+) tests?", said)
        print(f"  {name}: {passed.group(1) if passed else 'no'} tests passed in {time.monotonic() - start:.0f} s", flush=True)
        if ran.returncode or not passed or REPORT.search(said):
            wrong.append(f"{preset} {name} ended with {ran.returncode}: {said[-3000:]}")
    return wrong


def run_house(preset, bin, letters):
    with temporary() as folder:
        start = time.monotonic()
        with House(folder, readers=3, limits="lease_ms = 15000\nsilence_ms = 6000", bin=bin) as house:
            house.start_station(letters, size=8000)
            for part, name in enumerate((*DAEMONS, "reader-0"), 1):
                house.until(lambda: house.filed() >= part * letters // 6, 300)
                house.kill(name)
            house.until_received()
            house.until_filed(letters)
        filed = house.filed()
        print(f"  house: {filed} letters filed in {time.monotonic() - start:.0f} s, {len(house.deaths)} daemons killed", flush=True)
        wrong = house.verdict(letters)
        if [code for _, code, *_ in house.deaths] != [-9] * (len(DAEMONS) + 1):
            wrong.append(f"somebody else died: {house.deaths}")
        wrong += [f"{name} left with {child.returncode}" for name, (child, *_) in house.children.items()
                  if child.returncode not in LEAVES[preset]]
        for log in sorted(house.logs.glob("*.log")):
            found = REPORT.search(log.read_text(errors="replace"))
            if found:
                wrong.append(f"{log.stem}: {log.read_text(errors='replace')[found.start():][:3000]}")
        return [f"{preset} house: {sentence}" for sentence in wrong]


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", choices=tuple(ENV))
    ask.add_argument("--letters", type=int, default=120)
    ask.add_argument("--jobs", type=int, default=2)
    args = ask.parse_args()
    wrong = []
    for preset in [args.only] if args.only else ENV:
        build(preset, args.jobs)
        print(f"{preset}:", flush=True)
        os.environ.update(ENV[preset])
        bin = ROOT / f"build-{preset}/bin"
        wrong += run_tests(preset, bin) + run_house(preset, bin, args.letters)
    for sentence in wrong:
        print("  WRONG: " + sentence)
    print("reports of a sanitizer, failed tests: " + (str(len(wrong)) if wrong else "none"))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
