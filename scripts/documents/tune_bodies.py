"""What the documents say below their subject; the part for tuning."""
import datetime

from .blocks import Break, Columns, Grid, Line, Space
from .facts import (Cited, first_lower, first_upper, long_day, make_name,
                    short_day, shorter_day)

LAWS = (("30/2020/NĐ-CP", "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm "
         "2020 của Chính phủ về công tác văn thư", "2020-03-05"),
        ("63/2010/NĐ-CP", "Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm "
         "2010 của Chính phủ về kiểm soát thủ tục hành chính", "2010-06-08"),
        ("45/2013/QH13", "Luật Đất đai số 45/2013/QH13 ngày 29 tháng 11 năm "
         "2013", "2013-11-29"),
        ("01/2019/TT-BNV", "Thông tư số 01/2019/TT-BNV ngày 24/01/2019 của Bộ "
         "Nội vụ", "2019-01-24"),
        ("28/2018/QĐ-TTg", "Quyết định số 28/2018/QĐ-TTg ngày 12 tháng 7 năm "
         "2018 của Thủ tướng Chính phủ", "2018-07-12"),
        ("", "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
         ""), ("", "chức năng, nhiệm vụ, quyền hạn của cơ quan", ""))
FILLER = (
    "Trong thời gian qua, các cơ quan, đơn vị, địa phương đã quan tâm, tập "
    "trung chỉ đạo thực hiện và đạt được một số kết quả tích cực; tuy nhiên, "
    "vẫn còn một số tồn tại, hạn chế cần khắc phục.",
    "Các phòng chuyên môn, đơn vị trực thuộc căn cứ chức năng, nhiệm vụ được "
    "giao chủ động xây dựng kế hoạch và tổ chức thực hiện nghiêm túc, hiệu "
    "quả.",
    "Kinh phí thực hiện được bố trí từ nguồn ngân sách nhà nước theo phân cấp "
    "hiện hành và các nguồn kinh phí hợp pháp khác theo quy định.",
    "Đẩy mạnh công tác thông tin, tuyên truyền để người dân, doanh nghiệp "
    "hiểu và tích cực tham gia; kịp thời biểu dương tập thể, cá nhân làm tốt.",
    "Qua kiểm tra thực tế, một số hồ sơ chưa đầy đủ thành phần theo quy định, "
    "số liệu giữa các biểu mẫu chưa thống nhất, cần được rà soát, bổ sung.",
    "Tăng cường thanh tra, kiểm tra, giám sát; xử lý nghiêm các trường hợp vi "
    "phạm theo đúng quy định của pháp luật.",
    "Người đứng đầu cơ quan, đơn vị chịu trách nhiệm trước pháp luật về tính "
    "chính xác của các nội dung, số liệu báo cáo.",
    "Giao Văn phòng theo dõi, đôn đốc và tổng hợp kết quả thực hiện, định kỳ "
    "báo cáo trước ngày 25 hằng tháng.",
    "Diện tích gieo trồng toàn vùng ước đạt 12.450 ha, bằng 102,3% kế hoạch, "
    "tăng 1,8% so với cùng kỳ; năng suất bình quân đạt 61,5 tạ/ha.",
    "Việc bảo mật thông tin của tổ chức, cá nhân trong quá trình xử lý hồ sơ "
    "được thực hiện theo quy định về an toàn thông tin.",
)
CLOSINGS = (
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh "
    "kịp thời để được hướng dẫn, giải quyết./.",
    "Đề nghị các cơ quan, đơn vị quan tâm, phối hợp thực hiện./.",
    "Rất mong nhận được sự quan tâm, phối hợp của quý cơ quan./.",
    "Yêu cầu Thủ trưởng các cơ quan, đơn vị nghiêm túc triển khai thực "
    "hiện./.")
DUE = (
    "Báo cáo kết quả thực hiện gửi về {a} trước ngày {d} để tổng hợp.",
    "Đề nghị quý cơ quan có ý kiến bằng văn bản gửi {a} trước ngày {d}.",
    "Văn bản góp ý đề nghị gửi về {a} chậm nhất ngày {d}.",
    "Kết quả gửi về {a} trước 17 giờ 00 ngày {d} để tổng hợp, báo cáo cấp có "
    "thẩm quyền.",
    "Thời hạn hoàn thành: trước ngày {d}.",
    "Đề nghị các đơn vị gửi báo cáo về {a} chậm nhất là ngày {d}, đồng thời "
    "gửi tệp tin qua hộp thư điện tử công vụ.",
    "Đề nghị đăng ký danh sách gửi về {a} chậm nhất đến hết ngày {d}.",
    "Yêu cầu các đơn vị hoàn thành trước 15h ngày {d}.",
    "Thời gian gửi báo cáo: không quá ngày {d}.",
    "Đề nghị gửi kết quả rà soát về {a} trong ngày {d} để trình ký.",
    "Hạn chót gửi báo cáo là ngày {d}.",
    "Các đơn vị báo cáo bằng văn bản về {a}, thời hạn đến ngày {d}.",
    "Thời hạn trả lời: ngày {d}.",
    "Hồ sơ nộp tại {a}, muộn nhất vào ngày {d}.",
    "Báo cáo phải gửi về {a} trước 16 giờ 30 phút ngày {d}.",
    "Thời gian hoàn thành: xong trong ngày {d}, không được chậm trễ.",
    "Đề nghị quý cơ quan sớm có văn bản trả lời, chậm nhất trong ngày {d}.",
    "Sau ngày {d}, nếu không nhận được ý kiến thì coi như đồng ý.",
    "Báo cáo (cả bản giấy và tệp tin) gửi trước {d} về {a}.",
    "Kết quả rà soát gửi về {a}, không chậm hơn ngày {d}.",
    "Đề nghị cử người tham gia, gửi danh sách không trễ quá ngày {d}.",
    "Hạn gửi văn bản: {d}.")
ADDRESSEES = (
    "Ủy ban nhân dân tỉnh", "Các sở, ban, ngành thuộc tỉnh",
    "Ủy ban nhân dân các huyện, thành phố", "Sở Tài chính", "Sở Nội vụ",
    "Sở Nông nghiệp và Môi trường", "Các đơn vị trực thuộc Sở",
    "Chi cục Kiểm lâm", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Xây dựng",
    "Phòng Kinh tế các huyện", "Ông (bà) Thủ trưởng các cơ quan")
RECIPIENTS = (
    "UBND tỉnh (b/c)", "Giám đốc Sở (b/c)", "Sở Tài chính", "Các phòng, ban "
    "chuyên môn", "Website Sở", "UBND các huyện, thành phố", "Như Điều 3",
    "CT, các PCT UBND tỉnh", "Thường trực Tỉnh ủy (b/c)", "Chi cục Thủy lợi",
    "Công báo tỉnh", "Lãnh đạo Sở")


def text(words, size=14, **more):
    return Line(words, size, align=more.pop("align", "full"),
                indent=more.pop("indent", 34), gap=more.pop("gap", 6),
                body=True, **more)


def say_day(rng, doc, day):
    if day.year == doc.day.year and rng.random() < 0.1:
        doc.notes.append("day without year")
        return f"{day.day}/{day.month}"
    return rng.choice((short_day(day), long_day(day)[5:], shorter_day(day)))


def make_due(rng, doc):
    due = doc.day + datetime.timedelta(rng.randint(3, 45))
    words = rng.choice(DUE).format(
        a=rng.choice((doc.agency.name, "cơ quan", "Văn phòng")),
        d=say_day(rng, doc, due))
    doc.due = due
    return words


def foreign_symbol(rng, doc, own=False):
    """The symbol of a letter that this one answers or carries out."""
    number = rng.randint(3, 4800)
    code = rng.choice(("UBND-NN", "SNN-KHTC", "SNV-CCVC", "STC-QLNS",
                       "BNV-CCVC", "UBND-TH", "STNMT-QLĐĐ", "SXD-QLXD"))
    kind = rng.choice(("", "", "KH", "QĐ"))
    if kind:
        code = f"{kind}-{code.split('-')[0]}"
    named = {"": "Công văn", "KH": "Kế hoạch", "QĐ": "Quyết định"}[kind]
    return named, f"{number:02d}/{code}"


def opening(rng, doc):
    day = doc.day - datetime.timedelta(rng.randint(2, 60))
    named, symbol = foreign_symbol(rng, doc)
    said = rng.choice((long_day(day), f"ngày {short_day(day)}"))
    role, words = rng.choice((
        ("reply", "Trả lời {n} số {s} {d} của {a} về việc {t}, {i} có ý kiến "
         "như sau:"),
        ("reply", "Phúc đáp {n} số {s} {d} của {a} về việc {t}, {i} báo cáo "
         "như sau:"),
        ("carries_out", "Thực hiện {n} số {s} {d} của {a} về việc {t}, {i} đề "
         "nghị các cơ quan, đơn vị triển khai các nội dung sau:"),
        ("basis", "Căn cứ {n} số {s} {d} của {a} về việc {t}, {i} hướng dẫn "
         "một số nội dung như sau:"),
        ("mentions", "{i} nhận được {n} số {s} {d} của {a} về việc {t}. Sau "
         "khi xem xét, {i} có ý kiến như sau:")))
    doc.cited.append(Cited(symbol, str(day), role))
    topic = first_lower(doc.subject) if len(doc.subject) < 130 else \
        "nội dung nêu trên"
    return first_upper(words.format(
        n=named, s=symbol, d=said, t=topic, i=doc.agency.name,
        a=rng.choice(ADDRESSEES[:6])))


def filler(rng, least=2, most=5):
    return [text(x) for x in rng.sample(FILLER, rng.randint(least, most))]


def kinh_gui(rng, doc):
    count = len(doc.addressees) or rng.choice((1, 1, 1, 2, 3))
    doc.addressees = doc.addressees or rng.sample(ADDRESSEES, count)
    if count == 1:
        return [Line(f"Kính gửi: {doc.addressees[0]}.", 14, gap=8)]
    return [Line("Kính gửi:", 14, gap=8, align="left", indent=90)] + [
        Line(f"- {x}{';' if i < count - 1 else '.'}", 14, align="left",
             indent=130) for i, x in enumerate(doc.addressees)]


def letter(rng, doc):
    body = kinh_gui(rng, doc) + [Space(6), text(opening(rng, doc))]
    if rng.random() < 0.5:
        body += [text(f"{i}. {x.text}") for i, x in
                 enumerate(filler(rng, 2, 4), 1)]
    else:
        body += filler(rng)
    if rng.random() < 0.55:
        body.append(text(make_due(rng, doc)))
    return body + [text(rng.choice(CLOSINGS))]


def decision(rng, doc):
    word = {"NQ": "QUYẾT NGHỊ:", "QĐ": "QUYẾT ĐỊNH:"}[doc.kind]
    head = doc.agency.head_of or doc.agency.name.upper()
    body = [Line(head, 13, bold=True, gap=4)]
    for symbol, law, day in rng.sample(LAWS, rng.randint(2, 4)):
        body.append(text(f"Căn cứ {law};", 14, italic=doc.era > 2019))
        if symbol:
            doc.cited.append(Cited(symbol, day, "basis"))
    body.append(text(f"Theo đề nghị của {rng.choice(ADDRESSEES[3:6])} tại Tờ "
                     f"trình số {rng.randint(10, 400)}/TTr-STC ngày "
                     f"{short_day(doc.day - datetime.timedelta(9))}."))
    doc.cited.append(Cited(body[-1].text.split("số ")[1].split(" ")[0],
                           str(doc.day - datetime.timedelta(9)), "basis"))
    body.append(Line(word, 14, bold=True, gap=8))
    topic = first_lower(doc.subject)
    articles = [f"{first_upper(topic)} với các nội dung chủ yếu kèm theo "
                f"{doc.type} này.",
                f"{doc.type} này có hiệu lực thi hành kể từ ngày ký" + (
                    f" và thay thế Quyết định số {rng.randint(20, 900)}/"
                    f"QĐ-{doc.agency.code} ngày "
                    f"{short_day(doc.day - datetime.timedelta(800))}."
                    if rng.random() < 0.4 else "."),
                f"{rng.choice(ADDRESSEES)}; Thủ trưởng các cơ quan, đơn vị và "
                f"cá nhân có liên quan chịu trách nhiệm thi hành {doc.type} "
                "này./."]
    if "thay thế" in articles[1]:
        doc.cited.append(Cited(
            articles[1].split("Quyết định số ")[1].split(" ")[0],
            str(doc.day - datetime.timedelta(800)), "replaces"))
    for i, words in enumerate(articles, 1):
        body.append(text(words, lead=f"Điều {i}. "))
    return body


def sections(rng, doc):
    names = rng.choice((
        ("I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG", "III. TỔ CHỨC THỰC HIỆN"),
        ("I. KẾT QUẢ ĐẠT ĐƯỢC", "II. TỒN TẠI, HẠN CHẾ", "III. NHIỆM VỤ TRỌNG "
         "TÂM"), ("1. Tình hình chung", "2. Kết quả thực hiện", "3. Đề xuất, "
                  "kiến nghị")))
    body = [text(opening(rng, doc))] if rng.random() < 0.7 else []
    for name in names:
        body.append(Line(name, 14, bold=True, align="left", indent=34, gap=8))
        body += filler(rng, 1, 3)
    if doc.kind in ("KH", "HD", "CT", "TB") and rng.random() < 0.5:
        body.append(text(make_due(rng, doc)))
    return body + [text(rng.choice(CLOSINGS))]


def submission(rng, doc):
    return kinh_gui(rng, doc) + sections(rng, doc)


def invitation(rng, doc):
    day = doc.day + datetime.timedelta(rng.randint(2, 12))
    doc.addressees = rng.sample(ADDRESSEES, 2)
    return [
        text(f"{doc.agency.name} trân trọng kính mời "
             f"{'; '.join(doc.addressees)} tham dự "
             f"{first_lower(doc.subject)}."),
        text(f"Thời gian: {rng.choice(('07 giờ 30', '8 giờ 00', '14h00'))}, "
             f"{long_day(day)}.", lead="1. "),
        text("Địa điểm: Phòng họp số 2, trụ sở cơ quan.", lead="2. "),
        text(f"Chủ trì: đồng chí {make_name(rng)}.", lead="3. "),
        text("Đề nghị các đại biểu bố trí thời gian tham dự đầy đủ, đúng "
             "thành phần./.")]


def minutes(rng, doc):
    clerk = make_name(rng)
    doc.other_signers.append(clerk)
    return [text(f"Hôm nay, vào hồi 08 giờ 00 {long_day(doc.day)}, tại trụ sở "
                 f"{doc.agency.name}, chúng tôi gồm có:"),
            text(f"Chủ trì: Ông {doc.signer}", lead="- "),
            text(f"Thư ký: Bà {clerk}", lead="- ")] + filler(rng) + [
        text("Biên bản kết thúc vào hồi 11 giờ 00 cùng ngày, được lập thành "
             "02 bản có giá trị như nhau./.")]


def parties(rng, doc):
    other = make_name(rng)
    doc.other_signers.append(other)
    return [text("Căn cứ Bộ luật Dân sự ngày 24 tháng 11 năm 2015;"),
            text(f"Hôm nay, {long_day(doc.day)}, chúng tôi gồm:"),
            text(doc.agency.name, lead="BÊN A: ", indent=0),
            text(f"Đại diện: {doc.signer}, chức vụ: "
                 f"{doc.sign.position.split('|')[0]}", indent=0),
            text("Công ty TNHH Tư vấn Phương Nam", lead="BÊN B: ", indent=0),
            text(f"Đại diện: {other}, chức vụ: Giám đốc", indent=0)] + \
        filler(rng, 2, 4) + [text("Hai bên cam kết thực hiện đúng các điều "
                                  "khoản đã thỏa thuận./.")]


def slip(rng, doc):
    """The short forms: giấy giới thiệu, giấy nghỉ phép, phiếu."""
    name = make_name(rng)
    kind = doc.kind
    if kind in ("GGT", "GNP", "GUQ"):
        what = {"GGT": f"Trân trọng giới thiệu ông (bà): {name}",
                "GNP": f"Cấp cho ông (bà): {name}",
                "GUQ": f"Ủy quyền cho ông (bà): {name}"}[kind]
        until = doc.day + datetime.timedelta(rng.randint(5, 20))
        rest = {"GGT": f"Giấy này có giá trị đến hết ngày {short_day(until)}."
                       "/.",
                "GNP": f"Được nghỉ phép từ ngày {short_day(doc.day)} đến hết "
                       f"ngày {short_day(until)} tại quê nhà./.",
                "GUQ": "Người được ủy quyền không được ủy quyền lại cho người "
                       "khác./."}[kind]
        return [text(f"{doc.agency.name}:"), text(what),
                text("Chức vụ: Chuyên viên"),
                text(f"Được cử đến: {rng.choice(ADDRESSEES)}"),
                text(f"Về việc: {first_lower(doc.subject)}."), text(rest)]
    doc.addressees = [rng.choice(ADDRESSEES)]
    return [Line(f"Kính gửi: {doc.addressees[0]}.", 14, gap=8),
            text(opening(rng, doc)),
            Grid([["STT", "Tên tài liệu", "Số lượng"],
                  ["1", first_upper(doc.subject), "02"],
                  ["2", "Hồ sơ kèm theo", "01"]], [0.1, 0.7, 0.2])] + \
        filler(rng, 1, 2) + [text("Sau khi nhận được, đề nghị gửi lại phiếu "
                                  "này./.")]


def greeting(rng, doc):
    return [Line("Thân gửi: Toàn thể cán bộ, công chức, viên chức,", 14,
                 gap=8)] + filler(rng) + [
        text("Nhân dịp này, thân ái gửi tới các đồng chí lời chúc sức khỏe, "
             "hạnh phúc và thành công./.")]


def telegram(rng, doc):
    head = doc.agency.head_of or doc.agency.name.upper()
    body = [Line(f"{head} điện:", 14, bold=True, gap=8)]
    return body + kinh_gui(rng, doc) + [Space(4)] + filler(rng, 2, 4) + [
        text(make_due(rng, doc)), text(rng.choice(CLOSINGS))]


BODIES = {"": letter, "NQ": decision, "QĐ": decision, "TTr": submission,
          "GM": invitation, "BB": minutes, "HĐ": parties, "BGN": parties,
          "BTT": parties, "GGT": slip, "GNP": slip, "GUQ": slip, "PG": slip,
          "PC": slip, "PB": slip, "THƯ": greeting, "CĐ": telegram}


def annex(rng, doc):
    number = doc.symbol or "    "
    rows = [["STT", "Đơn vị", "Kế hoạch", "Thực hiện", "Ghi chú"]]
    for i in range(1, rng.randint(8, 24)):
        plan = rng.randint(10, 900)
        rows.append([i, f"Xã số {i}", plan, plan - rng.randint(0, 9), ""])
    return [Break(), Line("PHỤ LỤC", 14, bold=True),
            Line(f"Số liệu {first_lower(doc.subject)}", 13, bold=True),
            Line(f"(Kèm theo {doc.type} số {number} {long_day(doc.day)} của "
                 f"{doc.agency.name})", 13, italic=True),
            Grid(rows, [0.08, 0.4, 0.18, 0.18, 0.16])]


def fill(rng, doc):
    doc.body = BODIES.get(doc.kind, sections)(rng, doc)
    first = {"": "Như trên", "QĐ": "Như Điều 3", "TTr": "Như trên"}.get(
        doc.kind, "Như trên" if doc.addressees else "Các đơn vị trực thuộc")
    doc.recipients = [first] + [x for x in rng.sample(
        RECIPIENTS, rng.randint(1, 4)) if x != first]


__all__ = ["fill", "annex", "Columns"]
