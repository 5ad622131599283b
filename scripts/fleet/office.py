"""Small but valid files of the office: DOCX, XLSX, RTF, zip, winmail.dat."""
import struct
from xml.sax.saxutils import escape

from documents.container import archive

DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml."
        "document")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = ("http://schemas.openxmlformats.org/officeDocument/2006/"
          "relationships")
OPEN_XML = "application/vnd.openxmlformats-officedocument"


def content_types(main, kind):
    return (f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default '
            f'Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{main}</Types>')


def relations(*items):
    lines = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" '
        f'Target="{target}"/>' for i, (kind, target) in enumerate(items, 1))
    return (f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}'
            "</Relationships>")


def docx(document):
    """The draft of a document, one paragraph a line."""
    lines = [f"Số: {document.symbol}", document.kind[1], document.subject]
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}'
                   "</w:t></w:r></w:p>" for line in lines + document.lines)
    main = (f'<Override PartName="/word/document.xml" ContentType="{OPEN_XML}'
            '.wordprocessingml.document.main+xml"/>')
    return archive([
        ("[Content_Types].xml", content_types(main, "docx")),
        ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
        ("word/document.xml",
         f'{HEAD}<w:document xmlns:w="http://schemas.openxmlformats.org/'
         f'wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'),
    ])


def xlsx(rng):
    """A table of figures by unit."""
    rows = [["STT", "Đơn vị", "Kế hoạch", "Thực hiện"]]
    for i in range(1, rng.randint(9, 30)):
        plan = rng.randint(10, 900)
        rows.append([i, f"Xã {chr(64 + i % 26 + 1)}{i}", plan,
                     plan - rng.randint(0, 9)])
    cells = "".join(
        "<row>" + "".join(
            f"<c><v>{value}</v></c>" if isinstance(value, int) else
            f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            for value in row) + "</row>" for row in rows)
    sheet = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main")
    main = (f'<Override PartName="/xl/workbook.xml" ContentType="{OPEN_XML}'
            '.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/'
            f'worksheets/sheet1.xml" ContentType="{OPEN_XML}.spreadsheetml.'
            'worksheet+xml"/>')
    return archive([
        ("[Content_Types].xml", content_types(main, "xlsx")),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml",
         f'{HEAD}<workbook xmlns="{sheet}" xmlns:r="{OFFICE}"><sheets>'
         '<sheet name="Phụ lục" sheetId="1" r:id="rId1"/></sheets>'
         "</workbook>"),
        ("xl/_rels/workbook.xml.rels",
         relations(("worksheet", "worksheets/sheet1.xml"))),
        ("xl/worksheets/sheet1.xml",
         f'{HEAD}<worksheet xmlns="{sheet}"><sheetData>{cells}</sheetData>'
         "</worksheet>"),
    ])


def rtf(document):
    """What many a ".doc" really is."""
    def coded(text):
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
    lines = "\\par ".join(coded(line) for line in
                          [document.symbol, document.subject]
                          + document.lines)
    return f"{{\\rtf1\\ansi\\deff0 {lines}}}".encode("ascii")


def package(files, rng):
    """A zip; every other one names its members as old tools do, in UTF-8
    without saying so."""
    content = archive(files)
    if rng.random() < 0.5:
        return content
    # clear bit 11 in local and central headers
    content = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags + 1] &= 0xF7
            at = content.find(mark, at + 4)
    return bytes(content)


def attribute(level, number, data):
    return (struct.pack("<BII", level, number, len(data)) + data
            + struct.pack("<H", sum(data) & 0xFFFF))


def winmail(files):
    """TNEF as Outlook sends it to those who did not ask for it."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    out += attribute(1, 0x00078008, b"IPM.Microsoft Mail.Note\0")
    for name, content in files:
        out += attribute(2, 0x00069002, struct.pack("<HIHHII", 1, 0, 32, 32,
                                                    0, 0))
        out += attribute(2, 0x00018010, name.encode("cp1258", "replace")
                         + b"\0")
        out += attribute(2, 0x0006800F, content)
    return out
