# SPDX-License-Identifier: Apache-2.0
"""The results of contests: as JSON is written, and as text."""

import platform
import subprocess
from datetime import datetime, timezone

from contest import Cost, judge
from page import human_count, human_time

STATES = {True: "met", False: "NOT MET", None: "not compared"}
VERSIONS = (("openssl", ["version"]), ("gpgsm", ["--version"]), ("dirmngr", ["--version"]), ("certtool", ["--version"]))


def machine():
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as lines:
        told = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return {"cpu": told[0] if told else platform.machine(), "cores": len(told) or 1, "system": platform.platform(terse=True)}


def versions():
    found = {}
    for tool, words in VERSIONS:
        try:
            done = subprocess.run([tool, *words], capture_output=True, text=True, check=False)
            found[tool] = done.stdout.split("\n")[0].split(" (Library")[0]
        except OSError:
            found[tool] = f"{tool} is not installed"
    try:
        done = subprocess.run(["dpkg-query", "-W", "-f", "NSS ${Version}", "libnss3-tools"], capture_output=True, text=True,
                              check=False)
        found["nss"] = done.stdout or "NSS is not installed"
    except OSError:
        pass
    return found


def of_contest(one, costs):
    notes = {entry.who: entry.note for entry in one.entries}

    def cost(who, value):
        known = {"failed": value} if not isinstance(value, Cost) else {
            key: number for key, number in vars(value).items() if number is not None}
        return {**known, "note": notes[who]} if notes[who] else known
    return {"name": one.name, "title": one.title, "unit": one.unit,
            "results": {who: cost(who, value) for who, value in costs.items()},
            "targets": [{"text": target.text, "most": target.most, "value": value, "met": met}
                        for target, value, met in judge(one, costs)]}


def of_all(rows, seed, full, took_s):
    return {"date": datetime.now(timezone.utc).strftime("%Y-%m-%d"), "machine": machine(), "versions": versions(),
            "seed": seed, "full": full, "took_s": round(took_s), "contests": rows}


def text(one):
    counted = any("instructions" in cost for cost in one["results"].values())
    lines = [f"{one['name']}: {one['title']}",
             f"  {'':18} {'CPU / ' + one['unit']:>14} {'ratio':>7} {'wall':>9} {'peak':>9} {'private':>9}"
             + (f" {'instr.':>9}" if counted else "")]
    base = one["results"].get("signet", {}).get("cpu_s", 0)
    for who, cost in one["results"].items():
        if "failed" in cost:
            lines.append(f"  {who:18} {cost['failed']}")
            continue
        ratio = f"{cost['cpu_s'] / base:.2f}" if base > 0 else "-"
        count = f" {human_count(cost['instructions']) if 'instructions' in cost else '':>9}" if counted else ""
        lines.append(f"  {who:18} {human_time(cost['cpu_s']):>14} {ratio:>7} {human_time(cost['wall_s']):>9} {cost['peak_mb']:>6.1f} MB "
                     f"{cost['private_mb']:>6.1f} MB{count}" + (f"  ({cost['note']})" if "note" in cost else ""))
    for target in one["targets"]:
        value = target["value"]
        lines.append(f"  target {target['text']}: {STATES[target['met']]}" + (f" ({value:.3g})" if value is not None else ""))
    return "\n".join(lines)


def summary(report):
    missed = [f"  {one['name']}: {target['text']}" for one in report["contests"] for target in one["targets"]
              if target["met"] is False]
    return "\n".join([f"{len(report['contests'])} contests in {report['took_s']} s, {len(missed)} targets not met", *missed])
