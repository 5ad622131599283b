"""Agencies of the second part for tuning: other branches of the state than
those of tune_agencies, with the heads and codes that they really use."""
from .facts import Agency, Sign

PROVINCES = ("Quảng Nam|Hà Tĩnh|Sóc Trăng|Kiên Giang|Bình Phước|Tây Ninh|"
             "Lạng Sơn|Hòa Bình|Vĩnh Phúc|Bến Tre|Gia Lai|Phú Yên|Nam Định|"
             "Cao Bằng|Tiền Giang|Thừa Thiên Huế").split("|")
CITIES = {"Quảng Nam": "Tam Kỳ", "Kiên Giang": "Rạch Giá",
          "Bình Phước": "Đồng Xoài", "Vĩnh Phúc": "Vĩnh Yên",
          "Gia Lai": "Pleiku", "Phú Yên": "Tuy Hòa",
          "Tiền Giang": "Mỹ Tho", "Thừa Thiên Huế": "Huế"}
DISTRICTS = ("Thăng Bình|Đại Lộc|Kỳ Anh|Mỹ Tú|Giồng Riềng|Lộc Ninh|Tân Biên|"
             "Bắc Sơn|Kim Bôi|Yên Lạc|Ba Tri|Chư Sê|Sông Hinh|Hải Hậu|"
             "Trùng Khánh|Cái Bè|Phú Vang").split("|")
COMMUNES = ("Bình Minh|Đại Hiệp|Kỳ Xuân|Thuận Hưng|Vĩnh Thạnh|Lộc Thái|"
            "Tân Lập|Chiến Thắng|Vĩnh Đồng|Đồng Cương|An Thủy|Ia Pal|"
            "Đức Bình Đông|Hải Minh|Đàm Thủy|Hòa Khánh").split("|")


def heads(head, low, deputy, low_deputy, board=""):
    """The usual two who sign, with the board they sign for."""
    over = (f"TM. {board}",) if board else ()
    tm = "TM." if board else ""
    return (Sign((*over, head), low, tm),
            Sign((*over, f"KT. {head}", deputy), low_deputy,
                 "KT.|TM." if board else "KT."))


DIRECTORS = heads("GIÁM ĐỐC", "Giám đốc", "PHÓ GIÁM ĐỐC", "Phó Giám đốc")
CHIEFS = heads("CỤC TRƯỞNG", "Cục trưởng", "PHÓ CỤC TRƯỞNG",
               "Phó Cục trưởng")
BRANCH_CHIEFS = heads("CHI CỤC TRƯỞNG", "Chi cục trưởng",
                      "PHÓ CHI CỤC TRƯỞNG", "Phó Chi cục trưởng")


def place_of(rng, province):
    return rng.choice((province, province, CITIES.get(province, province)))


# superior, printed, name, code, drafting units, who signs
OF_PROVINCE = (
    ("TÒA ÁN NHÂN DÂN TỐI CAO", "TÒA ÁN NHÂN DÂN\nTỈNH {}",
     "Tòa án nhân dân tỉnh {}", "TAT", "VP TCCB KTNV",
     heads("CHÁNH ÁN", "Chánh án", "PHÓ CHÁNH ÁN", "Phó Chánh án")),
    ("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "VIỆN KIỂM SÁT NHÂN DÂN\nTỈNH {}",
     "Viện kiểm sát nhân dân tỉnh {}", "VKS", "P7 P9 VP",
     heads("VIỆN TRƯỞNG", "Viện trưởng", "PHÓ VIỆN TRƯỞNG",
           "Phó Viện trưởng")),
    ("TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH {}", "Cục Thuế tỉnh {}", "CTTHU",
     "TTHT KK NVDTPC", CHIEFS),
    ("BỘ CÔNG AN", "CÔNG AN TỈNH {}", "Công an tỉnh {}", "CAT",
     "PV01 PX03 PC07", DIRECTORS),
    ("QUÂN KHU 5", "BỘ CHỈ HUY QUÂN SỰ\nTỈNH {}",
     "Bộ Chỉ huy quân sự tỉnh {}", "BCH", "TM CT HC",
     heads("CHỈ HUY TRƯỞNG", "Chỉ huy trưởng", "PHÓ CHỈ HUY TRƯỞNG",
           "Phó Chỉ huy trưởng")),
    ("BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI\nTỈNH {}",
     "Bảo hiểm xã hội tỉnh {}", "BHXH", "CĐ GĐBHYT QLT", DIRECTORS),
    ("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "CHI NHÁNH TỈNH {}",
     "Ngân hàng Nhà nước Việt Nam Chi nhánh tỉnh {}|Chi nhánh tỉnh {}",
     "NHNN", "TTGS HCNS", DIRECTORS),
    ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG\nTỈNH {}",
     "Liên đoàn Lao động tỉnh {}", "LĐLĐ", "TG CSPL",
     heads("CHỦ TỊCH", "Chủ tịch", "PHÓ CHỦ TỊCH", "Phó Chủ tịch",
           "BAN THƯỜNG VỤ")),
    ("", "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH {}",
     "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh {}", "MTTQ", "BTT",
     heads("CHỦ TỊCH", "Chủ tịch", "PHÓ CHỦ TỊCH", "Phó Chủ tịch",
           "BAN THƯỜNG TRỰC")),
    ("UBND TỈNH {}", "BAN QUẢN LÝ KHU KINH TẾ", "Ban Quản lý Khu kinh tế",
     "BQLKKT", "QLĐT TNMT VP",
     heads("TRƯỞNG BAN", "Trưởng ban", "PHÓ TRƯỞNG BAN", "Phó Trưởng ban")),
    ("UBND TỈNH {}", "THANH TRA TỈNH", "Thanh tra tỉnh", "TTr", "NV1 NV2 VP",
     heads("CHÁNH THANH TRA", "Chánh Thanh tra", "PHÓ CHÁNH THANH TRA",
           "Phó Chánh Thanh tra")),
    ("UBND TỈNH {}", "SỞ DÂN TỘC VÀ TÔN GIÁO", "Sở Dân tộc và Tôn giáo",
     "SDTTG", "CSDT VP", DIRECTORS),
    ("UBND TỈNH {}", "SỞ NGOẠI VỤ", "Sở Ngoại vụ", "SNgV", "LS HTQT",
     DIRECTORS),
    ("UBND TỈNH {}", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Sở Khoa học và Công nghệ",
     "SKHCN", "QLKH CĐS BCVT", DIRECTORS),
    ("UBND TỈNH {}", "SỞ TƯ PHÁP", "Sở Tư pháp", "STP", "XDPBPL HCTP",
     DIRECTORS),
    ("UBND TỈNH {}", "QUỸ BẢO VỆ VÀ PHÁT TRIỂN RỪNG",
     "Quỹ Bảo vệ và Phát triển rừng", "QBVR", "HC KHKT", DIRECTORS),
    ("UBND TỈNH {}\nVĂN PHÒNG", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
     "Trung tâm Phục vụ hành chính công", "TTPVHCC", "HC", DIRECTORS),
    ("UBND TỈNH {}", "BAN CHỈ HUY PHÒNG THỦ DÂN SỰ",
     "Ban Chỉ huy Phòng thủ dân sự", "BCHPTDS", "VPTT",
     heads("TRƯỞNG BAN", "Trưởng ban", "PHÓ TRƯỞNG BAN", "Phó Trưởng ban")),
    ("SỞ Y TẾ", "BỆNH VIỆN Y DƯỢC CỔ TRUYỀN\nTỈNH {}",
     "Bệnh viện Y dược cổ truyền tỉnh {}", "BVYDCT", "KHTH TCHC", DIRECTORS),
    ("TỔNG CỤC THI HÀNH ÁN DÂN SỰ", "CỤC THI HÀNH ÁN DÂN SỰ\nTỈNH {}",
     "Cục Thi hành án dân sự tỉnh {}", "CTHADS", "NV VP", CHIEFS),
    ("TỔNG CỤC THỐNG KÊ", "CỤC THỐNG KÊ\nTỈNH {}", "Cục Thống kê tỉnh {}",
     "CTK", "TH XH", CHIEFS),
    ("", "ĐOÀN ĐẠI BIỂU QUỐC HỘI\nTỈNH {}",
     "Đoàn đại biểu Quốc hội tỉnh {}", "ĐĐBQH", "CTQH",
     heads("TRƯỞNG ĐOÀN", "Trưởng đoàn", "PHÓ TRƯỞNG ĐOÀN",
           "Phó Trưởng đoàn")),
)
OF_STATE = (
    ("BỘ TÀI CHÍNH", "CỤC HẢI QUAN", "Cục Hải quan", "CHQ", "GSQL TXNK",
     CHIEFS),
    ("CỤC HẢI QUAN", "CHI CỤC HẢI QUAN\nKHU VỰC VIII",
     "Chi cục Hải quan khu vực VIII", "HQKV8", "NV TTTH", BRANCH_CHIEFS),
    ("BỘ TÀI CHÍNH\nKHO BẠC NHÀ NƯỚC", "KHO BẠC NHÀ NƯỚC KHU VỰC XII",
     "Kho bạc Nhà nước khu vực XII", "KBXII", "KSC KTNN", DIRECTORS),
    ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CỤC TRỒNG TRỌT\nVÀ BẢO VỆ THỰC VẬT",
     "Cục Trồng trọt và Bảo vệ thực vật", "TTBVTV", "KH VP HTQT", CHIEFS),
    ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
     "CỤC QUẢN LÝ ĐÊ ĐIỀU VÀ PHÒNG, CHỐNG THIÊN TAI",
     "Cục Quản lý đê điều và Phòng, chống thiên tai", "ĐĐ", "QLĐĐ UPTT",
     CHIEFS),
    ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "CỤC LÂM NGHIỆP VÀ KIỂM LÂM",
     "Cục Lâm nghiệp và Kiểm lâm", "LNKL", "PTR SDR", CHIEFS),
    ("", "VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ", "VPCP", "NN KTTH V.I",
     heads("BỘ TRƯỞNG, CHỦ NHIỆM", "Bộ trưởng, Chủ nhiệm",
           "PHÓ CHỦ NHIỆM", "Phó Chủ nhiệm")),
    ("", "THANH TRA CHÍNH PHỦ", "Thanh tra Chính phủ", "TTCP", "VP KHTCTH",
     heads("TỔNG THANH TRA", "Tổng Thanh tra", "PHÓ TỔNG THANH TRA",
           "Phó Tổng Thanh tra")),
    ("", "KIỂM TOÁN NHÀ NƯỚC\nKHU VỰC IV", "Kiểm toán nhà nước khu vực IV",
     "KVIV", "TH VP", heads("KIỂM TOÁN TRƯỞNG", "Kiểm toán trưởng",
                            "PHÓ KIỂM TOÁN TRƯỞNG",
                            "Phó Kiểm toán trưởng")),
    ("ĐẠI HỌC HUẾ", "TRƯỜNG ĐẠI HỌC NÔNG LÂM", "Trường Đại học Nông Lâm",
     "ĐHNL", "ĐTĐH KHCN", heads("HIỆU TRƯỞNG", "Hiệu trưởng",
                                "PHÓ HIỆU TRƯỞNG", "Phó Hiệu trưởng")),
    ("VIỆN KHOA HỌC THỦY LỢI VIỆT NAM",
     "VIỆN KHOA HỌC THỦY LỢI MIỀN NAM", "Viện Khoa học Thủy lợi miền Nam",
     "VTLMN", "KHTC", heads("VIỆN TRƯỞNG", "Viện trưởng",
                            "PHÓ VIỆN TRƯỞNG", "Phó Viện trưởng")),
    ("TẬP ĐOÀN ĐIỆN LỰC VIỆT NAM", "TỔNG CÔNG TY\nĐIỆN LỰC MIỀN TRUNG",
     "Tổng công ty Điện lực miền Trung", "EVNCPC", "KT AT",
     heads("TỔNG GIÁM ĐỐC", "Tổng Giám đốc", "PHÓ TỔNG GIÁM ĐỐC",
           "Phó Tổng Giám đốc")),
)


def fill(words, province):
    """"UBND TỈNH {}" and "Cục Thuế tỉnh {}"."""
    own = province.upper() if words.replace("{}", "X").isupper() else province
    return words.replace("{}", own)


def provincial(rng):
    province = rng.choice(PROVINCES)
    above, printed, name, code, units, signs = rng.choice(OF_PROVINCE)
    names = fill(name, province).split("|")
    also = tuple(names[1:])
    if "tỉnh" not in names[0]:
        also += (f"{names[0]} tỉnh {province}",)
    head = signs[0].lines[-1]
    return Agency(fill(above, province), fill(printed, province), names[0],
                  code, place_of(rng, province), signs, tuple(units.split()),
                  head_of=f"{head} {names[0].upper()}", also=also)


def central(rng):
    above, printed, name, code, units, signs = rng.choice(OF_STATE)
    return Agency(above, printed, name, code,
                  rng.choice(("Hà Nội", "Đà Nẵng", "Thành phố Hồ Chí Minh")),
                  signs, tuple(units.split()),
                  head_of=f"{signs[0].lines[-1]} {name.upper()}")


def commune(rng):
    """Since July 2025: no districts above; offices of its own."""
    province, name = rng.choice(PROVINCES), rng.choice(COMMUNES)
    kind = rng.choice(("xã", "xã", "phường", "đặc khu"))
    board = "ỦY BAN NHÂN DÂN"
    signs = heads("CHỦ TỊCH", "Chủ tịch", "PHÓ CHỦ TỊCH", "Phó Chủ tịch",
                  board)
    return Agency(rng.choice(("", "", f"TỈNH {province.upper()}")),
                  f"{board}\n{kind.upper()} {name.upper()}",
                  f"Ủy ban nhân dân {kind} {name}", "UBND", name, signs,
                  ("KT", "VHXH", "VP", "PVHCC"),
                  head_of=f"ỦY BAN NHÂN DÂN {kind.upper()} {name.upper()}",
                  also=(f"UBND {kind} {name}",))


def commune_office(rng):
    name = rng.choice(COMMUNES)
    own, code = rng.choice((("Phòng Kinh tế", "PKT"),
                            ("Phòng Văn hóa - Xã hội", "PVHXH"),
                            ("Trung tâm Phục vụ hành chính công", "TTPVHCC"),
                            ("Trạm Y tế", "TYT")))
    return Agency(f"UBND XÃ {name.upper()}", own.upper(), own, code, name,
                  heads("TRƯỞNG PHÒNG", "Trưởng phòng", "PHÓ TRƯỞNG PHÒNG",
                        "Phó Trưởng phòng"), ("", "TH"),
                  head_of=f"TRƯỞNG {own.upper()}", also=(f"{own} xã {name}",))


def council(rng):
    province, name = rng.choice(PROVINCES), rng.choice(COMMUNES)
    return Agency("", f"HỘI ĐỒNG NHÂN DÂN\nXÃ {name.upper()}",
                  f"Hội đồng nhân dân xã {name}", "HĐND", name,
                  (Sign(("CHỦ TỊCH",), "Chủ tịch"),), ("VP", "KTNS"),
                  head_of=f"HỘI ĐỒNG NHÂN DÂN XÃ {name.upper()}",
                  also=(f"HĐND xã {name}",
                        f"Hội đồng nhân dân xã {name} tỉnh {province}"))


def party(rng):
    province, name = rng.choice(PROVINCES), rng.choice(COMMUNES)
    above, printed, own, code = rng.choice((
        (f"TỈNH ỦY {province.upper()}", "ỦY BAN KIỂM TRA", "Ủy ban Kiểm tra",
         "UBKTTU"),
        (f"TỈNH ỦY {province.upper()}", "BAN TỔ CHỨC", "Ban Tổ chức",
         "BTCTU"),
        (f"ĐẢNG BỘ TỈNH {province.upper()}", f"ĐẢNG ỦY XÃ {name.upper()}",
         f"Đảng ủy xã {name}", "ĐU")))
    signs = (Sign(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "Phó Bí thư",
                  "TM.|T/M"),) if code == "ĐU" else \
        (Sign(("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), "Phó Trưởng ban",
              "KT.|K/T"),) if code == "BTCTU" else \
        (Sign(("K/T CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"), "Phó Chủ nhiệm",
              "KT.|K/T"),)
    also = () if code == "ĐU" else (f"{own} Tỉnh ủy {province}",
                                    f"{own} Tỉnh ủy")
    return Agency(above, printed, own, code, place_of(rng, province), signs,
                  ("",), party=True, also=also)


KINDS = (provincial, provincial, provincial, provincial, provincial, central,
         central, central, commune, commune, commune_office, council, party)
ONLY = {"NQ": (council, council, party)}
NOT_PARTY = ("QyĐ", "TC", "CĐ", "PA", "DA", "HĐ", "GUQ", "GNP", "PB", "BGN",
             "BTT", "THƯ", "ĐA")
