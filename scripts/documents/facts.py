"""What a document says, before it has a shape."""
import datetime
import unicodedata
from dataclasses import dataclass, field

# abbreviation -> name; all 29 types of Decree 30/2020, annex III. Công văn and
# Thư công have no abbreviation of their own; ours are keys only.
TYPES = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị",
    "QC": "Quy chế", "QyĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình",
    "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án",
    "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình", "HĐ": "Hợp đồng",
    "CĐ": "Công điện", "BGN": "Bản ghi nhớ", "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền", "GM": "Giấy mời", "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép", "PG": "Phiếu gửi", "PC": "Phiếu chuyển",
    "PB": "Phiếu báo", "": "Công văn", "THƯ": "Thư công",
}
URGENCIES = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")

FAMILY = ("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô "
          "Dương Lý Đinh Trịnh Lương Mai Cao Tạ Hà Tống Lâm Thái Quách Đoàn "
          "Trương Châu Kiều Vương").split()
MIDDLE = ("Văn|Thị|Đức|Minh|Quốc|Thanh|Hữu|Ngọc|Thu|Hồng|Xuân|Gia|Kim|Anh|"
          "Bảo|Đình|Thị Thu|Thị Ngọc|Trọng|Công|Tấn|Thế|Mạnh|Bá|Viết|Nhật|"
          "Duy|Thị Kim|Khắc|Tiến").split("|")
GIVEN = ("An Bình Cường Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Huệ Hùng Hương "
         "Khánh Khoa Lan Linh Long Mai Minh Nam Nga Nghĩa Ngân Nhung Oanh "
         "Phong Phúc Phượng Quân Quyên Sơn Tâm Thảo Thắng Thủy Toàn Trang "
         "Trung Tú Tuấn Tuyết Uyên Vân Việt Yến Ước Quyết Thuận Hòa Thúy "
         "Khuê Loan Lợi Nguyên Thịnh Tùng Vinh Vượng Xuyến Ý").split()


@dataclass(frozen=True)
class Sign:
    """A block over the signature and what it means."""
    lines: tuple            # as printed
    position: str           # "Phó Giám đốc"; alternatives apart by "|"
    capacity: str = ""      # "KT."; alternatives apart by "|"


@dataclass(frozen=True)
class Agency:
    superior: str           # as printed, lines apart by "\n"; "" none
    printed: str            # its own name as printed, lines apart by "\n"
    name: str               # the issuer as people write it
    code: str               # in symbols: "SNV"
    place: str              # "Hà Nội"
    signs: tuple            # of Sign
    sectors: tuple          # drafting units: "VP", "KT"
    party: bool = False     # Communist Party: other head, other symbols
    company: bool = False
    head_of: str = ""       # authority in decisions: "GIÁM ĐỐC SỞ NỘI VỤ"
    also: tuple = ()        # other right answers for the issuer
    address: str = ""


@dataclass
class Cited:
    symbol: str
    day: str = ""           # "2026-06-01"; "" not said
    role: str = "mentions"  # basis reply carries_out replaces mentions


@dataclass
class Document:
    part: str               # "tune" or "kept"
    number: int
    kind: str               # key of TYPES
    agency: Agency
    symbol: str             # "" none
    day: datetime.date
    place: str
    subject: str
    lead: str               # "V/v", "Về việc", ""
    signer: str
    title: str              # in front of the name: "TS."; or ""
    sign: Sign
    urgency: int = 0
    due: object = None      # datetime.date
    secret: str = ""
    draft: bool = False     # number and day are still blank
    era: int = 2020         # 2011: Circular 01/2011
    addressees: list = field(default_factory=list)
    recipients: list = field(default_factory=list)
    cited: list = field(default_factory=list)
    named: list = field(default_factory=list)   # numbers that are not cited
    body: list = field(default_factory=list)    # of blocks
    other_signers: list = field(default_factory=list)
    notes: list = field(default_factory=list)   # hard things inside
    layout: str = ""
    scan: dict = field(default_factory=dict)    # dpi, skew, quality, kind

    @property
    def type(self):
        return TYPES[self.kind]

    def label(self):
        agency = self.agency
        known = not self.draft
        return {
            "part": self.part, "number": self.number, "layout": self.layout,
            "era": self.era, "notes": self.notes, **self.scan,
            "symbol": self.symbol if known else "",
            "document_day": str(self.day) if known else "",
            "place": self.place,
            "issuer": agency.name,
            "issuer_also": list(agency.also),
            "superior": superiors(agency.superior),
            "type": self.type,
            "subject": self.subject,
            "signer_name": self.signer,
            "signers_also": self.other_signers,
            "signer_position": self.sign.position,
            "signer_capacity": self.sign.capacity,
            "urgency": str(self.urgency) if self.urgency else "",
            "due_day": str(self.due) if self.due else "",
            "secret": self.secret,
            "addressee": self.addressees,
            "recipient": self.recipients,
            "named": self.named,
            "cited": [vars(c) for c in self.cited],
            "text": "\n".join(b.text for b in self.body
                              if getattr(b, "body", False)),
        }


def superiors(printed):
    """Two agencies, one below the other, or one in two lines."""
    whole = " ".join(printed.split())
    lines = printed.split("\n")
    if len(lines) > 1 and not lines[1].startswith(("TỈNH", "THÀNH PHỐ")):
        return "|".join([whole, lines[-1], lines[0]])
    return whole


def make_name(rng):
    return " ".join((rng.choice(FAMILY), rng.choice(MIDDLE),
                     rng.choice(GIVEN)))


def two(number):
    """A day below 10 and the months 1 and 2 get a zero (annex I)."""
    return f"{number:02d}"


def long_day(day):
    month = two(day.month) if day.month < 3 else str(day.month)
    return f"ngày {two(day.day)} tháng {month} năm {day.year}"


def plain_day(day):
    """As people write who do not know the rule."""
    return f"ngày {day.day} tháng {day.month} năm {day.year}"


def short_day(day):
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def shorter_day(day):
    return f"{day.day}/{day.month}/{day.year}"


def upper(text):
    return unicodedata.normalize("NFC", text).upper()


def first_upper(text):
    return text[:1].upper() + text[1:]


def first_lower(text):
    """Lower the first letter, unless the word is an abbreviation."""
    word = text.split(" ", 1)[0]
    if len(word) > 1 and word[1:] != word[1:].lower():
        return text
    return text[:1].lower() + text[1:]


def make_day(rng, era):
    if era < 2020:
        first, last = datetime.date(2011, 5, 1), datetime.date(2020, 2, 28)
    else:
        first, last = datetime.date(2020, 3, 10), datetime.date(2026, 11, 20)
    day = first + datetime.timedelta(rng.randrange((last - first).days))
    while day.weekday() > 4:
        day -= datetime.timedelta(1)
    return day
