"""Vietnamese before Unicode: TCVN3, VNI and windows-1258, for writing."""
import unicodedata

TCVN3_UPPER = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ" "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ" "\xa0ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\0\0\0\0\0àảãáạẲằẳẵắẴ" "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ" "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù" "ỖủũúụừửữứựỳỷỹýỵỐ")
TCVN3 = {c: 0x80 + i for i, c in enumerate(TCVN3_UPPER) if c != "\0"}
# Capitals with a tone exist in the H fonts only: plain ones stand in.
TCVN3_ONLY = {c: b for c, b in TCVN3.items() if b >= 0xA1}

TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ",
         "\u0323": "ï"}
HATS = {"\u0302": dict(zip(["", "\u0301", "\u0300", "\u0309", "\u0303",
                            "\u0323"], "âáàåãä")),
        "\u0306": dict(zip(["", "\u0301", "\u0300", "\u0309", "\u0303",
                            "\u0323"], "êéèúüë"))}
WHOLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î",
         "đ": "ñ", "Đ": "Ñ"}


def tcvn3(text):
    """Bytes; a capital that TCVN3 fonts lack is written small."""
    out = bytearray()
    for c in unicodedata.normalize("NFC", text):
        if c in TCVN3_ONLY:
            out.append(TCVN3_ONLY[c])
        elif ord(c) < 0x80:
            out.append(ord(c))
        else:
            out.append(TCVN3_ONLY.get(c.lower(), 0x3F))
    return bytes(out)


def vni_letter(c):
    if ord(c) < 0x80 or c in WHOLE:
        return WHOLE.get(c, c)
    parts = unicodedata.normalize("NFD", c)
    base, marks = parts[0], list(parts[1:])
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
        marks.remove("\u031b")
    hat = next((m for m in marks if m in HATS), None)
    tone = next((m for m in marks if m in TONES), "")
    mark = HATS[hat][tone] if hat else TONES[tone] if tone else ""
    return base + (mark.upper() if base.isupper() else mark)


def vni(text):
    """Bytes of the VNI fonts (as windows-1252 shows them)."""
    text = unicodedata.normalize("NFC", text)
    return "".join(map(vni_letter, text)).encode("cp1252", "replace")


def cp1258(text):
    """Bytes; letters that have no code of their own get a tone mark."""
    out = bytearray()
    for c in unicodedata.normalize("NFC", text):
        try:
            out += c.encode("cp1258")
            continue
        except UnicodeEncodeError:
            pass
        parts = unicodedata.normalize("NFD", c)
        tone = next((m for m in parts if m in TONES), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, ""))
        out += (base + tone).encode("cp1258", "replace")
    return bytes(out)
