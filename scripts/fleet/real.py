"""The demo's documents as they really look: the generator of labelled
documents (documents/) lays them out. The bench keeps its quick, small ones."""
import random

from PIL import Image

from documents import facts, paint, scan, tune_bodies, tune_layouts, word
from . import agency

LAYOUTS = (tune_layouts.decree, tune_layouts.level, tune_layouts.wide_left,
           tune_layouts.certified, tune_layouts.overlaid,
           tune_layouts.addressed)
HOW = {"dpi": 150, "quality": 60}


def signs_of(issuer):
    if "Ủy ban" in issuer.name or issuer.name.startswith("UBND"):
        return (facts.Sign(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Chủ tịch",
                           "TM."),
                facts.Sign(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH",
                            "PHÓ CHỦ TỊCH"), "Phó Chủ tịch", "KT.|TM."))
    head = {"Văn phòng": "Chánh Văn phòng", "Thanh tra": "Chánh Thanh tra",
            }.get(" ".join(issuer.name.split()[:2]), "Giám đốc")
    return (facts.Sign((head.upper(),), head),
            facts.Sign((f"KT. {head.upper()}", f"PHÓ {head.upper()}"),
                       f"Phó {head}", "KT."))


def agency_of(issuer):
    """An issuer of the fleet in the words of the generator."""
    printed = issuer.name.upper()
    if printed.startswith("ỦY BAN NHÂN DÂN "):
        printed = printed.replace("NHÂN DÂN ", "NHÂN DÂN\n", 1)
    parent = issuer.parent if issuer.parent != "TỈNH LAM GIANG" else ""
    return facts.Agency(parent, printed, issuer.name, issuer.code,
                        issuer.place, signs_of(issuer), issuer.sectors,
                        head_of=issuer.name.upper())


def sheet_of(document, rng):
    issuer = agency_of(document.issuer)
    lead = "V/v" if not document.kind[0] else \
        "Về việc" if document.kind[2] else ""
    doc = facts.Document(
        "tune", document.number, document.kind[0], issuer, document.symbol,
        document.day, issuer.place, document.subject, lead, document.signer,
        "", rng.choice(issuer.signs),
        urgency=facts.URGENCIES.index(document.urgent))
    doc.addressees = [agency.ORGANISATION]
    tune_bodies.fill(rng, doc)
    return doc, rng.choice(LAYOUTS)(rng, doc)


def letter(document, rng):
    """The PDF with its text."""
    doc, sheet = sheet_of(document, rng)
    return paint.pdf(sheet, rng, doc.day)


def scanned(document, rng):
    """Turned and pressed, not more: a demo has many of them."""
    _, sheet = sheet_of(document, rng)
    angle = rng.uniform(-1.5, 1.5)
    images = [scan.picture(x).rotate(angle, Image.BILINEAR,
                                     fillcolor=(244, 243, 238))
              for x in paint.pictures(sheet, rng, HOW["dpi"])]
    return scan.pdf(images, HOW)


def draft(document):
    """The DOCX that belongs to the PDF."""
    rng = random.Random(f"{document.number}/draft")
    doc, sheet = sheet_of(document, rng)
    return word.make(doc, sheet, rng)
