"""nginx in front of a service, with scripts/nginx.conf as it is but for the
ports, the certificate (made here) and the folders."""
import os
import shutil
import ssl
import subprocess

from service import ROOT, processes


def nginx():
    return shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")


class Proxy:
    def __init__(self, service):
        self.service = service
        self.folder = os.path.join(service.folder, "nginx")
        self.port = processes.free_ports(1)[0]

    def __enter__(self):
        os.makedirs(self.folder)
        self.make_certificate()
        path = os.path.join(self.folder, "nginx.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.settings())
        self.child = processes.start(
            [nginx(), "-c", path, "-e", f"{self.folder}/error.log"],
            stderr=subprocess.DEVNULL)
        processes.wait_until(lambda: processes.listens(self.port), 10,
                             "nginx")
        return self

    def __exit__(self, *_):
        processes.stop(self.child)

    def make_certificate(self):
        pem = f"{self.folder}/fullchain.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
             "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", f"{self.folder}/key.pem", "-out", pem],
            check=True, capture_output=True)
        self.trust = ssl.create_default_context(cafile=pem)
        self.trust.check_hostname = False  # raw sockets name no host

    def settings(self):
        with open(os.path.join(ROOT, "scripts", "nginx.conf"),
                  encoding="utf-8") as file:
            server = file.read()
        for old, new in (
                ("listen 443 ssl http2;",
                 f"listen 127.0.0.1:{self.port} ssl http2;"),
                ("listen [::]:443 ssl http2;", ""),
                ("127.0.0.1:8080", f"127.0.0.1:{self.service.port}"),
                ("/etc/ssl/so-van-ban", self.folder)):
            assert old in server, old
            server = server.replace(old, new)
        folders = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in
            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return ("daemon off; master_process off;\n"
                f"pid {self.folder}/pid; error_log {self.folder}/error.log;\n"
                "events {}\nhttp {\naccess_log off;\n"
                f"{folders}{server}\n}}\n")
