#!/usr/bin/env python3
"""the Nth fsync, fdatasync, syncfs, write or rename of a daemon fails or kills it, for all N; and the disk runs full

  scripts/soak io [--most 16] [--rate 40]

Letters come all the while. One daemon after the other is started again with one call that will go wrong (EIO, ENOSPC, or
SIGKILL in its place), for N = 1, 2, ... until a start and some rounds of work hold no Nth call. After a failed call the daemon
must be gone within a second with exit code 6, and no receipt or filing may be logged in between. Then a house on a small
disk of its own (tmpfs; needs root, skips aloud without) is filled below ingest's floor, filled to the last byte, and emptied again.
"""
import argparse
import pathlib
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import ROOT, House, end_storm, scan, temporary

CALLS = {"ingest": ("fdatasync", "fsync", "syncfs", "write", "rename"), "router": ("fdatasync", "fsync", "pwrite"),
         "scanner-SCAN": ("fdatasync", "fsync", "write", "rename")}
REACHED_S = {"ingest": 2.0, "router": 2.0, "scanner-SCAN": 4.0}  # until a call that will come has come
GONE_S = 1.0
PROGRAM = {"scanner-SCAN": "vaguemestre-station"}
WORD = {"ingest": " receipt ", "router": "router.filed", "scanner-SCAN": " done "}


def promise_after(house, name, offset):
    """Words of the life that failed which it must not have said any more: after the log's `offset` up to its end."""
    said = house.log(name)[offset:]
    return said.split("broken_world")[1].count(WORD[name]) if "broken_world" in said else 0


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


def strike_all(folder, args):
    did, wrong, end = {}, [], time.monotonic() + args.seconds
    hot = folder / "hot"
    hot.mkdir()
    with House(folder, readers=3, stations=("S1", "SCAN"), limits="lease_ms = 5000") as house:
        house.start_station(1_000_000, rate=args.rate, size=4000)
        house.start_scanner(hot, "SCAN")
        scanner = Scanner(hot, 0.25)
        scanner.start()
        house.until(lambda: house.filed() > 10, 30)
        for name, calls in CALLS.items():
            if args.only not in ("", name):
                continue
            for call in calls:
                for n in range(1, args.most + 1):
                    kinds = ("EIO", "KILL", "ENOSPC") if n % 4 == 0 else ("EIO", "KILL")
                    struck = [how for how in kinds
                              if time.monotonic() < end and strike(house, folder, name, f"{call}:{n}:{how}", wrong)]
                    for how in struck:
                        did[f"{name} {call} {how}"] = did.get(f"{name} {call} {how}", 0) + 1
                    if not struck:
                        break
        if time.monotonic() > end:
            print("(time was over before the last N)")
        scanner.over.set()
        scanner.join()
        begun = house.finish_station(60)
        letters = begun + scanner.sheets
        house.until_filed(letters)
        house.until(lambda: len(list(hot.glob("done/*/*.png"))) == scanner.sheets, 30)
        print(f"{begun} letters of a stand-in, {scanner.sheets} scans of a real station; slowest to go after a failed "
              f"call: {house.slowest:.2f} s")
    return did, wrong + house.verdict(letters)


def is_desk_served(house):
    """Somebody claims a case and acknowledges it."""
    queue = house.ask("SELECT queue FROM cases WHERE open = 1 AND state = 'registered' LIMIT 1")[0][0]
    worker = ["/usr/bin/python3", ROOT / "tests/e2e/desk_worker.py", "--state", house.state, "--queue", queue, "--blind"]
    return subprocess.run(worker, env=house.env, stdout=subprocess.DEVNULL).returncode == 0


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
    ask.add_argument("--most", type=int, default=16)
    ask.add_argument("--rate", type=int, default=40)
    ask.add_argument("--only", default="", help="strike this daemon alone, and fill no disk")
    ask.add_argument("--seconds", type=int, default=400, help="of failing calls, at most")
    args = ask.parse_args()
    with temporary() as folder:
        did, wrong = ({}, []) if args.only else fill_disk(folder, 2000)
        struck, broken = strike_all(folder, args)
        end_storm({**did, **struck}, wrong + broken)


if __name__ == "__main__":
    main()
