"""Documents as office scanners leave them: turned a little, grey, noisy,
pressed hard by JPEG, with seal and signature over the text."""
import io
import random
import tempfile

from PIL import Image, ImageDraw, ImageFilter, TiffImagePlugin

from . import container, paint
from .blocks import PAGE_HEIGHT, PAGE_WIDTH

DPI = (150, 200, 200, 200, 200, 250, 300, 300, 300)
KINDS = ("colour", "colour", "colour", "grey", "grey", "bilevel")
CONTAINERS = ("pdf", "pdf", "pdf", "pdf", "jpg", "tif")


def picture(surface):
    return Image.frombuffer(
        "RGB", (surface.get_width(), surface.get_height()),
        bytes(surface.get_data()), "raw", "BGRX", surface.get_stride())


def ink_and_paper(image, rng):
    """Neither ink nor paper are pure."""
    dark, light = rng.randint(10, 60), rng.randint(228, 252)
    image = image.point([dark + (light - dark) * i // 255
                         for i in range(256)] * 3)
    if rng.random() < 0.3:      # yellowish paper
        red, green, blue = image.split()
        image = Image.merge("RGB", (red, green,
                                    blue.point(lambda v: v * 94 // 100)))
    return image


def noisy(image, rng):
    amount = rng.choice((4, 8, 14, 22))
    noise = Image.effect_noise(image.size, amount * 2).convert("RGB")
    return Image.blend(image, noise, 0.08 if amount < 10 else 0.14)


def fold_corner(image, rng):
    """A corner that was folded over: a grey triangle with a bright edge."""
    width, height = image.size
    size = int(rng.uniform(0.03, 0.075) * width)
    draw = ImageDraw.Draw(image)
    if rng.random() < 0.5:
        corner = [(width, height), (width - size, height),
                  (width, height - size)]
    else:
        corner = [(0, 0), (size, 0), (0, size)]
    draw.polygon(corner, fill=(120, 120, 118))
    draw.line(corner[1:], fill=(205, 205, 200), width=max(2, size // 20))


def specks(image, rng):
    draw = ImageDraw.Draw(image)
    for _ in range(rng.randint(5, 60)):
        x, y = rng.randrange(image.width), rng.randrange(image.height)
        r = rng.choice((1, 1, 2, 3))
        draw.ellipse((x, y, x + r, y + r), fill=(60, 60, 60))


def shadow(image, rng):
    """The dark edge of a lid that was not quite closed."""
    width = int(image.width * rng.uniform(0.008, 0.02))
    draw = ImageDraw.Draw(image)
    for x in range(width):
        shade = 90 + 140 * x // width
        draw.line((x, 0, x, image.height), fill=(shade, shade, shade))


def degrade(image, rng, how):
    image = ink_and_paper(image, rng)
    if rng.random() < 0.7:
        image = image.filter(ImageFilter.GaussianBlur(
            rng.uniform(0.3, 0.9) * how["dpi"] / 300))
    image = image.rotate(how["skew"], Image.BICUBIC,
                         fillcolor=(236, 236, 232))
    image = noisy(image, rng)
    for chance, change in ((0.2, fold_corner), (0.5, specks), (0.25, shadow)):
        if rng.random() < chance:
            change(image, rng)
    if how["ink"] == "grey":
        return image.convert("L")
    if how["ink"] == "bilevel":
        limit = rng.randint(140, 175)
        return image.convert("L").point(
            lambda v: 255 if v > limit else 0).convert("1")
    return image


def jpeg(image, how):
    out = io.BytesIO()
    if image.mode == "1":
        image = image.convert("L")
    image.save(out, "JPEG", quality=how["quality"],
               dpi=(how["dpi"], how["dpi"]))
    return out.getvalue()


def tiff(images, how):
    """Page by page through a file: in memory the encoder's padding is what
    memory held, and the bytes are not the same twice."""
    out = io.BytesIO()
    press = "group4" if images[0].mode == "1" else "tiff_lzw"
    with TiffImagePlugin.AppendingTiffWriter(out) as pages:
        for image in images:
            with tempfile.TemporaryFile() as page:
                image.save(page, "TIFF", compression=press,
                           dpi=(how["dpi"], how["dpi"]))
                page.seek(0)
                pages.write(page.read())
            pages.newFrame()
    return out.getvalue()


def pdf(images, how):
    """A PDF 1.4 of pictures only."""
    count = len(images)
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()]
    for i, image in enumerate(images):
        first = 3 + 3 * i
        content = jpeg(image, how)
        space = b"/DeviceRGB" if image.mode == "RGB" else b"/DeviceGray"
        place = f"q {PAGE_WIDTH} 0 0 {PAGE_HEIGHT} 0 0 cm /I Do Q".encode()
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.3 841.9] "
            b"/Resources << /XObject << /I %d 0 R >> >> /Contents %d 0 R >>"
            % (first + 1, first + 2),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d "
            b"/ColorSpace %s /BitsPerComponent 8 /Filter /DCTDecode /Length "
            b"%d >>\nstream\n%s\nendstream"
            % (*image.size, space, len(content), content),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(place), place)]
    return container.pdf(objects)


def make(doc, sheet, rng):
    """-> suffix, content; notes in doc.scan how it was made."""
    how = {"dpi": rng.choice(DPI), "ink": rng.choice(KINDS),
           "quality": rng.randint(30, 90),
           "skew": round(rng.choice((-1, 1)) * rng.uniform(0, 3) *
                         rng.choice((0.3, 1)), 2)}
    doc.scan = how
    images = [degrade(picture(x), rng, {**how, "skew": how["skew"] *
                                        (1 if i == 0 else rng.uniform(-1, 1))})
              for i, x in enumerate(paint.pictures(sheet, rng, how["dpi"]))]
    container = rng.choice(CONTAINERS)
    if container == "jpg" and len(images) == 1:
        return "jpg", jpeg(images[0], how)
    if container == "tif" and images[0].mode != "RGB":
        return "tif", tiff(images, how)
    return "pdf", pdf(images, how)


def one_page(doc, sheet, seed):
    """The first page alone at 300 dpi, for the measure of cost."""
    rng = random.Random(f"one page/{seed}")
    how = {"dpi": 300, "ink": "colour", "quality": 75,
           "skew": rng.uniform(-1.5, 1.5)}
    doc.scan = how
    first = paint.pictures(sheet, rng, 300)[0]
    return pdf([degrade(picture(first), rng, how)], how)
