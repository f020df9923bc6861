#!/usr/bin/env python3
"""20,000 letters, 10,000 of them sent again while the clock jumps: the first receipt each time; memory stays flat

  scripts/soak resend [--letters 20000] [--again 10000]

Twice a second somebody sets the clock of ingest and router to any day within three years. Receipts and deadlines that were
given may not change, and the jumps must be in the log. Memory and open files of ingest, classify, router and a reader are looked
at while the second half is filed. What ingest must remember of a filed letter (its receipt, its hashes) is counted apart: it may grow by that, and by nothing else.
"""
import argparse
import pathlib
import random
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import House, end_storm, temporary

KNOWN_BYTES = 1024  # that ingest may keep of each letter it knows
SLACK_KB = 8 * 1024  # allocator, page caches that fill
DEADLINES = "SELECT year, number, received_at, sent_on, ack_due, answer_due FROM cases"
THREE_YEARS_MS = 3 * 365 * 86_400_000


class Jumps(threading.Thread):
    """Sets a clock again and again, until it is told to stop."""

    def __init__(self, file, seed):
        super().__init__(daemon=True)
        self.file, self.chance, self.count, self.over = file, random.Random(seed), 0, threading.Event()

    def run(self):
        while not self.over.wait(0.5):
            fresh = self.file.with_suffix(".new")
            fresh.write_text(str(self.chance.randrange(-THREE_YEARS_MS, THREE_YEARS_MS)))
            fresh.rename(self.file)
            self.count += 1


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--letters", type=int, default=20_000)
    ask.add_argument("--again", type=int, default=10_000)
    args = ask.parse_args()
    with temporary() as folder:
        house, jumps = House(folder, readers=6), Jumps(folder / "clock", 1)
        for name in ("ingest", "router"):
            house.preload(name, f"vaguemestre-{name}", CLOCK_FILE=jumps.file)
        jumps.start()
        with house:
            house.start_station(args.letters, size=8000, resend=args.again)
            house.until_filed(args.letters // 2)
            half_way, at_half = house.memory(), house.filed()
            given = set(house.ask(DEADLINES))
            house.until_filed(args.letters)
            house.until_received()
            end, letters = house.memory(), house.filed() - at_half
            jumps.over.set()
        wrong = house.verdict(args.letters)
        changed = given - set(house.ask(DEADLINES))
        if changed or not given:
            wrong.append(f"{len(changed)} of {len(given)} cases have other dates than before the clock jumped")
        for name in ("ingest", "router"):
            if "clock_jumped" not in house.log(name):
                wrong.append(f"{name} did not notice that its clock was set")
        print(f"{len(given)} cases looked at half-way kept their dates" if not changed else "dates changed")
        print(house.log("station-S1").splitlines()[-1])
        for name, (rss, files) in end.items():
            was_rss, was_files = half_way[name]
            print(f"  {name}: {was_rss / 1024:.1f} MiB and {was_files} open files half-way, {rss / 1024:.1f} MiB and {files} at the end: "
                  f"{1024 * (rss - was_rss) / letters:.0f} bytes a letter")
            allowed = SLACK_KB + (KNOWN_BYTES * letters / 1024 if name == "ingest" else 0)
            if rss - was_rss > allowed or files > was_files:
                wrong.append(f"{name} grows")
        if house.ended.get("station-S1") != 0:
            wrong.append("a receipt changed, or a letter was refused")
        if house.deaths:
            wrong.append(f"somebody died: {house.deaths[:3]}")
        end_storm({"letters sent again": args.again, "clock jumps": jumps.count}, wrong)


if __name__ == "__main__":
    main()
