#!/usr/bin/env python3
"""SIGKILL of random daemons, one or all at once, backups under load; then a router killed with 100,000 open cases

  scripts/soak kill [--letters 20000] [--cases 100000] [--seed 1]

A station sends as fast as receipts come; ingest, router, classify, six stub readers of 5 ms and the station itself are killed
at random, up to three a second, and one time in eight all at once. Meanwhile the state is backed up four times; each
backup is restored elsewhere in the end and must be without a contradiction. Every letter must be filed once and the books
must agree. Then the register is filled with open cases, and the router must file again within 2 s of each of ten kills.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import BIN, STAND_IN, House, end_storm, share, temporary


BACK_S = 2.0
PAUSE_S, MOST_BACKUPS = 15, 4


class Backups(threading.Thread):
    """Copies of a house's state, taken one after the other with a pause between, until it is told to stop."""

    def __init__(self, house, folder):
        super().__init__(daemon=True)
        self.house, self.folder, self.taken, self.failed, self.over = house, folder, [], [], threading.Event()

    def run(self):
        self.folder.mkdir()
        while len(self.taken) < MOST_BACKUPS and not self.over.wait(PAUSE_S):
            to = self.folder / str(len(self.taken) + 1)
            (self.taken if self.do("backup", to) == 0 else self.failed).append(to)

    def do(self, *words):
        command, folder = words
        options = {"backup": ["--to", folder, "--state", self.house.state],
                   "restore": ["--from", folder, "--state", f"{folder}-back"],
                   "reconcile": ["--state", f"{folder}-back"]}[command]
        ran = subprocess.run([BIN / "vaguemestre", command, *options], env=self.house.env, stdout=subprocess.DEVNULL)
        return ran.returncode

    def verdict(self):
        wrong = [f"backup {copy.name} was not finished" for copy in self.failed]
        for copy in self.taken:
            codes = self.do("restore", copy), self.do("reconcile", copy)
            if codes != (0, 0):
                wrong.append(f"backup {copy.name}: restore and reconcile ended with {codes}")
        return wrong


def random_kills(folder, args):
    chance, did = random.Random(args.seed), {}
    with House(folder, readers=6, limits="lease_ms = 5000") as house:
        house.start_station(args.letters, size=8000)
        victims = ["ingest", "router", "classify", "station-S1"] + [f"reader-{i}" for i in range(6)]
        backups = Backups(house, folder / "copies")
        backups.start()
        start = time.monotonic()
        filed = 0
        while filed < args.letters and time.monotonic() - start < args.seconds:
            time.sleep(chance.uniform(0.3, 1.7))
            fallen = victims if chance.random() < 0.125 else [chance.choice(victims)]
            fallen = [name for name in fallen if name not in house.ended and house.kill(name)]
            kind = "all at once" if len(fallen) > 1 else fallen[0].split("-")[0] if fallen else None
            if kind:
                did[kind] = did.get(kind, 0) + 1
            filed = house.filed()
        house.until_received()
        house.until_filed(args.letters)
        seconds = time.monotonic() - start
        backups.over.set()
        backups.join()
        asked_person = house.log("ingest").count(" given_up ")
    print(f"{house.filed()} letters filed in {seconds:.0f} s; {asked_person} given up to a person for being in hand at three kills")
    did["backups"] = len(backups.taken)
    return did, house.verdict(args.letters) + backups.verdict()


def router_comes_back(folder, args):
    wrong = []
    subprocess.run([STAND_IN, "furnish", folder / "state", "S1"], check=True)
    start = time.monotonic()
    subprocess.run([STAND_IN, "fill", folder / "state", str(args.cases)], check=True)
    print(f"{args.cases} letters filed beforehand in {time.monotonic() - start:.0f} s")
    backs = []
    with House(folder, readers=4, limits="lease_ms = 3000") as house:
        house.start_station(100_000, rate=30, size=4000)
        house.until(lambda: house.filed() > args.cases + 20, 30)
        for _ in range(10):
            said = len(house.log("router"))
            house.kill("router")
            start = time.monotonic()
            if not house.until(lambda: "router.filed" in house.log("router")[said:], 20, 0.01):
                wrong.append("the router files nothing any more")
            backs.append(time.monotonic() - start)
            time.sleep(0.5)
        cases = house.ask("SELECT count(*) FROM cases WHERE open = 1")[0][0]
        house.kill("station-S1")
    print(f"router with {cases} open cases files again after a kill: n {len(backs)}, median {share(backs, 0.5):.2f} s, "
          f"longest {max(backs):.2f} s (0.1 s of it is the pause before it is started)")
    if max(backs) > BACK_S:
        wrong.append(f"the router was away for {max(backs):.1f} s")
    return {"restart storm, router": len(backs)}, wrong


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--letters", type=int, default=20_000)
    ask.add_argument("--cases", type=int, default=100_000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--seconds", type=int, default=300, help="of random kills, at most; then they stop and the rest is filed")
    args = ask.parse_args()
    with temporary() as folder:
        did, wrong = random_kills(folder / "kills", args)
        again, broken = router_comes_back(folder / "full", args)
        end_storm({**did, **again}, wrong + broken)


if __name__ == "__main__":
    main()
