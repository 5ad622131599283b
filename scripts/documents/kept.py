"""The documents that nobody tunes on."""
from . import (kept_agencies as agencies, kept_bodies as bodies,
               kept_layouts as layouts, kept_subjects as subjects)

__all__ = ["agencies", "bodies", "layout", "subjects", "symbol"]


def symbol(rng, kind, agency, day):
    number = f"{rng.choice((rng.randint(1, 60), rng.randint(1, 9800))):02d}"
    if rng.random() < 0.02:
        number += rng.choice("abc")
    if kind == "THƯ" or agency.company and rng.random() < 0.25:
        return ""
    if agency.company:
        return f"{number}/{day.year}/{kind or 'CV'}-{agency.code}"
    if agency.party:
        tail = "-BTG" if agency.code == "TĐTN" and rng.random() < 0.5 else ""
        return f"{number}-{kind or 'CV'}/{agency.code}{tail}"
    if agency.code == "TTg" and kind:
        return f"{number}/{kind}-TTg"
    if agency.code == "HĐND" and kind == "NQ":
        return f"{number}/NQ-HĐND"
    if kind:
        return f"{number}/{kind}-{agency.code}"
    sector = rng.choice(agency.sectors)
    if agency.code == "VPCP":
        return f"{number}/VPCP-{sector}"
    return f"{number}/{agency.code}" + (f"-{sector}" if sector else "")


def layout(rng, doc):
    if doc.agency.party:
        return layouts.party
    if doc.agency.company and rng.random() < 0.6:
        return layouts.bilingual
    if doc.era < 2020 and rng.random() < 0.5:
        return layouts.old
    if doc.kind in ("BB", "HĐ", "BGN", "BTT") and rng.random() < 0.6:
        return layouts.table_of_two
    chosen = rng.choice(layouts.LAYOUTS)
    if not doc.symbol and chosen in (layouts.stamped_number, layouts.draft):
        return layouts.modern
    return chosen
