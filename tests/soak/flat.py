#!/usr/bin/env python3
"""memory and open files of every daemon of a whole house: 20,000 letters, 4,000 scans, 200 read by the real reader

  scripts/soak flat [--letters 20000] [--scans 4000] [--read 200]

`vaguemestre run` with everything it starts (station, ingest, a reader, classify, router), as shipped. First --letters come from a
stand-in station and pass stub readers, then --scans short typed letters come through the hot folder, then --read more with no
reader but the real one; a desk takes a case now and then. At 40 moments of the second half of each part the processes it
tries are looked at, with the children that stay, and a line is laid through their resident memory: bytes a letter. What ingest
must remember of a letter (its receipt, its hashes) is counted apart. Fails when anything grows, dies or is not filed.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import BIN, House, end_storm, is_desk_served, temporary

MOMENTS = 40
GROWS_BYTES = 200  # a letter: 200 MB over a million letters
KNOWN_BYTES = 1024  # that ingest may keep of each letter it knows
CARRIERS = ("vaguemestre", "vaguemestre-ingest", "vaguemestre-classify", "vaguemestre-router")
IN_HOT_FOLDER = 200  # at a time


class WholeHouse(House):
    """The front command as an operator starts it, and stub readers beside it."""

    def __enter__(self):
        self.hot = self.state.parent / "hot"
        self.hot.mkdir()
        self.start("run", [BIN / "vaguemestre", "run", "--state", self.state, "--hot-folder", self.hot, "--box", "TSA 20202",
                           "--readers", "1"])
        for i in range(self.readers):
            self.start_reader(i)
        self.watch()
        return self

    def look(self):
        """(resident bytes, open files) of the front command and all below it, by (pid, program, how deep)."""
        below = {}
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                    below.setdefault(parent, []).append(int(entry.name))
                except OSError:
                    pass  # it has ended
        found, row = {}, [(self.pid("run"), 0)]
        while row:
            pid, depth = row.pop()
            row += [(child, depth + 1) for child in below.get(pid, [])]
            try:
                proc = pathlib.Path(f"/proc/{pid}")
                resident = int((proc / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
                found[pid, program_of(proc), depth] = (resident, len(os.listdir(proc / "fd")))
            except OSError:
                pass
        return found


def program_of(proc):
    """Its name, also when its file has been built anew meanwhile."""
    return os.readlink(proc / "exe").removesuffix(" (deleted)").rsplit("/", 1)[1]


def slope(points):
    """Of the line nearest to (x, y) pairs."""
    n = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def pass_through(house, letters, feed):
    """Lets so many letters pass; (letters filed, what was looked at) at moments of the second half. `feed` is called again and again."""
    before, moments, last, since = house.filed(), [], 0, time.monotonic()
    while last < letters and time.monotonic() - since < 120:
        feed()
        filed = house.filed() - before
        if filed > last:
            last, since = filed, time.monotonic()
        if filed >= letters // 2 + len(moments) * letters // 2 // MOMENTS:
            moments.append((filed, house.look()))
            is_desk_served(house)
        time.sleep(0.2)
    return moments


class HotFolder:
    """So many short letters, put there as the station takes them away."""

    def __init__(self, hot, first, count):
        self.hot, self.next, self.end = hot, first, first + count

    def __call__(self):
        count = min(IN_HOT_FOLDER, self.end - self.next)
        if count and sum(1 for _ in self.hot.glob("*.tif")) < IN_HOT_FOLDER // 2:
            subprocess.run([BIN / "scan_letters", self.hot, str(self.next), str(count)], check=True)
            self.next += count


def judge(moments, programs):
    """Prints a line for every process of these programs that lived through all moments; what grows, as sentences."""
    if len(moments) < MOMENTS // 2:
        return [f"too few moments to tell of {programs}"]
    wrong, (first_at, first), (last_at, last) = [], moments[0], moments[-1]
    stayed = [key for key in first if key[1] in programs and all(key in seen for _, seen in moments)]
    died = set(programs) - {program for _, program, depth in stayed if depth < 2}
    if died:
        wrong.append(f"somebody died: {sorted(died)}")
    for key in sorted(stayed, key=lambda key: (key[2], key[1])):
        _, program, depth = key
        name = program if depth < 2 else f"a child of {program}"
        grown = slope([(filed, seen[key][0]) for filed, seen in moments])
        files = [seen[key][1] for _, seen in moments]
        print(f"  {name}: {first[key][0] / 2**20:.1f} MiB half-way, {last[key][0] / 2**20:.1f} MiB at the end, {grown:.0f} bytes a letter "
              f"over {last_at - first_at}; {min(files)} to {max(files)} open files", flush=True)
        if grown > GROWS_BYTES + (KNOWN_BYTES if program == "vaguemestre-ingest" else 0):
            wrong.append(f"{name} grows")
        if min(files[-5:]) > max(files[:5]):
            wrong.append(f"{name} leaves files open")
    return wrong


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--letters", type=int, default=20_000)
    ask.add_argument("--scans", type=int, default=4000)
    ask.add_argument("--read", type=int, default=200)
    args = ask.parse_args()
    wrong, start = [], time.monotonic()
    with temporary() as folder:
        with WholeHouse(folder, readers=4) as house:
            house.start_station(args.letters, size=8000)
            wrong += judge(pass_through(house, args.letters, lambda: None), CARRIERS)
            print(f"{args.letters} letters through those in {time.monotonic() - start:.0f} s", flush=True)
            wrong += judge(pass_through(house, args.scans, HotFolder(house.hot, 0, args.scans)), ("vaguemestre-station", "vaguemestre-ingest"))
            print(f"{args.scans} scans through these, {time.monotonic() - start:.0f} s", flush=True)
            for i in range(house.readers):
                house.retire(f"reader-{i}")
            wrong += judge(pass_through(house, args.read, HotFolder(house.hot, args.scans, args.read)), ("vaguemestre-ocr",))
            print(f"{args.read} letters read by it, {time.monotonic() - start:.0f} s", flush=True)
        done = {"letters": args.letters, "scans": args.scans, "letters read": args.read}
        end_storm(done if house.filed() else {}, wrong + house.verdict(sum(done.values())))


if __name__ == "__main__":
    main()
