"""Agencies of the part that the reader is tuned on."""
from .facts import Agency, Sign

PROVINCES = ("Lâm Đồng|Đồng Nai|Bình Thuận|Khánh Hòa|Nghệ An|Thái Nguyên|"
             "Quảng Ninh|Bắc Giang|Hà Nam|Thanh Hóa|Đắk Lắk|Cà Mau|An Giang|"
             "Lào Cai|Yên Bái|Quảng Trị").split("|")
CITIES = {"Lâm Đồng": "Đà Lạt", "Đồng Nai": "Biên Hòa",
          "Bình Thuận": "Phan Thiết", "Khánh Hòa": "Nha Trang",
          "Nghệ An": "Vinh", "Quảng Ninh": "Hạ Long", "Hà Nam": "Phủ Lý",
          "Đắk Lắk": "Buôn Ma Thuột", "An Giang": "Long Xuyên"}
DISTRICTS = ("Đức Trọng|Bảo Lâm|Lạc Dương|Định Quán|Hàm Thuận Bắc|Tuy Phong|"
             "Diễn Châu|Quỳ Hợp|Phú Bình|Lục Ngạn|Hiệp Hòa|Bình Lục|"
             "Thọ Xuân|Krông Pắc|U Minh|Bảo Thắng|Văn Yên").split("|")
COMMUNES = ("Tân Hội|Phú Sơn|Liên Hiệp|Hòa Ninh|Đạ Sar|Gia Canh|Mỹ Thạnh|"
            "Nghĩa Đồng|Tân Thành|Quý Sơn|An Đổ|Xuân Hồng|Hòa An").split("|")
# name, code, drafting units
DEPARTMENTS = (
    ("Sở Nông nghiệp và Phát triển nông thôn", "SNN", "KHTC VP TTBVTV CCTL"),
    ("Sở Nông nghiệp và Môi trường", "SNNMT", "VP KHTC QLĐĐ TNN"),
    ("Sở Tài nguyên và Môi trường", "STNMT", "QLĐĐ MT VP TNKS"),
    ("Sở Kế hoạch và Đầu tư", "SKHĐT", "TH ĐKKD KTĐN VP"),
    ("Sở Tài chính", "STC", "QLNS HCSN VP QLGCS"),
    ("Sở Nội vụ", "SNV", "CCVC TCBC VTLT CCHC"),
    ("Sở Y tế", "SYT", "NVY NVD VP KHTC"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT", "GDTrH GDTH VP TCCB"),
    ("Sở Thông tin và Truyền thông", "STTTT", "CNTT BCVT VP"),
    ("Sở Xây dựng", "SXD", "QLXD QHKT PTĐT"),
    ("Sở Giao thông vận tải", "SGTVT", "QLVT KCHT VP"),
    ("Sở Lao động - Thương binh và Xã hội", "SLĐTBXH", "NCC BTXH VLATLĐ"),
    ("Sở Công Thương", "SCT", "QLTM QLNL KTATMT"),
    ("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", "QLDL QLVH VP"),
)
MINISTRIES = (
    ("Bộ Nội vụ", "BNV", "CCVC VP TCBC"), ("Bộ Tài chính", "BTC", "NSNN QLCS"),
    ("Bộ Y tế", "BYT", "DP KCB MT"), ("Bộ Xây dựng", "BXD", "KTXD QHKT"),
    ("Bộ Nông nghiệp và Môi trường", "BNNMT", "TCLN KHTC VP"),
    ("Bộ Thông tin và Truyền thông", "BTTTT", "THH CĐSQG"),
    ("Bộ Giáo dục và Đào tạo", "BGDĐT", "GDTrH NGCBQLGD"),
)
SECTORS = "NN KT VX TH NC XD1 KGVX TNMT TCKH".split()


def province_place(rng, province):
    if province in CITIES and rng.random() < 0.2:
        return rng.choice(("", "", "TP. ", "Thành phố ")) + CITIES[province]
    return province


def committee(rng):
    province = rng.choice(PROVINCES)
    board = "ỦY BAN NHÂN DÂN"
    signs = (Sign((f"TM. {board}", "CHỦ TỊCH"), "Chủ tịch", "TM."),
             Sign((f"TM. {board}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                  "Phó Chủ tịch", "KT.|TM."),
             Sign(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phó Chủ tịch", "KT."),
             Sign(("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "Chánh Văn phòng",
                  "TL."),
             Sign(("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"),
                  "Giám đốc Sở Nội vụ", "TUQ."),
             Sign((f"TM. {board}", "Q. CHỦ TỊCH"),
                  "Q. Chủ tịch|Quyền Chủ tịch|Chủ tịch", "Q.|TM."))
    return Agency("", f"{board}\nTỈNH {province.upper()}",
                  f"Ủy ban nhân dân tỉnh {province}", "UBND",
                  province_place(rng, province), signs, tuple(SECTORS),
                  head_of=rng.choice((
                      f"ỦY BAN NHÂN DÂN TỈNH {province.upper()}",
                      f"CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH {province.upper()}")),
                  also=(f"UBND tỉnh {province}",))


def council(rng):
    province = rng.choice(PROVINCES)
    return Agency("", f"HỘI ĐỒNG NHÂN DÂN\nTỈNH {province.upper()}",
                  f"Hội đồng nhân dân tỉnh {province}", "HĐND", province,
                  (Sign(("CHỦ TỊCH",), "Chủ tịch"),
                   Sign(("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "KT. CHỦ TỊCH",
                         "PHÓ CHỦ TỊCH"), "Phó Chủ tịch", "KT.|TM.")),
                  ("VP", "KTNS", "PC"),
                  head_of=f"HỘI ĐỒNG NHÂN DÂN TỈNH {province.upper()}",
                  also=(f"HĐND tỉnh {province}",))


def department(rng):
    province = rng.choice(PROVINCES)
    name, code, sectors = rng.choice(DEPARTMENTS)
    superior = rng.choice((f"UBND TỈNH {province.upper()}",
                           f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}"))
    signs = (Sign(("GIÁM ĐỐC",), "Giám đốc"),
             Sign(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phó Giám đốc", "KT."),
             Sign(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phó Giám đốc", "KT."),
             Sign(("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), "Chánh Văn phòng",
                  "TL."),
             Sign(("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG KẾ HOẠCH - TÀI CHÍNH"),
                  "Trưởng phòng Kế hoạch - Tài chính", "TUQ."),
             Sign(("Q. GIÁM ĐỐC",), "Q. Giám đốc|Quyền Giám đốc|Giám đốc",
                  "Q."),
             Sign(("PHỤ TRÁCH SỞ", "PHÓ GIÁM ĐỐC"), "Phó Giám đốc|Phụ trách "
                  "Sở Phó Giám đốc|Phụ trách Sở"))
    return Agency(superior, name.upper(), name, code,
                  province_place(rng, province), signs,
                  tuple(sectors.split()),
                  head_of=f"GIÁM ĐỐC {name.upper()}",
                  also=(f"{name} tỉnh {province}",),
                  address=f"Số {rng.randint(2, 99)} đường Trần Phú, {province}"
                          f"; điện thoại: 0{rng.randint(200, 299)}."
                          f"{rng.randint(3500000, 3999999)}")


def ministry(rng):
    name, code, sectors = rng.choice(MINISTRIES)
    signs = (Sign(("BỘ TRƯỞNG",), "Bộ trưởng"),
             Sign(("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "Thứ trưởng", "KT."),
             Sign(("TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG"), "Chánh Văn phòng",
                  "TL."),
             Sign(("TL. BỘ TRƯỞNG", "KT. VỤ TRƯỞNG VỤ TỔ CHỨC CÁN BỘ",
                   "PHÓ VỤ TRƯỞNG"), "Phó Vụ trưởng", "KT.|TL."))
    return Agency("", name.upper(), name, code, "Hà Nội", signs,
                  tuple(sectors.split()), head_of=f"BỘ TRƯỞNG {name.upper()}")


def branch(rng):
    """A Chi cục of a Sở."""
    province = rng.choice(PROVINCES)
    name, code = rng.choice((
        ("Chi cục Thủy lợi", "CCTL"), ("Chi cục Kiểm lâm", "CCKL"),
        ("Chi cục Chăn nuôi và Thú y", "CNTY"),
        ("Chi cục Trồng trọt và Bảo vệ thực vật", "TTBVTV"),
        ("Chi cục Quản lý chất lượng nông lâm sản và thủy sản", "QLCL"),
        ("Chi cục Bảo vệ môi trường", "CCBVMT"),
        ("Chi cục Phát triển nông thôn", "PTNT")))
    above = rng.choice(("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
                        "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
                        f"SỞ NN VÀ PTNT {province.upper()}"))
    signs = (Sign(("CHI CỤC TRƯỞNG",), "Chi cục trưởng"),
             Sign(("KT. CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG"),
                  "Phó Chi cục trưởng", "KT."),
             Sign(("Q. CHI CỤC TRƯỞNG",), "Q. Chi cục trưởng|Chi cục trưởng",
                  "Q."),
             Sign(("QUYỀN CHI CỤC TRƯỞNG",), "Quyền Chi cục trưởng|Q. Chi cục "
                  "trưởng|Chi cục trưởng", "Q.|Quyền"))
    return Agency(above, name.upper(), name, code,
                  province_place(rng, province), signs,
                  ("HCTH", "KT", "TTPC"), head_of=f"CHI CỤC TRƯỞNG "
                                                  f"{name.upper()}",
                  also=(f"{name} tỉnh {province}",))


def district(rng):
    province, name = rng.choice(PROVINCES), rng.choice(DISTRICTS)
    board = "ỦY BAN NHÂN DÂN"
    superior = rng.choice(("", "", f"TỈNH {province.upper()}"))
    signs = (Sign((f"TM. {board}", "CHỦ TỊCH"), "Chủ tịch", "TM."),
             Sign((f"TM. {board}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                  "Phó Chủ tịch", "KT.|TM."),
             Sign(("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG",
                   "PHÓ CHÁNH VĂN PHÒNG"), "Phó Chánh Văn phòng", "KT.|TL."))
    printed = rng.choice((f"{board}\nHUYỆN {name.upper()}",
                          f"UBND HUYỆN {name.upper()}"))
    return Agency(superior, printed, f"Ủy ban nhân dân huyện {name}", "UBND",
                  name, signs, ("NN", "TNMT", "TCKH", "VP", "LĐTBXH"),
                  head_of=f"CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN {name.upper()}",
                  also=(f"UBND huyện {name}",))


def commune(rng):
    above, name = rng.choice(DISTRICTS), rng.choice(COMMUNES)
    kind = rng.choice(("xã", "xã", "phường", "thị trấn"))
    board = "ỦY BAN NHÂN DÂN"
    signs = (Sign((f"TM. {board}", "CHỦ TỊCH"), "Chủ tịch", "TM."),
             Sign(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phó Chủ tịch", "KT."))
    return Agency(rng.choice(("", f"UBND HUYỆN {above.upper()}")),
                  f"{board}\n{kind.upper()} {name.upper()}",
                  f"Ủy ban nhân dân {kind} {name}", "UBND", name, signs,
                  ("", "VP", "ĐC"),
                  head_of=f"CHỦ TỊCH ỦY BAN NHÂN DÂN {kind.upper()} "
                          f"{name.upper()}",
                  also=(f"UBND {kind} {name}",))


def office(rng):
    """A Phòng of a district."""
    above = rng.choice(DISTRICTS)
    name, code = rng.choice((
        ("Phòng Nông nghiệp và Phát triển nông thôn", "NNPTNT"),
        ("Phòng Tài chính - Kế hoạch", "TCKH"),
        ("Phòng Tài nguyên và Môi trường", "TNMT"),
        ("Phòng Nội vụ", "NV"), ("Phòng Giáo dục và Đào tạo", "GDĐT"),
        ("Phòng Kinh tế và Hạ tầng", "KTHT")))
    signs = (Sign(("TRƯỞNG PHÒNG",), "Trưởng phòng"),
             Sign(("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
                  "Phó Trưởng phòng", "KT."))
    return Agency(f"UBND HUYỆN {above.upper()}", name.upper(), name,
                  rng.choice((code, f"P{code}", f"P.{code}")), above, signs,
                  ("", "CM", "TH"), head_of=f"TRƯỞNG {name.upper()}",
                  also=(f"{name} huyện {above}",))


def company(rng):
    province = rng.choice(PROVINCES)
    name, code, above = rng.choice((
        ("Công ty TNHH MTV Khai thác công trình thủy lợi {}", "CTTL", ""),
        ("Công ty Cổ phần Cấp thoát nước {}", "CTN", ""),
        ("Công ty Điện lực {}", "PC", "TỔNG CÔNG TY ĐIỆN LỰC MIỀN NAM"),
        ("Công ty TNHH MTV Lâm nghiệp {}", "LN", ""),
        ("Công ty Cổ phần Môi trường đô thị {}", "MTĐT", ""),
        ("Doanh nghiệp tư nhân Thành Công {}", "DNTC", ""),
        ("Quỹ Tín dụng nhân dân {}", "QTD", ""),
        ("Tổng công ty Cà phê {}", "TCTCP", "")))
    name = name.format(province)
    signs = (Sign(("GIÁM ĐỐC",), "Giám đốc"),
             Sign(("TỔNG GIÁM ĐỐC",), "Tổng Giám đốc"),
             Sign(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phó Giám đốc", "KT."))
    return Agency(above, name.upper(), name, code, province, signs,
                  ("KHKT", "KD", "TCHC", "P4"), company=True,
                  head_of=f"GIÁM ĐỐC {name.upper()}")


def party(rng):
    province = rng.choice(PROVINCES)
    above, printed, name, code = rng.choice((
        ("", f"TỈNH ỦY {province.upper()}", f"Tỉnh ủy {province}", "TU"),
        (f"TỈNH ỦY {province.upper()}", "VĂN PHÒNG", "Văn phòng", "VPTU"),
        (f"TỈNH ỦY {province.upper()}", "BAN TUYÊN GIÁO", "Ban Tuyên giáo",
         "BTGTU")))
    if code == "TU":
        signs = (Sign(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "Phó Bí thư",
                      "TM.|T/M"),
                 Sign(("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),
                      "Chánh Văn phòng", "TL.|T/L"))
    elif code == "VPTU":
        signs = (Sign(("CHÁNH VĂN PHÒNG",), "Chánh Văn phòng"),
                 Sign(("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
                      "Phó Chánh Văn phòng", "KT.|K/T"))
    else:
        signs = (Sign(("TRƯỞNG BAN",), "Trưởng ban"),
                 Sign(("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), "Phó Trưởng ban",
                      "KT.|K/T"))
    also = () if code == "TU" else (f"{name} Tỉnh ủy {province}",
                                    f"{name} Tỉnh ủy")
    return Agency(above, printed, name, code, province_place(rng, province),
                  signs, ("",), party=True, also=also)


def association(rng):
    province = rng.choice(PROVINCES)
    above, name, code = rng.choice((
        ("TRUNG ƯƠNG HỘI NÔNG DÂN VIỆT NAM", "Hội Nông dân tỉnh {}", "HNDT"),
        ("", "Hội Liên hiệp Phụ nữ tỉnh {}", "BTV"),
        ("", "Liên minh Hợp tác xã tỉnh {}", "LMHTX"),
        ("", "Hội Chữ thập đỏ tỉnh {}", "HCTĐ")))
    name = name.format(province)
    signs = (Sign(("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "Chủ tịch", "TM."),
             Sign(("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"), "Phó Chủ tịch",
                  "TM."), Sign(("CHỦ TỊCH",), "Chủ tịch"))
    return Agency(above, name.upper(), name, code, province, signs,
                  ("VP", "KTXH"), head_of=f"BAN THƯỜNG VỤ {name.upper()}")


def school(rng):
    province = rng.choice(PROVINCES)
    name, code, above, head = rng.choice((
        ("Trường THPT Nguyễn Du", "THPTND", "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
         "HIỆU TRƯỞNG"),
        ("Trường Tiểu học Kim Đồng số 2", "THKĐ2", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",
         "HIỆU TRƯỞNG"),
        ("Ban Quản lý rừng phòng hộ đầu nguồn sông Ba", "BQLR",
         "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "GIÁM ĐỐC"),
        ("Trung tâm Khảo nghiệm giống cây trồng vùng V", "TTKN5",
         "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "GIÁM ĐỐC"),
        ("Trường Trung cấp Kỹ thuật và Nghiệp vụ miền Đông số 7", "TCKT",
         "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "HIỆU TRƯỞNG"),
        ("Trạm Kiểm dịch thực vật vùng III", "TKDTV", "CỤC BẢO VỆ THỰC VẬT",
         "GIÁM ĐỐC"),
        ("Bệnh viện Đa khoa tỉnh", "BVĐK", "SỞ Y TẾ", "GIÁM ĐỐC"),
        ("Trung tâm Khuyến nông", "TTKN", "SỞ NÔNG NGHIỆP VÀ PTNT",
         "GIÁM ĐỐC"),
        ("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông",
         "BQLDA", f"UBND TỈNH {province.upper()}", "GIÁM ĐỐC"),
        ("Trung tâm Kiểm soát bệnh tật", "TTKSBT", "SỞ Y TẾ", "GIÁM ĐỐC")))
    deputy = f"PHÓ {head}"
    low = {"HIỆU TRƯỞNG": "Hiệu trưởng", "GIÁM ĐỐC": "Giám đốc"}[head]
    signs = (Sign((head,), low),
             Sign((f"KT. {head}", deputy), f"Phó {low}", "KT."))
    return Agency(above, name.upper(), name, code, province, signs,
                  ("VP", "KHTH", "TCHC"), head_of=f"{head} {name.upper()}",
                  also=(f"{name} tỉnh {province}", f"{name} {province}"))


KINDS = (committee, council, department, department, department, ministry,
         branch, branch, district, district, commune, office, company, party,
         association, school)
# who alone writes a type; what the Party does not write
ONLY = {"NQ": (council, council, council, party)}
NOT_PARTY = ("QyĐ", "TC", "CĐ", "PA", "DA", "HĐ", "GUQ", "GNP", "PB", "BGN",
             "BTT", "THƯ", "ĐA")
