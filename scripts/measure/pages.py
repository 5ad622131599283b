"""What Lighthouse says of the screens; no peer, the aims are absolute."""
import json
import os
import subprocess

from harness import product

HERE = os.path.dirname(os.path.abspath(__file__))
VERSION = "12.8.2"
AIMED = ("intake", "register", "search", "document")


def lighthouse():
    """Its folder, under the build's, fetched once."""
    folder = os.path.join(os.environ["BIN"], "..", "lighthouse")
    os.makedirs(folder, exist_ok=True)
    if not os.path.exists(os.path.join(folder, "node_modules/lighthouse")):
        subprocess.run(["npm", "install", "--silent", "--no-audit",
                        "--no-fund", "--prefix", folder,
                        f"lighthouse@{VERSION}"], check=True)
    return os.path.abspath(folder)


def run(wish, table):
    for name in AIMED:
        table.aim(f"{name}: performance", value=95, least=True)
        table.aim(f"{name}: accessibility", value=100, least=True)
    for _ in range(wish.runs):
        done = subprocess.run(["node", os.path.join(HERE, "pages.mjs"),
                               lighthouse()], capture_output=True, text=True,
                              check=False)
        if done.returncode:
            raise product.Failure(done.stdout + done.stderr)
        for line in done.stdout.splitlines():
            seen = json.loads(line)
            for what, unit in (("performance", ""), ("accessibility", ""),
                               ("paint", "ms"), ("shift", "")):
                table.add(f"{seen['name']}: {what}", unit, "ours", seen[what])
