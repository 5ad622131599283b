"""Our programs as a test, the demo or the bench uses them."""
import csv
import http.client
import json
import os
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from harness import processes
from harness.mail_server import password_of

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))


def bin_folder():
    return os.environ.get("BIN") or os.path.join(ROOT, "build", "bin")


class Failure(RuntimeError):
    """A program said no; the message holds what it said."""


class Registry:
    """One data folder, and the service over it while it runs."""

    def __init__(self, data, log=None):
        self.data = os.path.abspath(data)
        self.program = os.path.join(bin_folder(), "registry")
        self.process = None
        self.port = 0
        self.log_path = log or self.data.rstrip("/") + ".registry.log"
        self.log = None

    @property
    def socket(self):
        return os.path.join(self.data, "registry.sock")

    def run(self, *arguments, check=True, **options):
        done = subprocess.run(
            [self.program, *arguments, "--data", self.data], text=True,
            capture_output=True, check=False, **options)
        if check and done.returncode:
            raise Failure(f"registry {' '.join(arguments)}: exit "
                          f"{done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def init(self, organisation):
        """-> (login, one-time password) of the first administrator."""
        done = self.run("init", "--organisation", organisation)
        return read_first_login(done.stdout + done.stderr)

    def serve(self, port=None, environment=None, arguments=()):
        self.port = port or self.port or processes.free_ports(1)[0]
        self.log = open(self.log_path, "ab")
        self.process = processes.start(
            [self.program, "serve", "--data", self.data, "--listen",
             f"127.0.0.1:{self.port}", *arguments], stdout=self.log,
            stderr=self.log,
            env={**os.environ, **(environment or {})}, many_files=True)
        try:
            processes.wait_until(
                lambda: self.process.poll() is not None
                or (processes.listens(self.port)
                    and os.path.exists(self.socket)), 20, "the registry")
        except TimeoutError as e:
            raise Failure(f"{e}\n{self.log_tail()}") from e
        return self.process.poll() is None

    def log_tail(self, size=2000):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()[-size:]

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        status = processes.stop(self.process)
        self.process = None
        if self.log:
            self.log.close()
            self.log = None
        return status

    def kill(self):
        """As a power cut does it to the process."""
        if self.alive():
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.process = None

    def import_mailboxes(self, path):
        return self.run("mailbox", "import", path)

    def wait_for_jobs(self, timeout=600):
        self.run("jobs", "--wait", timeout=timeout)

    def export(self, what="letters"):
        return self.run("export", what).stdout

    def verify(self):
        """-> (clean, last line)."""
        done = self.run("verify", check=False)
        lines = (done.stdout + done.stderr).strip().split("\n")
        return done.returncode == 0, lines[-1], lines

    def gateway(self, *arguments, ca=None):
        """The command line of mailgw."""
        command = [os.path.join(bin_folder(), "mailgw"), *arguments,
                   "--registry", f"unix:{self.socket}",
                   "--token-file", os.path.join(self.data, "gateway.token"),
                   "--key-file", os.path.join(self.data, "gateway.key")]
        return command + (["--ca", ca] if ca else [])

    def once(self, ca=None, check=True, timeout=600, environment=None):
        """Reads every mailbox once. -> finished process"""
        done = subprocess.run(
            self.gateway("once", ca=ca), text=True, capture_output=True,
            check=False, timeout=timeout,
            env={**os.environ, **(environment or {})})
        if check and done.returncode:
            raise Failure(f"mailgw once: exit {done.returncode}\n"
                          f"{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done


def read_first_login(output):
    """The administrator's name and password out of what init prints."""
    login = re.search(r"login\)?:\s*(\S+)", output, re.I)
    password = re.search(r"(?:password|mật khẩu)[^:\n]*:\s*(\S+)", output,
                         re.I)
    if not password:
        raise Failure(f"registry init printed no password:\n{output}")
    return login.group(1) if login else "admin", password.group(1)


def write_mailboxes(path, server, boxes, domain, security="tls", unit=True):
    """The CSV for `registry mailbox import`."""
    port = server.tls_port if security == "tls" else server.plain_port
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow("address host port security user password unit "
                       "folders keep".split())
        for box in boxes:
            table.writerow([f"{box['user']}@{domain}", "127.0.0.1", port,
                            security, box["user"], password_of(box["user"]),
                            box["unit"] if unit else "", "INBOX", "all"])
    os.chmod(path, 0o600)


class Person:
    """Somebody signed in over HTTP."""

    def __init__(self, port):
        self.port = port
        self.cookie = ""
        self.connection = None

    def request(self, method, path, body=None, headers=None):
        """-> (status, headers, bytes); one kept connection."""
        send = {"Host": f"127.0.0.1:{self.port}",
                "Origin": f"http://127.0.0.1:{self.port}",
                "X-Requested-With": "svb", **(headers or {})}
        if self.cookie:
            send["Cookie"] = self.cookie
        if isinstance(body, bytes):
            send["Content-Type"] = "text/csv"
        elif body is not None:
            body = json.dumps(body).encode()
            send["Content-Type"] = "application/json"
        for again in (True, False):
            try:
                if not self.connection:
                    self.connection = http.client.HTTPConnection(
                        "127.0.0.1", self.port, timeout=30)
                self.connection.request(method, path, body, send)
                answer = self.connection.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, OSError):
                self.close()
                if not again or method != "GET":
                    raise
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = line.split(";")[0]
        return answer.status, answer.headers, content

    def call(self, method, path, body=None, headers=None, want=(200, 201)):
        """The JSON of an answer that must be one of `want`."""
        status, _, content = self.request(method, path, body, headers)
        if status not in want:
            raise Failure(f"{method} {path}: {status} "
                          f"{content.decode(errors='replace')[:400]}")
        return json.loads(content) if content else {}

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def sign_in(self, login, password, new_password=None):
        answer = self.call("POST", "/api/v1/session",
                           {"user": login, "password": password})
        if new_password:
            self.call("PUT", "/api/v1/session/password",
                      {"password": password, "new": new_password})
        return answer


def in_parallel(function, items, threads=8):
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(function, items))


def read_lines(text):
    return [json.loads(line) for line in text.splitlines() if line]


def now_ms():
    return time.monotonic() * 1000


def add_clerk(registry, login="vanthu.thu", password="Mot-mat-khau-2026"):
    """Somebody who may register. -> (login, password)"""
    registry.run("user", "add", login, "--name", "Văn thư thử", "--role",
                 "clerk", "--password-stdin", "--keep-password",
                 input=password + "\n")
    return login, password


def sign_in_clerk(registry):
    person = Person(registry.port)
    person.sign_in(*add_clerk(registry))
    return person
