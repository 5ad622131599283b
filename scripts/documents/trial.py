"""A second part for tuning: other agencies and layouts than tune's, so that
what is tuned on one can be tried on the other."""
from . import (trial_agencies as agencies, trial_layouts as layouts,
               tune_bodies as bodies, tune_subjects as subjects)

__all__ = ["agencies", "bodies", "layout", "subjects", "symbol"]


def symbol(rng, kind, agency, day):
    number = rng.choice((f"{rng.randint(1, 99):02d}",
                         str(rng.randint(100, 9999)),
                         str(rng.randint(100, 999))))
    if kind == "THƯ":
        return ""
    if agency.party:
        return f"{number}-{kind or 'CV'}/{agency.code}"
    if kind in ("NQ", "QĐ") and agency.code in ("HĐND", "UBND") and \
            rng.random() < 0.15:
        return f"{number}/{day.year}/{kind}-{agency.code}"
    if kind:
        return f"{number}/{kind}-{agency.code}"
    sector = rng.choice(agency.sectors)
    return f"{number}/{agency.code}" + (f"-{sector}" if sector else "")


def layout(rng, doc):
    if doc.agency.party:
        return layouts.party
    return rng.choice(layouts.LAYOUTS)
