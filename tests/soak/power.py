#!/usr/bin/env python3
"""the power goes, again and again, from a loop-mounted ext4 while letters come (root; skips aloud without)

  scripts/soak power [--cuts 25] [--letters 6000] [--seed 1]

The whole state lies on a file system that is shut down under the running daemons without its journal being flushed: what
was not synced is gone. The station's journal lies elsewhere, as the paper does. After each cut the books must agree
with every receipt ever given; in the end every letter is filed once.
"""
import argparse
import fcntl
import os
import pathlib
import random
import signal
import struct
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import BIN, STAND_IN, House, end_storm, temporary

EXT4_IOC_SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2


class Disk:
    def __init__(self, folder):
        self.image, self.at = folder / "disk.img", folder / "disk"
        self.at.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(1 << 30)
        subprocess.run(["mkfs.ext4", "-q", self.image], check=True)

    def mount(self):
        return subprocess.run(["mount", "-o", "loop", self.image, self.at], capture_output=True).returncode == 0

    def unmount(self):
        subprocess.run(["umount", self.at], check=True)

    def cut_power(self):
        root = os.open(self.at, os.O_RDONLY)
        fcntl.ioctl(root, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        os.close(root)


def storm(folder, disk, args):
    chance, wrong, did = random.Random(args.seed), [], 0
    state = disk.at / "state"
    (folder / "station").mkdir()
    subprocess.run([STAND_IN, "furnish", state, "S1"], check=True)
    (state / "station").symlink_to(folder / "station")
    subprocess.run(["sync", "-f", state], check=True)

    def house():
        return House(folder, readers=4, state=state, settings=f'ipc_dir = "{folder}/ipc"', limits="lease_ms = 5000")

    for cut in range(args.cuts):
        with house() as running:
            running.start_station(args.letters, size=8000, rate=args.rate)
            time.sleep(chance.uniform(0.5, 4))
            at_cut = running.filed()
            # A cut ends programs and disk at one moment. Programs that lived on could be told that a sync had gone well
            # which the shutdown overtook (jbd2 answers so when the aborted commit is gone before it is asked for).
            running.freeze()
            disk.cut_power()
            did += 1
            running.stop(signal.SIGKILL)
        disk.unmount()
        if not disk.mount():
            return did, wrong + ["the disk cannot be mounted any more"]
        told = subprocess.run([BIN / "vaguemestre", "reconcile", "--state", state], capture_output=True, text=True)
        if told.returncode:
            wrong.append(f"after cut {cut + 1} reconcile ended with {told.returncode}: {told.stdout[-300:]}")
    with house() as running:
        print(f"{did} cuts, the last with {at_cut} letters filed")
        running.start_station(args.letters, size=8000)
        running.until_received()
        running.until_filed(args.letters)
    return did, wrong + running.verdict(args.letters)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--cuts", type=int, default=25)
    ask.add_argument("--letters", type=int, default=6000)
    ask.add_argument("--rate", type=int, default=100)
    ask.add_argument("--seed", type=int, default=1)
    args = ask.parse_args()
    with temporary() as folder:
        disk = Disk(folder)
        if not disk.mount():
            print("SKIPPED: power cuts need root and a loop device to mount a disk that can be shut down")
            sys.exit(0)
        try:
            did, wrong = storm(folder, disk, args)
            end_storm({"power cuts": did}, wrong)
        finally:
            subprocess.run(["umount", "-l", disk.at], check=False)


if __name__ == "__main__":
    main()
