"""The demo; see scripts/demo, which sets up and builds first."""
import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import demo_fleet
from fleet import agency
from harness import processes, product, truth
from harness.mail_server import MailServer

ROOT = product.ROOT
PASSWORD = "Lam-Giang-2026"
SECONDS = 180


def say(text=""):
    print(text, flush=True)


class Demo:
    def __init__(self, wish):
        self.wish = wish
        self.began = time.monotonic()
        self.folder = self.choose_folder()
        self.server = None
        self.registry = None
        self.gateway = None

    @staticmethod
    def choose_folder():
        """build/demo, or a folder that the mail server's user can reach."""
        wanted = os.path.join(ROOT, "build", "demo")
        if os.geteuid() or processes.reachable_by_all(wanted):
            shutil.rmtree(wanted, ignore_errors=True)
            os.makedirs(wanted)
            return wanted
        folder = tempfile.mkdtemp(prefix="so-van-ban-demo-", dir="/var/tmp")
        os.chmod(folder, 0o711)
        return folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def make_mail(self):
        boxes, letters = demo_fleet.make_fleet(
            self.path("mail"), "demo", self.wish.mailboxes,
            self.wish.letters)
        say(f"mail      {letters} letters in {boxes} mailboxes, "
            f"{agency.ORGANISATION}")
        with open(self.path("mail/mailboxes.json"), encoding="utf-8") as f:
            self.boxes = json.load(f)
        with open(self.path("mail/people.json"), encoding="utf-8") as f:
            self.people = json.load(f)
        self.server = MailServer(self.path("mail"),
                                 [box["user"] for box in self.boxes])
        self.server.start()
        say(f"server    Dovecot on 127.0.0.1:{self.server.tls_port}, TLS by "
            "its own CA")

    def make_register(self):
        self.registry = product.Registry(self.path("data"),
                                         self.path("registry.log"))
        self.admin = self.registry.init(agency.ORGANISATION)
        table = self.path("mailboxes.csv")
        product.write_mailboxes(table, self.server, self.boxes,
                                agency.DOMAIN)
        port = self.wish.port or 8080
        if processes.listens(port):
            port = processes.free_ports(1)[0]
        if not self.registry.serve(port):
            raise product.Failure(self.registry.log_tail())
        self.registry.import_mailboxes(table)
        os.remove(table)    # the passwords are sealed now
        self.add_units()
        self.add_people()
        say(f"register  {len(self.boxes)} mailboxes, {len(self.logins)} "
            "people")

    def add_units(self):
        """Six divisions and fourteen units."""
        for code, name, _ in agency.DIVISIONS + agency.UNITS:
            self.registry.run("unit", "add", code, "--name", name)

    def add_people(self):
        """One of every role, with a password that need not be changed."""
        self.logins = []
        wanted = {}
        for person in self.people:
            wanted.setdefault(person["role"], person)
        for role, person in wanted.items():
            self.registry.run("user", "add", person["login"], "--name",
                              person["name"], "--role", role,
                              "--unit", person["unit"],
                              "--password-stdin", "--keep-password",
                              input=PASSWORD + "\n")
            self.logins.append((person["login"], role, person["name"]))

    def read_all(self):
        """One pass; the gateway shows its own progress."""
        command = self.registry.gateway("once", ca=self.server.ca)
        start = time.monotonic()
        output = None if sys.stdout.isatty() else open(
            self.path("mailgw.log"), "wb")
        status = subprocess.run(command, check=False,
                                stdout=output).returncode
        if output:
            output.close()
        if status:
            raise product.Failure(f"mailgw once: exit {status}")
        self.registry.wait_for_jobs()
        say(f"read      every mailbox, every letter unpacked: "
            f"{time.monotonic() - start:.1f} s")

    def follow(self):
        """New letters from now on."""
        self.gateway_log = open(self.path("mailgw.log"), "ab")
        self.gateway = processes.start(
            self.registry.gateway("run", ca=self.server.ca),
            stdout=self.gateway_log, stderr=self.gateway_log)

    def clerk(self):
        login = next(l for l, role, _ in self.logins if role == "clerk")
        person = product.Person(self.registry.port)
        person.sign_in(login, PASSWORD)
        return person

    def show_and_wait(self):
        say()
        say(f"  http://127.0.0.1:{self.registry.port}/")
        say()
        for login, role, name in self.logins:
            say(f"  {login:20} {PASSWORD}   {name} ({role})")
        say()
        say(f"  data and logs: {self.folder}")
        say("  Ctrl-C stops everything.")
        self.follow()
        while self.registry.alive() and self.gateway.poll() is None:
            time.sleep(0.5)
        raise product.Failure("a program ended by itself\n"
                              + self.registry.log_tail())

    def stop(self):
        processes.stop(self.gateway)
        if self.registry:
            self.registry.stop()
        if self.server:
            self.server.stop()
        if self.folder.startswith("/var/tmp/"):
            shutil.rmtree(self.folder, ignore_errors=True)


class Check:
    """What must hold after the first pass; each names its promise."""

    def __init__(self, demo):
        self.demo = demo
        self.registry = demo.registry
        self.failed = 0

    def that(self, holds, promise, detail=""):
        say(f"{'ok' if holds else 'FAILED':9} {promise}"
            + (f": {detail}" if detail and not holds else ""))
        self.failed += not holds

    def letters(self):
        self.first_export = self.registry.export()
        faults = truth.compare(
            truth.read_truth(self.demo.path("mail/truth.jsonl")),
            product.read_lines(self.first_export))
        self.that(not faults, "every letter, attachment and name is there",
                  f"{len(faults)} faults\n  " + "\n  ".join(faults[:8]))

    def number(self):
        """The clerk registers a letter of the queue and finds it again."""
        clerk = self.demo.clerk()
        queue = clerk.call("GET", "/api/v1/intake?tab=todo")
        item = next((i for i in queue["items"] if i.get("files")),
                    queue["items"][0])
        subject = "Thử nghiệm đăng ký văn bản đến của Sở"
        entry = clerk.call("POST", "/api/v1/entries", {
            "direction": "in", "letter": item["id"], "symbol": "61/BC-SNV",
            "document_day": "2026-11-02", "issuer": "Sở Nội vụ",
            "subject": subject}, {"Idempotency-Key": "demo-check-1"})
        self.that(entry.get("number") == 1, "the first entry is number 1",
                  json.dumps(entry, ensure_ascii=False)[:200])
        found = clerk.call("GET", "/api/v1/search?q=thu+nghiem+dang+ky")
        self.that(subject in json.dumps(found, ensure_ascii=False).replace(
            "<mark>", "").replace("</mark>", ""),
                  "it is found without diacritics",
                  json.dumps(found, ensure_ascii=False)[:200])

    def second_pass(self):
        self.registry.once(ca=self.demo.server.ca)
        self.registry.wait_for_jobs()
        before = self.without_entries(self.first_export)
        after = self.without_entries(self.registry.export())
        self.that(before == after, "a second pass changes nothing")

    def replay(self):
        """As after a new version of the reader: everything is read again."""
        def everything():
            processes.wait_until(lambda: not json.loads(
                self.registry.run("jobs").stdout)["waiting"], 1200,
                "recognition", pause=1)
            return (self.registry.export(), self.registry.export("entries"))
        before = everything()
        said = self.registry.run("replay").stdout
        self.that(said.endswith(" 0 different\n"),
                  f"replay: {said.splitlines()[-1]}", said[:2000])
        self.registry.run("replay", "--apply")
        self.registry.wait_for_jobs()
        self.that(before == everything(), "and leaves everything as it was")

    @staticmethod
    def without_entries(export):
        lines = product.read_lines(export)
        for line in lines:
            for attachment in line["attachments"]:
                attachment["entry"] = None
        return lines

    def verify(self):
        clean, last, lines = self.registry.verify()
        self.that(clean, f"verify: {last}", "\n".join(lines[-8:]))

    def secrets(self):
        """No password of a mailbox is anywhere in the register's folder."""
        user = self.demo.boxes[0]["user"]
        needle = f"pw-{user}".encode()
        holds = True
        for folder, _, files in os.walk(self.registry.data):
            for name in files:
                if "vault" in folder or name.endswith(".sock"):
                    continue
                with open(os.path.join(folder, name), "rb") as file:
                    holds = holds and needle not in file.read()
        self.that(holds, "mailbox passwords are nowhere in the clear")

    def run(self):
        checks = [self.letters, self.number, self.second_pass, self.verify,
                  self.secrets]
        if self.demo.wish.replay:
            checks.insert(3, self.replay)
        for check in checks:
            start = time.monotonic()
            try:
                check()
            except (product.Failure, OSError, KeyError, IndexError,
                    ValueError, subprocess.SubprocessError) as e:
                self.that(False, check.__name__, f"{type(e).__name__}: {e}")
            if os.environ.get("SVB_TIMES"):
                say(f"          {check.__name__} "
                    f"{time.monotonic() - start:.1f} s")
        took = time.monotonic() - self.demo.began
        self.that(took < SECONDS or self.demo.wish.replay,
                  f"all in {took:.0f} s",
                  f"not under {SECONDS} s")
        return self.failed == 0


def main():
    parser = argparse.ArgumentParser(prog="scripts/demo")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--replay", action="store_true",
                        help="check too that reading all again changes "
                             "nothing; takes minutes")
    parser.add_argument("--mailboxes", type=int, default=300)
    parser.add_argument("--letters", type=int, default=1500)
    parser.add_argument("--port", type=int)
    wish = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    demo = Demo(wish)
    try:
        demo.make_mail()
        demo.make_register()
        demo.read_all()
        if wish.check:
            fine = Check(demo).run()
            say("demo: " + ("everything is there" if fine else "FAILED"))
            return 0 if fine else 1
        demo.show_and_wait()
    except KeyboardInterrupt:
        say("\nstopping")
        return 0
    except product.Failure as e:
        say(f"demo: {e}")
        return 1
    finally:
        demo.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
