"""Layouts of the kept-out part."""
import datetime

from .blocks import (BLUE, RED, SANS, Columns, Floating, Footer, Line,
                     PAGE_HEIGHT, Seal, Sheet, Space)
from .facts import (URGENCIES, long_day, plain_day, shorter_day,
                    upper)

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
OLD_COUNTRY = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = ("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc",
         "Độc lập - Tự do - Hạnh phúc")


def names(doc, size):
    agency = doc.agency
    above = [Line(x, size) for x in agency.superior.split("\n") if x]
    own = [Line(x, size, bold=True) for x in agency.printed.split("\n")]
    own[-1].rule = 45
    return above + own


def state(rng, size):
    return [Line(rng.choice((COUNTRY, COUNTRY, OLD_COUNTRY)), size,
                 bold=True), Line(rng.choice(MOTTO), size + 1, bold=True,
                                  rule=150)]


def mark(doc):
    """Urgency and, very rarely, secrecy."""
    words = [x for x in (URGENCIES[doc.urgency], doc.secret) if x]
    return [Line(x, 14, bold=True, frame=True, colour=RED, gap=5)
            for x in words]


def count(doc, shape="Số: {}", **more):
    if not doc.symbol:
        return []
    symbol = doc.symbol
    if doc.draft:
        symbol = "....../" + symbol.split("/", 1)[1]
    return [Line(shape.format(symbol), more.pop("size", 13), gap=5, **more)]


def when(doc, **more):
    say = plain_day if "plain day" in doc.notes else long_day
    text = f"{doc.place}, {say(doc.day)}" if not doc.draft else \
        f"{doc.place}, ngày ..... tháng ..... năm {doc.day.year}"
    return Line(text, more.pop("size", 13), italic=True, gap=5, **more)


def topic(doc, size=12, **more):
    return [] if doc.kind else [
        Line(f"{doc.lead} {doc.subject}".strip(), size, gap=3, **more)]


def heading(doc, size=15, rule=90):
    if not doc.kind:
        return []
    subject = f"{doc.lead} {doc.subject}".strip()
    return [Line(upper(doc.type), size, bold=True, gap=12),
            Line(subject, 13.5, bold=True, rule=rule)]


def signed(rng, doc, stated=False):
    lines = [Line(x, 13, bold=True) for x in doc.sign.lines]
    if stated:
        lines += [Space(14), Line("(Đã ký)", 12, italic=True), Space(14)]
    else:
        lines += [Seal(68)]
    rank = doc.title
    if doc.agency.code in ("CAT", "PCCC&CNCH", "BCH"):
        rank = rng.choice(("Đại tá", "Thượng tá", "Thiếu tướng"))
    name = doc.signer.upper() if doc.number % 9 == 0 else doc.signer
    return lines + [Line(f"{rank} {name}".strip(), 13.5, bold=True)]


def copies(doc, mark_of_item="- "):
    lines = [Line("Nơi nhận:", 12, bold=True, italic=True, align="left")]
    for x in doc.recipients:
        lines.append(Line(f"{mark_of_item}{x};", 11, align="left"))
    sector = doc.agency.sectors[doc.number % len(doc.agency.sectors)]
    store = f"- Lưu: VT, {sector} (0{doc.number % 8 + 2}b)." if sector else \
        "- Lưu VT."
    return lines + [Line(store, 11, align="left")]


def foot(rng, doc, **more):
    return Columns(copies(doc), signed(rng, doc, **more), 0.5, gap=10)


def room(doc, split):
    """People give the date the room that it needs, mostly."""
    return split - 0.05 if len(doc.place) > 18 and doc.number % 4 else split


def head(rng, doc, size=12, split=0.4, **more):
    split = room(doc, split)
    rows = [Columns(names(doc, size), state(rng, size), split),
            Columns(count(doc, more.get("shape", "Số: {}")) + topic(doc) +
                    mark(doc), [when(doc)], split, gap=2)]
    return rows + heading(doc) + [Space(6)]


def modern(rng, doc):
    return Sheet(head(rng, doc, 12.5, 0.41) + doc.body + [foot(rng, doc)],
                 left=71, right=42)


def centred(rng, doc):
    """Nation across the page, the agency below it on the left."""
    blocks = state(rng, 13) + [Space(8), Columns(
        names(doc, 12) + count(doc), [when(doc, align="right")], 0.5)]
    if not doc.kind:
        blocks += topic(doc, 13, bold=True)
    return Sheet(blocks + mark(doc) + heading(doc, 16) + [Space(8)] +
                 doc.body + [foot(rng, doc)])


def stamped_number(rng, doc):
    """Number and day come from a numbering program: blue, sans, last."""
    doc.notes.append("late number")
    number = count(doc, "{}", font=SANS, size=11.5, colour=BLUE, late=True)
    for line in number:
        line.text = f"Số: {line.text}"
    left = number + topic(doc) + mark(doc)
    day = when(doc, late=True, font=SANS, colour=BLUE, size=11)
    return Sheet([Columns(names(doc, 12), state(rng, 12), 0.42),
                  Columns(left, [day], 0.42, gap=4)] + heading(doc) +
                 [Space(8)] + doc.body + [foot(rng, doc)])


def panels(rng, doc):
    """Digital signatures as panels of text: whose and when."""
    doc.notes.append("signature text")
    later = doc.day + datetime.timedelta(rng.randint(0, 3))
    clock = f"{rng.randint(7, 17)}:{rng.randint(10, 59)}:00"
    blocks = [
        Floating([Line(x, 7.5, align="left", font=SANS, colour=BLUE) for x in
                  (f"Người ký: {upper(doc.agency.name)}",
                   "Email: vanthu@coquan.example",
                   f"Cơ quan: {doc.agency.name}",
                   f"Thời gian ký: {later:%d.%m.%Y} {clock} +07:00")],
                 20, 10, 210),
        Floating([Line("Signature Not Verified", 8, bold=True, align="left",
                       font=SANS),
                  Line(f"Được ký bởi {doc.signer}", 7, align="left",
                       font=SANS),
                  Line(f"Ngày ký: {later:%d/%m/%Y} {clock}", 7, align="left",
                       font=SANS)], 400, PAGE_HEIGHT - 60, 160, frame=True)]
    return Sheet(head(rng, doc) + doc.body + [foot(rng, doc)], blocks,
                 top=76)


def arrived(rng, doc):
    """The stamp of the receiving office at the right, over the head."""
    doc.notes.append("arrival stamp")
    day = doc.day + datetime.timedelta(rng.randint(1, 9))
    lines = [Line(x, 9.5, bold=i < 2, font=SANS, colour=RED,
                  align="centre" if i < 2 else "left") for i, x in enumerate((
                      rng.choice(("VĂN PHÒNG CHÍNH PHỦ", "SỞ TƯ PHÁP",
                                  "THANH TRA TỈNH")), "CÔNG VĂN ĐẾN",
                      f"Số: {rng.randint(1, 9999)}",
                      f"Ngày {plain_day(day)[5:]}", "Chuyển: P. TH"))]
    stamp = Columns([], lines, 0.72, gap=6, paper_only=True)
    return Sheet(head(rng, doc) + [stamp, Space(6)] + doc.body +
                 [foot(rng, doc)])


def urgent_first(rng, doc):
    """Stamps stand above the head, and how far it may go."""
    doc.urgency = doc.urgency or rng.choice((1, 2, 3))
    top = Columns(mark(doc) + [Space(4)], [Line(
        rng.choice(("LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI", "")), 12,
        bold=True)], 0.42)
    rows = [Columns(names(doc, 12), state(rng, 12), 0.42),
            Columns(count(doc, "Số : {}") + topic(doc), [when(doc)], 0.42)]
    return Sheet([top] + rows + heading(doc) + [Space(8)] + doc.body +
                 [foot(rng, doc)], top=40)


def table_of_two(rng, doc):
    """Two sign: minutes and agreements."""
    if doc.kind not in ("BB", "HĐ", "BGN", "BTT") or not doc.other_signers:
        return modern(rng, doc)
    doc.notes.append("two sign")
    titles = ("THƯ KÝ", "CHỦ TỌA") if doc.kind == "BB" else \
        ("ĐẠI DIỆN BÊN THỨ HAI", "ĐẠI DIỆN BÊN THỨ NHẤT")
    doc.sign = doc.sign.__class__(
        (titles[1],), f"{doc.sign.position}|Chủ tọa|Đại diện bên thứ nhất",
        "")
    end = Columns([Line(titles[0], 13, bold=True), Seal(60, seal=False),
                   Line(doc.other_signers[0], 13.5, bold=True)],
                  [Line(titles[1], 13, bold=True), Seal(60),
                   Line(doc.signer, 13.5, bold=True)], 0.5, gap=14)
    doc.recipients = []
    return Sheet(head(rng, doc) + doc.body + [end])


def said_signed(rng, doc):
    """"(Đã ký)" instead of a signature; the address below."""
    doc.notes.append("đã ký")
    address = Footer([Line(f"Trụ sở: số {rng.randint(1, 300)} Lê Lợi, "
                           f"{doc.place}. ĐT/Fax: 02{rng.randint(10, 99)}.3"
                           f"{rng.randint(100000, 999999)}", 10)])
    return Sheet([address] + head(rng, doc) + doc.body +
                 [foot(rng, doc, stated=True)])


def copied(rng, doc):
    """SAO LỤC: the copying office's head at the end."""
    doc.notes.append("copy")
    day = doc.day + datetime.timedelta(rng.randint(1, 20))
    doc.other_signers.append("Phan Thị Diệu Hiền")
    doc.named.append(f"{rng.randint(3, 300)}/SL-SNV")
    copy = [Line("_" * 60, 10, gap=16), Columns(
        [Line("SỞ NỘI VỤ", 12, bold=True),
         Line(f"Số: {doc.named[-1]}", 13)],
        [Line("SAO LỤC", 13, bold=True),
         Line(f"{doc.place}, {long_day(day)}", 13, italic=True)], 0.45),
        Columns([Line("Nơi nhận:", 12, bold=True, italic=True, align="left"),
                 Line("- Các đơn vị trực thuộc;", 11, align="left")],
                [Line("TL. GIÁM ĐỐC", 13, bold=True),
                 Line("CHÁNH VĂN PHÒNG", 13, bold=True), Seal(50),
                 Line("Phan Thị Diệu Hiền", 13, bold=True)], 0.45)]
    return Sheet(head(rng, doc) + doc.body + [foot(rng, doc)] + copy)


def draft(rng, doc):
    doc.notes.append("draft")
    doc.draft = True
    day = doc.day - datetime.timedelta(2)
    top = Line(rng.choice(("DỰ THẢO LẦN 2", f"Dự thảo {shorter_day(day)}",
                           "DỰ THẢO")), 12, bold=True, align="right")
    return Sheet([top] + head(rng, doc) + doc.body + [foot(rng, doc)])


def party(rng, doc):
    agency = doc.agency
    left = [Line(x, 13.5) for x in agency.superior.split("\n") if x]
    left += [Line(x, 13.5, bold=True) for x in agency.printed.split("\n")]
    left += [Line(rng.choice(("*", "***", "*")), 13)]
    left += count(doc, rng.choice(("Số {}", "Số: {}", "Số  {}")))
    if not doc.kind:
        left.append(Line(doc.subject, 12, italic=True, gap=2))
    right = [Line("ĐOÀN TNCS HỒ CHÍ MINH" if agency.code == "TĐTN"
                  else "ĐẢNG CỘNG SẢN VIỆT NAM", 14.5, bold=True,
                  underline=True), when(doc, size=14)]
    return Sheet([Columns(left + mark(doc), right, 0.47)] +
                 heading(doc, 15) + [Line("-----", 13), Space(4)] +
                 doc.body + [foot(rng, doc)])


def bilingual(rng, doc):
    """A company's paper: logo, English, no nation, short date."""
    doc.notes.append("company paper")
    agency = doc.agency
    logo = [Seal(36, signature=False, seal=False)]  # pictures have no text
    name = [Line(agency.printed, 13, bold=True, font=SANS, align="left"),
            Line(f"Trụ sở: Lô {rng.randint(1, 20)}, KCN Tân Tiến, "
                 f"{doc.place} | Tel: 0{rng.randint(200, 299)} 3"
                 f"{rng.randint(100000, 999999)} | MST: 0"
                 f"{rng.randint(10**8, 10**9 - 1)}",
                 8.5, font=SANS, align="left")]
    left = count(doc, "Số/No.: {}", align="left")
    if not doc.kind:
        left += topic(doc, 12, align="left", italic=True)
    return Sheet([Columns(logo, name, 0.2), Line("_" * 74, 9),
                  Columns(left + mark(doc), [when(doc)], 0.48)] +
                 heading(doc) + [Space(8)] + doc.body +
                 [foot(rng, doc)], font=SANS)


def old(rng, doc):
    """Before 2020: small head, underlined names, blanks in the number."""
    doc.notes.append("spaced")
    size = rng.choice((11, 11.5))
    left = [Line(x, size) for x in doc.agency.superior.split("\n") if x]
    left += [Line(x, size, bold=True, underline=True)
             for x in doc.agency.printed.split("\n")]
    spaced = doc.symbol.replace("/", "/ ", 1) if doc.number % 2 else \
        doc.symbol.replace("/", " / ", 1).replace("-", " - ", 1)
    number = [Line(f"Số: {spaced}", 12.5, gap=8)] if doc.symbol else []
    right = [Line(COUNTRY, size, bold=True),
             Line("Độc lập - Tự do - Hạnh phúc", size + 1, bold=True,
                  underline=True), when(doc, size=13)]
    return Sheet([Columns(left + number + topic(doc, 11.5) + mark(doc), right,
                          room(doc, 0.4))] + heading(doc, 14, 0) + [Space(6)] +
                 doc.body + [foot(rng, doc)], top=45)


def ending(rng, doc):
    """Recipients below the signature, across the page."""
    sign = Columns([], signed(rng, doc), 0.45, gap=8)
    return Sheet(head(rng, doc, 12, 0.43) + doc.body + [sign, Space(6)] +
                 copies(doc, "+ "))


LAYOUTS = (modern, modern, modern, modern, centred, stamped_number, panels,
           panels, arrived, urgent_first, said_signed, copied, draft, ending,
           ending)
