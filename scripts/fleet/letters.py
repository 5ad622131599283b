"""The letters: who writes what to which mailbox, in which shape."""
import random
from email.utils import format_datetime

from . import agency, documents, mime, office, paper

GREETING = ("Kính gửi anh, chị,\n\nGửi kèm {what} của {who}.\nĐề nghị nghiên "
            "cứu, thực hiện.\n\nTrân trọng,\nVăn thư {who}\n")
CHATTER = (
    "Chiều nay họp giao ban lúc 14 giờ 30 tại phòng họp tầng 2, anh chị nhớ "
    "mang theo số liệu tháng.|Em gửi lại danh sách đăng ký tập huấn, nhờ chị "
    "xem giúp còn thiếu ai không ạ.|Thứ sáu này cơ quan tổ chức hiến máu tình "
    "nguyện, ai tham gia xin đăng ký với Công đoàn.|Anh kiểm tra giúp máy in "
    "phòng 305, sáng nay in bị lem.|Cảm ơn chị đã gửi số liệu, em sẽ tổng hợp "
    "và báo lại trong tuần.|Nhắc anh chị nộp báo cáo công tác tuần trước 16 "
    "giờ thứ năm.").split("|")
CHAT_SUBJECTS = ("Họp giao ban chiều nay|Danh sách tập huấn|Hiến máu tình "
                 "nguyện|Máy in phòng 305|Re: số liệu|Nhắc nộp báo cáo tuần|"
                 "Không chủ đề|").split("|")
BODY_STYLES = ["utf-8", "utf-8-q", "8bit", "1258", "tcvn3", "vni"]
BODY_WEIGHTS = [50, 16, 18, 8, 4, 4]


class Writer:
    """Makes letters; remembers nothing but its cache of documents."""

    def __init__(self, seed, moment_of, sizes=None, cache=400, real=None):
        self.seed = seed
        self.moment_of = moment_of     # rng -> datetime with a zone
        self.sizes = sizes             # number -> bytes of the main file
        self.real = real               # fleet.real, or None: quick ones
        self.cache = {}
        self.room = cache
        self.logos = [paper.logo(name) for name in ("LG", "TC", "XD", "NV")]

    def document(self, number):
        if number not in self.cache:
            made = documents.make_document(
                self.seed, number, lambda rng: self.moment_of(rng).date())
            documents.make_files(made, self.seed, self.sizes(number)
                                 if self.sizes else 0, self.real)
            if len(self.cache) >= self.room:
                self.cache.pop(next(iter(self.cache)))
            self.cache[number] = made
        return self.cache[number]

    def letter(self, plan, box):
        """-> bytes with LF, truth lines, moment."""
        rng = random.Random(f"{self.seed}/letter/{plan.number}")
        moment = self.moment_of(rng)
        make = getattr(self, "make_" + plan.kind.replace("-", "_"))
        sender, subject, (body, found) = make(plan, box, rng)
        head = self.head(plan, box, rng, sender, subject, moment)
        return head + body, found, moment

    def head(self, plan, box, rng, sender, subject, moment):
        name, address = sender
        coded = mime.word(subject, "UTF-8", rng.choice("bbq"))
        if subject and rng.random() < 0.04:
            coded = mime.word(subject, "windows-1258", "q")
        lines = [
            f"Return-Path: <{address}>",
            f"Received: from mx.{address.split('@')[1]} by mail."
            f"{agency.DOMAIN};\n {format_datetime(moment)}",
            f"Date: {format_datetime(moment)}",
            f"From: {mime.word(name)} <{address}>",
            f"To: {mime.word(box.owner)} <{box.user}@{agency.DOMAIN}>",
            f"Message-ID: <{self.seed}.{plan.number}@{address.split('@')[1]}>",
            "MIME-Version: 1.0",
        ]
        if subject:
            lines.insert(5, f"Subject: {coded}")
        return ("\n".join(lines) + "\n").encode()

    @staticmethod
    def office_of(document):
        issuer = document.issuer
        return f"Văn thư {issuer.name}", f"vanthu@{issuer.domain}"

    @staticmethod
    def subject_of(document, rng):
        start = {"": "V/v "}.get(document.kind[0], "Về việc ")
        style = rng.randrange(10)
        if style == 0:
            return "Không chủ đề"
        if style == 1:
            return f"({document.symbol}) {document.subject}"
        if style == 2:
            return agency.fold(f"{document.symbol} {document.subject}")
        mark = f"[{document.urgent}] " if document.urgent else ""
        return f"{mark}{document.symbol} {start}{document.subject}"

    def body_of(self, document, rng):
        text = GREETING.format(
            what=f"{document.kind[1].lower()} số {document.symbol} "
                 f"ngày {document.day:%d/%m/%Y}", who=document.issuer.name)
        style = rng.choices(BODY_STYLES, BODY_WEIGHTS)[0]
        return mime.text_part(text, style)

    def with_logo(self, text_part, document, rng, plan):
        """Plain and HTML with a logo by cid."""
        cid = f"logo{plan.number}@{document.issuer.domain}"
        html = (f"<html><body><p>Kính gửi,</p><p>Gửi kèm văn bản số "
                f"<b>{document.symbol}</b>.</p><img src=\"cid:{cid}\">"
                "</body></html>")
        logo = mime.inline_image(rng.choice(self.logos), "logo.png", cid)
        related = mime.multipart("related", [mime.text_part(
            html, "utf-8-q", "html"), logo], f"r{plan.number}")
        return mime.multipart("alternative", [text_part, related],
                              f"a{plan.number}")

    def parts_of(self, document, rng, plan):
        parts = [self.body_of(document, rng)]
        if rng.random() < 0.39:
            parts = [self.with_logo(parts[0], document, rng, plan)]
        for file in document.files:
            kind = file.type if rng.random() < 0.9 else \
                "application/octet-stream"
            parts.append(mime.attachment(file.name, kind, file.content,
                                         rng.choice(mime.NAME_STYLES)))
        return parts

    def make_document(self, plan, _box, rng):
        document = self.document(plan.document)
        parts = self.parts_of(document, rng, plan)
        return (self.office_of(document), self.subject_of(document, rng),
                mime.multipart("mixed", parts, f"m{plan.number}"))

    def make_winmail(self, plan, _box, rng):
        document = self.document(plan.document)
        content = office.winmail([(f.name, f.content) for f in
                                  document.files])
        parts = [self.body_of(document, rng),
                 mime.attachment("winmail.dat", "application/ms-tnef",
                                 content)]
        return (self.office_of(document), self.subject_of(document, rng),
                mime.multipart("mixed", parts, f"w{plan.number}"))

    def make_invitation(self, plan, _box, rng):
        document = self.document(plan.document)
        calendar = ("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
                    f"UID:{plan.number}\r\nSUMMARY:{document.subject}\r\n"
                    "END:VEVENT\r\nEND:VCALENDAR\r\n")
        body = mime.multipart(
            "alternative", [self.body_of(document, rng),
                            mime.alternative_part("text/calendar", calendar)],
            f"i{plan.number}")
        parts = [body] + self.parts_of(document, rng, plan)[1:]
        return (self.office_of(document), f"Giấy mời: {document.subject}",
                mime.multipart("mixed", parts, f"j{plan.number}"))

    def make_signed(self, plan, _box, rng):
        document = self.document(plan.document)
        inner = mime.multipart("mixed", self.parts_of(document, rng, plan),
                               f"s{plan.number}")
        signed = mime.multipart(
            "signed", [inner, mime.signature_part(rng.randbytes(1400))],
            f"t{plan.number}", protocol="application/pkcs7-signature",
            micalg="sha-256")
        return (self.office_of(document), self.subject_of(document, rng),
                signed)

    def make_forward(self, plan, box, rng):
        document = self.document(plan.document)
        sender, subject, (body, _) = self.make_document(plan, box, rng)
        inner = self.head(plan, box, rng, sender, subject,
                          self.moment_of(rng)) + body
        who = agency.Issuer("", "Văn phòng Sở", "VP", "", agency.DOMAIN, ())
        parts = [mime.text_part("Chuyển anh, chị xử lý theo thẩm quyền.\n",
                                "utf-8-q"), mime.forwarded(inner)]
        title = "Fwd: " + self.subject_of(document, rng)
        return ((who.name, f"vanthu@{who.domain}"), title,
                mime.multipart("mixed", parts, f"f{plan.number}"))

    def make_chatter(self, _plan, _box, rng):
        person = " ".join((rng.choice(agency.FAMILY),
                           rng.choice(agency.GIVEN)))
        text = rng.choice(CHATTER) + f"\n\n{person}\n"
        address = agency.fold(person).lower().replace(" ", ".")
        return ((person, f"{address}@{agency.DOMAIN}"),
                rng.choice(CHAT_SUBJECTS),
                mime.text_part(text, rng.choices(BODY_STYLES,
                                                 BODY_WEIGHTS)[0]))

    def make_receipt(self, plan, box, rng):
        issuer = rng.choice(agency.ISSUERS)
        note = (f"Final-Recipient: rfc822; vanthu@{issuer.domain}\n"
                f"Original-Message-ID: <{plan.number}@{agency.DOMAIN}>\n"
                "Disposition: manual-action/MDN-sent-manually; displayed\n")
        parts = [mime.text_part("Thư của ông/bà đã được mở đọc.\n", "utf-8-q"),
                 mime.report_part("message/disposition-notification", note)]
        return ((issuer.name, f"vanthu@{issuer.domain}"),
                f"Đã đọc: {box.owner}",
                mime.multipart("report", parts, f"d{plan.number}",
                               report_type="disposition-notification"))

    def make_bounce(self, plan, box, rng):
        issuer = rng.choice(agency.ISSUERS)
        status = (f"Reporting-MTA: dns; mx.{issuer.domain}\n\n"
                  f"Final-Recipient: rfc822; nguoinhan@{issuer.domain}\n"
                  "Action: failed\nStatus: 5.1.1\n")
        headers = (f"From: {box.user}@{agency.DOMAIN}\n"
                   f"To: nguoinhan@{issuer.domain}\n"
                   f"Message-ID: <{plan.number}@{agency.DOMAIN}>\n")
        parts = [mime.text_part("The following address failed:\n", "utf-8-q"),
                 mime.report_part("message/delivery-status", status),
                 mime.report_part("text/rfc822-headers", headers)]
        return (("Mail Delivery System", f"mailer-daemon@{issuer.domain}"),
                "Undelivered Mail Returned to Sender",
                mime.multipart("report", parts, f"b{plan.number}",
                               report_type="delivery-status"))
