"""The same blocks as DOCX, as Word writes them: tables for the head, text
boxes (twice in the file, once on the page), runs cut anywhere."""
import unicodedata
from xml.sax.saxutils import escape

from .container import archive
from .blocks import (Break, Columns, Footer, Grid, Line, Seal, Space, WIDTH)

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
W = f"{SCHEMAS}/wordprocessingml/2006/main"
SPACES = (f'xmlns:w="{W}" xmlns:r="{SCHEMAS}/officeDocument/2006/'
          f'relationships" xmlns:wp="{SCHEMAS}/drawingml/2006/'
          f'wordprocessingDrawing" xmlns:a="{SCHEMAS}/drawingml/2006/main" '
          f'xmlns:mc="{SCHEMAS}/markup-compatibility/2006" '
          'xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
          'wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
          'xmlns:o="urn:schemas-microsoft-com:office:office"')
JC = {"centre": "center", "left": "left", "right": "right", "full": "both"}
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def twips(points):
    return round(points * 20)


def run(text, line, bold=False):
    marks = "".join((
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>',
        "<w:b/>" if line.bold or bold else "",
        "<w:i/>" if line.italic else "",
        f'<w:sz w:val="{round(line.size * 2)}"/>'))
    pieces = []
    for i, row in enumerate(text.split("\n")):
        if i:
            pieces.append("<w:br/>")
        for j, cell in enumerate(row.split("\t")):
            if j:
                pieces.append("<w:tab/>")
            if cell:
                pieces.append(f'<w:t xml:space="preserve">{escape(cell)}'
                              "</w:t>")
    return f"<w:r><w:rPr>{marks}</w:rPr>{''.join(pieces)}</w:r>"


class Writer:
    def __init__(self, rng):
        self.rng = rng
        self.tabbed = rng.random() < 0.08   # tabs instead of a table
        self.dashes = rng.random() < 0.3    # "_____" for rules
        self.boxed = rng.random() < 0.5     # stamps in text boxes
        self.cut = rng.random() < 0.6       # runs end anywhere
        self.changes = rng.random() < 0.1   # with tracked changes
        self.footer, self.shapes = "", 0

    def runs(self, line):
        out = run(line.lead, line, True) if line.lead else ""
        text = line.text
        if self.cut and len(text) > 3:
            at = self.rng.randrange(1, len(text))
            out += run(text[:at], line) + \
                '<w:proofErr w:type="spellStart"/>' + run(text[at:], line)
        else:
            out += run(text, line)
        if self.changes and line.body and self.rng.random() < 0.2:
            out += ('<w:del w:id="9" w:author="a"><w:r><w:delText>(bỏ đoạn '
                    "này, trước ngày 01/01/2009)</w:delText></w:r></w:del>")
        return out

    def paragraph(self, line, border=False, extra=""):
        edge = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="1" '
                       'w:color="auto"/>' for side in
                       ("top", "left", "bottom", "right"))
        marks = (f"<w:pBdr>{edge}</w:pBdr>" if border else "") + (
            f'<w:spacing w:before="{twips(line.gap)}" w:after="0"/>') + (
            f'<w:ind w:firstLine="{twips(line.indent)}"/>'
            if line.indent else "") + f'<w:jc w:val="{JC[line.align]}"/>'
        out = (f"<w:p><w:pPr>{marks}</w:pPr>{extra}{self.runs(line)}</w:p>")
        if line.rule and self.dashes:
            out += self.paragraph(Line("_" * int(line.rule / 6), line.size))
        return out

    def box(self, lines):
        """A text box: DrawingML, and VML for old programs."""
        self.shapes += 1
        inside = "".join(self.paragraph(Line(
            x.text, x.size, x.bold, x.italic)) for x in lines)
        shape = ('<wp:anchor distT="0" distB="0" distL="0" distR="0" '
                 'simplePos="0" relativeHeight="1" behindDoc="0" locked="0" '
                 'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" '
                 'y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0'
                 '</wp:posOffset></wp:positionH><wp:positionV relativeFrom='
                 '"paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
                 '<wp:extent cx="1400000" cy="300000"/><wp:wrapNone/>'
                 f'<wp:docPr id="{self.shapes}" name="Text Box '
                 f'{self.shapes}"/><a:graphic><a:graphicData uri="http://'
                 'schemas.microsoft.com/office/word/2010/wordprocessingShape'
                 '"><wps:wsp><wps:txbx><w:txbxContent>' + inside +
                 "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
                 "</a:graphicData></a:graphic></wp:anchor>")
        old = ("<w:pict><v:shape><v:textbox><w:txbxContent>" + inside +
               "</w:txbxContent></v:textbox></v:shape></w:pict>")
        return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
                f"<w:drawing>{shape}</w:drawing></mc:Choice><mc:Fallback>"
                f"{old}</mc:Fallback></mc:AlternateContent></w:r>")

    def line(self, line):
        if isinstance(line, Seal):
            return self.paragraph(Line("", 13)) * 3
        if isinstance(line, Space):
            return self.paragraph(Line("", 8)) if line.height > 5 else ""
        if line.frame and self.boxed:
            return (f"<w:p>{self.box([line])}</w:p>")
        return self.paragraph(line, border=line.frame)

    def cell(self, lines, width, borders=False):
        edge = ("<w:tcBorders>" + "".join(
            f'<w:{side} w:val="single" w:sz="4"/>' for side in
            ("top", "left", "bottom", "right")) + "</w:tcBorders>"
            if borders else "")
        inside = "".join(self.line(x) for x in lines) or "<w:p/>"
        return (f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>'
                f"{edge}</w:tcPr>{inside}</w:tc>")

    def table(self, rows, widths, borders=False):
        grid = "".join(f'<w:gridCol w:w="{twips(x)}"/>' for x in widths)
        body = "".join("<w:tr>" + "".join(
            self.cell(cell, width, borders)
            for cell, width in zip(row, widths)) + "</w:tr>" for row in rows)
        return (f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" '
                f'w:type="dxa"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
                f"{body}</w:tbl>")

    def columns(self, block):
        left, right = list(block.left), list(block.right)
        if self.tabbed and all(isinstance(x, Line) for x in left + right):
            return self.with_tabs(left, right)
        return self.table([[left, right]], [WIDTH * block.split,
                                            WIDTH * (1 - block.split)])

    def with_tabs(self, left, right):
        out = ""
        for i in range(max(len(left), len(right))):
            first = left[i] if i < len(left) else Line("")
            other = right[i] if i < len(right) else Line("")
            shape = first if first.text else other
            rows = first.text.split("\n")
            for j, words in enumerate(rows):
                both = f"{words}\t{other.text}" \
                    if other.text and j == len(rows) - 1 else words
                out += self.paragraph(Line(both, shape.size, shape.bold,
                                           shape.italic, "left"))
        return out

    def block(self, block):
        if isinstance(block, Columns):
            return "" if block.paper_only else self.columns(block)
        if isinstance(block, Grid):
            rows = [[[Line(str(cell), block.size, bold=i == 0)]
                     for cell in row] for i, row in enumerate(block.rows)]
            return self.table(rows, [WIDTH * x for x in block.widths], True)
        if isinstance(block, Break):
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        if isinstance(block, Footer):
            self.footer = "".join(self.line(x) for x in block.lines)
            return ""
        return self.line(block)

    def document(self, sheet):
        floating = "".join(
            f"<w:p>{self.box(x.lines)}</w:p>" for x in sheet.floating)
        body = floating + "".join(self.block(x) for x in sheet.blocks)
        foot = ('<w:footerReference w:type="default" r:id="rId2"/>'
                if self.footer else "")
        return (f"{HEAD}<w:document {SPACES}><w:body>{body}<w:sectPr>{foot}"
                '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" '
                'w:right="900" w:bottom="1134" w:left="1700" w:header="567" '
                'w:footer="567" w:gutter="0"/></w:sectPr></w:body>'
                "</w:document>")


def make(doc, sheet, rng):
    writer = Writer(rng)
    document = writer.document(sheet)
    if sheet.decomposed:
        document = unicodedata.normalize("NFD", document)
    if writer.tabbed:
        doc.notes.append("tabs")
    types = (f'<Override PartName="/word/document.xml" ContentType="{OFFICE}'
             '.document.main+xml"/>')
    relations = ""
    members = []
    if writer.footer:
        types += ('<Override PartName="/word/footer1.xml" ContentType='
                  f'"{OFFICE}.footer+xml"/>')
        relations = (f'<Relationship Id="rId2" Type="{SCHEMAS}/'
                     'officeDocument/2006/relationships/footer" '
                     'Target="footer1.xml"/>')
        members.append(("word/footer1.xml", f"{HEAD}<w:ftr {SPACES}>"
                                            f"{writer.footer}</w:ftr>"))
    package = f"{SCHEMAS}/package/2006"
    return archive([
        ("[Content_Types].xml",
         f'{HEAD}<Types xmlns="{package}/content-types"><Default Extension='
         '"rels" ContentType="application/vnd.openxmlformats-package.'
         'relationships+xml"/><Default Extension="xml" ContentType='
         f'"application/xml"/>{types}</Types>'),
        ("_rels/.rels",
         f'{HEAD}<Relationships xmlns="{package}/relationships">'
         f'<Relationship Id="rId1" Type="{SCHEMAS}/officeDocument/2006/'
         'relationships/officeDocument" Target="word/document.xml"/>'
         "</Relationships>"),
        ("word/_rels/document.xml.rels",
         f'{HEAD}<Relationships xmlns="{package}/relationships">{relations}'
         "</Relationships>"),
        ("word/document.xml", document), *members])
