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
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
BIN = ROOT / "build/bin"
STAND_IN = BIN / "stand_in"
DAEMONS = ("ingest", "router", "classify")
PAUSE_S = 0.1  # until who died is started again


class House:
    """State in `folder`/state. `settings`: lines of vaguemestre.toml. `bin`: another build's daemons and stand-ins. Use it in a
    `with`: everything is stopped at its end."""

    def __init__(self, folder, readers=4, reader_ms=5, stations=("S1",), settings="", limits="", state=None, bin=BIN):
        self.bin = bin
        self.state = pathlib.Path(state or pathlib.Path(folder) / "state")
        self.logs = pathlib.Path(folder) / "log"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.config = pathlib.Path(folder) / "house.toml"
        floor = "" if "floor_bytes" in limits else "floor_bytes = 1048576\n"
        self.config.write_text(f"quiet_ms = 100\n{settings}\n[limits]\nfloor_share = 0.0\n{floor}{limits}\n")
        self.env = {**os.environ, "VAGUEMESTRE_CONFIG": str(self.config), "VAGUEMESTRE_PARENT": str(os.getpid()),
                    "VAGUEMESTRE_DONE_HOURS": "24"}  # scans are counted there
        self.extra_env = {}  # of single daemons, by name
        self.prefix = {}  # words before a daemon's own, by name
        self.lock = threading.RLock()
        self.children, self.deaths, self.ended = {}, [], {}
        self.stopping = False
        if not (self.state / "keys").exists():
            subprocess.run([bin / "stand_in", "furnish", self.state, *stations], check=True)
        self.readers, self.reader_ms = readers, reader_ms

    def __enter__(self):
        for name in DAEMONS:
            self.start(name, [self.bin / f"vaguemestre-{name}", "--state", self.state])
        for i in range(self.readers):
            self.start_reader(i)
        self.watch()
        return self

    def watch(self):
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()

    def __exit__(self, *_):
        self.stop()

    def start_reader(self, i):
        self.start(f"reader-{i}", [self.bin / "stand_in", "reader", self.state, str(self.reader_ms)])

    def start_station(self, letters, name="S1", rate=0, size=30_000, poison=0, resend=0):
        out = self.logs / f"{name}.waits"
        words = [self.bin / "stand_in", "station", self.state, name, letters, rate, size, poison, out]
        self.extra_env[f"station-{name}"] = {"RESEND": str(resend)}
        self.start(f"station-{name}", words, ends=True)

    def finish_station(self, patience_s, name="S1"):
        """Tells a station to begin no more letters and waits until those it began have receipts; how many it began."""
        key = f"station-{name}"
        self.kill(key, signal.SIGTERM)
        self.until(lambda: key in self.ended, 60)
        journal = (self.state / "station" / name / "journal").read_bytes()
        begun = max((json.loads(payload)["claim"] for kind, payload in records(journal) if kind == b"C"), default=0)
        with self.lock:
            words = list(self.children[key][1])
            words[4] = begun
            del self.ended[key]
            self.start(key, words, ends=True)
        self.until(lambda: key in self.ended, patience_s)
        return begun

    def start_scanner(self, hot, name):
        """The real station on a hot folder."""
        hot.mkdir(exist_ok=True)
        self.start(f"scanner-{name}", [BIN / "vaguemestre-station", "--state", self.state, "--hot-folder", hot, "--name", name,
                                       "--box", "TSA 20202"])

    def preload(self, name, program, **settings):
        """From its next start on a daemon runs with tests/soak/failing_disk.cpp before it."""
        self.extra_env[name] = {"LD_PRELOAD": str(BIN / "failing_disk.so"), "FAULT_IN": program,
                                **{key: str(value) for key, value in settings.items()}}

    def waits(self, name="S1"):
        """Milliseconds from each letter's turn to its receipt, sorted."""
        return sorted(float(line) for line in (self.logs / f"{name}.waits").read_text().split())

    def start(self, name, words, ends=False):
        with self.lock, open(self.logs / f"{name}.log", "ab") as log:
            env = {**self.env, **self.extra_env.get(name, {})}
            words_now = [str(word) for word in self.prefix.get(name, []) + list(words)]
            child = subprocess.Popen(words_now, stdout=log, stderr=log, env=env)
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
                    try:
                        if not self.stopping:
                            self.start(name, words, ends)
                    except OSError:  # the program is just being built anew
                        due[name] = time.monotonic() + 10 * PAUSE_S
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

    def retire(self, name):
        """It is stopped and not started again."""
        with self.lock:
            child = self.children.pop(name)[0]
        child.terminate()
        child.wait(10)

    def deaths_of(self, name):
        """(exit code, when) of each."""
        return [(code, when) for who, code, when, _ in self.deaths if who == name]

    def freeze(self):
        """No daemon does or says anything more; only `stop(SIGKILL)` is left."""
        self.stopping = True
        for child, *_ in self.children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGSTOP)

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

    def until_filed(self, letters, stall_s=60):
        """Waits for as many letters in the register, as long as their number grows."""
        last, since = self.filed(), time.monotonic()
        while last < letters and time.monotonic() - since < stall_s:
            time.sleep(0.1)
            if self.filed() > last:
                last, since = self.filed(), time.monotonic()
        return last >= letters

    def until_received(self, patience_s=300, name="S1"):
        """Waits until a station with a last letter has all its receipts."""
        return self.until(lambda: f"station-{name}" in self.ended, patience_s)

    def memory(self):
        """Resident KiB and open descriptors, by program: the daemons and the first reader."""
        found = {}
        for name in (*DAEMONS, "reader-0"):
            pid = self.pid(name) if name in self.children else None
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
            wrong.append(f"{len(lost)} with a receipt and not filed: {sorted(lost)[:3]}")
        if len(filed) != len(set(filed)) or events != len(filed):
            wrong.append(f"doubled: {len(filed)} letters, {events} filings")
        told = subprocess.run([BIN / "vaguemestre", "reconcile", "--state", self.state], env=self.env, capture_output=True,
                              text=True)
        if told.returncode:
            wrong.append(f"reconcile ended with {told.returncode}: {told.stdout[-400:]}")
        return wrong


def is_desk_served(house):
    """Somebody claims a case and acknowledges it."""
    waiting = house.ask("SELECT queue FROM cases WHERE open = 1 AND state = 'registered' LIMIT 1")
    if not waiting:
        return False
    worker = ["/usr/bin/python3", ROOT / "tests/e2e/desk_worker.py", "--state", house.state, "--queue", waiting[0][0], "--blind"]
    return subprocess.run(worker, env=house.env, stdout=subprocess.DEVNULL).returncode == 0


def scan(hot, number):
    """A sheet with a few lines of its own, put into a hot folder under its name at once."""
    width, height, lines = 400, 560, b""
    for y in range(height):
        ink = 60 <= y < 500 and y % 20 < 6
        row = bytes(0 if ink and (x * 7919 + y // 20 * 104729 + number * 31) % 11 < 4 and 40 < x < 360 else 255 for x in range(0, width, 4))
        lines += b"\0" + b"".join(bytes([value]) * 4 for value in row)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = struct.pack(">IIB", 3937, 3937, 1)
    whole = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"pHYs", dots) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    part = hot / f".scan-{number}.part"
    part.write_bytes(whole)
    part.rename(hot / f"scan-{number:05d}.png")


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

    def __exit__(self, kind, error, _):
        failed = error is not None and not (kind is SystemExit and error.code in (0, None))
        if self.keep or failed:
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
