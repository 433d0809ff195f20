# SPDX-License-Identifier: Apache-2.0
"""The results as a picture: for each contest a row of bars on one logarithmic scale, for one unit of its work."""

import math
from xml.sax.saxutils import escape

from contest import BOUNDS
from page import human_time

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 900, 150, 90, 16, 16, 58
OURS, BOUND, PEER, FAILED = "#0b6e4f", "#b4b9be", "#5f7fb8", "#b3261e"
KEY = (("signet", OURS), ("what it is measured by", BOUND), ("a peer", PEER), ("a peer did not do it", FAILED))
DECADES = [(10.0 ** power, human_time(10.0 ** power)) for power in range(-6, 4)]


class Scale:
    def __init__(self, costs):
        self.low = math.floor(math.log10(max(min(costs, default=1e-6), 1e-6)))
        self.high = max(math.ceil(math.log10(max(costs, default=1.0))), self.low + 1)

    def place(self, seconds):
        share = (math.log10(max(seconds, 10.0 ** self.low)) - self.low) / (self.high - self.low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def marks(self, bottom):
        parts = []
        for value, text in DECADES:
            if self.low <= round(math.log10(value)) <= self.high:
                x = self.place(value)
                parts.append(f'<line x1="{x:.1f}" y1="{TOP - 12}" x2="{x:.1f}" y2="{bottom}" stroke="#e3e3e3"/>'
                             f'<text x="{x:.1f}" y="{TOP - 17}" text-anchor="middle" fill="#777">{text}</text>')
        return parts


def _text(x, y, words, **options):
    extra = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in options.items())
    return f'<text x="{x:.1f}" y="{y}"{extra}>{escape(words)}</text>'


def _short(words, length):
    return words if len(words) <= length else words[:length - 1].rstrip(" ,:(") + "…"


def _color(who):
    return OURS if who.startswith("signet") else BOUND if who in BOUNDS else PEER


def _bar(who, cost, y, scale):
    name = _text(LEFT - 8, y, who, text_anchor="end")
    if "failed" in cost:
        return name + _text(LEFT + 4, y, _short(cost["failed"], 105), fill=FAILED)
    end = scale.place(cost["cpu_s"])
    return (name + f'<rect x="{LEFT}" y="{y - BAR + 5}" width="{max(end - LEFT, 1):.1f}" height="{BAR - 4}" fill="{_color(who)}"/>'
            + _text(end + 5, y, human_time(cost["cpu_s"]), fill="#444"))


def _bars(one, y, scale):
    unit = "" if one["unit"] == "run" else f" — for one {one['unit']}"
    parts = [_text(10, y, _short(f"{one['name']}: {one['title']}{unit}", 118), font_weight="bold")]
    for who, cost in one["results"].items():
        y += BAR
        parts.append(_bar(who, cost, y, scale))
    return parts, y + BAR + GAP


def _key():
    parts, x = [], 10
    for words, color in KEY:
        parts.append(f'<rect x="{x}" y="9" width="12" height="12" fill="{color}"/>' + _text(x + 17, 20, words))
        x += 45 + 7 * len(words)
    return parts


def draw(report):
    scale = Scale([cost["cpu_s"] for one in report["contests"] for cost in one["results"].values() if "cpu_s" in cost])
    parts, y = [], TOP + 10
    for one in report["contests"]:
        drawn, y = _bars(one, y, scale)
        parts += drawn
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}" '
            f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>'
            + "\n".join([*_key(), *scale.marks(y - GAP), *parts]) + "</svg>\n")
