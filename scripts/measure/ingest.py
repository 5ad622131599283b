"""300 mailboxes into the register, against mbsync from the same server."""
import json
import mmap
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

import demo_fleet
from fleet import agency
from harness import processes, product
from harness.mail_server import MailServer, password_of

MBSYNC = """IMAPAccount a
Host localhost
Port {port}
User {user}
Pass {password}
SSLType {kind}
CertificateFile {ca}
AuthMechs LOGIN

IMAPStore far
Account a

MaildirStore near
Path {folder}/{user}/
Inbox {folder}/{user}/INBOX

Channel c
Far :far:
Near :near:
Patterns INBOX
Sync Pull
Create Near
SyncState *
"""


WARM_BYTES = 8 << 30     # four times the letters
DELETED_SECONDS = 61


def letters_left(registry):
    """Letters that wait to be unpacked; their files are read after them."""
    kinds = json.loads(registry.run("jobs").stdout)["kinds"]
    return sum(kind["waiting"] + kind["running"] for kind in kinds
               if kind["kind"] == "read_letter")


def warm_memory():
    """Pages that a virtual machine gave back to its host cost ten times as
    much to write to as others, so who runs second would win: both start with
    pages that are there."""
    size = min(WARM_BYTES, os.sysconf("SC_AVPHYS_PAGES") * mmap.PAGESIZE // 2)
    with mmap.mmap(-1, size) as pages:
        for at in range(0, size, mmap.PAGESIZE):
            pages[at] = 1


class Sampler:
    """Peak memory of a process and its children, while it runs."""

    def __init__(self, pid):
        self.pid = pid
        self.peak = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.sample)
        self.thread.start()

    def sample(self):
        while not self.ended.wait(0.1):
            self.peak = max(self.peak, processes.memory_of([self.pid]))

    def stop(self):
        self.ended.set()
        self.thread.join()
        return self.peak / 1024


class Bench:
    def __init__(self, wish, table):
        self.wish = wish
        self.table = table
        self.only = set(filter(None, wish.only.split(",")))
        self.folder = tempfile.mkdtemp(prefix="so-van-ban-bench-",
                                       dir="/var/tmp")
        os.chmod(self.folder, 0o711)
        self.server = None
        self.cleared = None
        self.log = open(self.path("peer.log"), "ab")

    def path(self, name):
        return os.path.join(self.folder, name)

    def wants(self, part):
        return not self.only or part in self.only

    def prepare(self):
        start = time.monotonic()
        demo_fleet.make_fleet(self.path("mail"), "bench",
                              self.wish.mailboxes, self.wish.letters)
        with open(self.path("mail/mailboxes.json"), encoding="utf-8") as f:
            self.boxes = json.load(f)
        self.server = MailServer(self.path("mail"),
                                 [b["user"] for b in self.boxes])
        self.server.start()
        print(f"bench: fleet made in {time.monotonic() - start:.0f} s",
              flush=True)
        for security in ("plain", "tls"):
            self.make_template(security)
            self.make_mbsync(security)
        self.run_mbsync("plain")    # the server's indexes are warm from now
        self.clear("near")

    def clear(self, *names):
        for name in names:
            shutil.rmtree(self.path(name), ignore_errors=True)
        os.sync()
        self.cleared = time.monotonic()

    def settle(self):
        """An ext4 without a journal gives no inode away that was freed in the
        last minute, and looks at each of them for every new file. Ours and
        the peer's files go together, and both wait."""
        time.sleep(max(0, self.cleared + DELETED_SECONDS - time.monotonic()))
        warm_memory()

    def make_template(self, security):
        """A data folder with the mailboxes in it, copied for each run."""
        registry = product.Registry(self.path(f"template-{security}"))
        registry.init(agency.ORGANISATION)
        table = self.path("mailboxes.csv")
        product.write_mailboxes(table, self.server, self.boxes,
                                agency.DOMAIN, security)
        registry.import_mailboxes(table)

    def make_mbsync(self, security):
        os.makedirs(self.path(f"mbsync-{security}"))
        for box in self.boxes:
            user = box["user"]
            with open(self.path(f"mbsync-{security}/{user}"), "w",
                      encoding="utf-8") as file:
                file.write(MBSYNC.format(
                    port=self.server.tls_port if security == "tls"
                    else self.server.plain_port, user=user,
                    password=password_of(user), ca=self.server.ca,
                    kind="IMAPS" if security == "tls" else "None",
                    folder=self.path("near")))

    def run_mbsync(self, security):
        """-> seconds, peak MB."""
        for box in self.boxes:
            os.makedirs(self.path(f"near/{box['user']}"), exist_ok=True)
        names = "\n".join(self.path(f"mbsync-{security}/{b['user']}")
                          for b in self.boxes)
        start = time.monotonic()
        process = processes.start(
            ["xargs", "-P8", "-I{}", "mbsync", "-q", "-c", "{}", "c"],
            stdin=subprocess.PIPE, stdout=self.log, stderr=self.log)
        sampler = Sampler(process.pid)
        process.stdin.write(names.encode())
        process.stdin.close()
        status = process.wait()
        took = time.monotonic() - start
        peak = sampler.stop()
        if status:
            raise product.Failure(f"mbsync: exit {status}; see peer.log "
                                  "(--keep)")
        return took, peak

    def run_once(self, registry):
        """-> seconds, peak MB."""
        start = time.monotonic()
        process = processes.start(
            registry.gateway("once", ca=self.server.ca),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sampler = Sampler(process.pid)
        status = process.wait()
        took = time.monotonic() - start
        peak = sampler.stop()
        if status:
            raise product.Failure(f"mailgw once: exit {status}")
        return took, peak

    def fresh(self, security, arguments=()):
        registry = product.Registry(self.path("data"))
        shutil.copytree(self.path(f"template-{security}"), registry.data)
        os.sync()
        if not registry.serve(arguments=arguments):
            raise product.Failure(registry.log_tail())
        return registry

    def one_run(self, security):
        """Ours, then the peer, on the same server."""
        add, name = self.table.add, "plain" if security == "plain" else "TLS"
        registry = self.fresh(security)
        self.settle()
        start = time.monotonic()
        took, peak = self.run_once(registry)
        # asking starts a program, which takes the time that is measured
        processes.wait_until(lambda: not letters_left(registry), 600,
                             "letters unpacked", pause=0.25)
        whole = time.monotonic() - start
        registry.wait_for_jobs()
        read = time.monotonic() - start
        again, _ = self.run_once(registry)
        registry.stop()
        add(f"{name}: every raw letter durable", "s", "ours", took)
        add(f"{name}: all unpacked, stored and indexed", "s", "ours", whole)
        add(f"{name}: all files read for text and fields", "s", "ours", read)
        add(f"{name}: nothing new", "s", "ours", again)
        add(f"{name}: peak memory of the gateway", "MB", "ours", peak)
        os.sync()
        self.settle()
        took, peak = self.run_mbsync(security)
        again, _ = self.run_mbsync(security)
        add(f"{name}: every raw letter durable", "s", "peer", took)
        add(f"{name}: all unpacked, stored and indexed", "s", "peer", took)
        add(f"{name}: nothing new", "s", "peer", again)
        add(f"{name}: peak memory of the gateway", "MB", "peer", peak)
        self.clear("data", "near")
        print(f"bench: {name}: " + ", ".join(
            f"{m.split(': ')[1]} {v['ours'][-1]:.2f}/{v['peer'][-1]:.2f}"
            for (m, _), v in self.table.values.items()
            if m.startswith(name) and v["peer"]), flush=True)

    def without_reading(self):
        """The same intake with readers and without."""
        measure = "plain: every raw letter durable, reading on and off"
        with open(self.path("no-readers.conf"), "w", encoding="ascii") as file:
            file.write("readers = 0\n")
        for side, arguments in (("ours", ()), ("peer", (
                "--settings", self.path("no-readers.conf")))):
            registry = self.fresh("plain", arguments)
            self.settle()
            self.table.add(measure, "s", side, self.run_once(registry)[0])
            registry.stop()
            self.clear("data")

    def idle_and_latency(self):
        """300 connections that wait; then letters that come one by one."""
        registry = self.fresh("tls")
        gateway = None
        try:
            self.run_once(registry)
            registry.wait_for_jobs()
            gateway = processes.start(
                registry.gateway("run", ca=self.server.ca),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            processes.wait_until(
                lambda: connections(self.server.tls_port)
                >= len(self.boxes), 120, "idle connections")
            time.sleep(8)
            if self.wants("idle"):
                self.table.add(f"{len(self.boxes)} idle TLS connections: "
                               "memory", "MB", "ours",
                               processes.memory_of([gateway.pid]) / 1024)
            if self.wants("latency"):
                self.latency(registry)
        finally:
            processes.stop(gateway)
            registry.stop()

    def latency(self, registry):
        """From delivery to a line in the intake queue."""
        times = []
        for number in range(60):
            box = self.boxes[number * 7 % len(self.boxes)]
            mark = f"benchletter{number:04d}"
            content = (f"From: vanthu@stc.example\nTo: {box['user']}\n"
                       f"Subject: {mark}\nMessage-ID: <{mark}@stc.example>\n"
                       "MIME-Version: 1.0\nContent-Type: application/pdf; "
                       f'name="{mark}.pdf"\n\n%PDF-1.4\n').encode()
            start = time.monotonic()
            self.server.deliver(box["user"], f"{1800000000 + number}."
                                f"M{number}.mail", content)
            processes.wait_until(lambda: in_queue(registry, mark), 60,
                                 "the letter in the queue")
            times.append(time.monotonic() - start)
            time.sleep(0.2)
        times.sort()
        self.table.add("new letter to candidate, IDLE, p95", "s", "ours",
                       times[int(len(times) * 0.95)])
        self.table.add("new letter to candidate, IDLE, median", "s", "ours",
                       statistics.median(times))

    def close(self):
        if self.server:
            self.server.stop()
        self.log.close()
        if not self.wish.keep:
            shutil.rmtree(self.folder, ignore_errors=True)


def connections(port):
    """Established ones to a port of the loopback, seen from the client."""
    wanted, count = f":{port:04X}", 0
    with open("/proc/net/tcp", encoding="ascii") as file:
        for line in file:
            fields = line.split()
            count += fields[2].endswith(wanted) and fields[3] == "01"
    return count


def in_queue(registry, mark):
    """Asks the people's API, as the front end does."""
    if not getattr(registry, "person", None):
        registry.person = product.sign_in_clerk(registry)
    answer = registry.person.call("GET", "/api/v1/intake?tab=todo&limit=20"
                                  f"&q={mark}")
    return mark in json.dumps(answer)


def run(wish, table):
    table.aim("plain: every raw letter durable", ratio=1.0)
    table.aim("plain: all unpacked, stored and indexed", ratio=1.6)
    table.aim("plain: nothing new", ratio=0.35)
    table.aim("plain: peak memory of the gateway", value=64)
    table.aim("plain: every raw letter durable, reading on and off", ratio=1.1)
    table.aim("TLS: every raw letter durable", ratio=0.55)
    table.aim("TLS: nothing new", ratio=0.1)
    table.aim("TLS: peak memory of the gateway", value=64)
    table.aim("300 idle TLS connections: memory", value=25)
    table.aim("new letter to candidate, IDLE, p95", value=2)
    bench = Bench(wish, table)
    try:
        bench.prepare()
        for _ in range(wish.runs):
            for security in ("plain", "tls"):
                if bench.wants(security):
                    bench.one_run(security)
            if bench.wants("reading"):
                bench.without_reading()
        if bench.wants("idle") or bench.wants("latency"):
            bench.idle_and_latency()
    finally:
        bench.close()
