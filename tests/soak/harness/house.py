"""The real daemons on a state folder of their own, with stand-ins for readers and stations, started again when they die."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
BIN = ROOT / "build/bin"
STAND_IN = BIN / "stand_in"
DAEMONS = ("ingest", "router", "classify")
PAUSE_S = 0.1  # until who died is started again


class House:
    """State in `folder`/state. `settings`: lines of vaguemestre.toml. Use it in a `with`: everything is stopped at its end."""

    def __init__(self, folder, readers=4, reader_ms=5, stations=("S1",), settings="", limits="", env=None):
        self.state = pathlib.Path(folder) / "state"
        self.logs = pathlib.Path(folder) / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.config = pathlib.Path(folder) / "house.toml"
        self.config.write_text(f"{settings}\n[limits]\nfloor_bytes = 1048576\nfloor_share = 0.0\n{limits}\n")
        self.env = {**os.environ, "VAGUEMESTRE_CONFIG": str(self.config)}
        self.extra_env = env or {}  # of single daemons, by name
        self.lock = threading.RLock()
        self.children, self.deaths, self.ended = {}, [], {}
        self.stopping = False
        if not (self.state / "keys").exists():
            subprocess.run([STAND_IN, "furnish", self.state, *stations], check=True)
        self.readers, self.reader_ms = readers, reader_ms

    def __enter__(self):
        for name in DAEMONS:
            self.start(name, [BIN / f"vaguemestre-{name}", "--state", self.state])
        for i in range(self.readers):
            self.start_reader(i)
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start_reader(self, i):
        self.start(f"reader-{i}", [STAND_IN, "reader", self.state, str(self.reader_ms)])

    def start_station(self, letters, name="S1", rate=0, size=30_000, poison=0, resend=0):
        out = self.logs / f"{name}.waits"
        words = [STAND_IN, "station", self.state, name, letters, rate, size, poison, out]
        self.extra_env[f"station-{name}"] = {"RESEND": str(resend)}
        self.start(f"station-{name}", words, ends=True)

    def waits(self, name="S1"):
        """Milliseconds from each letter's turn to its receipt, sorted."""
        return sorted(float(line) for line in (self.logs / f"{name}.waits").read_text().split())

    def start(self, name, words, ends=False):
        with self.lock, open(self.logs / f"{name}.log", "ab") as log:
            env = {**self.env, **self.extra_env.get(name, {})}
            child = subprocess.Popen([str(word) for word in words], stdout=log, stderr=log, env=env)
            self.children[name] = (child, words, ends, time.monotonic())

    def _watch(self):
        due = {}
        while not self.stopping:
            with self.lock:
                for name, (child, words, ends, started) in list(self.children.items()):
                    if child.poll() is None or name in due or name in self.ended:
                        continue
                    if ends and child.returncode >= 0:
                        self.ended[name] = child.returncode
                        continue
                    self.deaths.append((name, child.returncode, time.monotonic(), time.monotonic() - started))
                    due[name] = time.monotonic() + PAUSE_S
                for name in [n for n, at in due.items() if at <= time.monotonic()]:
                    del due[name]
                    _, words, ends, _ = self.children[name]
                    if not self.stopping:
                        self.start(name, words, ends)
            time.sleep(0.02)

    def pid(self, name):
        with self.lock:
            child = self.children[name][0]
            return child.pid if child.poll() is None else None

    def kill(self, name, sig=signal.SIGKILL):
        """False when it is not running just now."""
        pid = self.pid(name)
        if pid:
            os.kill(pid, sig)
        return bool(pid)

    def stop(self, sig=signal.SIGTERM):
        self.stopping = True
        if hasattr(self, "watcher"):
            self.watcher.join()
        for child, *_ in self.children.values():
            if child.poll() is None:
                child.send_signal(sig)
        for child, *_ in self.children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def log(self, name):
        path = self.logs / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def ask(self, sql):
        """Rows of the register; none while there is none."""
        file = self.state / "register/register.sqlite"
        if not file.exists():
            return []
        try:
            base = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)
            try:
                return base.execute(sql).fetchall()
            finally:
                base.close()
        except sqlite3.OperationalError:
            return []

    def filed(self):
        return (self.ask("SELECT count(*) FROM letters") or [(0,)])[0][0]

    def until(self, is_so, patience_s, every_s=0.1):
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            if is_so():
                return True
            time.sleep(every_s)
        return is_so()

    def memory(self):
        """Resident KiB and open descriptors, by daemon."""
        found = {}
        for name in DAEMONS:
            pid = self.pid(name)
            if pid:
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
                rss = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
                found[name] = (rss, len(os.listdir(f"/proc/{pid}/fd")))
        return found

    def receipts(self):
        """Ids of letters that a station has a receipt for, from its journal."""
        ids = set()
        for journal in self.state.glob("station/*/journal"):
            for kind, payload in records(journal.read_bytes()):
                if kind == b"R":
                    said = json.loads(payload)
                    ids.add(f"{said['station']}-{said['letter']:07d}")
        return ids

    def verdict(self, letters):
        """What is wrong, as sentences; none: every letter is filed once, and the books agree. Ask when it is stopped."""
        wrong = []
        filed = [row[0] for row in self.ask("SELECT id FROM letters")]
        receipts = self.receipts()
        lost, events = receipts - set(filed), self.ask("SELECT count(*) FROM events WHERE verb = 'filed'")[0][0]
        if len(receipts) != letters:
            wrong.append(f"{len(receipts)} receipts for {letters} letters")
        if lost:
            wrong.append(f"{len(lost)} lost: {sorted(lost)[:3]}")
        if len(filed) != len(set(filed)) or events != len(filed):
            wrong.append(f"doubled: {len(filed)} letters, {events} filings")
        told = subprocess.run([BIN / "vaguemestre", "reconcile", "--state", self.state], env=self.env, capture_output=True,
                              text=True)
        if told.returncode:
            wrong.append(f"reconcile ended with {told.returncode}: {told.stdout[-400:]}")
        return wrong


def records(data):
    """(type, payload) of a record log; those appended together one by one."""
    at = 0
    while at + 23 <= len(data) and data[at:at + 2] == b"VR":
        kind, (size,) = data[at + 2:at + 3], struct.unpack_from("<I", data, at + 3)
        payload = data[at + 23:at + 23 + size]
        at += 23 + size
        inner = 0
        while kind == b"+" and inner < len(payload):
            (length,) = struct.unpack_from("<I", payload, inner + 1)
            yield payload[inner:inner + 1], payload[inner + 5:inner + 5 + length]
            inner += 5 + length
        if kind != b"+":
            yield kind, payload


def share(values, part):
    """The value that `part` of them stay under."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


def temporary(keep=False):
    folder = tempfile.mkdtemp(prefix="storm-")
    return Folder(pathlib.Path(folder), keep)


class Folder:
    def __init__(self, path, keep):
        self.path, self.keep = path, keep

    def __enter__(self):
        return self.path

    def __exit__(self, kind, *_):
        if self.keep or kind is not None:
            print(f"kept: {self.path}", file=sys.stderr)
        else:
            shutil.rmtree(self.path, ignore_errors=True)


def end_storm(did, wrong):
    """Prints what a storm did and found; ends the program. `did`: injections by name; none at all is a failure."""
    print("did: " + ", ".join(f"{name} {count}" for name, count in sorted(did.items())))
    for sentence in wrong:
        print("  WRONG: " + sentence)
    if not any(did.values()):
        sys.exit("nothing was injected")
    print("lost or doubled: none" if not wrong else f"promises broken: {len(wrong)}")
    sys.exit(1 if wrong else 0)
