"""Bodies of the kept-out part: other words for the same duties."""
import datetime

from .blocks import Break, Grid, Line, Space
from .facts import (Cited, first_lower, first_upper, long_day, make_name,
                    plain_day, short_day, shorter_day)

FILLER = (
    "Theo số liệu tổng hợp đến hết kỳ báo cáo, toàn ngành đã tiếp nhận 3.218 "
    "lượt hồ sơ, trong đó 97,6 % được giải quyết trước và đúng hạn.",
    "Bên cạnh kết quả nêu trên, tiến độ một số phần việc còn chậm; việc phối "
    "hợp giữa các đơn vị có lúc chưa nhịp nhàng, chế độ thông tin chưa kịp "
    "thời.",
    "Nguồn lực triển khai được lồng ghép trong dự toán chi thường xuyên đã "
    "giao đầu năm; không phát sinh biên chế, tổ chức bộ máy mới.",
    "Cơ quan thường trực có trách nhiệm làm đầu mối, hằng tháng tổng hợp số "
    "liệu trước ngày 20 và công khai trên Cổng thông tin điện tử.",
    "Những trường hợp đã được chi trả, thanh toán nhưng không đúng đối tượng "
    "thì phải thu hồi, nộp trả ngân sách theo Luật Ngân sách nhà nước.",
    "Việc lưu trữ, bảo mật dữ liệu cá nhân thực hiện theo Nghị định số "
    "13/2023/NĐ-CP ngày 17 tháng 4 năm 2023 của Chính phủ.",
    "Nội dung trên đã được tập thể lãnh đạo thống nhất tại cuộc họp giao ban "
    "tuần và phổ biến đến từng công chức, người lao động.",
    "Đoàn công tác gồm 12 đồng chí, chia thành 03 tổ, làm việc trực tiếp tại "
    "cơ sở; kinh phí ăn, ở, đi lại do cơ quan cử người chi trả.",
    "Diễn biến thời tiết phức tạp: mực nước tại trạm đo lúc 07 giờ ngày 12/8 "
    "ở mức 4,35 m, dưới báo động 2 là 0,15 m.")
DUE = (
    "Hồ sơ đề nghị gửi về {a} (qua Phòng Tổng hợp) muộn nhất là ngày {d}.",
    "Hạn cuối nhận báo cáo: ngày {d}. Quá thời hạn trên, đơn vị nào không gửi "
    "được coi là thống nhất với dự thảo.",
    "Công việc này phải xong trước ngày {d}.",
    "Đề nghị quý đơn vị hoàn thành việc đối chiếu, gửi kết quả về {a} không "
    "muộn hơn ngày {d}.",
    "Giao các đơn vị báo cáo bằng văn bản, gửi {a} trước 10h00 ngày {d}.",
    "Ý kiến tham gia gửi về {a} trong ngày {d} để kịp tổng hợp, trình ký.",
    "Đề nghị phản hồi trước ngày {d}; bản mềm gửi kèm vào địa chỉ hộp thư "
    "công vụ.")
ENDS = (
    "Vậy, kính đề nghị quý cơ quan xem xét, giải quyết theo thẩm quyền./.",
    "Nơi nào thực hiện tốt sẽ được xem xét khen thưởng; nơi nào chậm trễ phải "
    "kiểm điểm trách nhiệm người đứng đầu./.",
    "Trân trọng cảm ơn sự hợp tác của quý đơn vị./.",
    "Trên đây là toàn bộ nội dung, xin báo cáo để cấp trên nắm, chỉ đạo./.",
    "{i} thông báo để các cơ quan, địa phương biết, thực hiện./.")
WHOM = ("Văn phòng Chính phủ", "Các Bộ: Tài chính, Công Thương",
        "Thường trực Hội đồng nhân dân tỉnh", "Công an tỉnh",
        "Chủ tịch UBND các xã, phường", "Kho bạc Nhà nước khu vực",
        "Ban Thường vụ các huyện ủy, thành ủy", "Bệnh viện Đa khoa khu vực",
        "Các trường đại học, cao đẳng", "Công ty Cổ phần Cấp nước",
        "Quý khách hàng", "Trung tâm Phục vụ hành chính công")
COPIES = ("TTTU, TT HĐND tỉnh (để b/c)", "Các PCVP", "Ban Giám đốc (để chỉ "
          "đạo)", "Đăng Cổng TTĐT", "Ban KTNS HĐND", "Các đ/c UVTV",
          "Báo và Đài PTTH", "P. TCHC (để t/h)", "Như kính gửi")
PAPERS = ("Công văn", "Thông báo", "Tờ trình", "Báo cáo", "Văn bản",
          "Chỉ thị", "Quyết định")
CODES = {"Công văn": ("UBND-KSTTHC", "BTP-PLHSHC", "VPCP-KGVX", "CAT-PV01",
                      "BHXH-QLT", "KBNN-KSC"),
         "Văn bản": ("BNG-LS", "UBND-QHĐT", "CT-TTHT"),
         "Thông báo": ("TB-VPCP", "TB-UBND"), "Tờ trình": ("TTr-STP",),
         "Báo cáo": ("BC-STP", "BC-TTr"), "Chỉ thị": ("CT-TTg",),
         "Quyết định": ("QĐ-BTP", "QĐ-UBND", "QĐ-TTg")}


def words(text, **more):
    return Line(text, more.pop("size", 13.5), align=more.pop("align", "full"),
                indent=more.pop("indent", 28), gap=more.pop("gap", 5),
                body=True, **more)


def cite(rng, doc, role, back=90):
    paper = rng.choice(PAPERS)
    symbol = f"{rng.randint(2, 6400):02d}/{rng.choice(CODES[paper])}"
    day = doc.day - datetime.timedelta(rng.randint(1, back))
    doc.cited.append(Cited(symbol, str(day), role))
    said = rng.choice((f"ngày {short_day(day)}", f"ngày {shorter_day(day)}",
                       long_day(day), plain_day(day)))
    return f"{paper} số {symbol} {said}"


def due(rng, doc):
    doc.due = doc.day + datetime.timedelta(rng.randint(2, 60))
    said = rng.choice((
        short_day(doc.due), shorter_day(doc.due), long_day(doc.due)[5:],
        f"{doc.due.day:02d} tháng {doc.due.month:02d} năm {doc.due.year}",
        f"{doc.due.day:02d}-{doc.due.month:02d}-{doc.due.year}"))
    if doc.due.year == doc.day.year and rng.random() < 0.1:
        doc.notes.append("day without year")
        said = f"{doc.due.day:02d}/{doc.due.month:02d}"
    return words(rng.choice(DUE).format(a=rng.choice((
        doc.agency.name, "Thường trực Ban Chỉ đạo", "cơ quan chúng tôi")),
        d=said))


def start(rng, doc):
    who, topic = doc.agency.name, first_lower(doc.subject)
    if len(topic) > 110:
        topic = "nội dung trên"
    role, text = rng.choice((
        ("reply", f"Ngày {short_day(doc.day)}, {who} nhận được {{c}} của "
         f"{rng.choice(WHOM)} đề nghị cho ý kiến về {topic}; {who} trả lời "
         "như sau:"),
        ("reply", f"Đáp lại {{c}} của {rng.choice(WHOM)}, về {topic}, {who} "
         "có ý kiến:"),
        ("carries_out", f"Triển khai {{c}} về {topic}, {who} yêu cầu:"),
        ("carries_out", f"Theo chỉ đạo tại {{c}} của {rng.choice(WHOM)}, "
         f"{who} báo cáo một số nội dung liên quan đến {topic}:"),
        ("mentions", f"Tiếp theo {{c}}, {who} đề nghị bổ sung các nội dung "
         f"về {topic}:"),
        ("basis", f"Trên cơ sở {{c}}, {who} thông tin về {topic}:")))
    return words(first_upper(text.format(c=cite(rng, doc, role))))


def rest(rng, low=2, high=4):
    return [words(x) for x in rng.sample(FILLER, rng.randint(low, high))]


def end(rng, doc):
    return words(rng.choice(ENDS).format(i=doc.agency.name))


def greeting(rng, doc):
    doc.addressees = rng.sample(WHOM, rng.choice((1, 1, 2, 4)))
    if len(doc.addressees) == 1:
        return [Line(f"Kính gửi: {doc.addressees[0]}", 14, gap=6)]
    lines = [Line(f"Kính gửi:  - {doc.addressees[0]};", 14, align="left",
                  indent=70, gap=6)]
    last = len(doc.addressees) - 1
    return lines + [Line(f"- {x}{'.' if i == last else ';'}", 14,
                         align="left", indent=142)
                    for i, x in enumerate(doc.addressees) if i]


def letter(rng, doc):
    body = greeting(rng, doc) + [Space(5), start(rng, doc)]
    for i, line in enumerate(rest(rng, 2, 5)):
        line.lead = rng.choice(("", "", f"{'abcdef'[i]}) ", "- "))
        body.append(line)
    if rng.random() < 0.5:
        body.append(due(rng, doc))
    return body + [end(rng, doc)]


def ruling(rng, doc):
    head = doc.agency.head_of or doc.agency.name.upper()
    body = [Line(head, 13.5, bold=True, gap=2), Space(3)]
    for law in rng.sample((
            "Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 "
            "tháng 6 năm 2025", "Luật Ngân sách nhà nước ngày 25/6/2015",
            "Nghị định số 144/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính "
            "phủ", "Thông tư số 05/2021/TT-BTC ngày 19 tháng 01 năm 2021 của "
            "Bộ trưởng Bộ Tài chính", "Điều lệ, quy chế hoạt động hiện hành"),
            rng.randint(2, 3)):
        body.append(words(f"Căn cứ {law};", italic=rng.random() < 0.6))
        if " số " in law:
            symbol = law.split(" số ")[1].split(" ")[0]
            day = {"72/2025/QH15": "2025-06-16",
                   "144/2025/NĐ-CP": "2025-06-12",
                   "05/2021/TT-BTC": "2021-01-19"}[symbol]
            doc.cited.append(Cited(symbol, day, "basis"))
    body.append(words(f"Xét {cite(rng, doc, 'basis')} của "
                      f"{rng.choice(WHOM)},"))
    body.append(Line({"NQ": "QUYẾT NGHỊ", "QĐ": "QUYẾT ĐỊNH"}[doc.kind] + ":",
                     13.5, bold=True, gap=6))
    articles = [f"{first_upper(doc.subject)}.",
                "Tổ chức thực hiện: các cơ quan theo chức năng được giao.",
                f"{doc.type} có hiệu lực kể từ ngày {short_day(doc.day)}. "
                f"{rng.choice(WHOM)} và các tổ chức, cá nhân liên quan chịu "
                f"trách nhiệm thi hành {first_lower(doc.type)} này./."]
    if rng.random() < 0.35:
        articles.insert(2, f"Bãi bỏ {cite(rng, doc, 'replaces', 900)}.")
    return body + [words(x, lead=f"Điều {i}: ")
                   for i, x in enumerate(articles, 1)]


def parts(rng, doc):
    body = [start(rng, doc)] if rng.random() < 0.6 else rest(rng, 1, 1)
    for name in rng.choice((
            ("Phần thứ nhất: ĐẶC ĐIỂM TÌNH HÌNH", "Phần thứ hai: KẾT QUẢ"),
            ("A. ĐÁNH GIÁ CHUNG", "B. PHƯƠNG HƯỚNG"),
            ("1. Mục tiêu", "2. Đối tượng, phạm vi", "3. Phân công"))):
        body.append(Line(name, 13.5, bold=True, align="left", indent=28,
                         gap=6))
        body += rest(rng, 1, 2)
    if doc.kind in ("KH", "HD", "CT", "TB", "CTr") and rng.random() < 0.5:
        body.append(due(rng, doc))
    return body + [end(rng, doc)]


def asking(rng, doc):
    return greeting(rng, doc) + parts(rng, doc)


def inviting(rng, doc):
    when = doc.day + datetime.timedelta(rng.randint(1, 15))
    doc.addressees = [rng.choice(WHOM)]
    return [Line(f"Kính gửi: {doc.addressees[0]}", 14, gap=6),
            words(f"Thực hiện chương trình công tác, {doc.agency.name} trân "
                  f"trọng kính mời quý đại biểu tới dự "
                  f"{first_lower(doc.subject)}:"),
            Grid([["Thời gian", "Nội dung", "Địa điểm"],
                  [f"14 giờ 00 phút, ngày {short_day(when)}",
                   first_upper(doc.subject), "Hội trường A"]],
                 [0.3, 0.45, 0.25]),
            words("Để công tác tổ chức được chu đáo, xin vui lòng xác nhận "
                  "thành phần dự họp qua điện thoại của Văn phòng./.")]


def minutes(rng, doc):
    clerk = make_name(rng)
    doc.other_signers.append(clerk)
    return [words(f"Thời gian: 14 giờ 00 phút, {plain_day(doc.day)}.",
                  lead="I. "), words("Địa điểm: Phòng họp tầng 3.",
                                     lead="II. "),
            words(f"Thành phần: đ/c {doc.signer} (chủ tọa); đ/c {clerk} (thư "
                  "ký) và các thành viên.", lead="III. ")] + rest(rng) + [
        words("Cuộc họp kết thúc lúc 16 giờ 30 phút; biên bản đã đọc lại cho "
              "mọi người cùng nghe, nhất trí ký tên./.")]


def agreed(rng, doc):
    other = make_name(rng)
    doc.other_signers.append(other)
    return [words(f"Hôm nay, {plain_day(doc.day)}, tại {doc.place}, hai bên "
                  "thống nhất:"),
            words(f"{doc.agency.name} (sau đây gọi tắt là Bên thứ nhất), do "
                  f"ông/bà {doc.signer} làm đại diện.", lead="1. "),
            words("Trung tâm Dịch vụ việc làm (Bên thứ hai), do ông/bà "
                  f"{other} làm đại diện.", lead="2. ")] + rest(rng) + [
        words("Văn bản này làm thành 04 bản, mỗi bên giữ 02 bản./.")]


def form(rng, doc):
    name = make_name(rng)
    if doc.kind in ("GGT", "GNP", "GUQ"):
        return [words(f"Họ và tên: {name}"),
                words("Chức danh: Chuyên viên chính; đơn vị: Phòng Nghiệp "
                      "vụ"), words(f"Lý do: {first_lower(doc.subject)}"),
                words(f"Nơi đến: {rng.choice(WHOM)}"),
                words("Đề nghị quý cơ quan tạo điều kiện giúp đỡ./.")]
    return greeting(rng, doc)[:1] + [start(rng, doc)] + rest(rng, 1, 2) + [
        words("Đề nghị xác nhận và hoàn trả phiếu cho nơi gửi./.")]


def open_letter(rng, doc):
    doc.addressees = ["Toàn thể cán bộ, đoàn viên, hội viên"]
    return [Line(f"Kính gửi: {doc.addressees[0]}", 14,
                 italic=True, gap=6)] + rest(rng) + [
        words("Chúc các bạn mạnh khỏe, đạt nhiều thành tích mới./.")]


def wire(rng, doc):
    return greeting(rng, doc) + [
        words(f"Theo tin bão khẩn cấp, {doc.agency.name} điện yêu cầu:")] + \
        rest(rng, 2, 3) + [due(rng, doc), end(rng, doc)]


BODIES = {"": letter, "NQ": ruling, "QĐ": ruling, "TTr": asking,
          "GM": inviting, "BB": minutes, "HĐ": agreed, "BGN": agreed,
          "BTT": agreed, "GGT": form, "GNP": form, "GUQ": form, "PG": form,
          "PC": form, "PB": form, "THƯ": open_letter, "CĐ": wire}


def annex(rng, doc):
    rows = [["TT", "Nội dung công việc", "Đơn vị chủ trì", "Hoàn thành"]]
    for i in range(1, rng.randint(6, 18)):
        rows.append([i, rng.choice(FILLER)[:60], rng.choice(WHOM),
                     f"Tháng {rng.randint(1, 12)}"])
    return [Break(), Line(f"Phụ lục {rng.choice(('01', 'I', 'số 2'))}", 13.5,
                          bold=True),
            Line("DANH MỤC NHIỆM VỤ", 13.5, bold=True),
            Line(f"(Ban hành kèm theo {doc.type} số {doc.symbol or '...'} "
                 f"ngày {shorter_day(doc.day)} của {doc.agency.name})", 12,
                 italic=True), Grid(rows, [0.07, 0.45, 0.3, 0.18])]


def fill(rng, doc):
    doc.body = BODIES.get(doc.kind, parts)(rng, doc)
    doc.recipients = rng.sample(COPIES, rng.randint(2, 5))
