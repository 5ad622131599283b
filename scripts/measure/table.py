"""Rows of measures: ours, peer, ratio, aim, runs."""
import statistics


class Table:
    def __init__(self):
        self.values = {}    # (measure, unit) -> side -> list
        self.order = []
        self.aims = {}

    def add(self, measure, unit, side, value):
        key = (measure, unit)
        if key not in self.values:
            self.values[key] = {"ours": [], "peer": []}
            self.order.append(key)
        self.values[key][side].append(value)

    def aim(self, measure, ratio=None, value=None, least=False):
        """At most this ratio, or this value; `least`: at least the value."""
        self.aims[measure] = (ratio, value, least)

    @property
    def rows(self):
        rows = []
        for key in self.order:
            sides = self.values[key]
            ours = statistics.median(sides["ours"]) if sides["ours"] else None
            peer = statistics.median(sides["peer"]) if sides["peer"] else None
            ratio = ours / peer if ours is not None and peer else None
            most_ratio, aim, least = self.aims.get(key[0],
                                                   (None, None, False))
            met = None
            if most_ratio is not None and ratio is not None:
                met = ratio <= most_ratio
            elif aim is not None and ours is not None:
                met = ours >= aim if least else ours <= aim
            rows.append({"measure": key[0], "unit": key[1], "ours": ours,
                         "peer": peer, "ratio": ratio,
                         "aim_ratio": most_ratio, "aim": aim, "met": met,
                         "runs": max(len(sides["ours"]), len(sides["peer"])),
                         "all_ours": sides["ours"],
                         "all_peer": sides["peer"]})
        return rows

    def show(self):
        def number(value):
            if value is None:
                return "-"
            return f"{value:.3g}" if value < 100 else f"{value:.0f}"
        print(f"\n{'measure':52} {'unit':5} {'ours':>8} {'peer':>8} "
              f"{'ratio':>6} {'aim':>8} {'runs':>4}")
        for row in self.rows:
            aim = (f"x{row['aim_ratio']}" if row["aim_ratio"] is not None
                   else number(row["aim"]))
            mark = "" if row["met"] is None else " ok" if row["met"] else \
                " missed"
            print(f"{row['measure']:52} {row['unit']:5} "
                  f"{number(row['ours']):>8} {number(row['peer']):>8} "
                  f"{number(row['ratio']):>6} {aim:>8} {row['runs']:>4}"
                  f"{mark}")
