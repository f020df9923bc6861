#!/usr/bin/env python3
"""the Nth fsync, fdatasync, syncfs, write or rename of a daemon fails or kills it, for all N; and the disk runs full

  scripts/soak io [--rate 25]

Letters come all the while. For each daemon and call it is first counted how often the call is made from a start until some
promises (3 receipts or filings or scans put away); then the daemon is started again with the Nth of them going wrong (EIO and
SIGKILL in its place, every fourth ENOSPC too), for every N up to that count; of more than 48, which are a database's pages, for
every eighth from there. After a failed call the daemon must be gone within a
second with exit code 6, and no receipt or filing may be logged in between. Then a house on a small disk of its own
(tmpfs; needs root, skips aloud without) is filled below ingest's floor, filled to the last byte, and emptied again.
"""
import argparse
import pathlib
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import House, end_storm, is_desk_served, scan, temporary

CALLS = ("fdatasync", "fsync", "syncfs", "write", "pwrite", "rename")
REACHED_S = {"ingest": 2.0, "router": 2.0, "scanner-SCAN": 4.0}  # until a call that will come has come
GONE_S = 1.0
PROGRAM = {"scanner-SCAN": "vaguemestre-station"}
PROMISES, EACH_UP_TO, THEN_EVERY = 3, 48, 8
WORD = {"ingest": " receipt ", "router": "router.filed", "scanner-SCAN": " done "}


def promise_after(house, name, offset):
    """Words of the life that failed which it must not have said any more: after the log's `offset` up to its end."""
    said = house.log(name)[offset:]
    return said.split("broken_world")[1].count(WORD[name]) if "broken_world" in said else 0


def calls_made(house, folder, name, call):
    """How many such calls the daemon makes from a start until it has promised something PROMISES times."""
    seen = folder / f"seen-{name}-{call}"
    house.preload(name, PROGRAM.get(name, f"vaguemestre-{name}"), FAULT_UNDER=folder, FAULT_SEEN=seen, FAULT=f"{call}:0:EIO")
    offset = len(house.log(name))
    house.kill(name)
    promised = house.until(lambda: house.log(name)[offset:].count(WORD[name]) >= PROMISES, 30, 0.01)
    count = struct.unpack("@l", seen.read_bytes())[0] if seen.exists() else 0
    house.extra_env[name] = {}
    return count if promised else None


def strike(house, folder, name, fault, wrong):
    """False when the call never came."""
    mark = folder / f"struck-{name}-{fault}"
    house.preload(name, PROGRAM.get(name, f"vaguemestre-{name}"), FAULT_UNDER=folder, FAULT_MARK=mark, FAULT=fault)
    house.until(lambda: house.pid(name) is not None, 3, 0.01)
    before, deaths = house.pid(name), len(house.deaths_of(name))
    offset = len(house.log(name))
    house.kill(name)
    if not house.until(lambda: house.pid(name) not in (None, before) or mark.exists(), 3, 0.01):
        wrong.append(f"{name} did not come back")
    struck = house.until(mark.exists, REACHED_S[name], 0.01)
    if not struck:
        house.extra_env[name] = {}
        return False
    at = mark.stat().st_mtime
    if not house.until(lambda: len(house.deaths_of(name)) > deaths + 1, 3, 0.01):
        wrong.append(f"{name} goes on after {fault}")
        return True
    code, died = house.deaths_of(name)[deaths + 1]
    late = died - (time.monotonic() - time.time() + at)
    wanted = -9 if fault.endswith("KILL") else 6
    if code != wanted:
        wrong.append(f"{name} ended with {code} after {fault}")
    if late > GONE_S:
        wrong.append(f"{name} took {late:.1f} s to go after {fault}")
    if promise_after(house, name, offset):
        wrong.append(f"{name} promised something after {fault}")
    house.slowest = max(getattr(house, "slowest", 0), late)
    house.until(lambda: house.pid(name) is not None, 3, 0.01)
    house.extra_env[name] = {}
    return True


class Scanner(threading.Thread):
    """Puts a sheet into the hot folder every now and then, until it is told to stop."""

    def __init__(self, hot, pause_s):
        super().__init__(daemon=True)
        self.hot, self.pause_s, self.sheets, self.over = hot, pause_s, 0, threading.Event()

    def run(self):
        while not self.over.wait(self.pause_s):
            if len(list(self.hot.glob("*.png"))) < 4:
                self.sheets += 1
                scan(self.hot, self.sheets)


def strike_each(house, folder, where, most, end, did, wrong):
    """How many N up to `most` were tried, and at how many of them the call came and went wrong."""
    name, call = where.split()
    numbers = [n for n in range(1, most + 1) if n <= EACH_UP_TO or n % THEN_EVERY == 0]
    came = 0
    for n in numbers:
        kinds = ("EIO", "KILL", "ENOSPC") if n % 4 == 0 else ("EIO", "KILL")
        struck = [how for how in kinds if time.monotonic() < end and strike(house, folder, name, f"{call}:{n}:{how}", wrong)]
        for how in struck:
            did[f"{where} {how}"] = did.get(f"{where} {how}", 0) + 1
        came += bool(struck)
    return len(numbers), came


def strike_all(folder, args):
    did, wrong, end = {}, [], time.monotonic() + args.seconds
    hot = folder / "hot"
    hot.mkdir()
    with House(folder, readers=3, stations=("S1", "SCAN"), limits="lease_ms = 5000") as house:
        house.start_station(1_000_000, rate=args.rate, size=4000)
        house.start_scanner(hot, "SCAN")
        scanner = Scanner(hot, 0.25)
        scanner.start()
        if not house.until(lambda: house.filed() > 10, 60):
            wrong.append("nothing is filed before the first fault")
        for name in [name for name in WORD if args.only in ("", name)]:
            for call in CALLS:
                most = calls_made(house, folder, name, call)
                if most is None:
                    wrong.append(f"{name} promises nothing any more")
                    continue
                tried, came = strike_each(house, folder, f"{name} {call}", most, end, did, wrong)
                print(f"  {name} {call}: {most} from a start to its third promise, {tried} tried, {came} came", flush=True)
                if time.monotonic() > end:
                    wrong.append(f"time was over before the last {call} of {name}")
        scanner.over.set()
        scanner.join()
        begun = house.finish_station(60)
        letters = begun + scanner.sheets
        house.until_filed(letters)
        house.until(lambda: len(list(hot.glob("done/*/*.png"))) == scanner.sheets, 30)
        print(f"{begun} letters of a stand-in, {scanner.sheets} scans of a real station; slowest to go after a failed "
              f"call: {house.slowest:.2f} s")
    return did, wrong + house.verdict(letters)


def fill_disk(folder, letters):
    """Mail stops at the floor and desks do not; a disk without a free byte loses nothing."""
    small, wrong = folder / "small", []
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small], capture_output=True).returncode:
        print("SKIPPED, for want of the right to mount one: a full disk")
        return {}, []
    try:
        with House(folder / "full", readers=3, state=small / "state", limits="floor_bytes = 16777216\nlease_ms = 5000") as house:
            house.start_station(letters)
            if not house.until(lambda: "intake.no_space" in house.log("ingest"), 120):
                wrong.append("nothing was refused below the floor")
            house.until(lambda: house.filed() > 0, 60)
            if not is_desk_served(house):
                wrong.append("below the floor a desk is not served")
            if house.deaths:
                wrong.append(f"below the floor somebody died: {house.deaths}")
            ballast = open(small / "ballast", "wb", buffering=0)
            while True:
                try:
                    ballast.write(b"x" * 4096)
                except OSError:
                    break
            house.kill("ingest"), house.kill("router")
            time.sleep(4)
            ballast.close()
            (small / "ballast").unlink()
            subprocess.run(["mount", "-o", "remount,size=512m", small], check=True)
            house.until_received()
            house.until_filed(letters)
            refused = house.log("ingest").count("intake.no_space")
            codes = sorted({code for name, code, *_ in house.deaths})
            print(f"full disk: {letters} letters, {refused} times refused below the floor, {len(house.deaths)} deaths without a free "
                  f"byte (codes {codes})")
        return {"letters refused": refused, "disk filled": 1}, wrong + house.verdict(letters)
    finally:
        subprocess.run(["umount", "-l", small], check=False)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rate", type=int, default=25)
    ask.add_argument("--only", default="", help="strike this daemon alone, and fill no disk")
    ask.add_argument("--seconds", type=int, default=480, help="of failing calls, at most")
    args = ask.parse_args()
    with temporary() as folder:
        did, wrong = ({}, []) if args.only else fill_disk(folder, 2000)
        struck, broken = strike_all(folder, args)
        end_storm({**did, **struck}, wrong + broken)


if __name__ == "__main__":
    main()
