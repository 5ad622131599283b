"""What the tests of the API share: a running service, people, letters."""
import http.client
import json
import os
import shutil
import socket
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "scripts"))
from harness import processes, product  # noqa: E402

PASSWORD = "mat-khau-thu-nghiem-1"
ROLES = ("clerk", "leader", "unit_head", "specialist", "administrator")
API = "/api/v1"


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


class Program:
    """Gateway or command: a token over the Unix socket."""

    def __init__(self, registry, token_file):
        self.socket = registry.socket
        with open(os.path.join(registry.data, token_file),
                  encoding="ascii") as file:
            self.token = file.read().strip()

    def request(self, method, path, body=None, headers=None):
        connection = UnixConnection(self.socket)
        send = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
        connection.request(method, path, body, send)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, answer.headers, content

    def call(self, method, path, body=None, headers=None, want=(200, 201)):
        status, _, content = self.request(method, path, body, headers)
        assert status in want, (method, path, status, content[:400])
        return json.loads(content) if content else {}


def letter(number, subject="Thư thử nghiệm", attachment=b"%PDF-1.4 thu"):
    """A letter with one PDF; `number` makes it unlike the others."""
    import base64
    pdf = base64.encodebytes(attachment + b" %d\n" % number).decode()
    return (f"From: =?utf-8?Q?S=E1=BB=9F?= <so{number}@tinh.gov.vn>\r\n"
            "To: snv@thu.test\r\n"
            f"Subject: {subject} {number}\r\n"
            f"Message-ID: <thu-{number}@tinh.gov.vn>\r\n"
            "Date: Tue, 24 Nov 2026 08:00:00 +0700\r\n"
            "MIME-Version: 1.0\r\n"
            'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
            "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            f"Kính gửi, số {number}.\r\n"
            "--b\r\nContent-Type: application/pdf; name=\"bao-cao.pdf\"\r\n"
            "Content-Disposition: attachment; filename=\"bao-cao.pdf\"\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n"
            f"{pdf}\r\n--b--\r\n").encode()


class Service:
    """init, serve, one user per role; `with` stops it and cleans up."""

    def __init__(self, folder=None, settings=""):
        self.settings = settings
        self.folder = folder or tempfile.mkdtemp(prefix="api-")
        os.makedirs(self.folder, exist_ok=True)
        self.registry = product.Registry(os.path.join(self.folder, "data"))

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        _, self.first_password = self.registry.init("Sở Nội vụ thử nghiệm")
        path = os.path.join(self.folder, "settings.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.settings)
        assert self.registry.serve(arguments=("--settings", path)), \
            self.registry.log_tail()
        for role in ROLES:
            self.registry.run("user", "add", role.replace("_", "."),
                              "--name", f"Người {role}", "--role", role,
                              "--password-stdin", "--keep-password",
                              input=PASSWORD + "\n")
        self.gateway = Program(self.registry, "gateway.token")
        self.command = Program(self.registry, "command.token")

    def __exit__(self, *_):
        self.registry.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def port(self):
        return self.registry.port

    def person(self, role=None):
        person = product.Person(self.port)
        if role:
            person.sign_in(role.replace("_", "."), PASSWORD)
        return person

    def add_mailbox(self, address="snv@thu.test"):
        table = ("address,host,port,security,user,password,unit,folders,keep\n"
                 f"{address},127.0.0.1,993,tls,{address},bi-mat,,INBOX,all\n")
        self.command.call("POST", f"{API}/command/mailboxes", table.encode())
        items = self.command.call("GET", f"{API}/command/mailboxes")["items"]
        return next(i["id"] for i in items if i["address"] == address)

    def lease(self, seconds=300):
        """{mailbox id: lease token}"""
        answer = self.gateway.call("POST", f"{API}/gateway/lease",
                                   {"gateway": "test", "seconds": seconds})
        return {m["id"]: m["lease"] for m in answer["mailboxes"]}

    def put(self, mailbox, lease, uid, content, want=(200, 201),
            uidvalidity=1):
        return self.gateway.call(
            "PUT", f"{API}/mailboxes/{mailbox}/letters/{uidvalidity}/{uid}"
            f"?folder=INBOX&internaldate=1795500000&size={len(content)}",
            content, {"X-Lease": lease}, want)


class Check:
    """Counts promises; done() gives the exit code."""

    def __init__(self):
        self.count = self.failed = 0

    def that(self, holds, promise, detail=""):
        self.count += 1
        if not holds:
            self.failed += 1
            print(f"FAILED {promise}: {detail}", flush=True)

    def equal(self, have, want, promise):
        self.that(have == want, promise, f"{have!r}, not {want!r}")

    def done(self):
        print(f"{self.count} checked, {self.failed} failed")
        return 1 if self.failed or not self.count else 0
