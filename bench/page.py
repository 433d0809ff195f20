# SPDX-License-Identifier: Apache-2.0
"""The results as a table for docs/performance.md."""

PEERS_NOT = ("signet", "signet shared", "limit", "verifications", "nothing", "a process", "a shared process")


def human_time(seconds):
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "us")):
        if seconds * factor >= 1 or unit == "us":
            return f"{seconds * factor:.3g} {unit}"
    return ""


def _time(cost):
    if cost is None:
        return ""
    return "failed" if "failed" in cost else human_time(cost["cpu_s"])


def _best_peer(results):
    done = [(cost["cpu_s"], who) for who, cost in results.items() if who not in PEERS_NOT and "failed" not in cost]
    return f"{human_time(min(done)[0])} ({min(done)[1]})" if done else "none did it" if set(results) - set(PEERS_NOT) else ""


def _targets(one):
    words = {True: "met", False: "**not met**", None: "not compared"}
    return "; ".join(f"{target['text']}: {words[target['met']]}" for target in one["targets"])


def table(found):
    """Markdown: a row for each contest."""
    about = found["machine"]
    lines = [f"{found['date']}, {about['cpu']}, {about['cores']} cores, {about['system']}; "
             + ", ".join(found["versions"].values()) + ".", "",
             "| | limit | signet | shared | best peer | private memory | targets |", "|---|---|---|---|---|---|---|"]
    for one in found["contests"]:
        results = one["results"]
        ours = results.get("signet", {})
        base = results.get("limit") or results.get("a process") or results.get("nothing")
        lines.append(f"| **{one['name']}** {one['title']} | {_time(base)} | {_time(ours)} | {_time(results.get('signet shared'))} "
                     f"| {_best_peer(results)} | {ours.get('private_mb', 0):.1f} MB | {_targets(one)} |")
    return "\n".join(lines) + "\n"
