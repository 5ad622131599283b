"""Draws blocks with Pango on cairo: pages of a PDF, or pictures."""
import io
import math
import unicodedata

import cairo
import gi

gi.require_version("Pango", "1.0")
gi.require_version("PangoCairo", "1.0")
from gi.repository import Pango, PangoCairo  # noqa: E402

from .blocks import (BOTTOM, PAGE_HEIGHT, PAGE_WIDTH, BLACK, RED, Break,  # noqa: E402
                     Columns, Floating, Footer, Grid, Line, Seal, Space)

ALIGN = {"centre": Pango.Alignment.CENTER, "left": Pango.Alignment.LEFT,
         "right": Pango.Alignment.RIGHT, "full": Pango.Alignment.LEFT}
SIGNATURE_BLUE = (0.1, 0.15, 0.65)


class Painter:
    """`next_page` gives the cairo context of another page."""

    def __init__(self, sheet, rng, next_page):
        self.sheet, self.rng, self.next_page = sheet, rng, next_page
        self.page, self.context, self.y = 0, None, 0
        self.late = []

    def draw(self):
        self.begin_page()
        for block in self.sheet.floating:
            if not block.late:
                self.floating(block)
        for block in self.sheet.blocks:
            self.block(block)
        self.end_page()
        return self.page

    def begin_page(self):
        self.page += 1
        self.context = self.next_page()
        self.y = self.sheet.top
        if self.page > 1 and self.sheet.page_numbers:
            self.lines([Line(str(self.page), 13)], 0, PAGE_WIDTH, 28)

    def end_page(self):
        """What was put on top of the page at the end, as stamps are."""
        for line, left, top, width in self.late:
            self.line(line, left, top, width)
        self.late = []
        if self.page == 1:
            for block in self.sheet.floating:
                if block.late:
                    self.floating(block)

    def block(self, block):
        {Line: self.wide, Columns: self.columns, Grid: self.grid,
         Space: self.space, Break: self.turn,
         Footer: self.footer}[type(block)](block)

    def turn(self, _=None):
        self.end_page()
        self.begin_page()

    def space(self, block):
        self.y += block.height

    def width(self):
        return PAGE_WIDTH - self.sheet.left - self.sheet.right

    def layout(self, line, width):
        layout = PangoCairo.create_layout(self.context)
        font = Pango.FontDescription()
        font.set_family(line.font if line.font != "Liberation Serif"
                        else self.sheet.font)
        font.set_absolute_size(line.size * Pango.SCALE)
        if line.bold:
            font.set_weight(Pango.Weight.BOLD)
        if line.italic:
            font.set_style(Pango.Style.ITALIC)
        layout.set_font_description(font)
        layout.set_width(int(width * Pango.SCALE))
        layout.set_wrap(Pango.WrapMode.WORD)
        layout.set_alignment(ALIGN[line.align])
        layout.set_justify(line.align == "full")
        layout.set_indent(int(line.indent * Pango.SCALE))
        layout.set_spacing(int(line.size * 0.12 * Pango.SCALE))
        text = line.lead + line.text
        if self.sheet.decomposed:
            text = unicodedata.normalize("NFD", text)
        layout.set_text(text, -1)
        if line.lead or line.underline:
            layout.set_attributes(self.attributes(line))
        return layout

    def attributes(self, line):
        attributes = Pango.AttrList()
        if line.lead:
            bold = Pango.attr_weight_new(Pango.Weight.BOLD)
            bold.start_index = 0
            lead = unicodedata.normalize("NFD", line.lead) \
                if self.sheet.decomposed else line.lead
            bold.end_index = len(lead.encode())
            attributes.insert(bold)
        if line.underline:
            attributes.insert(Pango.attr_underline_new(
                Pango.Underline.SINGLE))
        return attributes

    def height(self, line, width):
        if isinstance(line, Seal):
            return line.height
        if isinstance(line, Space):
            return line.height
        return line.gap + self.layout(line, width).get_pixel_size()[1] + \
            (4 if line.rule else 0) + (6 if line.frame else 0)

    def line(self, line, left, top, width):
        """-> the height used."""
        if isinstance(line, Space):
            return line.height
        if isinstance(line, Seal):
            self.seal(line, left, top, width)
            return line.height
        height = self.height(line, width)
        layout = self.layout(line, width)
        top += line.gap + (3 if line.frame else 0)
        self.context.set_source_rgb(*line.colour)
        self.context.move_to(left, top)
        PangoCairo.show_layout(self.context, layout)
        drawn = layout.get_pixel_extents()[1]
        if line.frame:
            self.context.set_line_width(1.1)
            self.context.rectangle(left + drawn.x - 8, top - 2,
                                   drawn.width + 16, drawn.height + 4)
            self.context.stroke()
        if line.rule:
            self.rule(left + drawn.x + drawn.width / 2,
                      top + drawn.height + 2, line.rule)
        self.context.set_source_rgb(0, 0, 0)
        return height

    def rule(self, x, y, length):
        self.context.set_line_width(0.7)
        self.context.move_to(x - length / 2, y)
        self.context.line_to(x + length / 2, y)
        self.context.stroke()

    def lines(self, lines, left, width, top):
        for line in lines:
            if getattr(line, "late", False):
                self.late.append((line, left, top, width))
                top += self.height(line, width)
            else:
                top += self.line(line, left, top, width)
        return top

    def wide(self, line):
        """A paragraph of the body: may go over to the next page."""
        if line.rule or line.frame or line.late:
            if self.y + self.height(line, self.width()) > \
                    PAGE_HEIGHT - BOTTOM:
                self.turn()
            self.y = self.lines([line], self.sheet.left, self.width(), self.y)
            return
        self.y += line.gap
        layout = self.layout(line, self.width())
        steps = layout.get_iter()
        last = 0
        while True:
            _, box = steps.get_line_extents()
            bottom = (box.y + box.height) / Pango.SCALE
            if self.y + bottom - last > PAGE_HEIGHT - BOTTOM:
                self.turn()
            self.context.set_source_rgb(*line.colour)
            self.context.move_to(
                self.sheet.left + box.x / Pango.SCALE,
                self.y + steps.get_baseline() / Pango.SCALE - last)
            PangoCairo.show_layout_line(self.context,
                                        steps.get_line_readonly())
            self.y += bottom - last
            last = bottom
            if not steps.next_line():
                break
        self.context.set_source_rgb(0, 0, 0)

    def columns(self, block):
        gap = 8
        left_width = self.width() * block.split - gap / 2
        right_width = self.width() - left_width - gap
        tall = max(sum(self.height(x, left_width) for x in block.left),
                   sum(self.height(x, right_width) for x in block.right))
        self.y += block.gap
        if block.whole and self.y + tall > PAGE_HEIGHT - BOTTOM:
            self.turn()
        top = self.y
        a = self.lines(block.left, self.sheet.left, left_width, top)
        b = self.lines(block.right, self.sheet.left + left_width + gap,
                       right_width, top)
        self.y = max(a, b)

    def grid(self, block):
        self.y += block.gap
        widths = [self.width() * w for w in block.widths]
        for i, row in enumerate(block.rows):
            lines = [Line(str(cell), block.size, bold=i == 0,
                          align="centre" if i == 0 or len(str(cell)) < 8
                          else "left") for cell in row]
            tall = max(self.height(line, width - 6)
                       for line, width in zip(lines, widths)) + 5
            if self.y + tall > PAGE_HEIGHT - BOTTOM:
                self.turn()
            left = self.sheet.left
            for line, width in zip(lines, widths):
                self.context.set_line_width(0.5)
                self.context.rectangle(left, self.y, width, tall)
                self.context.stroke()
                self.line(line, left + 3, self.y + 2, width - 6)
                left += width
            self.y += tall

    def footer(self, block):
        tall = sum(self.height(line, self.width()) for line in block.lines)
        self.lines(block.lines, self.sheet.left, self.width(),
                   PAGE_HEIGHT - 22 - tall)

    def floating(self, block):
        top = block.top
        bottom = self.lines(block.lines, block.left, block.width, top)
        if block.frame:
            self.context.set_source_rgb(*block.colour)
            self.context.set_line_width(1)
            self.context.rectangle(block.left - 3, top - 3, block.width + 6,
                                   bottom - top + 6)
            self.context.stroke()
            self.context.set_source_rgb(0, 0, 0)

    def seal(self, block, left, top, width):
        context, middle = self.context, left + width / 2
        if block.seal:
            x, y = middle - width * 0.2, top + block.height / 2
            context.set_source_rgba(*RED, 0.75)
            context.set_line_width(1.6)
            for radius in (43, 39, 23):
                context.new_path()
                context.arc(x, y, radius, 0, 2 * math.pi)
                context.stroke()
            context.move_to(x, y - 16)
            for i in range(1, 6):
                angle = -math.pi / 2 + i * 4 * math.pi / 5
                context.line_to(x + 16 * math.cos(angle),
                                y + 16 * math.sin(angle))
            context.fill()
        if block.signature:
            context.set_source_rgb(*SIGNATURE_BLUE)
            context.set_line_width(1.5)
            context.move_to(middle - 30, top + block.height * 0.6)
            for i in range(6):
                context.rel_curve_to(
                    6, -self.rng.uniform(12, 30) + 3 * i, 8,
                    self.rng.uniform(12, 26), 13, self.rng.uniform(-6, 3))
            context.stroke()
        context.set_source_rgb(*BLACK)


def pdf(sheet, rng, day):
    """-> the PDF, with its text."""
    out = io.BytesIO()
    surface = cairo.PDFSurface(out, PAGE_WIDTH, PAGE_HEIGHT)
    # the file's own dates would make two runs differ
    surface.set_metadata(cairo.PDFMetadata.CREATE_DATE,
                         f"{day}T08:00:00+07:00")
    context = cairo.Context(surface)
    pages = 0

    def next_page():
        nonlocal pages
        if pages:
            context.show_page()
        pages += 1
        return context

    Painter(sheet, rng, next_page).draw()
    surface.finish()
    return out.getvalue()


def pictures(sheet, rng, dpi):
    """-> one cairo surface a page."""
    surfaces, scale = [], dpi / 72

    def next_page():
        surface = cairo.ImageSurface(cairo.FORMAT_RGB24,
                                     round(PAGE_WIDTH * scale),
                                     round(PAGE_HEIGHT * scale))
        context = cairo.Context(surface)
        context.set_source_rgb(1, 1, 1)
        context.paint()
        context.scale(scale, scale)
        context.set_source_rgb(0, 0, 0)
        surfaces.append(surface)
        return context

    Painter(sheet, rng, next_page).draw()
    return surfaces


__all__ = ["pdf", "pictures", "Floating"]
