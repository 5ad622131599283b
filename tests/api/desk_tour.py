"""Every route of the desk once, each answer held against the contract."""
from desk import Desk

OUT = {"direction": "out", "type_id": 14, "subject": "Báo cáo",
       "receivers": [{"name": "UBND tỉnh"}]}
REASON = "Lý do đủ mười ký tự"


def handling(desk):
    entry = desk.submit(1)
    flow = desk.instruct(entry)
    desk.linh.post(f"/instructions/{flow['instructions'][0]['id']}/recall",
                   {"version": flow["version"]})
    desk.instruct(entry, support=["TCCB"], due_days=5)
    desk.assign(entry)
    desk.step("ngoc", entry, "start")
    desk.step("ngoc", entry, "comments", text="Ý kiến")
    flow = desk.step("nghia", entry, "extensions", due_day="2030-01-04",
                     reason=REASON)
    desk.linh.post(f"/extensions/{flow['extensions'][0]['id']}/decision",
                   {"version": flow["version"], "approve": False})
    desk.step("linh", entry, "remind")
    desk.step("linh", entry, "pause", reason=REASON)
    desk.step("linh", entry, "resume")
    desk.step("son", entry, "return", reason=REASON)
    desk.step("ngoc", entry, "complete", result="Xong")
    desk.step("lien", entry, "recalled", reason=REASON)
    desk.lien.work("to_submit")
    return entry


def calendar(desk):
    year = desk.quan.get("/calendar?year=2030")
    change = {"year": 2030, "days": year["days"],
              "version": year["version"]}
    desk.quan.post("/calendar/preview", change)
    desk.quan.put("/calendar", change)
    desk.lien.get("/calendar/due?days=3")


def lists(desk):
    for path, who in (("/templates", desk.linh),
                      ("/shared-templates", desk.quan)):
        made = who.post(path, {"text": "Mẫu"}, want=201)["id"]
        who.get(path)
        who.put(f"{path}/{made}", {"text": "Khác"})
        who.delete(f"{path}/{made}")
    day = desk.lien.get("/calendar")["today"]
    made = desk.linh.post("/substitutes", {
        "substitute": desk.ids["nghia"], "from_day": day, "to_day": day},
        want=201)
    desk.linh.get("/substitutes")
    desk.linh.delete(f"/substitutes/{made['id']}")
    leaver = f"/users/{desk.ids['tu']}"
    desk.quan.get(leaver + "/open-work")
    desk.quan.post(leaver + "/handover", {"to": desk.ids["ngoc"],
                                          "reason": REASON})


def rights(desk, entry):
    desk.linh.get("/access")
    desk.linh.post(f"/entries/{entry}/grants", {
        "user": desk.ids["thuy"], "reason": REASON}, want=201)
    made = desk.quan.put(f"/users/{desk.ids['mai']}/roles", {
        "roles": ["unit_head"]})
    desk.linh.post(f"/approvals/{made['approval']}/decision",
                   {"approve": False})
    desk.linh.get("/approvals")
    grant = desk.linh.get(f"/entries/{entry}/grants")["items"][0]
    desk.linh.delete(f"/grants/{grant['id']}")
    desk.lien.get(f"/entries/{entry}/views")
    desk.linh.get("/dashboard")
    desk.linh.get("/dashboard/buckets")
    desk.linh.get("/dashboard/report")


def numbers(desk, entry):
    place = f"/locks/entry/{entry}"
    desk.lien.put(place, {})
    desk.lien.get(place)
    desk.lien.delete(place)
    held = desk.lien.post("/reservations", {"purpose": "Quyết định"},
                          want=201)
    desk.lien.get("/reservations")
    desk.lien.post(f"/reservations/{held['id']}/unused", {"reason": REASON})
    issued = desk.lien.post("/entries", OUT, want=201)["id"]
    place = f"/entries/{issued}/dispatch"
    desk.lien.post(place, {}, want=201)
    desk.lien.get(place)
    desk.lien.delete(place)


def dossiers(desk, entry):
    made = desk.lien.post("/dossiers", {"code": "01", "title": "Hồ sơ"},
                          want=201)
    path = f"/dossiers/{made['id']}"
    desk.lien.get("/dossiers")
    step = desk.lien.post(path + "/documents", {
        "version": made["version"], "entry": entry})
    place = f"{path}/documents/{entry}"
    step = desk.lien.put(place, {"version": step["version"], "position": 1})
    step = desk.lien.call("DELETE", place, {"version": step["version"]})
    step = desk.lien.call("PATCH", path, {"version": step["version"],
                                          "note": "Ghi chú"})
    desk.lien.get(path)
    desk.lien.get(path + "/export")
    desk.lien.post(path + "/grants", {"user": desk.ids["thuy"],
                                      "reason": REASON}, want=201)
    desk.lien.get(path + "/grants")
    desk.lien.post(path + "/close", {"version": step["version"]})


def own(desk):
    made = desk.lien.post("/saved-searches", {"name": "Tìm", "query": {}},
                          want=201)
    path = f"/saved-searches/{made['id']}"
    desk.lien.put(path, {"name": "Khác", "query": {"q": "x"}})
    desk.lien.get("/saved-searches")
    desk.lien.post(path + "/seen")
    desk.lien.delete(path)
    desk.lien.put("/preferences", {"theme": "dark"})
    desk.lien.get("/preferences")
    desk.lien.get("/notifications")
    desk.lien.post("/notifications/seen", {})
    desk.lien.get("/digest")


def tour():
    """-> {(METHOD, pattern)} that were tried."""
    with Desk() as desk:
        entry = handling(desk)
        calendar(desk)
        lists(desk)
        rights(desk, entry)
        numbers(desk, entry)
        dossiers(desk, entry)
        own(desk)
        # its body is a file, which test_flow and test_rights send
        return desk.seen | {("POST", "/api/v1/entries/{id}/drafts")}
