"""How the documents are laid out; the part for tuning. Decree 30/2020, annex
I, and Circular 01/2011, as offices really keep to them."""
import datetime

from .blocks import (BLUE, GREY, RED, SANS, Columns, Floating, Footer, Line,
                     PAGE_WIDTH, Seal, Sheet, Space)
from .facts import URGENCIES, long_day, plain_day, short_day, upper


def nation(size=12, rule=160):
    return [Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size, bold=True),
            Line("Độc lập - Tự do - Hạnh phúc", size + 1, bold=True,
                 rule=rule)]


def issuer(doc, size=12, rule=60):
    agency = doc.agency
    lines = [Line(x, size) for x in agency.superior.split("\n") if x]
    printed = agency.printed.replace("\n", " ") \
        if len(agency.printed) > 60 else agency.printed
    if doc.number % 8 == 3 and len(printed) > 24 and "\n" not in printed:
        doc.notes.append("last word alone")
        printed = "\n".join(printed.rsplit(" ", 1))
    lines.append(Line(printed, size, bold=True, rule=rule))
    return lines


def number(doc, style="Số: {}", late=False):
    size = 13
    if doc.draft:
        rest = doc.symbol.split("/", 1)[1] if doc.symbol else ""
        return Line(f"Số:        /{rest}", size, gap=6)
    if late:
        return Line(style.format(doc.symbol), size, gap=6, late=True)
    return Line(style.format(doc.symbol), size, gap=6)


def dated(doc, late=False):
    if doc.draft:
        words = f"{doc.place}, ngày     tháng {doc.day.month} năm " \
                f"{doc.day.year}"
    else:
        say = plain_day if "plain day" in doc.notes else long_day
        words = f"{doc.place}, {say(doc.day)}"
    # may need two lines then
    size = 14 if doc.number % 6 == 0 or len(doc.place) > 15 else 13
    return Line(words, size, italic=True, gap=6, late=late)


def about(doc, size=12):
    """The subject of a letter, below its number."""
    return Line(f"{doc.lead} {doc.subject}", size, gap=4)


def urgent(doc, size=13):
    if not doc.urgency:
        return []
    return [Line(URGENCIES[doc.urgency], size, bold=True, frame=True, gap=6,
                 colour=RED if doc.number % 2 else (0, 0, 0))]


def title(doc, size=14):
    """Type and subject of all but letters."""
    if not doc.kind:
        return []
    subject = f"{doc.lead} {doc.subject}" if doc.lead else doc.subject
    return [Line(upper(doc.type), size, bold=True, gap=14),
            Line(subject, size, bold=True, rule=110)]


def secret(doc):
    return [Line(doc.secret, 13, bold=True, frame=True, gap=5, colour=RED)] \
        if doc.secret else []


def spelled(words, number):
    """"KT. GIÁM ĐỐC" as people write it."""
    for sign in ("KT. ", "TM. ", "TL. ", "TUQ. ", "Q. "):
        if words.startswith(sign) and number % 11 == 0:
            return words.replace(". ", ".", 1)
        if words.startswith(sign) and number % 11 == 5:
            return words.replace(". ", " ", 1)
    return words


def signature(doc, size=13):
    lines = [Line(spelled(x, doc.number), size, bold=True)
             for x in doc.sign.lines]
    name = f"{doc.title} {doc.signer}".strip()
    if doc.number % 23 == 0:
        name = upper(name)
    if doc.number % 19 == 0:
        doc.notes.append("đã ký")
        middle = [Space(10), Line("(đã ký)", size), Space(10)]
    else:
        middle = [Seal()]
    return lines + middle + [Line(name, size + 1, bold=True)]


def sent_to(doc):
    lines = [Line("Nơi nhận:", 12, bold=True, italic=True, align="left")]
    lines += [Line(f"- {x};", 11, align="left") for x in doc.recipients]
    sector = doc.agency.sectors[doc.number % len(doc.agency.sectors)]
    return lines + [Line(f"- Lưu: VT{', ' + sector if sector else ''}.", 11,
                         align="left")]


def foot(doc, split=0.46):
    return Columns(sent_to(doc), signature(doc), split, gap=12)


def usual(rng, doc, split=0.42, size=12, late=False, style="Số: {}"):
    """The layout of the decree."""
    names = issuer(doc, size) + secret(doc)
    below = [number(doc, style, late)]
    if not doc.kind:
        below.append(about(doc))
    below += urgent(doc)
    if doc.number % 4 == 0:     # one row: the date may stand above the number
        head = [Columns(names + below, nation(size) + [dated(doc, late)],
                        split)]
    else:
        head = [Columns(names, nation(size), split),
                Columns(below, [dated(doc, late)], split)]
    return head + title(doc) + [Space(8)]


def two_rows(rng, doc, size=12, split=0.42):
    """Names in one row, number and date in the next: the rows stay level."""
    rows = [Columns(issuer(doc, size), nation(size), split),
            Columns([number(doc)] + ([about(doc)] if not doc.kind else []) +
                    urgent(doc) + secret(doc), [dated(doc)], split)]
    return rows + title(doc) + [Space(8)]


def decree(rng, doc):
    return Sheet(usual(rng, doc) + doc.body + [foot(doc)])


def level(rng, doc):
    return Sheet(two_rows(rng, doc) + doc.body + [foot(doc)])


def wide_left(rng, doc):
    """Long names of agencies: half the page; 13 points; tight margins."""
    return Sheet(usual(rng, doc, 0.47, 12.5) + doc.body + [foot(doc, 0.5)],
                 left=71, right=42)


def spaced(rng, doc):
    """Before 2020: blanks about the bar, "V/v:" and a smaller head."""
    style = rng.choice(("Số: {}", "Số {}", "Số:  {}"))
    if "spaced" not in doc.notes:
        doc.notes.append("spaced")
    shown = doc.symbol
    doc_style = style.format(shown.replace("/", " /", 1)) if shown else ""
    head = usual(rng, doc, 0.4, 11, style=doc_style.replace("{", "{{")
                 if doc_style else "Số:")
    return Sheet(head + doc.body + [foot(doc)], top=50)


def overlaid(rng, doc):
    """Number and date were put on the finished PDF by another program."""
    doc.notes.append("late number")
    return Sheet(usual(rng, doc, late=True) + doc.body + [foot(doc)])


def certified(rng, doc):
    """The seal of the digital signature is text in the corner."""
    doc.notes.append("signature text")
    hour = f"{rng.randint(8, 16):02d}:{rng.randint(10, 59)}:" \
           f"{rng.randint(10, 59)}"
    later = doc.day + datetime.timedelta(rng.randint(0, 2))
    stamp = Floating([Line(f"Ký bởi: {doc.agency.name}", 7, align="left",
                           font=SANS, colour=BLUE),
                      Line(f"Ngày ký: {later:%d-%m-%Y} {hour} +07:00", 7,
                           align="left", font=SANS, colour=BLUE)],
                     PAGE_WIDTH - 190, 14, 170)
    return Sheet(usual(rng, doc) + doc.body + [foot(doc)], [stamp])


def received(rng, doc):
    """The stamp ĐẾN of whoever received it before, with another number."""
    doc.notes.append("arrival stamp")
    when = doc.day + datetime.timedelta(rng.randint(1, 6))
    stamp = Columns([
        Line(rng.choice(("SỞ TÀI CHÍNH", "UBND HUYỆN BẢO LÂM",
                         "VĂN PHÒNG UBND TỈNH")), 8, colour=RED, font=SANS),
        Line(f"ĐẾN   Số: {rng.randint(100, 9000)}", 9, colour=RED, font=SANS,
             align="left"),
        Line(f"Ngày: {short_day(when)}", 9, colour=RED, font=SANS,
             align="left"),
        Line("Chuyển: ................", 9, colour=RED, font=SANS,
             align="left")], [], 0.3, gap=4, paper_only=True)
    return Sheet(usual(rng, doc) + [stamp, Space(6)] + doc.body +
                 [foot(doc)])


def party(rng, doc):
    """A document of the Party: no nation, a star, "Số 15-CV/TU"."""
    agency = doc.agency
    left = [Line(x, 14) for x in agency.superior.split("\n") if x]
    left += [Line(agency.printed, 14, bold=True), Line("*", 14),
             number(doc, rng.choice(("Số {}", "Số: {}")))]
    if not doc.kind:
        left.append(Line(doc.subject, 12, italic=True, gap=3))
    left += urgent(doc) + secret(doc)
    right = [Line("ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True, rule=190),
             dated(doc)]
    blocks = [Columns(left, right, 0.44), *title(doc, 15), Space(8)]
    return Sheet(blocks + doc.body + [foot(doc)])


def firm(rng, doc):
    """A company: its address in the head, sometimes no number."""
    agency = doc.agency
    address = Line(f"Đ/c: {rng.randint(3, 400)} Nguyễn Huệ, {doc.place} - "
                   f"ĐT: 02{rng.randint(10, 99)}.3{rng.randint(100000, 999999)}"
                   , 9, italic=True)
    left = [Line(x, 11) for x in agency.superior.split("\n") if x]
    left += [Line(agency.printed, 12, bold=True), address]
    if doc.symbol:
        left.append(number(doc))
    if not doc.kind:
        left.append(about(doc))
    left += urgent(doc) + secret(doc)
    right = nation(11.5, 140) + [dated(doc)]
    end = Columns(sent_to(doc), signature(doc), 0.5, gap=12)
    return Sheet([Columns(left, right, 0.46), *title(doc, 15), Space(8)] +
                 doc.body + [end])


def own_paper(rng, doc):
    """A company's own paper: its name across the page and no nation."""
    doc.notes.append("company paper")
    agency = doc.agency
    name = [Line(x, 11, colour=BLUE) for x in agency.superior.split("\n")
            if x] + [Line(agency.printed, 15, bold=True, colour=BLUE),
                     Line(f"Địa chỉ: {rng.randint(2, 300)} Lý Thường Kiệt, "
                          f"{doc.place} * Điện thoại: 0{rng.randint(200, 299)}"
                          f".{rng.randint(3100000, 3999999)} * Website: "
                          "www.congty.example", 9, rule=460)]
    said = rng.choice(("Số: {}", "Số (No.): {}", "Số CV: {}", "SỐ: {}"))
    left = [number(doc, said)] if doc.symbol else []
    if not doc.kind:
        left.append(about(doc))
    blocks = name + [Columns(left + urgent(doc) + secret(doc), [dated(doc)],
                             0.46, gap=4)]
    return Sheet(blocks + title(doc) + [Space(8)] + doc.body + [foot(doc)])


def addressed(rng, doc):
    """With the agency's address at the lower edge of page 1."""
    agency = doc.agency
    lines = [Line(agency.address or f"{agency.name}, {doc.place}", 10,
                  colour=GREY),
             Line(f"Email: vanthu@{doc.number}.example; Fax: 0263.38"
                  f"{rng.randint(10000, 99999)}", 10, colour=GREY)]
    return Sheet([Footer(lines)] + two_rows(rng, doc) + doc.body + [foot(doc)])


def copied(rng, doc):
    """SAO Y at the end: another number, another date, another signer."""
    doc.notes.append("copy")
    when = doc.day + datetime.timedelta(rng.randint(1, 9))
    doc.named.append(f"{rng.randint(10, 900)}/SY-VP")
    copy = Columns(
        [Line("VĂN PHÒNG UBND HUYỆN", 12, bold=True, gap=18),
         Line(f"Số: {doc.named[-1]}", 13, gap=4),
         Line("Nơi nhận:", 12, bold=True, italic=True, align="left"),
         Line("- Các phòng, ban;", 11, align="left")],
        [Line("SAO Y", 13, bold=True, gap=18),
         Line(f"{doc.place}, {long_day(when)}", 13, italic=True),
         Line("CHÁNH VĂN PHÒNG", 13, bold=True), Seal(50),
         Line("Trần Quang Hiển", 13, bold=True)], 0.46)
    doc.other_signers.append("Trần Quang Hiển")
    return Sheet(usual(rng, doc) + doc.body + [foot(doc), copy])


def drafted(rng, doc):
    """DỰ THẢO, with a blank number and day."""
    doc.notes.append("draft")
    doc.draft = True
    mark = Line("DỰ THẢO", 13, bold=True, frame=True, align="left")
    return Sheet([mark] + usual(rng, doc) + doc.body + [foot(doc)])


LAYOUTS = (decree, decree, decree, level, level, wide_left, spaced, spaced,
           overlaid, certified, certified, received, addressed, copied,
           drafted)
