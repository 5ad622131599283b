"""A page as Decree 30/2020, Annex I, wants it: with a text layer, or scanned.

The page is drawn by cairo; a scan is the same page as a slightly turned,
noisy picture in a PDF that holds nothing else."""
import io
import math

import cairo
from PIL import Image

from documents import container

WIDTH, HEIGHT = 595.3, 841.9    # A4 in points
LEFT, RIGHT, TOP = 85, 551, 57
FONT = "Liberation Serif"


class Page:
    def __init__(self, context):
        self.context = context
        self.y = TOP

    def font(self, size, bold=False, italic=False):
        self.context.select_font_face(
            FONT, cairo.FONT_SLANT_ITALIC if italic else
            cairo.FONT_SLANT_NORMAL, cairo.FONT_WEIGHT_BOLD if bold else
            cairo.FONT_WEIGHT_NORMAL)
        self.context.set_font_size(size)

    def width(self, text):
        return self.context.text_extents(text).x_advance

    def at(self, x, y, text):
        self.context.move_to(x, y)
        self.context.show_text(text)

    def centre(self, x, y, text):
        self.at(x - self.width(text) / 2, y, text)

    def rule(self, x, y, length):
        self.context.set_line_width(0.7)
        self.context.move_to(x - length / 2, y)
        self.context.line_to(x + length / 2, y)
        self.context.stroke()

    def wrapped(self, text, width):
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        return lines + [line]

    def paragraph(self, text, indent=34):
        first = True
        for line in self.wrapped(text, RIGHT - LEFT - indent):
            self.at(LEFT + (indent if first else 0), self.y, line)
            self.y += 18
            first = False
        self.y += 5

    def block(self, x, y, lines, step=15):
        for line in lines:
            self.centre(x, y, line)
            y += step
        return y


def place_and_day(document):
    day = document.day
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return (f"{document.issuer.place}, ngày {day.day:02d} tháng {month} "
            f"năm {day.year}")


def head(page, document):
    issuer, left, right = document.issuer, 178, 420
    page.font(12)
    if issuer.parent:
        page.centre(left, TOP, issuer.parent)
    page.font(12, bold=True)
    y = page.block(left, TOP + 16,
                   page.wrapped(issuer.name.upper(), 190))
    page.rule(left, y - 10, 60)
    page.font(12, bold=True)
    page.centre(right, TOP, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.font(13, bold=True)
    page.centre(right, TOP + 16, "Độc lập - Tự do - Hạnh phúc")
    page.rule(right, TOP + 21, 160)
    page.font(13)
    page.centre(left, y + 8, f"Số: {document.symbol}")
    page.font(13, italic=True)
    page.centre(right, y + 8, place_and_day(document))
    page.y = y + 26


def stamp(page, word, x, y):
    context = page.context
    context.set_source_rgb(0.8, 0.05, 0.05)
    page.font(13, bold=True)
    half = page.width(word) / 2 + 10
    context.rectangle(x - half, y - 15, 2 * half, 22)
    context.set_line_width(1.2)
    context.stroke()
    page.centre(x, y, word)
    context.set_source_rgb(0, 0, 0)


def title(page, document):
    abbreviation, name, start = document.kind
    about = f"{start} {document.subject}".strip()
    if abbreviation:
        if document.urgent:
            stamp(page, document.urgent, 178, page.y + 14)
            page.y += 22
        page.y += 24
        page.font(14, bold=True)
        page.centre(318, page.y, name)
        page.y = page.block(318, page.y + 18, page.wrapped(about, 380), 17)
        page.rule(318, page.y - 10, 120)
    else:
        page.font(12)
        page.y = page.block(178, page.y - 6, page.wrapped(about, 190), 14)
        if document.urgent:
            stamp(page, document.urgent, 178, page.y + 14)
            page.y += 30
    page.y += 18


def seal(page, x, y):
    context = page.context
    context.set_source_rgb(0.82, 0.1, 0.1)
    context.set_line_width(1.6)
    for radius in (44, 40, 24):
        context.new_path()
        context.arc(x, y, radius, 0, 2 * math.pi)
        context.stroke()
    context.move_to(x, y - 18)
    for i in range(1, 6):
        angle = -math.pi / 2 + i * 4 * math.pi / 5
        context.line_to(x + 18 * math.cos(angle), y + 18 * math.sin(angle))
    context.fill()
    context.set_source_rgb(0, 0, 0)


def foot(page, document, rng):
    page.y += 8
    top = page.y
    page.font(12, bold=True, italic=True)
    page.at(LEFT, top, "Nơi nhận:")
    page.font(11)
    short = document.issuer.code
    for i, line in enumerate(("- Như trên;", "- Lãnh đạo cơ quan (để b/c);",
                              f"- Lưu: VT, {document.issuer.sectors[0]}.")):
        page.at(LEFT, top + 14 * (i + 1), line)
    page.font(13, bold=True)
    heads = [f"TM. {document.issuer.name.upper()}", "CHỦ TỊCH"] \
        if short == "UBND" else ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"] \
        if rng.random() < 0.6 else ["GIÁM ĐỐC"]
    lines = [part for line in heads for part in page.wrapped(line, 210)]
    y = page.block(430, top, lines, 16)
    seal(page, 380, y + 34)
    page.context.set_source_rgb(0.1, 0.15, 0.6)
    page.context.set_line_width(1.4)
    page.context.move_to(395, y + 40)
    for i in range(6):
        page.context.rel_curve_to(6, -26 + 3 * i, 8, 22, 14, -2)
    page.context.stroke()
    page.context.set_source_rgb(0, 0, 0)
    page.centre(430, y + 86, document.signer)


def draw(context, document, rng):
    page = Page(context)
    head(page, document)
    title(page, document)
    page.font(14)
    if not document.kind[0]:
        page.centre(318, page.y, "Kính gửi: Sở Nông nghiệp và Môi trường.")
        page.y += 26
    for line in document.lines:
        page.paragraph(line)
    foot(page, document, rng)


def letter(document, rng):
    """The PDF with its text."""
    out = io.BytesIO()
    surface = cairo.PDFSurface(out, WIDTH, HEIGHT)
    # the file's dates would make two runs differ
    surface.set_metadata(cairo.PDFMetadata.CREATE_DATE,
                         f"{document.day}T08:00:00+07:00")
    draw(cairo.Context(surface), document, rng)
    surface.finish()
    return out.getvalue()


def picture(document, rng, dpi=96):
    scale = dpi / 72
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, int(WIDTH * scale),
                                 int(HEIGHT * scale))
    context = cairo.Context(surface)
    context.set_source_rgb(0.98, 0.975, 0.96)
    context.paint()
    context.set_source_rgb(0.08, 0.08, 0.1)
    context.scale(scale, scale)
    context.rotate(rng.uniform(-0.01, 0.01))
    draw(context, document, rng)
    image = Image.frombuffer(
        "RGB", (surface.get_width(), surface.get_height()),
        bytes(surface.get_data()), "raw", "BGRX", surface.get_stride())
    out = io.BytesIO()
    image.save(out, "JPEG", quality=62)
    return image.size, out.getvalue()


def scan(document, rng):
    """A PDF 1.4 of one picture, as office scanners write it."""
    (width, height), jpeg = picture(document, rng)
    place = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.3 841.9] "
        b"/Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace "
        b"/DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\n"
        b"stream\n%s\nendstream" % (width, height, len(jpeg), jpeg),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(place), place)]
    return container.pdf(objects)


def logo(text="LG"):
    """A small PNG for signatures of mail."""
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, 64, 64)
    page = Page(cairo.Context(surface))
    page.context.set_source_rgb(0.06, 0.42, 0.3)
    page.context.paint()
    page.context.set_source_rgb(1, 1, 1)
    page.font(30, bold=True)
    page.centre(32, 42, text)
    out = io.BytesIO()
    surface.write_to_png(out)
    return out.getvalue()
