# SPDX-License-Identifier: Apache-2.0
"""The results as a part of docs/performance.md, between two marks."""

from contest import OURS, is_ours

BEGIN, END = "<!-- results: written by make performance -->", "<!-- end of results -->"
WORDS = {True: "met", False: "**not met**", None: "not compared"}


def _three_digits(number):
    return f"{number:.0f}" if abs(number) >= 99.95 else f"{number:.3g}"


def human_time(seconds):
    for factor, unit in ((1, "s"), (1e3, "ms")):
        if seconds * factor >= 0.9995:
            return f"{_three_digits(seconds * factor)} {unit}"
    return f"{_three_digits(seconds * 1e6)} us"


def human_count(number):
    for factor, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if number >= 0.9995 * factor:
            return f"{_three_digits(number / factor)}{unit}"
    return f"{number:.0f}"


def _time(cost):
    if cost is None:
        return ""
    return "failed" if "failed" in cost else human_time(cost["cpu_s"])


def _count(cost):
    return human_count(cost["instructions"]) if cost and "instructions" in cost else ""


def _peers(results):
    """Those that did it, the fastest first."""
    done = sorted((cost["cpu_s"], who) for who, cost in results.items() if not is_ours(who) and "failed" not in cost)
    if not done:
        return "none did it" if not all(map(is_ours, results)) else ""
    return ", ".join(f"{who} {human_time(took)}" for took, who in done)


def _targets(one):
    return "; ".join(f"{target['text']}: {WORDS[target['met']]}" for target in one["targets"])


def _row(one):
    results = one["results"]
    ours = results.get("signet", {})
    base = next((results[who] for who in ("limit", "a process", "sqlite3", "nothing") if who in results), None)
    return (f"| **{one['name']}** {one['title']} | {_time(base)} | {_time(ours)} | {_time(results.get('signet shared'))} "
            f"| {_peers(results)} | {ours.get('peak_mb', 0):.1f} | {ours.get('private_mb', 0):.1f} | {_targets(one)} |")


def _did_not(contests):
    """{(who, why): [names of contests]}, so that what always holds is told once."""
    reasons = {}
    for one in contests:
        for who, cost in one["results"].items():
            if "failed" in cost:
                reasons.setdefault((who, cost["failed"]), []).append(one["name"])
    return [f"- {who}: {why} ({', '.join(names)})" for (who, why), names in reasons.items()]


def _counted(contests):
    lines = []
    for one in contests:
        counts = {who: cost for who, cost in one["results"].items() if "instructions" in cost}
        if "signet" in counts:
            others = ", ".join(f"{who} {_count(cost)}" for who, cost in counts.items() if who not in OURS)
            lines.append(f"| {one['name']} | {_count(counts['signet'])} | {_count(counts.get('signet shared'))} | {others} |")
    return lines


def _notes(contests):
    """What the entries of the same kind mean, told once."""
    reasons = {}
    for one in contests:
        for who, cost in one["results"].items():
            if "note" in cost and "failed" not in cost:
                reasons.setdefault((who, cost["note"]), []).append(one["name"])
    return [f"- {who}: {note} ({', '.join(names)})" for (who, note), names in reasons.items()]


def part(report):
    """Markdown: a row for each contest, and in words what a number cannot say."""
    about, contests = report["machine"], report["contests"]
    size = "the sizes that the targets speak of" if report["full"] else "small forms"
    lines = [f"{report['date']}, {about['cpu']}, {about['cores']} cores, {about['system']}; "
             + ", ".join(report["versions"].values()) + f"; {size}.", "",
             "| | limit | signet | shared | peers | peak MB | private MB | targets |", "|---|---|---|---|---|---|---|---|",
             *map(_row, contests), "", "![Times on a logarithmic scale](performance.svg)"]
    for title, found in (("### What peers did not do", _did_not(contests)), ("### What is in these numbers", _notes(contests))):
        lines += ["", title, "", *found] if found else []
    counted = _counted(contests)
    if counted:
        lines += ["", "### Instructions", "", "| | signet | shared | the limit |", "|---|---|---|---|", *counted]
    return "\n".join(lines) + "\n"


def put(path, report):
    """Puts the results into the page at `path`, in place of those between its marks."""
    before, mark, rest = path.read_text().partition(BEGIN)
    old, end, after = rest.partition(END)
    if not mark or not end:
        raise SystemExit(f"{path}: the marks of the results are missing")
    path.write_text(f"{before}{BEGIN}\n{part(report)}{END}{after}")
