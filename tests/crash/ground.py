"""What the crash tests share: a small fleet, a template of a data folder."""
import json
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "scripts"))

import demo_fleet  # noqa: E402
from fleet import agency  # noqa: E402
from harness import processes, product, truth  # noqa: E402
from harness.mail_server import MailServer  # noqa: E402


class Ground:
    """Mail, its server, and data folders that start from the same state."""

    def __init__(self, mailboxes, letters, seed=1):
        self.folder = tempfile.mkdtemp(prefix="svb-crash-", dir="/var/tmp")
        os.chmod(self.folder, 0o711)
        self.count = 0
        demo_fleet.make_fleet(self.path("mail"), "demo", mailboxes, letters,
                              seed)
        with open(self.path("mail/mailboxes.json"), encoding="utf-8") as f:
            self.boxes = json.load(f)
        self.truth = truth.read_truth(self.path("mail/truth.jsonl"))
        self.server = MailServer(self.path("mail"),
                                 [b["user"] for b in self.boxes])
        self.server.start()
        self.make_template()

    def path(self, name):
        return os.path.join(self.folder, name)

    def make_template(self):
        registry = product.Registry(self.path("template"))
        registry.init(agency.ORGANISATION)
        table = self.path("mailboxes.csv")
        product.write_mailboxes(table, self.server, self.boxes,
                                agency.DOMAIN)
        registry.import_mailboxes(table)
        self.clerk = product.add_clerk(registry)

    def data(self):
        """A registry over a fresh copy of the template."""
        self.count += 1
        registry = product.Registry(self.path(f"data-{self.count}"))
        shutil.copytree(self.path("template"), registry.data)
        return registry

    def forget(self, registry):
        shutil.rmtree(registry.data, ignore_errors=True)

    def faults(self, registry):
        """Whatever is wrong with letters and state; [] when all is well."""
        export = registry.export()
        faults = truth.compare(self.truth, product.read_lines(export))
        clean, last, lines = registry.verify()
        if not clean:
            faults.append(f"verify: {last}\n" + "\n".join(lines[-10:]))
        return export, faults

    def close(self):
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def finish(ground, registry, passes=4):
    """Resumes after a crash until everything is read. -> (export, faults)"""
    for number in range(passes):
        if not registry.alive() and not registry.serve():
            raise product.Failure("the registry does not start again\n"
                                  + registry.log_tail())
        done = registry.once(ca=ground.server.ca, check=False)
        if done.returncode == 0:
            break
        if number == passes - 1:
            return "", [f"mailgw once: exit {done.returncode} after "
                        f"{passes} passes: {done.stderr[-500:]}"]
    registry.wait_for_jobs()
    return ground.faults(registry)


__all__ = ["Ground", "finish", "processes", "product", "truth"]
