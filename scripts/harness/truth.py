"""Holds an export of the letters against the truth file of the fleet."""
import collections
import json
import unicodedata


def read_truth(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def nfc(name):
    return unicodedata.normalize("NFC", name or "")


def same_contents(wanted, got):
    """The same multiset of contents; text may differ in its line ends."""
    left = list(got)
    for line in wanted:
        found = next((g for g in left if g["sha256"] == line["sha256"]), None)
        if not found and line["type"].startswith("text/"):
            found = next((g for g in left if g["sha256"] in (
                line["sha256_lf"], line["sha256_loose"])), None)
        if not found:
            return False
        left.remove(found)
    return not left


def compare(truth, export, contents=True):
    """-> list of sentences, one a fault; empty when all is as it should be.

    A letter is known by the digest of its raw bytes in its mailbox."""
    faults = []
    got = collections.defaultdict(list)
    for line in export:
        got[line["mailbox"], line["raw_sha256"]].append(line)
    for want in truth:
        lines = got.pop((want["mailbox"], want["raw_sha256"]), [])
        where = f"{want['mailbox']} {want['ordinal']} ({want['file']})"
        if len(lines) != 1:
            faults.append(f"{where}: {'lost' if not lines else 'twice'}")
            continue
        if contents:
            faults += compare_one(where, want["attachments"],
                                  lines[0]["attachments"])
    for (mailbox, digest), _ in got.items():
        faults.append(f"{mailbox}: nobody sent {digest[:12]}")
    return faults


def compare_one(where, wanted, got):
    if len(wanted) != len(got):
        return [f"{where}: {len(got)} attachments, not {len(wanted)}"]
    if not same_contents(wanted, got):
        return [f"{where}: other contents"]
    left = [(nfc(a["name"]), a["class"]) for a in got]
    for line in wanted:
        may = [(nfc(name), line["class"]) for name in
               (line["name"], line.get("strict_name", line["name"]))]
        found = next((name for name in may if name in left), None)
        if not found:
            return [f"{where}: no {may[0]} in {left}"]
        left.remove(found)
    return []
