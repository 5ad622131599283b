"""How the documents of the second part for tuning are laid out."""
from . import tune_layouts as usual
from .blocks import RED, SANS, Columns, Floating, Line, Sheet, Space
from .facts import URGENCIES, long_day, short_day, upper

STYLES = ("Số: {}", "Số: {}", "Số:{}", "Số {}", "SỐ: {}", "Số : {}",
          "Số:  {}")


def names(rng, doc, size, bold=True, rule=None):
    agency = doc.agency
    lines = [Line(x, size) for x in agency.superior.split("\n") if x]
    own = [Line(x, size, bold=bold) for x in agency.printed.split("\n")]
    own[-1].rule = rng.choice((40, 60, 90)) if rule is None else rule
    return lines + own


def numbered(rng, doc, size=13, **more):
    shown = doc.symbol
    if rng.random() < 0.2:      # typed into the blank of a form
        shown = shown.replace("/", rng.choice(("  /", " / ", "   /")), 1)
    return Line(rng.choice(STYLES).format(shown), size, gap=rng.choice(
        (2, 5, 8)), **more)


def about(doc, size=12):
    lead = f"{doc.lead} " if doc.lead else ""
    return Line(lead + doc.subject, size, gap=3)


def urgent(doc):
    return [Line(URGENCIES[doc.urgency], 13, bold=True, frame=True, gap=6,
                 colour=RED)] if doc.urgency else []


def below(rng, doc, line):
    return [line] + ([] if doc.kind else [about(doc)]) + urgent(doc) + \
        usual.secret(doc)


def nation(rng, size):
    lines = [Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size, bold=True),
             Line("Độc lập - Tự do - Hạnh phúc", size + 1, bold=True,
                  rule=rng.choice((130, 165)))]
    return lines


def dated(doc, size=13):
    return Line(f"{doc.place}, {long_day(doc.day)}", size, italic=True, gap=5)


def end(rng, doc):
    return usual.foot(doc, rng.choice((0.42, 0.5)))


def close(rng, doc):
    """Names, number and subject without air, small letters."""
    size = rng.choice((11, 11.5, 12))
    head = Columns(names(rng, doc, size) + below(rng, doc, numbered(rng, doc,
                                                                    12)),
                   nation(rng, size) + [dated(doc, 12.5)],
                   rng.choice((0.38, 0.4, 0.43)))
    return Sheet([head, *usual.title(doc), Space(6)] + doc.body +
                 [end(rng, doc)], top=rng.choice((40, 57, 70)))


def wide(rng, doc):
    """Thirteen points and half the width."""
    rows = [Columns(names(rng, doc, 13), nation(rng, 12.5), 0.49),
            Columns(below(rng, doc, numbered(rng, doc)), [dated(doc)], 0.49)]
    return Sheet(rows + usual.title(doc) + [Space(8)] + doc.body +
                 [end(rng, doc)], left=76, right=38)


def bold_number(rng, doc):
    rows = [Columns(names(rng, doc, 12.5), nation(rng, 12), 0.44),
            Columns(below(rng, doc, numbered(rng, doc, bold=True)),
                    [dated(doc)], 0.44)]
    return Sheet(rows + usual.title(doc) + [Space(8)] + doc.body +
                 [end(rng, doc)])


def other_face(rng, doc):
    """Not in Times."""
    rows = [Columns(names(rng, doc, 11), nation(rng, 10.5), 0.43),
            Columns(below(rng, doc, numbered(rng, doc, 12)),
                    [dated(doc, 12)], 0.43)]
    return Sheet(rows + usual.title(doc, 13) + [Space(8)] + doc.body +
                 [end(rng, doc)], font=rng.choice(("DejaVu Serif", SANS)))


def stamped(rng, doc):
    """The number was put into the finished page later, with blanks about."""
    symbol = doc.symbol.split("/", 1)
    rest = f"/{symbol[1]}" if len(symbol) > 1 else ""
    if not rest:
        return wide(rng, doc)
    doc.notes.append("stamped number")
    line = Line(f"Số:  {symbol[0]}  {rest}", 13, gap=5, late=True)
    rows = [Columns(names(rng, doc, 12), nation(rng, 12), 0.44),
            Columns(below(rng, doc, line), [dated(doc)], 0.44)]
    return Sheet(rows + usual.title(doc) + [Space(8)] + doc.body +
                 [end(rng, doc)])


def received(rng, doc):
    """The stamp of arrival stands beside the number."""
    return stamp_arrival(rng, doc, close(rng, doc),
                         rng.choice((20, 60, 230)), rng.choice((6, 172, 184)))


def received_over(rng, doc):
    """The stamp of arrival was put where room was not: over the names."""
    sheet = rng.choice((close, wide, long_rule))(rng, doc)
    return stamp_arrival(rng, doc, sheet, rng.choice((10, 30, 75, 200)),
                         rng.choice((28, 48, 66, 84, 100)))


def stamp_arrival(rng, doc, sheet, left, top):
    doc.notes.append("arrival stamp")
    stamp = Floating([
        Line(rng.choice(("VĂN PHÒNG SỞ", "UBND XÃ TÂN LẬP",
                         "CHI CỤC THỦY LỢI")), 8, colour=RED, font=SANS),
        Line(f"ĐẾN  Số: {rng.randint(100, 9000)}", 9, colour=RED, font=SANS),
        Line(f"Ngày: {short_day(doc.day)}", 9, colour=RED, font=SANS)],
        left, top, 120, frame=True, colour=RED)
    sheet.floating.append(stamp)
    return sheet


def long_rule(rng, doc):
    """The rule under the name is as long as the name and close to it."""
    size = 12
    agency = doc.agency
    lines = names(rng, doc, size, rule=min(
        180, 7.6 * len(agency.printed.split("\n")[-1])))
    rows = [Columns(lines, nation(rng, size), 0.43),
            Columns(below(rng, doc, numbered(rng, doc)), [dated(doc)], 0.43)]
    return Sheet(rows + usual.title(doc) + [Space(8)] + doc.body +
                 [end(rng, doc)])


def underlined(rng, doc):
    """The name itself is underlined, all of it or its last line."""
    lines = names(rng, doc, rng.choice((12, 13)), rule=0)
    whole = rng.random() < 0.5
    for line in [x for x in lines if x.bold] if whole else lines[-1:]:
        line.underline = True
    rows = [Columns(lines, nation(rng, 12), 0.44),
            Columns(below(rng, doc, numbered(rng, doc)), [dated(doc)], 0.44)]
    return Sheet(rows + usual.title(doc) + [Space(8)] + doc.body +
                 [end(rng, doc)])


def left_aligned(rng, doc):
    lines = names(rng, doc, 12)
    number = numbered(rng, doc, align="left")
    for line in lines:
        line.align = "left"
    rows = [Columns(lines, nation(rng, 12), 0.45),
            Columns(below(rng, doc, number), [dated(doc)], 0.45)]
    return Sheet(rows + usual.title(doc) + [Space(8)] + doc.body +
                 [end(rng, doc)])


def party(rng, doc):
    agency = doc.agency
    size = rng.choice((13, 14))
    left = [Line(x, size) for x in agency.superior.split("\n") if x]
    left += [Line(agency.printed, size, bold=True), Line("*", 13),
             Line(f"Số {doc.symbol}", 13, gap=4)]
    if not doc.kind:
        left.append(Line(upper(doc.subject[:1]) + doc.subject[1:], 12,
                         italic=True, gap=3))
    left += urgent(doc) + usual.secret(doc)
    right = [Line("ĐẢNG CỘNG SẢN VIỆT NAM", 14, bold=True, underline=True),
             dated(doc)]
    return Sheet([Columns(left, right, 0.48), *usual.title(doc, 14), Space(8)]
                 + doc.body + [end(rng, doc)])


LAYOUTS = (close, close, wide, wide, bold_number, other_face, stamped,
           received, received_over, long_rule, underlined,
           underlined, left_aligned)
