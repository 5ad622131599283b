"""Writing mail byte by byte, and noting what a right reader finds in it.

The text is made with LF, as mail servers keep it; everything that is hashed
is hashed in the form an IMAP server serves, with CRLF."""
import base64
import hashlib
import re
import unicodedata
from urllib.parse import quote

from . import legacy


def wire(content):
    return re.sub(rb"(?<!\r)\n", b"\r\n", content)


def truth(name, kind, group, content):
    """What the reader must report about one attachment."""
    lf = content.replace(b"\r\n", b"\n")
    digest = hashlib.sha256(content).hexdigest()
    same = len(lf) == len(content)
    loose = lf.rstrip(b"\n")
    return {
        "name": unicodedata.normalize("NFC", name) if name else None,
        "type": kind, "class": group, "bytes": len(content), "sha256": digest,
        "sha256_lf": digest if same else hashlib.sha256(lf).hexdigest(),
        "sha256_loose": digest if same and len(loose) == len(content)
        else hashlib.sha256(loose).hexdigest(),
    }


def word(text, charset="utf-8", how="b"):
    """RFC 2047; cut between characters, 45 bytes a word."""
    if text.isascii():
        return text
    encode = (lambda t: legacy.cp1258(t)) if charset == "windows-1258" else (
        lambda t: t.encode(charset))
    words, piece = [], ""
    for c in text:
        if len(encode(piece + c)) > (42 if how == "b" else 16):
            words.append(piece)
            piece = ""
        piece += c
    return "\n ".join(one_word(encode(p), charset, how)
                      for p in words + [piece])


def one_word(content, charset, how):
    if how == "b":
        return f"=?{charset}?B?{base64.b64encode(content).decode()}?="
    text = "".join(chr(b) if chr(b).isalnum() and b < 128 else
                   "_" if b == 32 else f"={b:02X}" for b in content)
    return f"=?{charset}?Q?{text}?="


def in_pieces(name):
    """RFC 2231 continuations that cut inside a character."""
    coded = quote(name.encode(), safe="")
    pieces, at = [], 0
    while at < len(coded):
        end = min(at + 40, len(coded))
        while end < len(coded) and "%" in coded[end - 2:end]:
            end -= 1
        pieces.append(coded[at:end])
        at = end
    return ";\n ".join(
        f"filename*{i}*=" + ("UTF-8''" if i == 0 else "") + piece
        for i, piece in enumerate(pieces))


NAME_STYLES = ("rfc2231", "pieces", "word-b", "word-q", "word-1258", "raw",
               "type-name")


def name_headers(name, kind, style, disposition="attachment"):
    """Content-Type and Content-Disposition of a named part, as bytes."""
    plain = name.isascii()
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    if plain or style == "raw":
        shown = f'filename="{quoted}"'
    elif style == "rfc2231":
        shown = "filename*=UTF-8''" + quote(name.encode(), safe="")
    elif style == "pieces":
        shown = in_pieces(name)
    elif style == "type-name":
        return (f'Content-Type: {kind};\n name="{word(name)}"\n'
                f"Content-Disposition: {disposition}\n").encode()
    else:
        charset = "windows-1258" if style == "word-1258" else "UTF-8"
        how = "q" if style == "word-q" else "b"
        if charset == "windows-1258":
            name, how = unicodedata.normalize("NFC", name), "q"
        shown = f'filename="{word(name, charset, how)}"'
    return (f"Content-Type: {kind}\n"
            f"Content-Disposition: {disposition};\n {shown}\n").encode()


def in_base64(content):
    line = base64.b64encode(content)
    return b"\n".join(line[i:i + 76] for i in range(0, len(line), 76)) + b"\n"


def attachment(name, kind, content, style="rfc2231"):
    """A part and its truth."""
    head = name_headers(name, kind, style)
    body = head + b"Content-Transfer-Encoding: base64\n\n" + in_base64(content)
    line = truth(name, kind, "file", content)
    if style == "raw" and not name.isascii():
        # a strict reader finds no characters in bytes without a charset
        line["strict_name"] = "".join(
            chr(b) if b < 128 else "\ufffd" for b in name.encode())
    return body, [line]


def inline_image(content, name, cid):
    body = (f'Content-Type: image/png; name="{name}"\nContent-ID: <{cid}>\n'
            f'Content-Disposition: inline; filename="{name}"\n'
            "Content-Transfer-Encoding: base64\n\n").encode()
    return (body + in_base64(content),
            [truth(name, "image/png", "inline", content)])


def quoted_printable(content):
    """One line a line, soft breaks at 72."""
    out = []
    for line in content.split(b"\n"):
        coded, width = "", 0
        for b in line:
            piece = chr(b) if 32 < b < 127 and b != 61 or b == 32 else \
                f"={b:02X}"
            if width + len(piece) > 72:
                coded += "=\n"
                width = 0
            coded += piece
            width += len(piece)
        out.append(re.sub(r" $", "=20", coded))
    return "\n".join(out).encode()


def text_part(text, style="utf-8", kind="plain"):
    """The body in one of the ways that are met."""
    label = {"utf-8": "utf-8", "utf-8-q": "utf-8", "8bit": "utf-8",
             "1258": "windows-1258", "tcvn3": "iso-8859-1",
             "vni": "windows-1252"}[style]
    content = {"1258": legacy.cp1258, "tcvn3": legacy.tcvn3,
               "vni": legacy.vni}.get(style, str.encode)(text)
    if style == "utf-8":
        coding, content = "base64", in_base64(content)
    elif style == "8bit":
        coding = "8bit"
    else:
        coding, content = "quoted-printable", quoted_printable(content)
    head = (f"Content-Type: text/{kind}; charset={label}\n"
            f"Content-Transfer-Encoding: {coding}\n\n")
    return head.encode() + content + b"\n", []


def multipart(kind, parts, boundary, **parameters):
    """Joins (part, truth) pairs."""
    extra = "".join(f'; {k.replace("_", "-")}="{v}"'
                    for k, v in parameters.items())
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"{extra}\n\n'
    body = b"".join(b"--" + boundary.encode() + b"\n" + part + b"\n"
                    for part, _ in parts)
    found = [line for _, lines in parts for line in lines]
    return head.encode() + body + f"--{boundary}--\n".encode(), found


def forwarded(message):
    """message/rfc822 of a whole letter; its parts are its own."""
    return (b"Content-Type: message/rfc822\n"
            b"Content-Disposition: attachment\n\n" + message,
            [truth(None, "message/rfc822", "message", wire(message))])


def report_part(kind, text):
    content = text.encode()
    return (f"Content-Type: {kind}\n\n".encode() + content,
            [truth(None, kind, "report", wire(content))])


def alternative_part(kind, text):
    """A nameless text/* beside the body, such as an invitation."""
    content = text.encode()
    return (f"Content-Type: {kind}; charset=utf-8; method=REQUEST\n"
            "Content-Transfer-Encoding: base64\n\n".encode()
            + in_base64(content),
            [truth(None, kind, "alternative", content)])


def signature_part(content):
    kind = "application/pkcs7-signature"
    return (f'Content-Type: {kind}; name="smime.p7s"\n'
            'Content-Disposition: attachment; filename="smime.p7s"\n'
            "Content-Transfer-Encoding: base64\n\n".encode()
            + in_base64(content),
            [truth("smime.p7s", kind, "signature", content)])
