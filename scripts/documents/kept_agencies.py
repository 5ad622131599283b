"""Agencies of the kept-out part: none of them is in the other one."""
from .facts import Agency, Sign

PROVINCES = ("Bắc Ninh|Hưng Yên|Nam Định|Ninh Bình|Phú Thọ|Tuyên Quang|"
             "Lạng Sơn|Sơn La|Hà Tĩnh|Quảng Nam|Gia Lai|Kon Tum|Bến Tre|"
             "Kiên Giang|Sóc Trăng|Bình Dương|Tây Ninh|Vĩnh Long").split("|")
CENTRAL = (("Hà Nội", "Hà Nội"), ("Hải Phòng", "Hải Phòng"),
           ("Đà Nẵng", "Đà Nẵng"), ("Cần Thơ", "Cần Thơ"),
           ("Huế", "Huế"), ("Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
           ("Hồ Chí Minh", "TP. Hồ Chí Minh"))
SEATS = {"Nam Định": "Nam Định", "Phú Thọ": "Việt Trì", "Gia Lai": "Pleiku",
         "Quảng Nam": "Tam Kỳ", "Kiên Giang": "Rạch Giá",
         "Bình Dương": "Thủ Dầu Một"}
DISTRICTS = ("Yên Phong|Kim Động|Xuân Trường|Gia Viễn|Lâm Thao|Na Hang|"
             "Mộc Châu|Can Lộc|Thăng Bình|Chư Sê|Ngọc Hồi|Ba Tri|"
             "Giồng Riềng|Kế Sách|Tân Uyên|Ngũ Hành Sơn|Thủy Nguyên").split(
                 "|")
COMMUNES = ("Yên Trung|Đức Hợp|Xuân Kiên|Gia Hưng|Tứ Xã|Đà Vị|Chiềng Sơn|"
            "Bình Minh|Ia Blang|Pờ Y|An Hiệp|Thạnh Hưng|Hội Nghĩa").split("|")
SECTORS = "TH1 KTN CN GTXD NNTN QHĐT KSTTHC ĐT VHXH".split()


def where(rng):
    """-> "tỉnh X" or "thành phố X", the place in its dates"""
    if rng.random() < 0.3:
        name, place = rng.choice(CENTRAL)
        return f"thành phố {name}", place
    name = rng.choice(PROVINCES)
    return f"tỉnh {name}", SEATS.get(name, name) if rng.random() < 0.3 \
        else name


def deputies(head, deputy, low, low_deputy, office=None):
    """The usual ways of signing for a head."""
    signs = [Sign((head,), low), Sign((head,), low),
             Sign((f"KT. {head}", deputy), low_deputy, "KT."),
             Sign((f"KT. {head}", deputy), low_deputy, "KT."),
             Sign((f"KT.{head}", deputy), low_deputy, "KT."),
             Sign((f"KT. {head}", deputy), low_deputy, "KT."),
             Sign((f"QUYỀN {head}",), f"Quyền {low}|Q. {low}|{low}",
                  "Q.|Quyền")]
    if office:
        signs += [Sign((f"TL. {head}", office[0]), office[1], "TL."),
                  Sign((f"TUQ. {head}", f"KT. {office[0]}",
                        f"PHÓ {office[0]}"), f"Phó {office[1]}",
                       "KT.|TUQ.")]
    return tuple(signs)


def committee(rng):
    area, place = where(rng)
    board = "ỦY BAN NHÂN DÂN"
    full = f"TM. {board} {area.upper()}"
    signs = (Sign((f"TM. {board}", "CHỦ TỊCH"), "Chủ tịch", "TM."),
             Sign((full, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phó Chủ tịch",
                  "KT.|TM."),
             Sign(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"),
                  "Phó Chủ tịch Thường trực|Phó Chủ tịch", "KT."),
             Sign(("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG",
                   "PHÓ CHÁNH VĂN PHÒNG"), "Phó Chánh Văn phòng", "KT.|TL."))
    return Agency("", f"{board}\n{area.upper()}", f"Ủy ban nhân dân {area}",
                  "UBND", place, signs, tuple(SECTORS),
                  head_of=f"CHỦ TỊCH {board} {area.upper()}",
                  also=(f"UBND {area}",))


def quarter(rng):
    """The council or committee of a quận, thị xã, thành phố."""
    name = rng.choice(DISTRICTS)
    kind = rng.choice(("quận", "thị xã", "thành phố", "huyện"))
    if rng.random() < 0.3:
        signs = (Sign(("CHỦ TỌA KỲ HỌP", "CHỦ TỊCH"), "Chủ tịch|Chủ tọa kỳ "
                      "họp|Chủ tọa kỳ họp Chủ tịch"),
                 Sign(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phó Chủ tịch",
                      "KT."))
        return Agency("", f"HỘI ĐỒNG NHÂN DÂN\n{kind.upper()} {name.upper()}",
                      f"Hội đồng nhân dân {kind} {name}", "HĐND", name, signs,
                      ("VP", "PC"), head_of="HỘI ĐỒNG NHÂN DÂN "
                      f"{kind.upper()} {name.upper()}",
                      also=(f"HĐND {kind} {name}",))
    signs = (Sign(("TM. UBND " + kind.upper(), "CHỦ TỊCH"), "Chủ tịch",
                  "TM."),
             Sign(("TM. ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                  "Phó Chủ tịch", "KT.|TM."))
    return Agency("", f"ỦY BAN NHÂN DÂN\n{kind.upper()} {name.upper()}",
                  f"Ủy ban nhân dân {kind} {name}", "UBND", name, signs,
                  ("QLĐT", "VHTT", "KT"), head_of="ỦY BAN NHÂN DÂN "
                  f"{kind.upper()} {name.upper()}",
                  also=(f"UBND {kind} {name}",))


def department(rng):
    area, place = where(rng)
    name, code, sectors = rng.choice((
        ("Sở Tư pháp", "STP", ("BTTP", "XDKTr&TDTHPL", "VP")),
        ("Sở Khoa học và Công nghệ", "SKHCN", ("QLCN", "TĐC", "VP")),
        ("Sở Dân tộc và Tôn giáo", "SDTTG", ("CSDT", "TG")),
        ("Sở Du lịch", "SDL", ("QLLH", "QHPTTNDL")),
        ("Sở Ngoại vụ", "SNgV", ("LS-NVNONN", "HTQT")),
        ("Thanh tra", "TTr", ("P1", "NV2", "VP")),
        ("Ban Quản lý các khu công nghiệp", "BQLKCN", ("QLDN", "QHXD")),
        ("Văn phòng Ủy ban nhân dân", "VPUBND", ("HCTC", "KSTTHC"))))
    head = {"Thanh tra": ("CHÁNH THANH TRA", "Chánh Thanh tra"),
            "Ban Quản lý các khu công nghiệp": ("TRƯỞNG BAN", "Trưởng ban"),
            "Văn phòng Ủy ban nhân dân": ("CHÁNH VĂN PHÒNG",
                                          "Chánh Văn phòng")}.get(
        name, ("GIÁM ĐỐC", "Giám đốc"))
    return Agency(rng.choice((f"ỦY BAN NHÂN DÂN {area.upper()}",
                              f"UBND {area.upper()}")), name.upper(), name,
                  code, place, deputies(head[0], f"PHÓ {head[0]}", head[1],
                                        f"Phó {head[1]}",
                                        ("TRƯỞNG PHÒNG", "Trưởng phòng")),
                  sectors, head_of=f"{head[0]} {name.upper()}",
                  also=(f"{name} {area}",))


def central(rng):
    """Offices of the central government."""
    return rng.choice((
        Agency("", "VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ", "VPCP",
               "Hà Nội", (Sign(("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"),
                               "Phó Chủ nhiệm", "KT."),
                          Sign(("BỘ TRƯỞNG, CHỦ NHIỆM",),
                               "Bộ trưởng, Chủ nhiệm")),
               ("KTTH", "NN", "CN", "KGVX"),
               head_of="BỘ TRƯỞNG, CHỦ NHIỆM VĂN PHÒNG CHÍNH PHỦ"),
        Agency("", "THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", "TTg",
               "Hà Nội", (Sign(("THỦ TƯỚNG",), "Thủ tướng"),
                          Sign(("KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"),
                               "Phó Thủ tướng", "KT.")), ("KTN", "KGVX"),
               head_of="THỦ TƯỚNG CHÍNH PHỦ"),
        Agency("", "BỘ KHOA HỌC VÀ CÔNG NGHỆ", "Bộ Khoa học và Công nghệ",
               "BKHCN", "Hà Nội",
               deputies("BỘ TRƯỞNG", "THỨ TRƯỞNG", "Bộ trưởng", "Thứ trưởng",
                        ("VỤ TRƯỞNG VỤ PHÁP CHẾ", "Vụ trưởng Vụ Pháp chế")
                        ), ("PC", "CNCNC"),
               head_of="BỘ TRƯỞNG BỘ KHOA HỌC VÀ CÔNG NGHỆ"),
        Agency("BỘ CÔNG THƯƠNG", "CỤC THƯƠNG MẠI ĐIỆN TỬ VÀ KINH TẾ SỐ",
               "Cục Thương mại điện tử và Kinh tế số", "TMĐT", "Hà Nội",
               deputies("CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG", "Cục trưởng",
                        "Phó Cục trưởng"), ("QL", "VP"),
               head_of="CỤC TRƯỞNG CỤC THƯƠNG MẠI ĐIỆN TỬ VÀ KINH TẾ SỐ")))


def vertical(rng):
    """Offices in a province that belong to the centre; three lines."""
    province = rng.choice(PROVINCES)
    above, name, code, head, low, sectors = rng.choice((
        ("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Cục Thuế tỉnh {}", "CT",
         "CỤC TRƯỞNG", "Cục trưởng", ("TTHT", "KK", "NVDTPC")),
        ("BỘ TÀI CHÍNH", "Kho bạc Nhà nước {}", "KBNN", "GIÁM ĐỐC",
         "Giám đốc", ("KTNN", "KSC")),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM", "Bảo hiểm xã hội tỉnh {}", "BHXH",
         "GIÁM ĐỐC", "Giám đốc", ("QLT", "CĐBHXH")),
        ("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
         "Viện kiểm sát nhân dân tỉnh {}", "VKS", "VIỆN TRƯỞNG",
         "Viện trưởng", ("VP", "P7")),
        ("TÒA ÁN NHÂN DÂN TỐI CAO", "Tòa án nhân dân tỉnh {}", "TA",
         "CHÁNH ÁN", "Chánh án", ("VP", "TCCB")),
        ("BỘ TÀI CHÍNH\nCỤC HẢI QUAN", "Chi cục Hải quan khu vực {}",
         "CCHQ", "CHI CỤC TRƯỞNG", "Chi cục trưởng", ("NV", "VP"))))
    name = name.format("IV" if "khu vực" in name else province)
    return Agency(above, name.upper(), name, code, province,
                  deputies(head, f"PHÓ {head}", low, f"Phó {low}"),
                  sectors, head_of=f"{head} {name.upper()}")


def uniformed(rng):
    province = rng.choice(PROVINCES)
    above, name, code, head, low, deputy = rng.choice((
        ("BỘ CÔNG AN", "Công an tỉnh {}", "CAT", "GIÁM ĐỐC", "Giám đốc",
         "PHÓ GIÁM ĐỐC"),
        ("CÔNG AN TỈNH {}", "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn,"
         " cứu hộ", "PCCC&CNCH", "TRƯỞNG PHÒNG", "Trưởng phòng",
         "PHÓ TRƯỞNG PHÒNG"),
        ("QUÂN KHU 3", "Bộ Chỉ huy quân sự tỉnh {}", "BCH", "CHỈ HUY TRƯỞNG",
         "Chỉ huy trưởng", "PHÓ CHỈ HUY TRƯỞNG")))
    name = name.format(province)
    return Agency(above.format(province.upper()), name.upper(), name, code,
                  province, (Sign((head,), low),
                             Sign((f"KT. {head}", deputy), f"Phó {low}",
                                  "KT.")), ("PV01", "TM", "Đ3"),
                  head_of=f"{head} {name.upper()}")


def steering(rng):
    """A board that uses the seal of the committee."""
    area, place = where(rng)
    name = rng.choice((
        "Ban Chỉ đạo Phòng thủ dân sự", "Ban Chỉ huy Phòng chống thiên tai và"
        " Tìm kiếm cứu nạn", "Ban Chỉ đạo Cải cách hành chính và Chuyển đổi "
        "số", "Hội đồng Thi đua - Khen thưởng"))
    chief = "CHỦ TỊCH HỘI ĐỒNG" if name.startswith("Hội") else "TRƯỞNG BAN"
    signs = (Sign((f"KT. {chief}", f"PHÓ {chief}",
                   f"PHÓ CHỦ TỊCH UBND {area.upper()}"),
                  f"Phó {chief.capitalize()}|Phó Chủ tịch UBND {area}|Phó "
                  f"{chief.capitalize()} Phó Chủ tịch UBND {area}", "KT."),
             Sign((chief,), chief.capitalize()))
    code = {"Ban Chỉ đạo P": "BCĐPTDS", "Ban Chỉ huy P": "BCHPCTT",
            "Ban Chỉ đạo C": "BCĐ", "Hội đồng Thi ": "HĐTĐKT"}[name[:13]]
    return Agency(f"UBND {area.upper()}", name.upper(), name, code, place,
                  signs, ("VP", ""), head_of=f"{chief} {name.upper()}",
                  also=(f"{name} {area}",))


def front(rng):
    province = rng.choice(PROVINCES)
    above, name, code, board = rng.choice((
        ("", "Ủy ban Mặt trận Tổ quốc Việt Nam\ntỉnh {}", "MTTQ",
         "BAN THƯỜNG TRỰC"),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "Liên đoàn Lao động tỉnh {}",
         "LĐLĐ", "BAN THƯỜNG VỤ"),
        ("", "Hội Cựu chiến binh tỉnh {}", "CCB", "BAN THƯỜNG VỤ")))
    printed = name.format(province)
    name = " ".join(printed.split())
    signs = (Sign((f"TM. {board}", "CHỦ TỊCH"), "Chủ tịch", "TM."),
             Sign((f"TM. {board}", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"),
                  "Phó Chủ tịch Thường trực|Phó Chủ tịch", "TM."))
    return Agency(above, printed.upper(), name, code, province, signs,
                  ("BTT", "VP", "TG"), head_of=f"{board} {name.upper()}")


def party(rng):
    """Party and Youth Union: the number before the bar is a type's."""
    province, name = rng.choice(PROVINCES), rng.choice(DISTRICTS)
    above, printed, own, code, board = rng.choice((
        ("", f"HUYỆN ỦY {name.upper()}", f"Huyện ủy {name}", "HU",
         "BAN THƯỜNG VỤ"),
        (f"TỈNH ỦY {province.upper()}", "BAN TỔ CHỨC", "Ban Tổ chức",
         "BTCTU", ""),
        (f"ĐẢNG BỘ TỈNH {province.upper()}",
         "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "Đảng ủy Khối các cơ quan tỉnh",
         "ĐUK", "BAN THƯỜNG VỤ"),
        ("", f"BAN CHẤP HÀNH ĐOÀN TỈNH {province.upper()}",
         f"Ban Chấp hành Đoàn tỉnh {province}", "TĐTN", "BAN THƯỜNG VỤ")))
    if board:
        signs = (Sign((f"T/M {board}", "BÍ THƯ"), "Bí thư", "TM.|T/M"),
                 Sign((f"TM. {board}", "PHÓ BÍ THƯ THƯỜNG TRỰC"),
                      "Phó Bí thư Thường trực|Phó Bí thư", "TM."))
    else:
        signs = (Sign(("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"),
                      "Phó Trưởng ban Thường trực|Phó Trưởng ban", "KT.|K/T"),
                 Sign(("TRƯỞNG BAN",), "Trưởng ban"))
    also = () if board else (f"{own} Tỉnh ủy {province}", f"{own} Tỉnh ủy")
    return Agency(above, printed, own, code,
                  name if code == "HU" else province, signs, ("",),
                  party=True, also=also)


def university(rng):
    above, name, code, place, head, low = rng.choice((
        ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Trường Đại học Nông Lâm", "ĐHNL",
         "Thành phố Hồ Chí Minh", "HIỆU TRƯỞNG", "Hiệu trưởng"),
        ("ĐẠI HỌC HUẾ", "Trường Đại học Khoa học", "ĐHKH", "Huế",
         "HIỆU TRƯỞNG", "Hiệu trưởng"),
        ("BỘ Y TẾ", "Viện Pasteur Nha Trang", "VPNT", "Nha Trang",
         "VIỆN TRƯỞNG", "Viện trưởng"),
        ("VIỆN HÀN LÂM KHOA HỌC VÀ CÔNG NGHỆ VIỆT NAM",
         "Viện Hải dương học", "HDH", "Hà Nội", "VIỆN TRƯỞNG",
         "Viện trưởng")))
    return Agency(above, name.upper(), name, code, place,
                  deputies(head, f"PHÓ {head}", low, f"Phó {low}"),
                  ("ĐT", "QLKH", "TCHC"), head_of=f"{head} {name.upper()}")


def company(rng):
    name, code, place = rng.choice((
        ("Công ty Cổ phần Xây dựng và Thương mại Hoàng Gia", "HG", "Hà Nội"),
        ("Công ty TNHH Tư vấn Môi trường Xanh", "MTX", "Cần Thơ"),
        ("Ngân hàng Chính sách xã hội", "NHCS", "Hà Nội"),
        ("Hợp tác xã Dịch vụ nông nghiệp Tân Tiến", "HTX", "Gia Lai"),
        ("Công ty Cổ phần Thủy điện Sông Lam", "TĐSL", "Hà Tĩnh")))
    signs = (Sign(("GIÁM ĐỐC",), "Giám đốc"),
             Sign(("CHỦ TỊCH HỘI ĐỒNG QUẢN TRỊ",),
                  "Chủ tịch Hội đồng quản trị"),
             Sign(("TUQ. TỔNG GIÁM ĐỐC", "TRƯỞNG BAN KẾ HOẠCH"),
                  "Trưởng ban Kế hoạch", "TUQ."))
    return Agency("", name.upper(), name, code, place, signs,
                  ("KH", "HCNS", "DA"), company=True,
                  head_of=f"GIÁM ĐỐC {name.upper()}")


KINDS = (committee, committee, quarter, department, department, department,
         central, vertical, vertical, uniformed, steering, front, party,
         university, company)
ONLY = {"NQ": (quarter, party, front)}
NOT_PARTY = ("QyĐ", "TC", "CĐ", "PA", "DA", "HĐ", "GUQ", "GNP", "PB", "BGN",
             "BTT", "THƯ", "ĐA")
