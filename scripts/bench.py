"""The bench; see scripts/bench, which sets up and builds first."""
import argparse
import json
import os
import platform
import sys

from measure import api, ingest, linking, pages, reading
from measure.table import Table


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("what", choices=("ingest", "api", "reading",
                                         "linking", "pages"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--letters", type=int, default=0,
                        help="7200 (ingest), 5000 (linking)")
    parser.add_argument("--mailboxes", type=int, default=300)
    parser.add_argument("--entries", type=int, default=100000)
    parser.add_argument("--only", default="",
                        help="plain,tls,reading,idle,latency (ingest); "
                             "digital,docx,scan (reading)")
    reading.add_wishes(parser)
    parser.add_argument("--json")
    parser.add_argument("--keep", action="store_true",
                        help="leave the working folder")
    wish = parser.parse_args()
    if wish.what == "ingest":
        wish.letters = wish.letters or 7200
    print(f"bench {wish.what}: {os.cpu_count()} cores, {platform.release()}",
          flush=True)
    table = Table()
    rows = {"ingest": ingest, "api": api, "reading": reading,
            "linking": linking, "pages": pages}[wish.what].run(wish, table)
    if table.rows:
        table.show()
    if wish.json:
        with open(wish.json, "w", encoding="utf-8") as file:
            json.dump(rows or table.rows, file, ensure_ascii=False, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
