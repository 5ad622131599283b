"""The documents that are sent: number and symbol, subject, signer, files."""
import random
import unicodedata
from dataclasses import dataclass, field

from . import agency, office, paper

# abbreviation, name, what its subject begins with
KINDS = [("", "CÔNG VĂN", "V/v"), ("QĐ", "QUYẾT ĐỊNH", "Về việc"),
         ("BC", "BÁO CÁO", ""), ("TB", "THÔNG BÁO", "Về việc"),
         ("KH", "KẾ HOẠCH", ""), ("GM", "GIẤY MỜI", ""),
         ("TTr", "TỜ TRÌNH", "Về việc"), ("HD", "HƯỚNG DẪN", ""),
         ("CĐ", "CÔNG ĐIỆN", "Về việc"), ("CTr", "CHƯƠNG TRÌNH", ""),
         ("BB", "BIÊN BẢN", ""), ("CT", "CHỈ THỊ", "Về việc")]
WEIGHTS = [46, 9, 10, 8, 7, 8, 4, 2, 2, 1, 2, 1]

ACTIONS = ("tăng cường|triển khai|báo cáo kết quả|rà soát, tổng hợp|góp ý dự "
           "thảo kế hoạch|phối hợp kiểm tra|đôn đốc thực hiện|đề nghị cung "
           "cấp số liệu|chấn chỉnh|điều chỉnh, bổ sung").split("|")
TOPICS = (
    "công tác phòng, chống thiên tai và tìm kiếm cứu nạn|phòng, chống dịch tả "
    "lợn châu Phi trên địa bàn tỉnh|phòng cháy, chữa cháy rừng mùa khô|sản "
    "xuất vụ Đông Xuân và cơ cấu giống cây trồng|đăng ký đất đai, cấp giấy "
    "chứng nhận quyền sử dụng đất|quản lý chất thải rắn sinh hoạt|xây dựng "
    "nông thôn mới nâng cao|cải cách thủ tục hành chính và chuyển đổi số|dự "
    "toán ngân sách quý IV|an toàn hồ chứa thủy lợi trước mùa mưa lũ|kiểm "
    "dịch động vật và giết mổ tập trung|khai thác cát, sỏi lòng sông|trồng "
    "bù rừng phòng hộ đầu nguồn|chất lượng nước sinh hoạt nông thôn|chương "
    "trình mỗi xã một sản phẩm (OCOP)|quan trắc môi trường không khí và nước "
    "mặt|tiếp công dân, giải quyết khiếu nại, tố cáo|biên chế viên chức các "
    "đơn vị sự nghiệp|đấu giá quyền sử dụng đất|khuyến nông cơ sở và liên kết "
    "tiêu thụ nông sản").split("|")
CLOSING = ("Đề nghị các cơ quan, đơn vị nghiêm túc tổ chức thực hiện; trong "
           "quá trình triển khai, nếu có khó khăn, vướng mắc, kịp thời phản "
           "ánh để xem xét, giải quyết./.")
SENTENCES = (
    "Căn cứ chức năng, nhiệm vụ được giao và tình hình thực tế tại địa "
    "phương|Thực hiện chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh tại cuộc họp "
    "giao ban tháng|Qua theo dõi cho thấy một số đơn vị còn chậm báo cáo, số "
    "liệu chưa thống nhất|Giao phòng chuyên môn chủ trì, phối hợp với các đơn "
    "vị liên quan hướng dẫn cụ thể|Kinh phí thực hiện được bố trí từ nguồn "
    "ngân sách nhà nước theo quy định hiện hành|Báo cáo bằng văn bản gửi trước "
    "ngày 25 hằng tháng để tổng hợp, trình cấp có thẩm quyền|Các đơn vị chịu "
    "trách nhiệm về tính chính xác của số liệu cung cấp|Việc kiểm tra được "
    "tiến hành thường xuyên, không gây phiền hà cho tổ chức và công dân"
).split("|")


@dataclass
class File:
    name: str
    type: str
    content: bytes


@dataclass
class Document:
    number: int
    kind: tuple
    issuer: agency.Issuer
    symbol: str       # "61/BC-SNV"
    subject: str
    day: object       # datetime.date
    signer: str
    urgent: str       # "", "KHẨN", "HỎA TỐC"
    lines: list
    scan: bool
    files: list = field(default_factory=list)


def make_document(seed, number, day_of):
    """The description of one document; its files are made when asked for."""
    rng = random.Random(f"{seed}/document/{number}")
    kind = rng.choices(KINDS, WEIGHTS)[0]
    issuer = rng.choice(agency.ISSUERS)
    count = rng.randint(3, 2900)
    sector = rng.choice(issuer.sectors)
    symbol = f"{count:02d}/" + (f"{kind[0]}-{issuer.code}" if kind[0]
                                else f"{issuer.code}-{sector}")
    subject = f"{rng.choice(ACTIONS)} {rng.choice(TOPICS)}"
    if not kind[2]:
        subject = subject[0].upper() + subject[1:]
    signer = " ".join((rng.choice(agency.FAMILY), rng.choice(agency.MIDDLE),
                       rng.choice(agency.GIVEN)))
    urgent = rng.choices(["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"],
                         [90, 5, 2, 3])[0]
    lines = [line + "." for line in rng.sample(SENTENCES, rng.randint(4, 8))]
    return Document(number, kind, issuer, symbol, subject, day_of(rng), signer,
                    urgent, lines + [CLOSING], rng.random() < 0.12)


def file_name(document, rng, suffix):
    """A name as people give it: with the number, folded, signed, plain."""
    number, rest = document.symbol.split("/")
    about = document.subject
    plain = agency.fold(about)
    style = rng.randrange(7)
    if style == 0:
        return f"Số {number}-{rest} về {about[:60]}.{suffix}"
    if style == 1:
        return f"{number}.{agency.fold(rest)}.{suffix.upper()}"
    if style == 2:
        code = agency.fold(rest).lower()
        return f"{number}-{code}.{suffix}"
    if style == 3:
        return f"{number}_{agency.fold(rest)}.signed.{suffix}"
    if style == 4:
        return f"CV {number} {plain[:40]}.{suffix}"
    if style == 5:
        return f"{document.kind[1].capitalize()} {number} {about[:40]}.{suffix}"
    return unicodedata.normalize("NFD", f"{rest} {about[:48]}.{suffix}")


def make_files(document, seed, target=0, real=None):
    """The main PDF and, often, a draft, an annex or a package. `real`: the
    module that draws them as they really look."""
    rng = random.Random(f"{seed}/files/{document.number}")
    if real:
        draw = real.scanned if document.scan else real.letter
    else:
        draw = paper.scan if document.scan else paper.letter
    content = draw(document, rng)
    files = [File(file_name(document, rng, "pdf"), "application/pdf",
                  grown(content, rng, target))]
    extra = rng.random()
    if extra < 0.16:
        files.append(File(file_name(document, rng, "docx"), office.DOCX,
                          (real.draft if real else office.docx)(document)))
    elif extra < 0.28:
        files.append(File(f"Phụ lục {rng.randint(1, 9)} số liệu.xlsx",
                          office.XLSX, office.xlsx(rng)))
    elif extra < 0.34:
        inner = [(file_name(document, rng, "pdf"), files[0].content),
                 ("Phụ lục.xlsx", office.xlsx(rng))]
        files.append(File("tai lieu kem theo.zip", "application/zip",
                          office.package(inner, rng)))
    elif extra < 0.36:
        files.append(File("du thao.doc", "application/msword",
                          office.rtf(document)))
    elif extra < 0.37:
        files.append(File("bản đồ trống.pdf", "application/pdf", b""))
    document.files = files
    return files


def sample_size(rng):
    """Bytes of a scanned file in the field: with annexes, median 0.1 MB."""
    return int(min(max(rng.lognormvariate(11.80, 0.96), 9000), 12_000_000))


def grown(pdf, rng, target):
    """The PDF brought to `target` bytes by an incremental update that holds
    one more stream (as signing tools append theirs)."""
    room = target - len(pdf) - 400
    if room <= 0:
        return pdf
    start = pdf.rindex(b"startxref") + 9
    previous = int(pdf[start:pdf.index(b"%%EOF", start)])
    root = pdf[pdf.index(b"/Root", previous):].split(b"R", 2)[1]
    number = 90000
    at = len(pdf) + 1
    body = (b"\n%d 0 obj\n<< /Length %d >>\nstream\n" % (number, room)
            + rng.randbytes(room) + b"\nendstream\nendobj\n")
    table = len(pdf) + len(body)
    return (pdf + body + b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d "
            b"/Root%sR /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
            % (number, at, number + 1, root.replace(b"oot", b""), previous,
               table))
