"""A private Dovecot on the loopback with its own CA; root or not."""
import getpass
import grp
import os
import pwd
import shutil
import subprocess

from harness import processes

# Long-lived login processes, reused imap processes and high limits: what a
# mail server for 300 people has.
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {run}
state_dir = {run}
log_path = {folder}/dovecot.log
disable_plaintext_auth = no
auth_mechanisms = plain
auth_cache_size = 4M
mail_location = maildir:{home}/%u/Maildir
first_valid_uid = 1
mail_max_userip_connections = 1000
default_process_limit = 1500
default_client_limit = 5000
default_vsz_limit = 1024M
imap_idle_notify_interval = 2 mins
# inotify allows 128 watchers a user: the other sessions look for themselves
mailbox_idle_check_interval = 1 secs
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
ssl_min_protocol = TLSv1.2
{people}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/%u
}}
service anvil {{
  chroot =
  client_limit = 5000
}}
service stats {{
  client_limit = 5000
}}
service auth {{
  client_limit = 5000
}}
service imap {{
  service_count = 200
  process_limit = 1500
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 2
  client_limit = 2000
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


def run_quietly(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def make_certificates(folder, names=("localhost",), ca_name="Demo CA"):
    """ca.pem, server.pem and server.key (ECDSA P-256) by openssl."""
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes")
    alternatives = ",".join([f"DNS:{n}" for n in names] + ["IP:127.0.0.1"])
    at = folder.rstrip("/") + "/"
    run_quietly("openssl", "req", "-x509", *curve, "-days", "30", "-subj",
                f"/CN={ca_name}", "-keyout", at + "ca.key", "-out",
                at + "ca.pem", "-addext",
                "basicConstraints=critical,CA:TRUE", "-addext",
                "keyUsage=critical,keyCertSign,cRLSign")
    run_quietly("openssl", "req", *curve, "-subj", f"/CN={names[0]}",
                "-keyout", at + "server.key", "-out", at + "server.csr")
    with open(at + "server.ext", "w", encoding="ascii") as file:
        file.write(f"subjectAltName={alternatives}\n"
                   "basicConstraints=CA:FALSE\n"
                   "extendedKeyUsage=serverAuth\n")
    run_quietly("openssl", "x509", "-req", "-in", at + "server.csr", "-CA",
                at + "ca.pem", "-CAkey", at + "ca.key", "-CAcreateserial",
                "-days", "30", "-extfile", at + "server.ext", "-out",
                at + "server.pem")


def password_of(user):
    return f"pw-{user}"


class MailServer:
    """Serves DIR/home/USER/Maildir; `folder` holds its own files."""

    def __init__(self, folder, users):
        self.folder = os.path.abspath(folder)
        self.home = os.path.join(self.folder, "home")
        self.users = list(users)
        self.process = None
        self.plain_port = self.tls_port = 0
        self.ca = os.path.join(self.folder, "ca.pem")
        self.as_root = os.geteuid() == 0
        if self.as_root and not processes.reachable_by_all(self.folder):
            raise RuntimeError(f"{self.folder}: user nobody cannot get there")

    def owner(self):
        if self.as_root:
            nobody = pwd.getpwnam("nobody")
            return nobody.pw_uid, nobody.pw_gid
        return os.geteuid(), os.getegid()

    def give_to_owner(self, path):
        """Mail written by us belongs to the server's user."""
        if not self.as_root:
            return
        uid, gid = self.owner()
        os.chown(path, uid, gid)
        for folder, folders, files in os.walk(path):
            for name in folders + files:
                os.chown(os.path.join(folder, name), uid, gid)

    def start(self):
        os.makedirs(self.folder, exist_ok=True)
        if not os.path.exists(self.ca):
            make_certificates(self.folder)
        with open(os.path.join(self.folder, "users"), "w",
                  encoding="utf-8") as file:
            file.writelines(f"{u}:{password_of(u)}\n" for u in self.users)
        self.give_to_owner(self.home)
        self.plain_port, self.tls_port = processes.free_ports(2)
        self.launch()

    def launch(self):
        uid, gid = self.owner()
        people = ""
        if not self.as_root:
            me, group = getpass.getuser(), grp.getgrgid(gid).gr_name
            people = (f"default_internal_user = {me}\n"
                      f"default_internal_group = {group}\n"
                      f"default_login_user = {me}")
        run = os.path.join(self.folder, "run")
        os.makedirs(run, exist_ok=True)
        path = os.path.join(self.folder, "dovecot.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(
                folder=self.folder, home=self.home, run=run, uid=uid,
                gid=gid, people=people, plain=self.plain_port,
                tls=self.tls_port))
        program = shutil.which("dovecot", path="/usr/sbin:/usr/bin")
        if not program:
            raise RuntimeError("dovecot is missing: run scripts/setup")
        self.process = processes.start([program, "-F", "-c", path],
                                       many_files=True)
        processes.wait_until(
            lambda: processes.listens(self.tls_port)
            or self.process.poll() is not None, 15, "the mail server")
        if self.process.poll() is not None:
            raise RuntimeError(f"dovecot ended; see {self.folder}/"
                               "dovecot.log")

    def deliver(self, user, name, content):
        """One new letter, as a delivery agent writes it."""
        folder = os.path.join(self.home, user, "Maildir")
        path = os.path.join(folder, "tmp", name)
        with open(path, "wb") as file:
            file.write(content)
        if self.as_root:
            os.chown(path, *self.owner())
        os.rename(path, os.path.join(folder, "new", name))

    def stop(self):
        processes.stop(self.process)
        self.process = None
