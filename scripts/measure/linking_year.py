"""A half year of letters whose links are known, one JSON line an event.

Everything is made up from a seed. Documents of others come in (new ones,
again, as scan, corrected, with annexes later, forwarded), ours go out and are
answered, read, returned; and there are those that only look alike: the same
number of another issuer or another year, the same subject of another month.
tests/bench/bench_linking.c plays the events to a register."""
import datetime
import json
import random

from fleet import agency, documents

FIRST = datetime.datetime(2026, 1, 5, 8)
DAYS = 176
ORGAN = "SNN"
UNITS = ["KHTC", "VP", "TTBVTV", "CNTY", "TL", "PTNT", "KL", "QLCL"]
KINDS = ["", "", "", "", "QĐ", "BC", "TB", "KH", "GM", "TTr"]
MONTHS = ["tháng 01", "tháng 02", "tháng 3", "tháng 4", "tháng 5", "tháng 6"]
PLACES = ("xã Tân Lập|xã Hòa Bình|xã Phú Long|phường Lam Sơn|xã Vĩnh Thạnh|xã "
          "An Phú|thị trấn Đông Hà|xã Long Điền|xã Mỹ Lợi|xã Thạnh Trị|xã Bình "
          "Minh|phường Trần Phú|xã Sơn Hải|xã Đại Thành|xã Ia Kreng").split("|")
THINGS = ("diện tích gieo trồng|sản lượng thu hoạch|số hộ tham gia|tổng kinh "
          "phí|khối lượng đào đắp|số mẫu kiểm tra|số cơ sở vi phạm|đàn gia súc "
          "được tiêm|chiều dài kênh kiên cố|số giấy chứng nhận đã cấp|lượng "
          "giống hỗ trợ|tỷ lệ hộ dùng nước sạch").split("|")
UNITS_OF = "ha|tấn|hộ|triệu đồng|m3|mẫu|cơ sở|con|km|giấy|kg|%".split("|")
VERBS = ("đề nghị|yêu cầu|giao|báo cáo|xác nhận|thống nhất với|phối hợp với|"
         "kiến nghị|hướng dẫn|thông báo cho").split("|")


def day_text(day):
    return (f"ngày {day.day:02d} tháng "
            f"{day.month:02d} năm {day.year}" if day.month < 3 else
            f"ngày {day.day:02d} tháng {day.month} năm {day.year}")


def name_of(rng):
    return " ".join((rng.choice(agency.FAMILY), rng.choice(agency.MIDDLE),
                     rng.choice(agency.GIVEN)))


def paragraph(rng):
    parts = [rng.choice(documents.SENTENCES)]
    for _ in range(rng.randint(2, 5)):
        parts.append(
            f"{rng.choice(VERBS)} {rng.choice(PLACES)} về "
            f"{rng.choice(THINGS)} đạt {rng.randint(3, 9800)} "
            f"{rng.choice(UNITS_OF)}, {rng.choice(documents.ACTIONS)} "
            f"{rng.choice(documents.TOPICS)}")
    return ", ".join(parts) + "."


def official_text(rng, doc, paragraphs, cites=""):
    return "\n".join([
        doc["issuer"].upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        f"Số: {doc['symbol']}", f"Lam Giang, {day_text(doc['date'])}",
        f"V/v {doc['subject']}", "Kính gửi: Sở Nông nghiệp và Môi trường",
        cites, *paragraphs, "Nơi nhận:", "- Như trên;", "- Lưu: VT.",
        doc["signer"]])


def scanned(rng, text, rate):
    """As recognition reads it: diacritics go first, then letters, digits."""
    out = []
    for c in text:
        roll = rng.random()
        if roll < rate and not c.isspace():
            plain = agency.fold(c)
            if plain != c:
                out.append(plain)
            elif c.isdigit():
                out.append(rng.choice("0123456789") if roll < rate / 2
                           else c)
            elif roll < rate / 3:
                out.append(rng.choice("lIrnmiuoec"))
            else:
                out.append(c)
        else:
            out.append(c)
    return "".join(out)


class Year:
    def __init__(self, seed, incoming, outgoing, noise):
        self.rng = random.Random(seed)
        self.noise = noise
        self.events = []    # (time, order, event)
        self.numbers = {}   # (issuer, year) -> last number
        self.count = {"i": 0, "o": 0, "p": 0, "f": 0, "m": 0}
        self.ours = []      # documents of ours, with key and time
        self.known = []     # incoming documents with key
        self.incoming, self.outgoing = incoming, outgoing
        self.plan = {}

    # --- small things --------------------------------------------------

    def key(self, kind):
        self.count[kind] += 1
        return f"{kind}{self.count[kind]}"

    def put(self, time, event):
        event["at"] = int(time.timestamp()) - 7 * 3600
        self.events.append((time, len(self.events), event))

    def moment(self, earliest=0, latest=DAYS):
        day = self.rng.randint(earliest, latest - 1)
        return FIRST + datetime.timedelta(
            days=day, seconds=self.rng.randint(0, 9 * 3600))

    def later(self, time, days_max, days_min=0.05):
        return time + datetime.timedelta(
            days=self.rng.uniform(days_min, days_max))

    def message_id(self, domain):
        self.count["m"] += 1
        return f"{self.count['m']}.{self.rng.randrange(10**8)}@{domain}"

    def file(self, name, text, scan=False, main=True):
        return {"id": self.key("f"), "name": name, "text": text,
                "scan": scan, "main": main}

    # --- documents -----------------------------------------------------

    def subject(self):
        rng = self.rng
        return (f"{rng.choice(documents.ACTIONS)} "
                f"{rng.choice(documents.TOPICS)}, {rng.choice(PLACES)}"
                + rng.choice(["", f" năm {rng.randint(2024, 2027)}",
                              " giai đoạn 2026 - 2030"]))

    def next_number(self, issuer, year):
        at = self.numbers.setdefault((issuer.name, year),
                                     self.rng.randint(1, 900))
        self.numbers[(issuer.name, year)] = at + self.rng.randint(1, 4)
        return self.numbers[(issuer.name, year)]

    def document(self, time, issuer=None, number=None, cites="", **more):
        rng = self.rng
        issuer = issuer or rng.choice(agency.ISSUERS)
        date = (time - datetime.timedelta(days=rng.randint(0, 3))).date()
        kind = more.pop("kind", rng.choice(KINDS))
        notation = (f"{kind}-{issuer.code}" if kind
                    else f"{issuer.code}-{rng.choice(issuer.sectors)}")
        doc = {"issuer": issuer.name, "from": issuer, "date": date,
               "subject": self.subject(), "signer": name_of(rng)}
        doc["symbol"] = f"{number or self.next_number(issuer, date.year):02d}"\
                        f"/{notation}"
        doc.update(more)
        doc["paragraphs"] = more.get("paragraphs") or [
            paragraph(rng) for _ in range(rng.randint(3, 8))]
        doc["cites"] = cites
        doc["text"] = official_text(rng, doc, doc["paragraphs"], cites)
        return doc

    def fields(self, doc):
        return {"issuer": doc["issuer"], "symbol": doc["symbol"],
                "document_day": doc["date"].isoformat(),
                "subject": doc["subject"]}

    def sender(self, doc):
        return f"vanthu@{doc['from'].domain}"

    # --- what a reader makes of it --------------------------------------

    def misread_digit(self, text):
        places = [i for i, c in enumerate(text) if c.isdigit()]
        if not places:
            return text
        at = self.rng.choice(places)
        return text[:at] + self.rng.choice("0123456789") + text[at + 1:]

    def read_field(self, value, scan, wrong):
        """-> [value or None, confidence]; sure ones are wrong 3 in 1,000."""
        rng = self.rng
        if not self.noise:
            return [value, 970]
        missing = 0.06 if scan else 0.02
        unsure = 0.12 if scan else 0.03
        roll = rng.random()
        if roll < missing:
            return [None, 0]
        if roll < missing + unsure:
            return [wrong(value) if rng.random() < 0.4 else value,
                    rng.randint(450, 880)]
        return [wrong(value) if rng.random() < 0.003 else value,
                rng.randint(900, 995)]

    def read(self, doc, scan):
        rng = self.rng
        return {
            "symbol": self.read_field(doc["symbol"], scan,
                                      self.misread_digit),
            "document_day": self.read_field(
                doc["date"].isoformat(), scan,
                lambda v: (doc["date"] + datetime.timedelta(
                    days=rng.randint(1, 20))).isoformat()),
            "issuer": self.read_field(doc["issuer"], scan,
                                      lambda v: scanned(rng, v, 0.25)),
            "subject": self.read_field(doc["subject"], scan,
                                       lambda v: scanned(rng, v, 0.15)),
        }

    def cite(self, ours, role="reply", scan=False):
        rng = self.rng
        day, symbol, confidence = ours["date"].isoformat(), ours["symbol"], 960
        if self.noise:
            if rng.random() < (0.04 if scan else 0.01):
                symbol, confidence = self.misread_digit(symbol), 700
            if rng.random() < 0.08:
                day, confidence = None, min(confidence, 850)
            if rng.random() < 0.03:
                confidence = 820
        return {"value": symbol, "day": day, "role": role,
                "issuer": agency.ORGANISATION if rng.random() < 0.6 else None,
                "confidence": confidence}

    # --- letters -------------------------------------------------------

    def letter(self, time, doc, files, **more):
        """The event of one letter; `truth`: [[kind, key of the target]]."""
        key = self.key("i")
        mail = {"from": more.get("from") or self.sender(doc),
                "subject": more.get("subject") or doc["subject"],
                "body": more.get("body", "Kính gửi Quý cơ quan văn bản đính "
                                         "kèm. Trân trọng."),
                "id": self.message_id((doc or {}).get("from").domain
                                      if doc else "mail.example"),
                "to": more.get("to", f"vanthu@{agency.DOMAIN}"),
                "reply_to": more.get("reply_to"),
                "refs": more.get("refs", [])}
        event = {"op": "in", "key": key, "mail": mail, "files": files,
                 "read": more.get("read"), "cited": more.get("cited", []),
                 "reports": more.get("reports", []),
                 "inner": more.get("inner"), "truth": more.get("truth", []),
                 "group": more.get("group", "new")}
        self.put(time, event)
        then = more.get("then")
        if then is None:
            then = {"register": self.fields(doc)} if doc else {}
        self.put(more.get("decided") or self.later(time, 1.5, 0.01),
                 {"op": "decide", "key": key, "truth": event["truth"],
                  **then})
        return key, mail

    def register(self, time, doc, scan=False, **more):
        """A new document by mail."""
        rng = self.rng
        text = scanned(rng, doc["text"], 0.02) if scan else doc["text"]
        name = rng.choice([doc["symbol"].replace("/", "_") + ".pdf",
                           "scan0001.pdf", "CV.pdf",
                           f"{doc['subject'][:20]}.signed.pdf"])
        files = [self.file(name, text, scan)]
        if rng.random() < 0.25:
            files.append(self.file("Phu luc.xlsx", paragraph(rng),
                                   main=False))
        more.setdefault("read", self.read(doc, scan))
        key, mail = self.letter(time, doc, files, **more)
        known = {**doc, "key": key, "time": time, "files": files,
                 "mail": mail}
        if more.get("keep", True):
            self.known.append(known)
        return known

    def join(self, target, kind, role="correspondence"):
        return {"truth": [[kind, target["key"]]],
                "then": {"join": target["key"], "role": role},
                "group": kind}

    # --- ours ----------------------------------------------------------

    def send_ours(self):
        rng = self.rng
        times = sorted(self.moment() for _ in range(self.outgoing))
        for i, time in enumerate(times):
            unit = rng.choice(UNITS)
            doc = {"issuer": agency.ORGANISATION, "unit": unit,
                   "date": time.date(), "subject": self.subject(),
                   "signer": name_of(rng),
                   "symbol": f"{i + 1:02d}/{ORGAN}-{unit}",
                   "key": self.key("o"), "time": time}
            doc["text"] = official_text(
                rng, doc, [paragraph(rng) for _ in range(4)])
            to = rng.sample(agency.ISSUERS, rng.randint(1, 4))
            doc["to"] = to
            doc["mail"] = {"id": self.message_id(agency.DOMAIN),
                           "to": " ".join(f"vanthu@{a.domain}" for a in to),
                           "subject": doc["subject"]}
            doc["file"] = self.file(f"{i + 1}-{ORGAN}-{unit}.pdf",
                                    doc["text"])
            self.put(time, {"op": "out", "key": doc["key"], "unit": unit,
                            "symbol": doc["symbol"],
                            "subject": doc["subject"], "file": doc["file"],
                            "mail": doc["mail"]})
            self.ours.append(doc)

    def pick_ours(self):
        while True:
            ours = self.rng.choice(self.ours)
            if ours["time"] < FIRST + datetime.timedelta(days=DAYS - 12):
                return ours

    # --- groups of letters ----------------------------------------------

    def make_new(self, count):
        for _ in range(count):
            time = self.moment()
            self.register(time, self.document(time),
                          scan=self.rng.random() < 0.35)

    def make_replies(self, count):
        rng = self.rng
        for _ in range(count):
            ours = self.pick_ours()
            time = self.later(ours["time"], 12, 0.5)
            how = rng.choices(["cited", "both", "thread", "no_day"],
                              [55, 25, 8, 12])[0]
            scan = rng.random() < 0.4
            said = f"{ours['symbol']} " + (
                "" if how == "no_day" else day_text(ours["date"]))
            cites = (f"Phúc đáp Công văn số {said} của {agency.ORGANISATION}"
                     if how != "thread" else "")
            about = {"subject": f"{rng.choice(documents.ACTIONS)} "
                                f"{ours['subject']}"}
            doc = self.document(time, rng.choice(ours["to"]), cites=cites,
                                **(about if rng.random() < 0.8 else {}))
            cited = []
            if how != "thread":
                cited = [self.cite(ours, "reply", scan)]
                if how == "no_day":
                    cited[0]["day"] = None
            more = {}
            if how in ("thread", "both"):
                more["reply_to"] = ours["mail"]["id"]
                more["refs"] = [ours["mail"]["id"]]
                more["subject"] = "Re: " + ours["mail"]["subject"]
            self.register(time, doc, scan, cited=cited, group="reply",
                          truth=[["reply", ours["key"]]], **more)

    def make_basis(self, count):
        rng = self.rng
        for _ in range(count):
            ours = self.pick_ours()
            time = self.later(ours["time"], 12, 0.5)
            doc = self.document(
                time, rng.choice(ours["to"]),
                cites=f"Căn cứ Công văn số {ours['symbol']} "
                      f"{day_text(ours['date'])} của {agency.ORGANISATION}")
            self.register(time, doc, cited=[self.cite(ours, "basis")],
                          group="basis", truth=[["basis", ours["key"]]])

    def pick_known(self, days=20):
        while True:
            known = self.rng.choice(self.known)
            if known["time"] < FIRST + datetime.timedelta(days=DAYS - days) \
                    and not known.get("used"):
                known["used"] = True
                return known

    def make_duplicates(self, count):
        """The same files again: to another unit, by another person."""
        for _ in range(count):
            known = self.pick_known()
            scan = known["files"][0]["scan"]
            self.letter(self.later(known["time"], 9, 0.01), known,
                        known["files"], read=self.read(known, scan),
                        **self.join(known, "duplicate"))

    def make_forwards(self, count):
        rng = self.rng
        for _ in range(count):
            known = self.pick_known()
            how = rng.choice(["inner", "files", "resaved"])
            scan = known["files"][0]["scan"]
            files, inner = known["files"], None
            if how == "inner":
                inner = {"mail": known["mail"], "files": known["files"]}
            if how == "resaved":
                files = [self.file("vanban.pdf", known["files"][0]["text"],
                                   scan)]
            self.letter(
                self.later(known["time"], 9, 0.1), known,
                [] if how == "inner" else files, inner=inner,
                subject="Fwd: " + known["mail"]["subject"],
                **{"from": f"{rng.choice(['an', 'binh', 'chi'])}."
                           f"{rng.choice(UNITS).lower()}@{agency.DOMAIN}"},
                body="Kính chuyển.\n---------- Forwarded message ----------",
                read=self.read(known, scan) if how != "inner" else None,
                **self.join(known, "forward"))

    def make_twins(self, count):
        """Scan first, the signed file later; or the other way round."""
        rng = self.rng
        for _ in range(count):
            known = self.pick_known()
            was_scan = known["files"][0]["scan"]
            text = known["text"] if was_scan else scanned(
                rng, known["text"], rng.choice([0.01, 0.02, 0.04]))
            self.letter(
                self.later(known["time"], 9, 0.3), known,
                [self.file("signed.pdf" if was_scan else "scan.pdf", text,
                           not was_scan)],
                read=self.read(known, not was_scan),
                **self.join(known, "twin", "main"))

    def make_papers(self, count):
        rng = self.rng
        for _ in range(count):
            time = self.moment(0, DAYS - 12)
            doc = self.document(time)
            key = self.key("p")
            self.put(time, {"op": "paper", "key": key,
                            "fields": self.fields(doc)})
            scan = rng.random() < 0.3
            text = scanned(rng, doc["text"], 0.02) if scan else doc["text"]
            self.letter(self.later(time, 9, 0.05), doc,
                        [self.file("vb.pdf", text, scan)],
                        read=self.read(doc, scan),
                        **self.join({"key": key}, "twin", "main"))

    def make_corrections(self, count):
        rng = self.rng
        for _ in range(count):
            known = self.pick_known()
            how = rng.choices(["words", "silent", "no_number"],
                              [60, 25, 15])[0]
            fresh = {**known, "paragraphs": list(known["paragraphs"])}
            at = rng.randrange(len(fresh["paragraphs"]))
            fresh["paragraphs"][at] = paragraph(rng)
            fresh["text"] = official_text(rng, fresh, fresh["paragraphs"],
                                          known["cites"])
            read = self.read(fresh, False)
            subject = known["mail"]["subject"]
            if how == "words":
                subject = rng.choice([
                    f"Gửi lại Công văn số {known['symbol']} (thay thế bản đã "
                    "gửi)", f"Đính chính văn bản số {known['symbol']}",
                    f"Bản thay thế: {subject}"])
            if how == "no_number":
                subject = f"Xin gửi lại bản đúng: {subject}"
                read["symbol"] = [None, 0]
            self.letter(self.later(known["time"], 6, 0.05), known,
                        [self.file("vb moi.pdf", fresh["text"])],
                        subject=subject, read=read,
                        **self.join(known, "correction", "replacement"))

    def make_replacing(self, count):
        """A new document in the place of an older one."""
        for _ in range(count):
            known = self.pick_known()
            time = self.later(known["time"], 15, 2)
            doc = self.document(
                time, known["from"],
                cites=f"Văn bản này thay thế Công văn số {known['symbol']} "
                      f"{day_text(known['date'])}")
            cited = [{"value": known["symbol"],
                      "day": known["date"].isoformat(), "role": "replaces",
                      "issuer": None, "confidence": 950}]
            self.register(time, doc, cited=cited, group="replaces",
                          truth=[["replaces", known["key"]]])

    def make_annexes(self, count):
        rng = self.rng
        for _ in range(count):
            known = self.pick_known()
            time = self.later(known["time"], 5, 0.02)
            how = rng.choices(["name", "subject", "signature", "thread",
                               "words"], [25, 30, 15, 15, 15])[0]
            text = paragraph(rng) + paragraph(rng)
            name, subject, more = "bieu.xlsx", "Gửi bổ sung phụ lục", {}
            if how == "name":
                name = f"Phu luc kem CV {known['symbol'].replace('/', '-')}" \
                       ".pdf"
                subject = "Phụ lục"
            elif how == "subject":
                subject = f"Phụ lục kèm theo Công văn số {known['symbol']}"
            elif how == "signature":
                text = f"{known['symbol']}; {known['date'].isoformat()}" \
                       f"T10:11:12+07:00\n{text}"
            elif how == "thread":
                more = {"reply_to": known["mail"]["id"],
                        "refs": [known["mail"]["id"]]}
                subject = f"Re: {known['mail']['subject']}"
                more["body"] = "Gửi bổ sung biểu mẫu của văn bản hôm trước."
            else:
                subject = f"Bổ sung phụ lục: {known['mail']['subject']}"
            self.letter(time, known, [self.file(name, text)],
                        subject=subject, **more,
                        **self.join(known, "annex", "annex"))

    def make_receipts(self, count):
        rng = self.rng
        for _ in range(count):
            ours = self.pick_ours()
            to = rng.choice(ours["to"])
            how = rng.choices(["mdn", "dsn", "edxml", "words"],
                              [40, 25, 25, 10])[0]
            reports, subject, more = [], "", {}
            if how in ("mdn", "dsn"):
                reports = [{"state": "displayed" if how == "mdn"
                            else "delivered",
                            "recipient": f"vanthu@{to.domain}",
                            "message_id": ours["mail"]["id"]}]
                subject = ("Đã đọc: " if how == "mdn" else
                           "Delivery Status Notification (Success): ") \
                    + ours["subject"]
            elif how == "edxml":
                reports = [{"state": rng.choice(["01", "03", "05", "06"]),
                            "recipient": to.name, "symbol": ours["symbol"],
                            "day": ours["date"].isoformat()}]
                subject = "Trạng thái văn bản"
            else:
                subject = "Read: " + ours["subject"]
                if rng.random() < 0.5:
                    more["reply_to"] = ours["mail"]["id"]
            self.letter(self.later(ours["time"], 4, 0.001), {"from": to,
                        "subject": subject}, [], subject=subject,
                        reports=reports, **more,
                        **self.join(ours, "receipt"))

    def make_bounces(self, count):
        rng = self.rng
        for _ in range(count):
            ours = self.pick_ours()
            to = rng.choice(ours["to"])
            how = rng.choices(["dsn", "refused", "words"], [60, 20, 20])[0]
            more = {}
            subject = "Undelivered Mail Returned to Sender"
            reports = [{"state": "failed", "words": "550 5.1.1 no such user",
                        "recipient": f"vanthu@{to.domain}",
                        "message_id": ours["mail"]["id"]}]
            sender = f"mailer-daemon@{to.domain}"
            if how == "refused":
                reports = [{"state": "02", "recipient": to.name,
                            "words": "Sai nơi nhận",
                            "symbol": ours["symbol"],
                            "day": ours["date"].isoformat()}]
                subject = "Từ chối tiếp nhận văn bản"
            if how == "words":
                reports = []
                more["refs"] = [ours["mail"]["id"]]
                subject = "Mail delivery failed: returning message to sender"
            self.letter(self.later(ours["time"], 2, 0.001),
                        {"from": to, "subject": subject}, [],
                        subject=subject, reports=reports,
                        **{"from": sender}, **more,
                        **self.join(ours, "bounce"))

    def make_threads(self, count):
        """Words about one of ours: no document."""
        for _ in range(count):
            ours = self.pick_ours()
            to = self.rng.choice(ours["to"])
            self.letter(self.later(ours["time"], 6, 0.05),
                        {"from": to, "subject": ""}, [],
                        subject="Re: " + ours["mail"]["subject"],
                        body="Đã nhận được văn bản, cảm ơn.",
                        reply_to=ours["mail"]["id"],
                        refs=[ours["mail"]["id"]],
                        **self.join(ours, "thread"))

    def make_sent(self, count):
        for ours in self.rng.sample(self.ours, min(count, len(self.ours))):
            self.letter(self.later(ours["time"], 0.2, 0.001),
                        {"from": agency.ISSUERS[0], "subject": ""},
                        [ours["file"]], subject=ours["subject"],
                        **{"from": f"vanthu@{agency.DOMAIN}"},
                        to=ours["mail"]["to"], **self.join(ours, "sent"))

    def make_lookalikes(self, count):
        rng = self.rng
        for i in range(count):
            known = self.pick_known(35)
            time = self.later(known["time"], 25, 0.2)
            number = int(known["symbol"].split("/")[0])
            notation = known["symbol"].split("/")[1]
            how = i % 4
            if how == 0:    # the same symbol of another People's Committee
                others = [a for a in agency.ISSUERS
                          if a.code == known["from"].code
                          and a is not known["from"]]
                doc = self.document(time, rng.choice(others)
                                    if others else None,
                                    number if others else None,
                                    symbol=known["symbol"] if others else
                                    f"{number:02d}/XX-{i}")
            elif how == 1:  # the same number of the year before, late
                doc = self.document(time, known["from"],
                                    symbol=known["symbol"])
                doc["date"] = datetime.date(2025, 12,
                                            rng.randint(1, 28))
                doc["text"] = official_text(rng, doc, doc["paragraphs"])
            elif how == 2:  # the same form for another month
                doc = self.document(time, known["from"],
                                    subject=known["subject"])
                doc["paragraphs"] = [
                    self.other_figures(p) for p in known["paragraphs"]]
                doc["text"] = official_text(rng, doc, doc["paragraphs"])
            else:           # a number that is one digit off
                doc = self.document(
                    time, known["from"],
                    symbol=f"{number + 1000:02d}/{notation}")
            self.register(time, doc, scan=rng.random() < 0.35,
                          group="lookalike", keep=False)

    def other_figures(self, text):
        return " ".join(str(self.rng.randint(3, 9800)) if w.isdigit() else w
                        for w in text.split(" "))

    # --- what is harder than that ---------------------------------------

    def make_tangled(self, count):
        """Threads reused, two numbers answered, quoted mail, digests,
        numbers of a namesake, reports about other mail, forms."""
        ways = [self.tangle_thread, self.tangle_two, self.tangle_quote,
                self.tangle_digest, self.tangle_namesake,
                self.tangle_foreign_report, self.tangle_form,
                self.tangle_subject, self.tangle_automatic,
                self.tangle_stranger]
        for i in range(count):
            ways[i % len(ways)]()

    def answer(self, ours, **more):
        """A reply that cites one of ours; -> time, document, cited."""
        time = self.later(ours["time"], 12, 0.5)
        doc = self.document(
            time, more.get("issuer") or self.rng.choice(ours["to"]),
            cites=f"Trả lời Công văn số {ours['symbol']} "
                  f"{day_text(ours['date'])} của {agency.ORGANISATION}")
        return time, doc, [self.cite(ours, "reply")]

    def tangle_thread(self):
        """The reply button of another matter was pressed."""
        ours, other = self.pick_ours(), self.pick_ours()
        time, doc, cited = self.answer(ours)
        self.register(time, doc, cited=cited, group="tangled",
                      truth=[["reply", ours["key"]]],
                      reply_to=other["mail"]["id"],
                      refs=[other["mail"]["id"]],
                      subject="Re: " + other["mail"]["subject"])

    def tangle_two(self):
        ours, other = self.pick_ours(), self.pick_ours()
        if ours["time"] < other["time"]:
            ours, other = other, ours
        time, doc, cited = self.answer(ours)
        cited.append(self.cite(other, "reply"))
        self.register(time, doc, cited=cited, group="tangled",
                      truth=[["reply", ours["key"]],
                             ["reply", other["key"]]])

    def tangle_quote(self):
        """Our mail is quoted below, with numbers that are none of it."""
        ours, other, known = (self.pick_ours(), self.pick_ours(),
                              self.rng.choice(self.known))
        time, doc, cited = self.answer(ours)
        body = (f"Kính gửi Quý Sở văn bản trả lời.\n\n> Vào lúc 8:12, Văn "
                f"thư viết:\n> Xin gửi Công văn số {ours['symbol']}, thực "
                f"hiện Kế hoạch số {known['symbol']} và Công văn số "
                f"{other['symbol']}.")
        self.register(time, doc, cited=cited, group="tangled", body=body,
                      truth=[["reply", ours["key"]]],
                      reply_to=ours["mail"]["id"],
                      refs=[ours["mail"]["id"]],
                      subject="Re: " + ours["mail"]["subject"])

    def tangle_digest(self):
        """Two registered documents forwarded in one mail."""
        one, two = self.pick_known(), self.pick_known()
        time = self.later(max(one["time"], two["time"]), 6, 2)
        self.letter(time, one, one["files"] + two["files"],
                    subject="Fwd: các văn bản tuần này",
                    **{"from": f"tonghop@{agency.DOMAIN}"},
                    read=self.read(one, False),
                    truth=[["forward", one["key"]], ["forward", two["key"]]],
                    then={"join": one["key"], "role": "correspondence"},
                    group="tangled")

    def tangle_namesake(self):
        """The same number, of a namesake in another province."""
        ours = self.pick_ours()
        time, doc, cited = self.answer(ours)
        other = ours["date"] + datetime.timedelta(
            days=self.rng.choice([-9, -5, 3, 4]))
        name = "Sở Nông nghiệp và Môi trường tỉnh Hà Sơn"
        doc["cites"] = (f"Trả lời Công văn số {ours['symbol']} "
                        f"{day_text(other)} của {name}")
        doc["text"] = official_text(self.rng, doc, doc["paragraphs"],
                                    doc["cites"])
        cited[0].update(day=other.isoformat(), issuer=name)
        self.register(time, doc, cited=cited, group="tangled", truth=[])

    def tangle_foreign_report(self):
        """A report about mail that carried no document."""
        to = self.rng.choice(agency.ISSUERS)
        time = self.moment()
        self.letter(time, {"from": to, "subject": ""}, [],
                    subject="Undelivered Mail Returned to Sender",
                    reports=[{"state": "failed", "words": "550",
                              "recipient": f"lan@{to.domain}",
                              "message_id":
                              self.message_id(agency.DOMAIN)}],
                    then={"none": True}, group="tangled")

    def tangle_form(self):
        """A new document with a form that many others carry."""
        time = self.moment()
        doc = self.document(time)
        form = {"id": "form", "name": "Mau bao cao.docx", "scan": False,
                "main": False, "text": "Mẫu báo cáo số liệu: đơn vị, nội "
                "dung, kết quả thực hiện, tỷ lệ, khó khăn, kiến nghị, người "
                "lập biểu, thủ trưởng đơn vị ký tên và đóng dấu"}
        name = self.file("cv.pdf", doc["text"])
        self.letter(time, doc, [name, form], read=self.read(doc, False),
                    group="tangled")

    def tangle_subject(self):
        """Again, about replacing something: no correction."""
        time = self.moment(0, DAYS - 12)
        doc = self.document(
            time, subject=f"thay thế thành viên Ban Chỉ đạo {self.subject()}")
        known = self.register(time, doc, group="tangled", keep=False)
        self.letter(self.later(time, 6, 2), doc, known["files"],
                    read=self.read(doc, False),
                    truth=[["duplicate", known["key"]]],
                    then={"join": known["key"], "role": "correspondence"},
                    group="tangled")

    def tangle_automatic(self):
        ours = self.pick_ours()
        to = self.rng.choice(ours["to"])
        self.letter(self.later(ours["time"], 0.1, 0.001),
                    {"from": to, "subject": ""}, [],
                    subject="Automatic reply: " + ours["mail"]["subject"],
                    body="Tôi đi công tác đến hết tuần.",
                    reply_to=ours["mail"]["id"],
                    truth=[["thread", ours["key"]]],
                    then={"join": ours["key"], "role": "correspondence"},
                    group="tangled")

    def tangle_stranger(self):
        """New, in a thread that it has nothing to do with."""
        ours = self.pick_ours()
        time = self.later(ours["time"], 20, 5)
        self.register(time, self.document(time, self.rng.choice(ours["to"])),
                      group="tangled", refs=[ours["mail"]["id"]],
                      subject="Re: " + ours["mail"]["subject"])

    def make_others(self, count):
        for _ in range(count):
            time = self.moment()
            doc = {"from": self.rng.choice(agency.ISSUERS), "subject": ""}
            self.letter(time, doc, [], subject="Bản tin " + self.subject(),
                        body=paragraph(self.rng), then={"none": True},
                        group="other")

    def make(self):
        """Shares of 5,000; what is left are new documents."""
        def share(of_5000):
            return max(1, of_5000 * self.incoming // 5000)
        self.send_ours()
        shares = {"replies": 850, "basis": 100, "duplicates": 180,
                  "forwards": 200, "twins": 170, "papers": 130,
                  "corrections": 110, "replacing": 40, "annexes": 160,
                  "receipts": 300, "bounces": 120, "threads": 80,
                  "sent": 200, "lookalikes": 200, "tangled": 300,
                  "others": 60}
        self.make_new(self.incoming - sum(map(share, shares.values())) - share(30))
        for name, of_5000 in shares.items():
            getattr(self, "make_" + name)(share(of_5000))
        self.events.sort(key=lambda one: one[:2])
        return [event for _, _, event in self.events]


def write(path, seed, incoming, outgoing, noise):
    events = Year(seed, incoming, outgoing, noise).make()
    with open(path, "w", encoding="utf-8") as out:
        for event in events:
            out.write(json.dumps(event, ensure_ascii=False, default=str))
            out.write("\n")
    return events
