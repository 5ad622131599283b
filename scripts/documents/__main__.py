"""Writes labelled documents into a folder.

  cd scripts && /usr/bin/python3 -m documents --out DIR [--part tune|kept]
        [--count N] [--first N] [--seed TEXT] [--form digital|docx|scan]
"""
import argparse
import os

from . import make


def main():
    parser = argparse.ArgumentParser(
        prog="documents", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--part", choices=("tune", "kept"), default="tune")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--form", choices=("digital", "docx", "scan"))
    wish = parser.parse_args()
    os.makedirs(wish.out, exist_ok=True)
    for number in range(wish.first, wish.first + wish.count):
        make.write(wish.part, wish.seed, number, wish.out, wish.form)


if __name__ == "__main__":
    main()
