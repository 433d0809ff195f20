# SPDX-License-Identifier: Apache-2.0
"""The results as a picture: for each contest a row of bars on one logarithmic scale, ours first."""

from xml.sax.saxutils import escape

WIDTH, LEFT, BAR, GAP = 860, 210, 15, 26
COLORS = {"signet": "#0b6e4f", "signet shared": "#3f9e7d", "limit": "#9aa0a6", "verifications": "#9aa0a6", "nothing": "#9aa0a6",
          "a process": "#9aa0a6", "a shared process": "#9aa0a6"}
DECADES = [(1e-6, "1 us"), (1e-5, ""), (1e-4, "0.1 ms"), (1e-3, "1 ms"), (1e-2, "10 ms"), (0.1, "0.1 s"), (1, "1 s"),
           (10, "10 s"), (100, "100 s")]


def _place(seconds, low, high):
    import math
    share = (math.log10(max(seconds, low)) - math.log10(low)) / (math.log10(high) - math.log10(low))
    return LEFT + share * (WIDTH - LEFT - 90)


def _bars(one, y, low, high):
    parts = [f'<text x="10" y="{y}" font-weight="bold">{escape(one["name"])}: {escape(one["title"])}</text>']
    for who, cost in one["results"].items():
        y += BAR + 5
        if "failed" in cost:
            parts.append(f'<text x="{LEFT - 8}" y="{y}" text-anchor="end">{escape(who)}</text>'
                         f'<text x="{LEFT}" y="{y}" fill="#b3261e">did not do it</text>')
            continue
        end = _place(cost["cpu_s"], low, high)
        color = COLORS.get(who, "#5f7fb8")
        parts.append(f'<text x="{LEFT - 8}" y="{y}" text-anchor="end">{escape(who)}</text>'
                     f'<rect x="{LEFT}" y="{y - BAR + 3}" width="{max(end - LEFT, 1):.1f}" height="{BAR - 2}" fill="{color}"/>'
                     f'<text x="{end + 5:.1f}" y="{y}" fill="#444">{_label(cost["cpu_s"])}</text>')
    return parts, y + GAP


def _label(seconds):
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "us")):
        if seconds * factor >= 1 or unit == "us":
            return f"{seconds * factor:.3g} {unit}"
    return ""


def draw(report):
    costs = [cost["cpu_s"] for one in report["contests"] for cost in one["results"].values() if "cpu_s" in cost]
    low = 10.0 ** -6 if not costs else max(min(costs), 1e-6) / 2
    high = 1.0 if not costs else max(costs) * 1.2
    parts, y = [], 46
    for one in report["contests"]:
        drawn, y = _bars(one, y, low, high)
        parts += drawn
    grid = []
    for value, text in DECADES:
        if low < value < high:
            x = _place(value, low, high)
            grid.append(f'<line x1="{x:.1f}" y1="28" x2="{x:.1f}" y2="{y - GAP + 6}" stroke="#e3e3e3"/>'
                        f'<text x="{x:.1f}" y="22" text-anchor="middle" fill="#777">{text}</text>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" font-family="sans-serif" font-size="12">'
            f'<rect width="100%" height="100%" fill="#fff"/>{"".join(grid)}{"".join(parts)}</svg>\n')
