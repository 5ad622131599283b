"""Makes the documents of one part, and files of them."""
import json
import os
import random
import re

from . import blocks, facts

EVERY = tuple(facts.TYPES)
# letters are most of the mail; the other types share the rest
OFTEN = ("", "", "", "", "", "QĐ", "BC", "TB", "KH", "GM", "TTr")
SECRETS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
TITLES = ("", "", "", "", "", "", "TS.", "ThS.", "BS.CKII.")


def part_of(name):
    if name == "tune":
        from . import tune as part
    elif name == "trial":
        from . import trial as part
    else:
        from . import kept as part
    return part


def choose_kind(rng, number):
    return EVERY[number // 2 % len(EVERY)] if number % 2 else \
        rng.choice(OFTEN)


def describe(name, seed, number):
    """-> one document and its sheet."""
    part = part_of(name)
    rng = random.Random(f"{seed}/{name}/{number}")
    kind = choose_kind(rng, number)
    era = 2011 if rng.random() < 0.35 else 2020
    kinds = part.agencies.ONLY.get(kind, part.agencies.KINDS)
    agency = rng.choice(kinds)(rng)
    while agency.party and kind in part.agencies.NOT_PARTY:
        agency = rng.choice(kinds)(rng)
    day = facts.make_day(rng, era)
    lead, subject = part.subjects.make(rng, kind, part.agencies, day)
    if agency.party and lead == "V/v":
        lead = ""
    if kind == "THƯ" and rng.random() < 0.5:
        lead = ""
    doc = facts.Document(
        name, number, kind, agency, part.symbol(rng, kind, agency, day), day,
        agency.place, subject, lead, facts.make_name(rng), "",
        rng.choice(agency.signs), era=era)
    doc.title = rng.choice(TITLES) if rng.random() < 0.3 else ""
    doc.urgency = rng.choices((0, 1, 2, 3), (88, 6, 3, 3))[0]
    if rng.random() < 0.012:
        doc.secret = rng.choice(SECRETS)
    if era < 2020 and rng.random() < 0.3:
        doc.notes.append("plain day")
    part.bodies.fill(rng, doc)
    add_named(doc)
    layout = part.layout(rng, doc)
    doc.layout = layout.__name__
    sheet = layout(rng, doc)
    if rng.random() < 0.03:
        doc.notes.append("decomposed")
        sheet.decomposed = True
    annexed = not doc.draft and rng.random() < 0.12
    if annexed:
        doc.notes.append("annex")
        sheet.blocks += part.bodies.annex(rng, doc)
    return doc, sheet


def add_named(doc):
    """Whatever else is called by its number counts as cited."""
    words = [doc.subject] + [x.text for x in doc.body
                             if isinstance(x, blocks.Line)]
    known = {x.symbol for x in doc.cited}
    for symbol in re.findall(r"số (\d+[a-z]?[/-][^\s,;.:)]+)",
                             "\n".join(words)):
        if symbol not in known and re.search(r"[A-ZĐ]{2}", symbol):
            known.add(symbol)
            doc.cited.append(facts.Cited(symbol))


def form_of(number):
    """Half digital, a fifth DOCX, the others scans."""
    return ("digital", "digital", "scan", "digital", "docx", "scan",
            "digital", "digital", "scan", "docx")[number % 10]


def make(name, seed, number, form=None):
    """-> document, form, suffix, content"""
    doc, sheet = describe(name, seed, number)
    rng = random.Random(f"{seed}/{name}/{number}/file")
    form = form or form_of(number)
    if form == "scan":
        from . import scan
        suffix, content = scan.make(doc, sheet, rng)
    elif form == "docx":
        from . import word
        suffix, content = "docx", word.make(doc, sheet, rng)
    else:
        from . import paint
        suffix, content = "pdf", paint.pdf(sheet, rng, doc.day)
    return doc, form, suffix, content


def write(name, seed, number, folder, form=None):
    """Writes a document and its label; -> the label, with its paths."""
    doc, form, suffix, content = make(name, seed, number, form)
    path = os.path.join(folder, f"{name}-{number:05d}.{suffix}")
    with open(path, "wb") as file:
        file.write(content)
    label = {"file": os.path.basename(path), "form": form, **doc.label()}
    with open(path + ".json", "w", encoding="utf-8") as file:
        json.dump(label, file, ensure_ascii=False, indent=1)
    return label
