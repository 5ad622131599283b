"""Subjects of the kept-out part: other fields, other grammar."""
from .facts import first_upper

THINGS = (
    "thu hồi nợ thuế, chống thất thu ngân sách quý {r}/{y}|hoàn thuế giá trị "
    "gia tăng đối với hàng hóa xuất khẩu|đóng, hưởng bảo hiểm xã hội tự "
    "nguyện|giám định chi phí khám bệnh, chữa bệnh BHYT đợt {n}/{y}|cấp thẻ "
    "căn cước cho công dân dưới 14 tuổi|kiểm tra an toàn PCCC tại các cơ sở "
    "kinh doanh karaoke, vũ trường|tuyển chọn và gọi công dân nhập ngũ năm "
    "{y1}|huấn luyện dân quân tự vệ giai đoạn II/{y}|hoạt động của các điểm "
    "nhóm tôn giáo|thực hiện Tiểu dự án {n} thuộc Chương trình mục tiêu quốc "
    "gia phát triển kinh tế - xã hội vùng đồng bào DTTS&MN|quyết toán kinh "
    "phí công đoàn cơ sở|Tháng Thanh niên năm {y} với chủ đề “Tuổi trẻ xung "
    "kích chuyển đổi số”|ngừng, giảm cung cấp điện để sửa chữa trạm 110kV Yên "
    "Phong|đăng ký bảo hộ chỉ dẫn địa lý “{c}” cho sản phẩm chè|xúc tiến "
    "thương mại điện tử và sàn giao dịch “mỗi xã một sản phẩm”|bảo đảm an "
    "toàn thông tin mạng theo mô hình 4 lớp|cấp chứng thư số chuyên dùng công "
    "vụ|lựa chọn nhà thầu gói thầu số {n}: Mua sắm trang thiết bị y tế|Tổng "
    "điều tra kinh tế và điều tra nông thôn, nông nghiệp|phòng, chống bạo lực "
    "gia đình, bình đẳng giới|cai nghiện ma túy tự nguyện tại cộng đồng|thi "
    "hành án dân sự liên quan đến tín dụng, ngân hàng|đào tạo sau đại học "
    "theo Đề án {k}|nghiệm thu đề tài “Nghiên cứu chọn tạo giống lúa chịu "
    "mặn”|đón đoàn khách quốc tế đến thăm và làm việc|phát triển du lịch cộng "
    "đồng gắn với làng nghề|miễn nhiệm, bổ nhiệm Hội thẩm nhân dân nhiệm kỳ "
    "{y}-{y5}|xếp hạng di tích kiến trúc nghệ thuật Đình làng {c}|vận hành "
    "liên hồ chứa trên lưu vực sông trong mùa lũ|khắc phục sự cố sạt lở bờ "
    "biển đoạn qua xã {c}|cho vay hộ nghèo, hộ cận nghèo và các đối tượng "
    "chính sách|nâng cấp đường ĐT.{q} (Km{n}+500 - Km{k}+200)|thí điểm mô "
    "hình chính quyền địa phương 02 cấp|quản lý tài sản công là trụ sở dôi dư "
    "sau sắp xếp|lấy ý kiến Nhân dân về dự thảo sửa đổi Hiến pháp|đo đạc, lập "
    "bản đồ địa chính xã {c}, tỷ lệ 1/2000").split("|")
MOVES = (
    "về {t}|liên quan đến {t}|đề nghị bố trí kinh phí {t}|xử lý các vướng mắc "
    "trong {t}|khẩn trương {t}|bổ sung hồ sơ {t}|đính chính Văn bản số {k}/"
    "BC-VP về {t}|thông tin về tiến độ {t}|hưởng ứng {t}|lấy ý kiến lần {n} "
    "đối với hồ sơ {t}|không tổ chức {t}|thực hiện ý kiến chỉ đạo của Phó Thủ "
    "tướng Chính phủ về {t}|nhắc lần {n} việc {t}|hỏa tốc chuẩn bị nội dung "
    "{t}|cho chủ trương {t}|kéo dài thời gian {t}|giao chủ trì {t}|sao gửi "
    "tài liệu {t}|phúc tra kết quả {t}|rút kinh nghiệm trong {t}").split("|")
ENDS = ("", "", "", " (lần {n})", " tại huyện {d}", " của tỉnh {p}",
        " từ ngày {a} đến nay", ", giai đoạn {y} - {y5}",
        " theo Nghị quyết số 57-NQ/TW của Bộ Chính trị",
        " trên địa bàn các xã, phường mới thành lập",
        "; công tác chuẩn bị và phân công nhiệm vụ của các thành viên")
SHORT = ("mời dự họp", "v/v cử cán bộ", "đăng ký lịch làm việc",
         "thông báo nghỉ Tết", "báo cáo quý {r}/{y}")
BY_TYPE = {
    "NQ": ("Về {t}", "Về việc thông qua Đề án {t}", "Bãi bỏ một phần quy định"
           " về {t}"),
    "QĐ": ("Về việc công nhận kết quả {t}", "Thành lập Tổ công tác {t}",
           "Về việc thu hồi đất để {t}", "Về việc khen thưởng thành tích "
           "trong {t}", "Quy định mức chi {t}", "Cử công chức tham gia {t}"),
    "CT": ("Về một số nhiệm vụ, giải pháp cấp bách về {t}", "V/v chấn chỉnh "
           "kỷ cương trong {t}"),
    "QC": ("Làm việc của Tổ công tác {t}", "Tiếp nhận, xử lý thông tin về "
           "{t}"),
    "QyĐ": ("Phân cấp quản lý {t}", "Chế độ báo cáo về {t}"),
    "TC": ("Kỳ họp thứ {n}: {t}", "Báo chí về {t}"),
    "TB": ("Về việc treo cờ Tổ quốc và {t}", "Ý kiến kết luận tại buổi tiếp "
           "công dân định kỳ về {t}", "Tuyển dụng lao động phục vụ {t}",
           "Lịch tiếp dân và {t}"),
    "HD": ("Một số nội dung về {t}", "Quy trình {t}"),
    "CTr": ("Công tác trọng tâm quý {r} năm {y}", "Giám sát {t}",
            "Kỳ họp chuyên đề: {t}"),
    "KH": ("Hành động {t}", "Tiếp xúc cử tri và {t}", "Phát động thi đua {t}",
           "Giám sát {t}"),
    "PA": ("Phân bổ kinh phí {t}", "Sắp xếp, bố trí nhân sự {t}",
           "Bảo đảm an ninh, trật tự phục vụ {t}"),
    "ĐA": ("Thí điểm {t}", "Đổi mới {t}"),
    "DA": ("Nâng cao năng lực {t}", "Mở rộng mô hình {t}"),
    "BC": ("Tiếp thu, giải trình về {t}", "Nhanh tình hình {t}", "Chuyên đề "
           "{t}", "Số liệu {t} (tính đến ngày {a})", "Kiểm điểm trách nhiệm "
           "trong {t}"),
    "BB": ("Bàn giao hồ sơ {t}", "Thẩm tra {t}", "Lấy phiếu tín nhiệm"),
    "TTr": ("Đề nghị xây dựng Nghị quyết quy định {t}", "Về việc xin phê "
            "duyệt dự toán {t}", "Về chủ trương {t}"),
    "HĐ": ("Cung ứng dịch vụ công ích {t}", "Lao động thời vụ {t}"),
    "CĐ": ("Về việc ứng phó khẩn cấp với lũ trên các sông", "Về việc bảo đảm "
           "{t}"),
    "BGN": ("Hợp tác giữa hai bên về {t}", "Trao đổi thông tin {t}"),
    "BTT": ("Hợp tác giữa hai bên về {t}", "Tài trợ {t}"),
    "GUQ": ("Thay mặt người đứng đầu tham gia tố tụng", "Quyết toán {t}"),
    "GM": ("Lễ công bố quyết định {t}", "Phiên họp thường kỳ tháng {m}",
           "Tọa đàm “{v}”", "Khảo sát thực địa {t}"),
    "GGT": ("Cử đến liên hệ {t}", "Nhận hồ sơ {t}"),
    "GNP": ("Nghỉ phép thường niên", "Nghỉ việc riêng năm {y}"),
    "PG": ("Chuyển phát văn bản {t}", "Gửi kèm ấn phẩm {t}"),
    "PC": ("Chuyển đơn phản ánh, kiến nghị về {t}", "Chuyển văn bản {t}"),
    "PB": ("Tiếp nhận đơn về {t}", "Trúng tuyển kỳ thi {t}"),
    "THƯ": ("Chúc mừng Ngày Báo chí cách mạng Việt Nam 21/6",
            "Thăm hỏi, chia sẻ với nhân dân vùng lũ", "Khen về {t}"),
}


def fill(rng, text, names, day):
    year, month = day.year, day.month
    return text.format(
        n=rng.randint(1, 9), y=year, y1=year + 1, y5=year + 5, q=rng.choice(
            (281, 395, 609, 741)), r=rng.choice(("I", "II", "III", "IV")),
        k=rng.randint(10, 90), m=month, d=rng.choice(names.DISTRICTS),
        c=rng.choice(names.COMMUNES), p=rng.choice(names.PROVINCES),
        a=f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{year - 1}", t="{t}",
        v="{v}")


def make(rng, kind, names, day):
    thing = rng.choice(THINGS)
    thing = fill(rng, thing + rng.choice(ENDS), names, day)
    if not kind:
        lead = rng.choice(("V/v", "V/v", "V/v", "Về việc", "v/v", "V/v:"))
        if rng.random() < 0.05:
            return lead, fill(rng, rng.choice(SHORT).replace("v/v ", ""),
                              names, day)
        move = fill(rng, rng.choice(MOVES), names, day).format(t=thing)
        if lead == "Về việc" and move.startswith("về "):
            move = "thực hiện" + move[2:]
        return lead, move
    text = fill(rng, rng.choice(BY_TYPE[kind]), names, day)
    for lead in ("Về việc", "V/v"):
        if text.startswith(lead + " "):
            return lead, text[len(lead) + 1:].format(t=thing)
    return "", text.format(t=thing, v=first_upper(thing).replace(
        "“", "").replace("”", ""))
