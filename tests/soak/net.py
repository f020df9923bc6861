#!/usr/bin/env python3
"""stations and readers cut off from the house, between two network namespaces (root; skips aloud without)

  scripts/soak net [--letters 3000] [--seconds 120] [--seed 1]

The station and the readers stand in a network namespace of their own and speak tcp. The line between goes down for half a
second to ten, comes back, and in between loses and delays packets where the kernel can (netem).
"""
import argparse
import os
import pathlib
import random
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness.house import House, end_storm, temporary


class Line:
    """Two ends of a cable: one here, one in a namespace of its own."""

    def __init__(self):
        self.there, self.here_end, self.there_end = f"vgm{os.getpid()}", f"vga{os.getpid() % 9999}", f"vgb{os.getpid() % 9999}"
        third = os.getpid() % 250
        self.here, other = f"10.213.{third}.1", f"10.213.{third}.2"
        self.steps = [f"ip netns add {self.there}", f"ip link add {self.here_end} type veth peer name {self.there_end}",
                      f"ip link set {self.there_end} netns {self.there}", f"ip addr add {self.here}/24 dev {self.here_end}",
                      f"ip link set {self.here_end} up", f"ip netns exec {self.there} ip addr add {other}/24 dev {self.there_end}",
                      f"ip netns exec {self.there} ip link set {self.there_end} up"]

    def lay(self):
        return all(self.do(step) for step in self.steps)

    def do(self, words):
        return subprocess.run(words.split(), capture_output=True).returncode == 0

    def take_up(self):
        self.do(f"ip link del {self.here_end}")
        self.do(f"ip netns del {self.there}")


def storm(folder, line, args):
    chance, did = random.Random(args.seed), {"partitions": 0, "lossy lines": 0}
    sockets = {name: f"tcp://{line.here}:{port}" for port, name in enumerate(("station", "handout", "read"), 4701)}
    endpoints = "[endpoints]\n" + "\n".join(f'{name} = "{at}"' for name, at in sockets.items())
    house = House(folder, readers=4, settings=endpoints, limits="lease_ms = 6000")
    for name in ["station-S1"] + [f"reader-{i}" for i in range(4)]:
        house.prefix[name] = ["ip", "netns", "exec", line.there]
    with house:
        house.start_station(args.letters, size=20_000, rate=args.letters // args.seconds)
        if not house.until(lambda: house.filed() > 20, 30):
            return did, ["nothing is filed over tcp"]
        end = time.monotonic() + args.seconds
        while time.monotonic() < end:
            time.sleep(chance.uniform(0.5, 4))
            if chance.random() < 0.3 and line.do(f"tc qdisc replace dev {line.here_end} root netem delay 20ms 20ms loss 10%"):
                did["lossy lines"] += 1
                time.sleep(chance.uniform(1, 4))
                line.do(f"tc qdisc del dev {line.here_end} root")
            line.do(f"ip link set {line.here_end} down")
            did["partitions"] += 1
            time.sleep(chance.choice((0.5, 1, 2, 4, 8, 10)))
            line.do(f"ip link set {line.here_end} up")
        house.until_received()
        house.until_filed(args.letters)
        ingest = house.log("ingest")
        print(f"{house.filed()} letters filed; {ingest.count(' blamed ')} blamed for a worker that fell silent, "
              f"{ingest.count(' given_up ')} given up")
    wrong = house.verdict(args.letters)
    if house.deaths:
        wrong.append(f"somebody died of it: {house.deaths[:3]}")
    return did, wrong


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--letters", type=int, default=3000)
    ask.add_argument("--seconds", type=int, default=120)
    ask.add_argument("--seed", type=int, default=1)
    args = ask.parse_args()
    line = Line()
    try:
        if not line.lay():
            print("SKIPPED: a partition needs root, ip (iproute2) and network namespaces")
            sys.exit(0)
        with temporary() as folder:
            did, wrong = storm(folder, line, args)
            end_storm(did, wrong)
    finally:
        line.take_up()


if __name__ == "__main__":
    main()
