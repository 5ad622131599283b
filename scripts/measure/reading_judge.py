"""Says which proposals of the reader are right."""
import re
import unicodedata

SURE = 900
ONE = ("symbol", "document_day", "place", "issuer", "superior", "type",
       "subject", "signer_name", "signer_position", "signer_capacity",
       "urgency", "due_day")
MANY = ("addressee", "recipient", "cited")
LEADS = re.compile(r"^(v/v|về việc|v/v:|v/v\.|về việc:)\s+", re.I)
# the other place of the tone mark means the same word
TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
         "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
         "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}


def plain(text):
    """NFC, one blank between words, small letters."""
    text = unicodedata.normalize("NFC", text or "")
    return " ".join(text.split()).casefold()


def symbol(text):
    text = re.sub(r"\s", "", plain(text)).replace("–", "-")
    return re.sub(r"^0+(?=\d)", "", text)


def name_of_agency(text):
    text = plain(text)
    for seen, meant in TONES.items():
        text = re.sub(seen + r"\b", meant, text)
    text = re.sub(r"\bubnd\b", "ủy ban nhân dân", text)
    text = re.sub(r"\bhđnd\b", "hội đồng nhân dân", text)
    return re.sub(r"\s*[–-]\s*", "-", text).strip(" .;,")


def subject(text):
    text = " ".join(unicodedata.normalize("NFC", text or "").split())
    text = LEADS.sub("", text).strip(" .;,")
    return text[:1].casefold() + text[1:]


def capacity(text):
    return re.sub(r"[^\w]", "", plain(text))


def distance(a, b, inside=False):
    """Edits from a to b; `inside`: to the nearest piece of b. Myers'
    bit-parallel method: a's length is the width of the words."""
    if not a:
        return 0 if inside else len(b)
    places = {}
    for i, c in enumerate(a):
        places[c] = places.get(c, 0) | 1 << i
    whole, top = (1 << len(a)) - 1, 1 << (len(a) - 1)
    plus, minus, score = whole, 0, len(a)
    best = score
    for c in b:
        equal = places.get(c, 0)
        vertical = equal | minus
        equal = (((equal & plus) + plus) ^ plus) | equal
        up = minus | ~(equal | plus) & whole
        down = plus & equal
        if up & top:
            score += 1
        elif down & top:
            score -= 1
        up = (up << 1 | (0 if inside else 1)) & whole
        down = (down << 1) & whole
        plus = down | ~(vertical | up) & whole
        minus = up & vertical
        best = min(best, score)
    return best if inside else score


def error_of(meant, seen):
    """Character error of a subject."""
    meant, seen = subject(meant), subject(seen)
    return distance(meant, seen) / max(len(meant), 1)


KEYS = {"symbol": symbol, "issuer": name_of_agency,
        "superior": name_of_agency, "subject": subject,
        "signer_capacity": capacity, "addressee": name_of_agency,
        "recipient": name_of_agency, "cited": symbol}


def meant(label, field):
    """All right answers of a field, as keys; empty: nothing is stated."""
    values = [x for x in label[field].split("|") if x]
    if field == "issuer":
        values += label["issuer_also"]
    if field == "signer_name":
        values += label["signers_also"]
    return {KEYS.get(field, plain)(x) for x in values}


def best(answer, field):
    """The proposal in first place, or None."""
    for proposal in proposals(answer):
        if proposal.get("field") == field:
            return proposal
    return None


def proposals(answer):
    head = answer.get("letterhead") or {}
    return head.get("proposals") or []


def is_right(field, answers, value, label):
    key = KEYS.get(field, plain)(value)
    if key in answers:
        return True
    if field == "subject" and label["form"] == "scan":
        return error_of(label["subject"], value) <= 0.02
    return False


class Tally:
    """Of one field in one kind of file."""

    def __init__(self):
        self.stated = self.found = self.right = self.wrong = 0
        self.invented = self.sure = self.wrongly_sure = 0

    def add(self, label, field, proposal):
        """-> what was wrong: "wrong", "invented", "missing", or None."""
        answers = meant(label, field)
        self.stated += bool(answers)
        if proposal is None:
            return "missing" if answers else None
        sure = proposal.get("confidence", 0) >= SURE
        self.sure += sure
        if not answers:
            self.invented += 1
            self.wrongly_sure += sure
            return "invented"
        self.found += 1
        if is_right(field, answers, proposal.get("value", ""), label):
            self.right += 1
            return None
        self.wrong += 1
        self.wrongly_sure += sure
        return "wrong"

    def add_many(self, label, field, seen):
        """Lists: each stated one once, each wrong proposal once."""
        key = KEYS[field]
        stated = {key(x["symbol"] if field == "cited" else x)
                  for x in label[field]}
        values = {}
        for proposal in seen:
            value = key(proposal.get("value", ""))
            if field == "cited" and value in map(symbol, label["named"]):
                continue        # a copy's own number: neither right nor wrong
            values[value] = max(values.get(value, 0),
                                proposal.get("confidence", 0))
        self.stated += len(stated)
        self.found += len(stated & set(values))
        self.right += len(stated & set(values))
        for value, confidence in values.items():
            sure = confidence >= SURE
            self.sure += sure
            if value not in stated:
                self.invented += 1
                self.wrongly_sure += sure
