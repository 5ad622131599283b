"""Subjects (trích yếu) of the part that the reader is tuned on: parts of
sentences of fourteen fields of administration, put together by grammar."""
from .facts import first_upper

TOPICS = (
    # agriculture
    "phòng, chống bệnh dịch tả lợn châu Phi|tiêm phòng vắc xin cho đàn gia "
    "súc, gia cầm đợt {n}|sản xuất vụ Đông Xuân {y}-{y1}|tái canh cà phê giai "
    "đoạn {y}-{y5}|cấp mã số vùng trồng phục vụ xuất khẩu|quản lý, bảo vệ "
    "rừng và phòng cháy, chữa cháy rừng|chuyển đổi cơ cấu cây trồng trên đất "
    "lúa kém hiệu quả|công tác phòng, chống thiên tai và tìm kiếm cứu nạn|"
    "khai thác thủy sản bất hợp pháp, không báo cáo và không theo quy định|"
    # land, environment
    "cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản "
    "khác gắn liền với đất|kế hoạch sử dụng đất năm {y} cấp huyện|thu gom, "
    "vận chuyển, xử lý chất thải rắn sinh hoạt|đánh giá tác động môi trường "
    "của Dự án Trang trại chăn nuôi heo Phú Sơn|bồi thường, hỗ trợ, tái định "
    "cư dự án đường tránh Quốc lộ {q}|khai thác cát, sỏi lòng sông|"
    # finance, investment
    "dự toán thu, chi ngân sách nhà nước năm {y}|giải ngân vốn đầu tư công "
    "năm {y}|sắp xếp lại, xử lý nhà, đất thuộc sở hữu nhà nước|thanh toán nợ "
    "đọng xây dựng cơ bản|kế hoạch đầu tư công trung hạn giai đoạn {y}-{y5}|"
    "quyết toán dự án hoàn thành công trình Trường THCS Nguyễn Trãi|"
    # personnel
    "tinh giản biên chế đợt {n} năm {y}|nâng bậc lương thường xuyên đối với "
    "công chức, viên chức|tuyển dụng viên chức sự nghiệp giáo dục năm {y}|"
    "đánh giá, xếp loại chất lượng cán bộ, công chức, viên chức năm {y}|sắp "
    "xếp đơn vị hành chính cấp xã|"
    # administrative reform, IT
    "cải cách hành chính nhà nước năm {y}|tiếp nhận và trả kết quả giải quyết "
    "thủ tục hành chính theo cơ chế một cửa, một cửa liên thông|gửi, nhận văn "
    "bản điện tử giữa các cơ quan trong hệ thống hành chính nhà nước|ứng dụng "
    "công nghệ thông tin trong hoạt động của cơ quan nhà nước|chuyển đổi số "
    "tỉnh đến năm {y5}, định hướng đến năm {y10}|"
    # health, education, society
    "phòng, chống dịch bệnh sốt xuất huyết|an toàn thực phẩm dịp Tết Nguyên "
    "đán {y1}|phát triển đối tượng tham gia bảo hiểm y tế|tuyển sinh vào lớp "
    "10 trung học phổ thông năm học {y}-{y1}|phổ cập giáo dục, xóa mù chữ|"
    "giảm nghèo bền vững|chi trả trợ cấp ưu đãi người có công với cách mạng|"
    "lao động nước ngoài làm việc tại các doanh nghiệp trong khu công nghiệp|"
    # construction, traffic, trade
    "điều chỉnh cục bộ quy hoạch chi tiết xây dựng tỷ lệ 1/500 Khu dân cư số "
    "{n}|trật tự xây dựng đô thị|bảo đảm trật tự an toàn giao thông trong dịp "
    "nghỉ Lễ 30/4 và 01/5|quản lý kinh doanh xăng dầu|phát triển điện nông "
    "thôn|đấu nối đường nhánh vào Quốc lộ {q}|"
    # justice, culture, inspection
    "tiếp công dân, xử lý đơn thư, giải quyết khiếu nại, tố cáo|phổ biến, "
    "giáo dục pháp luật quý {r}/{y}|tổ chức Lễ hội Văn hóa Cồng chiêng năm "
    "{y}|bảo tồn và phát huy giá trị di tích lịch sử cấp tỉnh|phòng, chống "
    "tham nhũng, lãng phí|kết luận thanh tra việc chấp hành pháp luật về đất "
    "đai|xây dựng nông thôn mới nâng cao năm {y}|cuộc thi trực tuyến “Tìm hiểu cải "
    "cách hành chính”|hưởng ứng “Tết trồng cây đời đời nhớ ơn Bác Hồ” Xuân "
    "{y1}|gói thầu số {n} “Cung cấp, lắp đặt thiết bị” thuộc công trình Trạm "
    "bơm {c} {r}").split("|")

ACTIONS = (
    "tăng cường|tiếp tục đẩy mạnh|báo cáo kết quả|báo cáo tình hình|đề nghị "
    "phối hợp|góp ý dự thảo kế hoạch|tham gia ý kiến đối với dự thảo Nghị "
    "quyết về|triển khai thực hiện|rà soát, đề xuất|đôn đốc|hướng dẫn một số "
    "nội dung|chấn chỉnh|cung cấp thông tin, số liệu|xin ý kiến về|giải quyết "
    "kiến nghị của cử tri liên quan đến|thống nhất chủ trương|đăng ký nhu cầu "
    "kinh phí|thẩm định hồ sơ|cử cán bộ tham gia tập huấn|kiểm tra, xác minh "
    "phản ánh của báo chí về|trả lời đơn kiến nghị của công dân về|gia hạn "
    "thời gian báo cáo").split("|")
TAILS = ("", "", "", "", " trên địa bàn tỉnh", " trên địa bàn huyện {d}",
         " tại xã {c}, huyện {d}", " trong tình hình mới",
         " {h} tháng đầu năm {y}", " trên địa bàn tỉnh {p}",
         " theo Nghị quyết số {k}/NQ-CP của Chính phủ",
         " và nhiệm vụ trọng tâm {h} tháng cuối năm {y}", " (đợt {n})",
         " theo Chương trình hành động số {k}-CTr/TU của Tỉnh ủy",
         " (kèm theo danh sách)", ", đợt {n}/{y}")
LONG = (" theo chỉ đạo của Thủ tướng Chính phủ tại Chỉ thị số {k}/CT-TTg ngày "
        "{a}", ", tiêu thụ sản phẩm và ổn định đời sống nhân dân các xã vùng "
        "đồng bào dân tộc thiểu số và miền núi", " và kết luận của đồng chí "
        "Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh tại buổi làm việc với "
        "các sở, ngành, địa phương")
BY_TYPE = {
    "NQ": ("Về {t}", "Thông qua {u}", "Về việc quy định mức hỗ trợ {t}"),
    "QĐ": ("Về việc phê duyệt {u}", "Ban hành Quy chế phối hợp {t}",
           "Về việc thành lập Ban Chỉ đạo {t}", "Phê duyệt Đề án {t}",
           "Về việc ban hành Kế hoạch {t}", "V/v giao chỉ tiêu {t}",
           "Về việc điều động và bổ nhiệm công chức lãnh đạo, quản lý"),
    "CT": ("Về việc tăng cường {t}", "Về {t}", "Về việc đẩy mạnh {t}"),
    "QC": ("Phối hợp {t}", "Quản lý, sử dụng Quỹ {t}", "Tổ chức và hoạt động "
           "của Ban Chỉ đạo {t}"),
    "QyĐ": ("Về {t}", "Trình tự, thủ tục {t}", "Về tiêu chí đánh giá {t}"),
    "TC": ("Về {t}", "Kết quả kỳ họp thứ {n} về {t}"),
    "TB": ("Kết luận của Chủ tịch UBND tỉnh tại cuộc họp về {t}", "Về việc "
           "{t}", "Kết quả {t}", "Về việc nghỉ Tết Dương lịch năm {y1}"),
    "HD": ("Thực hiện {t}", "Về việc {t}", "Nghiệp vụ {t}"),
    "CTr": ("Công tác năm {y}", "Hành động về {t}", "Phối hợp {t}"),
    "KH": ("Triển khai {t}", "Thực hiện {t}", "{u}", "Kiểm tra {t}",
           "Tổ chức hội nghị tổng kết {t}"),
    "PA": ("{u}", "Ứng phó bão mạnh, siêu bão và {t}", "Hỗ trợ {t}"),
    "ĐA": ("{u}", "Phát triển {t}", "Nâng cao hiệu quả {t}"),
    "DA": ("Hỗ trợ {t}", "Đầu tư xây dựng hạ tầng {t}"),
    "BC": ("Kết quả {t}", "Tình hình {t}", "Tổng kết {t}", "Kết quả công tác "
           "tháng {m} và phương hướng, nhiệm vụ tháng {m1} năm {y}",
           "Sơ kết 6 tháng thực hiện {t}", "Giải trình ý kiến về {t}"),
    "BB": ("Họp xét {t}", "Hội nghị {t}", "Kiểm tra {t}", "Làm việc về {t}"),
    "TTr": ("Về việc phê duyệt {u}", "Về việc {t}", "Về việc ban hành Nghị "
            "quyết về {t}", "Đề nghị thẩm định {u}"),
    "HĐ": ("Về việc cung cấp dịch vụ tư vấn {t}", "Thuê khoán {t}"),
    "CĐ": ("Về việc chủ động ứng phó với bão số {n}", "Về {t}", "Về việc tập "
           "trung khắc phục hậu quả mưa lũ"),
    "BGN": ("Về hợp tác {t}", "Về việc phối hợp {t}"),
    "BTT": ("Về hợp tác {t}", "Về việc phối hợp {t}"),
    "GUQ": ("Về việc ký hợp đồng {t}", "Về việc giải quyết {t}"),
    "GM": ("Dự Hội nghị {t}", "Họp bàn về {t}", "Dự cuộc họp về việc {t}",
           "Tham dự buổi làm việc về {t}"),
    "GGT": ("Liên hệ công tác về {t}", "Đến làm việc về {t}"),
    "GNP": ("Nghỉ phép năm {y}", "Nghỉ phép theo chế độ năm {y}"),
    "PG": ("Gửi tài liệu {t}", "Gửi hồ sơ {t}"),
    "PC": ("Chuyển đơn của công dân về {t}", "Chuyển hồ sơ {t}"),
    "PB": ("Kết quả xử lý hồ sơ {t}", "Về kết quả {t}"),
    "THƯ": ("Gửi cán bộ, công chức, viên chức nhân ngày truyền thống ngành",
            "Chúc mừng và cảm ơn về {t}"),
}
ROMAN = ("I", "II", "III", "IV")


def fill(rng, text, names, day):
    year, month = day.year, day.month
    return text.format(
        n=rng.randint(1, 14), y=year, y1=year + 1, y5=year + 4, y10=year + 9,
        q=rng.choice((20, 27, 28, 55)), r=rng.choice(ROMAN),
        h=rng.choice((3, 6, 9)), k=rng.randint(5, 160), m=month,
        m1=month % 12 + 1, d=rng.choice(names.DISTRICTS),
        c=rng.choice(names.COMMUNES), p=rng.choice(names.PROVINCES),
        a=f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/{year - 1}",
        t="{t}", u="{u}")


def make(rng, kind, names, day):
    """-> what stands in front ("V/v", "Về việc", ""), and the subject."""
    topic = rng.choice(TOPICS)
    if rng.random() < 0.5:
        topic += rng.choice(TAILS)
    if rng.random() < 0.08:
        topic += rng.choice(LONG)
    topic = fill(rng, topic, names, day)
    if not kind:
        if rng.random() < 0.05:
            return "V/v", fill(rng, rng.choice((
                "mời họp", "báo cáo công tác tháng {m}", "nghỉ lễ",
                "gửi hồ sơ", "trả lời công dân")), names, day)
        return "V/v", f"{rng.choice(ACTIONS)} {topic}"
    text = fill(rng, rng.choice(BY_TYPE[kind]), names, day)
    for lead in ("Về việc", "V/v"):
        if text.startswith(lead + " "):
            rest = text[len(lead) + 1:]
            return lead, rest.format(t=topic, u="Kế hoạch " + topic)
    return "", text.format(
        t=topic if " " in text else first_upper(topic),
        u=rng.choice(("Kế hoạch", "Phương án", "Đề án")) + " " + topic)
