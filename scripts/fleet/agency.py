"""The invented agency: its units, people, mailboxes, and who writes to it.

Everything is made up; domains end in .example (RFC 2606)."""
import unicodedata
from dataclasses import dataclass

ORGANISATION = "Sở Nông nghiệp và Môi trường tỉnh Lam Giang"
SHORT = "SNNMT"
DOMAIN = "snnmt.lamgiang.example"

# code, name, kind, name of its mailbox
DIVISIONS = [
    ("VP", "Văn phòng Sở", "vp"),
    ("TTS", "Thanh tra Sở", "thanhtra"),
    ("KHTC", "Phòng Kế hoạch - Tài chính", "khtc"),
    ("TCCB", "Phòng Tổ chức cán bộ", "tccb"),
    ("QLĐĐ", "Phòng Quản lý đất đai", "qldd"),
    ("TNN", "Phòng Tài nguyên nước và Khoáng sản", "tnn"),
]
UNITS = [
    ("CCTTBVTV", "Chi cục Trồng trọt và Bảo vệ thực vật", "cctt"),
    ("CCCNTY", "Chi cục Chăn nuôi và Thú y", "ccty"),
    ("CCKL", "Chi cục Kiểm lâm", "cckl"),
    ("CCTL", "Chi cục Thủy lợi", "cctl"),
    ("CCTS", "Chi cục Thủy sản", "ccts"),
    ("CCPTNT", "Chi cục Phát triển nông thôn", "ccptnt"),
    ("CCQLCL", "Chi cục Quản lý chất lượng nông lâm sản", "ccqlcl"),
    ("CCBVMT", "Chi cục Bảo vệ môi trường", "ccbvmt"),
    ("VPĐKĐĐ", "Văn phòng Đăng ký đất đai", "vpdk"),
    ("TTKN", "Trung tâm Khuyến nông", "ttkn"),
    ("TTGNN", "Trung tâm Giống nông nghiệp", "ttg"),
    ("TTNS", "Trung tâm Nước sạch nông thôn", "ttns"),
    ("TTQT", "Trung tâm Quan trắc môi trường", "ttqt"),
    ("BQLRPH", "Ban Quản lý rừng phòng hộ", "bqlr"),
]
FAMILY = ("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô "
          "Dương Lý Đinh Trịnh Lương Mai").split()
MIDDLE = ("Văn Thị Đức Minh Quốc Thanh Hữu Ngọc Thu Hồng Xuân Gia Kim Anh "
          "Bảo Đình").split()
GIVEN = ("An Bình Cường Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Huệ Hùng Hương "
         "Khánh Khoa Lan Linh Long Mai Minh Nam Nga Nghĩa Ngân Nhung Oanh "
         "Phong Phúc Phượng Quân Quyên Sơn Tâm Thảo Thắng Thủy Toàn Trang "
         "Trung Tú Tuấn Tuyết Uyên Vân Việt Yến Ước").split()


@dataclass(frozen=True)
class Issuer:
    """An agency that writes to ours."""
    parent: str
    name: str
    code: str
    place: str
    domain: str
    sectors: tuple


ISSUERS = [
    Issuer("", "Ủy ban nhân dân tỉnh Lam Giang", "UBND", "Lam Giang",
           "lamgiang.example", ("NN", "TH", "KT", "VX")),
    Issuer("UBND TỈNH LAM GIANG", "Văn phòng UBND tỉnh", "VPUB", "Lam Giang",
           "vpub.lamgiang.example", ("NN", "KT", "TTPVHCC")),
    Issuer("UBND TỈNH LAM GIANG", "Sở Tài chính", "STC", "Lam Giang",
           "stc.lamgiang.example", ("QLNS", "VP", "TTr")),
    Issuer("UBND TỈNH LAM GIANG", "Sở Xây dựng", "SXD", "Lam Giang",
           "sxd.lamgiang.example", ("QHKT", "QLN", "VP")),
    Issuer("UBND TỈNH LAM GIANG", "Sở Công Thương", "SCT", "Lam Giang",
           "sct.lamgiang.example", ("QLTM", "KT-AT", "VP")),
    Issuer("UBND TỈNH LAM GIANG", "Sở Nội vụ", "SNV", "Lam Giang",
           "snv.lamgiang.example", ("CCVC", "TCBC", "VTLT")),
    Issuer("UBND TỈNH LAM GIANG", "Sở Y tế", "SYT", "Lam Giang",
           "syt.lamgiang.example", ("NVY", "ATTP")),
    Issuer("UBND TỈNH LAM GIANG", "Sở Tư pháp", "STP", "Lam Giang",
           "stp.lamgiang.example", ("XDKTVB", "VP")),
    Issuer("UBND TỈNH LAM GIANG", "Sở Khoa học và Công nghệ", "SKHCN",
           "Lam Giang", "skhcn.lamgiang.example", ("CĐS", "QLKH")),
    Issuer("UBND TỈNH LAM GIANG", "Thanh tra tỉnh", "TTT", "Lam Giang",
           "thanhtra.lamgiang.example", ("NV1", "VP")),
    Issuer("TỈNH LAM GIANG", "UBND huyện An Lạc", "UBND", "An Lạc",
           "anlac.lamgiang.example", ("NNMT", "VP", "TCKH")),
    Issuer("TỈNH LAM GIANG", "UBND huyện Bình Thượng", "UBND", "Bình Thượng",
           "binhthuong.lamgiang.example", ("NNMT", "VP")),
    Issuer("TỈNH LAM GIANG", "UBND thị xã Sông Đào", "UBND", "Sông Đào",
           "songdao.lamgiang.example", ("KT", "QLĐT")),
    Issuer("TỈNH LAM GIANG", "UBND thành phố Lam Sơn", "UBND", "Lam Sơn",
           "lamson.lamgiang.example", ("KT", "TNMT", "VP")),
    Issuer("TỔNG CÔNG TY THỦY NÔNG", "Công ty Khai thác công trình thủy lợi",
           "CTTL", "Lam Giang", "thuyloi-lg.example", ("KH", "KT")),
]


@dataclass(frozen=True)
class Person:
    name: str
    login: str     # in the register and of the mailbox
    unit: str      # code; "" for the agency's own mailbox
    role: str      # clerk leader unit_head specialist administrator


@dataclass(frozen=True)
class Mailbox:
    user: str      # login name on the mail server, also the address
    unit: str
    owner: str     # what stands in front of the address
    shared: bool   # of a unit, read by its clerk


def fold(text):
    """Plain ASCII of a Vietnamese text."""
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text)
                   if not unicodedata.combining(c))


def short_login(name, unit_box, taken):
    """"Nguyễn Văn Hùng" of khtc: hungnv.khtc, hungnv2.khtc, …"""
    words = fold(name).lower().split()
    base = words[-1] + "".join(w[0] for w in words[:-1])
    number = 1
    while True:
        login = f"{base}{number if number > 1 else ''}.{unit_box}"
        if login not in taken:
            taken.add(login)
            return login
        number += 1


def make_people(rng, count):
    """`count` people of the agency; the first are those with a role."""
    taken, people = set(), []
    places = [(u[0], u[2]) for u in DIVISIONS + UNITS]
    plan = [("VP", "vp", "clerk")] * 2 + [("", "lanhdao", "leader")] * 3
    plan += [(code, box, "unit_head") for code, box in places]
    plan += [("VP", "vp", "administrator")]
    while len(plan) < count:
        code, box = places[len(plan) % len(places)]
        plan.append((code, box, "specialist"))
    for code, box, role in plan[:count]:
        name = " ".join((rng.choice(FAMILY), rng.choice(MIDDLE),
                         rng.choice(GIVEN)))
        people.append(Person(name, short_login(name, box, taken), code, role))
    return people


def make_mailboxes(people, count):
    """The agency's box, one a unit, the rest of persons."""
    boxes = [Mailbox("vanthu", "VP", "Văn thư Sở", True)]
    boxes += [Mailbox(f"vt.{box}", code, name, True)
              for code, name, box in DIVISIONS + UNITS]
    for person in people:
        if len(boxes) >= count:
            break
        boxes.append(Mailbox(person.login, person.unit or "VP", person.name,
                             False))
    return boxes[:count]
