"""Word documents and workbooks as they were before 2007: a compound file with
one stream, just enough of it for programs to read."""
import struct

SECTOR = 512
FREE, END, TABLE, NOBODY = 0xffffffff, 0xfffffffe, 0xfffffffd, 0xffffffff


def entry(name, kind, child, start, size):
    word = (name + "\0").encode("utf-16-le")
    return word.ljust(64, b"\0") + struct.pack(
        "<HBBIII16sIQQIQ", len(word), kind, 1, NOBODY, NOBODY, child, b"", 0,
        0, 0, start, size)


def compound(name, stream):
    """Sector 0 is the table, 1 the directory, the stream follows."""
    stream = stream.ljust(8 * SECTOR, b"\0")
    count = -(-len(stream) // SECTOR)
    stream = stream.ljust(count * SECTOR, b"\0")
    table = [TABLE, END, *range(3, count + 2), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    folder = (entry("Root Entry", 5, 1, END, 0)
              + entry(name, 2, NOBODY, 2, len(stream))).ljust(SECTOR, b"\0")
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHH6sIIIIIIIIII", 0x3e, 3, 0xfffe, 9, 6, b"", 0, 1, 1, 0, 4096,
        END, 0, END, 0, 0) + b"\xff" * (108 * 4))
    return head + struct.pack("<128I", *table) + folder + stream


def word(text):
    """Lines become paragraphs."""
    letters = text.replace("\n", "\r").encode("utf-16-le")
    start = 0x600
    head = bytearray(start)
    struct.pack_into("<HHHHHH", head, 0, 0xa5ec, 0xc1, 0, 0x42a, 0, 0x1000)
    struct.pack_into("<II", head, 0x18, start, start + len(letters))
    struct.pack_into("<I", head, 0x4c, len(text))
    return compound("WordDocument", bytes(head) + letters)


def record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def workbook(rows):
    """One sheet; strings and numbers."""
    strings, cells = [], b""
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if isinstance(value, str):
                cells += record(0xfd, struct.pack("<HHHI", y, x, 0,
                                                  len(strings)))
                strings.append(value)
            else:
                cells += record(0x203, struct.pack("<HHHd", y, x, 0, value))
    shared = struct.pack("<II", len(strings), len(strings)) + b"".join(
        struct.pack("<HB", len(s), 1) + s.encode("utf-16-le")
        for s in strings)
    begin = "<HHHHII"
    return compound("Workbook", b"".join([
        record(0x809, struct.pack(begin, 0x600, 5, 0, 0, 0, 0)),
        record(0x42, struct.pack("<H", 1200)), record(0xe0, bytes(20)),
        record(0xfc, shared), record(0x0a, b""),
        record(0x809, struct.pack(begin, 0x600, 16, 0, 0, 0, 0)), cells,
        record(0x0a, b"")]))
