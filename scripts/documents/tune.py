"""The documents that the reader is tuned on."""
from . import (tune_agencies as agencies, tune_bodies as bodies,
               tune_layouts as layouts, tune_subjects as subjects)

__all__ = ["agencies", "bodies", "layout", "subjects", "symbol"]


def symbol(rng, kind, agency, day):
    number = f"{rng.choice((rng.randint(1, 99), rng.randint(1, 4999))):02d}"
    if kind == "THƯ":
        return ""
    if agency.company and (kind == "GM" or rng.random() < 0.12):
        return ""
    if agency.company and rng.random() < 0.4:
        return f"{number}/{day.year}/{kind or 'CV'}-{agency.code}"
    if agency.party:
        return f"{number}-{kind or 'CV'}/{agency.code}"
    if kind in ("NQ", "QĐ") and agency.code in ("HĐND", "UBND") and \
            rng.random() < 0.15:
        return f"{number}/{day.year}/{kind}-{agency.code}"
    if kind:
        return f"{number}/{kind}-{agency.code}"
    if agency.code == "UBND" and rng.random() < 0.1:
        return f"{number}/UBND"
    sector = rng.choice(agency.sectors)
    return f"{number}/{agency.code}" + (f"-{sector}" if sector else "")


def layout(rng, doc):
    if doc.agency.party:
        return layouts.party
    if doc.agency.company and rng.random() < 0.8:
        return rng.choice((layouts.firm, layouts.own_paper))
    if doc.era < 2020 and rng.random() < 0.4:
        return rng.choice((layouts.spaced, layouts.level))
    chosen = rng.choice(layouts.LAYOUTS)
    if not doc.symbol and chosen in (layouts.drafted, layouts.spaced,
                                     layouts.overlaid):
        return layouts.decree
    return chosen
