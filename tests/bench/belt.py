#!/usr/bin/env python3
"""letters filed a second and waits for a receipt, with stub readers, beside the disk's own syncs a second

  scripts/bench belt [--letters 5000] [--readers 6] [--ms 5] [--seconds 40] [--busy 0]

The real ingest, classify and router (SQLite, synchronous FULL) with readers that take --ms for a letter. First a
backlog is received and then filed; then letters come at 50 a second, each waiting for its receipt while the others
are filed. Baseline: a record of 300 bytes appended and synced (fdatasync) on the same disk, one after the other before
all, and ten a second during the second part. --busy N: N strangers write 64 KiB and sync, without a pause, all the while.
"""
import argparse
import contextlib
import os
import pathlib
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "soak"))
from harness.house import House, share, temporary

RATE = 50
STRANGER = "import os\nf = os.open('%s', os.O_CREAT | os.O_WRONLY)\nwhile True: os.pwrite(f, b'x' * 65536, 0), os.fdatasync(f)"


def raw_syncs(folder, n=300, pause_s=0, over=None):
    file = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    waits = []
    while len(waits) < n and not (over and over.is_set()):
        start = time.monotonic()
        os.write(file, b"x" * 300)
        os.fdatasync(file)
        waits.append(1000 * (time.monotonic() - start))
        time.sleep(pause_s)
    os.close(file)
    return waits


@contextlib.contextmanager
def strangers(folder, n):
    busy = [subprocess.Popen([sys.executable, "-c", STRANGER % (folder / f"stranger-{i}")]) for i in range(n)]
    try:
        yield
    finally:
        for one in busy:
            one.kill()
            one.wait()


def told(waits):
    return f"n {len(waits)}: p50 {share(waits, 0.5):.1f} ms, p99 {share(waits, 0.99):.1f} ms, longest {max(waits):.1f} ms"


def print_cost(house, before, letters):
    spent = {name: cpu_s(house, name) - before[name] for name in before}
    print("  CPU of it: " + ", ".join(f"{name} {1e6 * s / letters:.0f} us a letter" for name, s in spent.items()))


def cpu_s(house, name):
    fields = pathlib.Path(f"/proc/{house.pid(name)}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def backlog(folder, args):
    with House(folder, readers=0) as house:
        start = time.monotonic()
        house.start_station(args.letters)
        if not house.until_received():
            sys.exit("the letters were not received: " + house.log("ingest")[-500:])
        received = time.monotonic() - start
        print(f"received {args.letters} letters of 30 kB, as fast as receipts come: {args.letters / received:.0f} a second")
        before = {name: cpu_s(house, name) for name in ("ingest", "classify", "router")}
        for i in range(args.readers):
            house.start_reader(i)
        house.until(lambda: house.filed() > 0, 20, 0.01)
        start, first = time.monotonic(), house.filed()
        if not house.until_filed(args.letters):
            sys.exit(f"only {house.filed()} of {args.letters} were filed")
        filed = time.monotonic() - start
        print(f"filed {args.letters - first} of them, {args.readers} readers of {args.ms} ms: {(args.letters - first) / filed:.0f} a second")
        print_cost(house, before, args.letters)
    return house.verdict(args.letters)


def steady(folder, args):
    letters, raw, over = RATE * args.seconds, [], threading.Event()
    folder.mkdir()
    beside = threading.Thread(target=lambda: raw.extend(raw_syncs(folder, 10**9, 0.1, over)))
    with House(folder, readers=args.readers, reader_ms=args.ms) as house:
        beside.start()
        house.start_station(letters, rate=RATE)
        house.until_received()
        over.set()
        beside.join()
        house.until_filed(letters)
    waits = house.waits()
    print(f"receipts at {RATE} letters a second, {told(waits)}")
    print(f"  beside them, this disk: one fdatasync, {told(raw)}; a receipt's p99 is {share(waits, 0.99) / share(raw, 0.99):.1f} of its p99")
    return house.verdict(letters)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--letters", type=int, default=5000)
    ask.add_argument("--readers", type=int, default=6)
    ask.add_argument("--ms", type=int, default=5)
    ask.add_argument("--seconds", type=int, default=40)
    ask.add_argument("--busy", type=int, default=0)
    args = ask.parse_args()
    with temporary() as folder, strangers(folder, args.busy):
        waits = raw_syncs(folder)
        print(f"baseline, this disk: {1000 * len(waits) / sum(waits):.0f} fdatasync a second ({told(waits)})"
              + (f", with {args.busy} strangers on it" if args.busy else ""))
        wrong = backlog(folder / "backlog", args) + steady(folder / "steady", args)
    if wrong:
        sys.exit("; ".join(wrong))


if __name__ == "__main__":
    main()
