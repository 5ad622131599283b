"""What the tests of the desk share: an agency with units and people, papers
that are registered, steps of their handling held against the contract."""
import json
import re

from contract import Contract
from service import API, PASSWORD, Service

UNITS = {"KHTC": "Phòng Kế hoạch, Tài chính", "TCCB": "Phòng Tổ chức cán bộ",
         "TL": "Chi cục Thủy lợi"}
PEOPLE = {  # login: name, roles, unit
    "lien": ("Trần Thị Liên", "clerk", ""),
    "hoa": ("Lê Thị Hoa", "clerk", ""),
    "linh": ("Hoàng Văn Lĩnh", "leader", ""),
    "nghia": ("Phan Đình Nghĩa", "unit_head", "KHTC"),
    "ngoc": ("Ngô Thị Bích Ngọc", "specialist", "KHTC"),
    "tu": ("Đỗ Anh Tú", "specialist", "KHTC"),
    "son": ("Vũ Hồng Sơn", "unit_head", "TCCB"),
    "mai": ("Bùi Tuyết Mai", "specialist", "TCCB"),
    "thuy": ("Lý Thu Thủy", "specialist", "TL"),
    "quan": ("Quản Trị", "administrator", ""),
}


class Desk(Service):
    """A service whose people are signed in: desk.linh.post(…)."""

    def start(self):
        super().start()
        run = self.registry.run
        for code, name in UNITS.items():
            run("unit", "add", code, "--name", name)
        for login, (name, role, unit) in PEOPLE.items():
            run("user", "add", login, "--name", name, "--role", role,
                "--password-stdin", "--keep-password",
                *(("--unit", unit) if unit else ()), input=PASSWORD + "\n")
        self.contract = Contract()
        self.seen = set()
        self.people = {}
        for login in PEOPLE:
            self.sign_in(login)
        lists = self.people["lien"]
        self.units = {u["code"]: u["id"]
                      for u in lists.get("/lists/units")["items"]}
        names = {u["name"]: u["id"]
                 for u in lists.get("/lists/users")["items"]}
        self.ids = {login: names[p[0]] for login, p in PEOPLE.items()}

    def sign_in(self, login):
        person = self.person()
        person.sign_in(login, PASSWORD)
        self.people[login] = Caller(self, person, login)
        return self.people[login]

    def __getattr__(self, name):
        if name in PEOPLE:
            return self.people[name]
        raise AttributeError(name)

    def register(self, number, **fields):
        """A paper; -> the entry."""
        return self.lien.post("/entries", {
            "direction": "in", "issuer": "UBND tỉnh", "channel": "hand",
            "symbol": f"{number}/UBND-KT", "document_day": "2026-01-05",
            "subject": f"Về việc báo cáo số {number}", "paper": "received",
            **fields}, want=201)

    def flow(self, entry, who="lien"):
        return self.people[who].get(f"/entries/{entry}/flow")

    def step(self, who, entry, verb, want=200, key=None, **body):
        """One step with the present version unless another is given."""
        if "version" not in body:
            body["version"] = self.flow(entry)["version"]
        headers = {"Idempotency-Key": key} if key else None
        return self.people[who].post(f"/entries/{entry}/{verb}", body,
                                     want=want, headers=headers)

    def submit(self, number, **fields):
        entry = self.register(number, **fields)["id"]
        self.step("lien", entry, "submit", to=self.ids["linh"])
        return entry

    def instruct(self, entry, lead="KHTC", support=(), inform=(), want=200,
                 who="linh", **body):
        places = [{"unit": self.units[lead], "role": "lead"}]
        places += [{"unit": self.units[u], "role": "support"}
                   for u in support]
        places += [{"unit": self.units[u], "role": "inform"} for u in inform]
        return self.step(who, entry, "instruct", want=want, **{
            "text": "Giao đơn vị chủ trì", "assignments": places, **body})

    def assign(self, entry, who="nghia", lead="ngoc", **body):
        return self.step(who, entry, "assign", **{
            "people": [{"user": self.ids[lead], "role": "lead"}], **body})


class Caller:
    """A person whose every answer must be as the contract says."""

    def __init__(self, desk, person, login):
        self.desk, self.who, self.login = desk, person, login
        self.role = PEOPLE[login][1]

    def call(self, method, path, body=None, want=200, headers=None):
        status, _, content = self.who.request(method, API + path, body,
                                              headers)
        wanted = want if isinstance(want, tuple) else (want,)
        assert status in wanted, (self.login, method, path, status,
                                  content.decode(errors="replace")[:600])
        pattern = self.pattern(method, path.split("?")[0])
        assert pattern, (method, path, "is not in the contract")
        faults = self.desk.contract.faults(method, pattern, status, content)
        assert not faults, (method, path, faults[:4], content[:400])
        if status < 300:
            self.desk.seen.add((method, pattern))
        try:
            return json.loads(content)
        except ValueError:
            return content

    def pattern(self, method, path):
        best = None
        for pattern, methods in self.desk.contract.paths.items():
            shape = re.sub(r"{\w+}", "[^/]+", pattern)
            if method.lower() in methods and \
                    re.fullmatch(shape, API + path):
                if "{" not in pattern:
                    return pattern
                best = pattern
        return best

    def get(self, path, want=200):
        return self.call("GET", path, want=want)

    def post(self, path, body=None, want=200, headers=None):
        return self.call("POST", path, {} if body is None else body, want,
                         headers)

    def put(self, path, body, want=200):
        return self.call("PUT", path, body, want)

    def delete(self, path, want=200):
        return self.call("DELETE", path, {}, want)

    def work(self, tab):
        return [i["entry"] for i in self.get(f"/work?tab={tab}")["items"]]

    def error(self, method, path, body=None, want=409):
        return self.call(method, path, body, want)["error"]["code"]
