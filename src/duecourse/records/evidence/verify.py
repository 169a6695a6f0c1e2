#!/usr/bin/env python3
"""Checks an evidence pack: python3 verify.py PACK.zip [--seal HEX]

Needs Python 3.9 or later and nothing else: no product, no database, no network. It says "N contacts, 0 rules broken, chain
intact", or names the rows that are wrong and leaves with code 1. The pack is this file, a README and `pack.jsonl`: one row a line,
`<hash> <json>`, where each hash is sha256(hash of the line before + json). The last hash is the seal. Whoever made the
pack told you its seal; without comparing it you know that the file is whole, not that it is theirs.

Rules are checked again by this file's own arithmetic from the dated numbers in the pack: permitted hours, contacts in seven
days, what was opted out of, requests to stop, holds. Other rules are shown as the gate recorded them.
"""

# ruff: noqa: T201, B905 - it stands alone and speaks to a terminal

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

FILES = ("README.txt", "verify.py", "pack.jsonl")
START = "0" * 64
SECOND_OF_MIDNIGHT, DOS_DATE = 0, (2000 - 1980) << 9 | 1 << 5 | 1
CALLS = ("phone", "call", "voicemail")
MESSAGES = ("email", "sms")
AWAITED = ("receipt", "service", "confirm_opt_out", "service_reply", "payment_receipt", "security")


class Broken(Exception):
    """The pack is not as it was made: says where."""


def container(files):
    """The bytes of a plain zip with these files in order: stored, undated, the same wherever it is made."""
    body, index = b"", b""
    for name, data in files.items():
        at, coded = len(body), name.encode()
        head = struct.pack(
            "<HHHHHIIIHH", 20, 0, 0, SECOND_OF_MIDNIGHT, DOS_DATE, zlib.crc32(data), len(data), len(data), len(coded), 0
        )
        body += b"PK\x03\x04" + head + coded + data
        index += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, at) + coded
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(index), len(body), 0)
    return body + index + b"PK\x05\x06" + end


def opened(raw):
    """The files of a pack. Raises Broken where any byte is not as `container` writes it."""
    files, at = {}, 0
    for name in FILES:
        head = raw[at : at + 30]
        if len(head) < 30 or head[:4] != b"PK\x03\x04":
            raise Broken(f"byte {at}: no file begins here")
        size, length = struct.unpack("<I", head[22:26])[0], struct.unpack("<H", head[26:28])[0]
        start = at + 30 + length
        files[name] = raw[start : start + size]
        at = start + size
    made = container(files)
    if made != raw:
        where = next((n for n, (a, b) in enumerate(zip(made, raw)) if a != b), min(len(made), len(raw)))
        raise Broken(f"byte {where}: the file is not as it was made")
    return files


def chained(lines, before=START):
    """Lines `<hash> <json>` of rows, each hash over the one before and the row."""
    for row in lines:
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        before = hashlib.sha256((before + text).encode()).hexdigest()
        yield f"{before} {text}\n"


def unchained(data):
    """(rows, seal). Raises Broken at the first line whose hash does not follow."""
    rows, before = [], START
    lines = data.split(b"\n")
    if lines.pop() != b"":
        raise Broken(f"line {len(lines) + 1}: cut short")
    for number, line in enumerate(lines, 1):
        mark, gap, text = line[:64], line[64:65], line[65:]
        if gap != b" " or hashlib.sha256(before.encode() + text).hexdigest().encode() != mark:
            raise Broken(f"line {number}: changed, removed or moved")
        before = mark.decode()
        rows.append(json.loads(text))
    if not rows or rows[-1].get("row") != "end" or rows[-1]["rows"] != len(rows) - 1:
        raise Broken("the last line does not count the rows before it")
    return rows, before


def digest(values):
    """sha256 of a row as the ledger's database writes it: a JSON array with a space after each comma."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def ledger(rows):
    """Faults of the money rows: entries that do not balance, hashes that do not fit, blocks that do not follow."""
    entries = {r["id"]: r for r in rows if r["row"] == "entry"}
    legs = [r for r in rows if r["row"] == "leg"]
    for e in entries.values():
        told = [
            e[k]
            for k in (
                "shard",
                "id",
                "creditor_id",
                "customer_id",
                "kind",
                "booked_date",
                "posted_us",
                "currency",
                "key",
                "memo",
            )
        ]
        if digest(told) != e["hash"]:
            yield f"entry {e['id']}: not as it was posted"
        if sum(x["amount_minor"] for x in legs if x["entry_id"] == e["id"]):
            yield f"entry {e['id']}: its legs do not sum to zero"
    for x in legs:
        told = [
            x[k]
            for k in (
                "shard",
                "id",
                "creditor_id",
                "customer_id",
                "entry_id",
                "account",
                "debt_id",
                "currency",
                "amount_minor",
            )
        ]
        if digest(told) != x["hash"]:
            yield f"leg {x['id']}: not as it was posted"
    covered, last = set(), {}
    for b in (r for r in rows if r["row"] == "block"):
        shard, before = b["shard"], last.get(b["shard"])
        if before and (b["seq"] != before["seq"] + 1 or b["previous"] != before["hash"]):
            yield f"block {shard}/{b['seq']}: does not follow the one before it"
        if b["legs"]:
            covered |= {(shard, leg, mine, entry) for leg, mine, entry in b["legs"]}
            content = hashlib.sha256(b"".join(bytes.fromhex(m) + bytes.fromhex(e) for _, m, e in b["legs"])).hexdigest()
        else:
            content = b["content"]
        if hashlib.sha256(bytes.fromhex(b["previous"]) + bytes.fromhex(content)).hexdigest() != b["hash"]:
            yield f"block {shard}/{b['seq']}: its hash does not fit"
        last[shard] = b
    for x in legs:
        if (x["shard"], x["id"], x["hash"], entries.get(x["entry_id"], {}).get("hash")) not in covered:
            yield f"leg {x['id']}: in no block of the chain"


def moment(text):
    """An instant, or None."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


class Customer:
    """One customer's rows, and what was known of them when."""

    def __init__(self, row, rows, rules):
        mine = [r for r in rows if r.get("customer") == row["key"]]
        self.row, self.rules, self.zone = row, rules, ZoneInfo(row["zone"])
        self.of = {
            kind: [r for r in mine if r["row"] == kind] for kind in ("contact", "consent", "hold", "ruling", "fact")
        }
        self.closed = {date.fromisoformat(day) for day in row["holidays"]}

    def rule(self, name, at):
        """The numbers of a rule's version on the day of an instant; None where it was not in force."""
        day = at.date().isoformat()
        found = [v for v in self.rules.get(name, ()) if v["from"] <= day and (not v["until"] or day < v["until"])]
        return found[-1]["numbers"] if found else None

    def within(self, place):
        return any(j == place or j.startswith(place + "-") for j in self.row["places"])

    def hours(self, contact, at):
        """Rules of permitted hours that this contact breaks."""
        call, text = contact["channel"] in CALLS, contact["channel"] == "sms"
        person, agency = self.row["person"], self.row["agency"]
        asked = [("US-REGF-6b1-TIME", person and agency and self.within("US"))]
        asked.append(("US-CA-ROSENTHAL", person and not agency and self.within("US-CA")))
        asked.append(("UK-CONC-7.9", person and self.within("UK") and contact["channel"] != "letter"))
        asked.append(("AU-RG96-HOURS", person and self.within("AU") and (call or text)))
        wall = at.astimezone(self.zone)
        for name, applies in asked:
            numbers = self.rule(name, at) if applies else None
            if numbers and not self._open(numbers, wall):
                yield name, f"{wall:%a %d %b %Y %H:%M} there"
        house = self.rule("HOUSE-HOURS", at)
        who = "consumer_" if person else "business_"
        if house and (call or text or contact["channel"] == "email") and contact["purpose"] not in AWAITED:
            days = {k[len(who) :]: v for k, v in house.items() if k.startswith(who)}
            if not self._open({**days, "holidays": True}, wall):
                yield "HOUSE-HOURS", f"{wall:%a %d %b %Y %H:%M} there"

    def _open(self, numbers, wall):
        if numbers.get("holidays") and wall.date() in self.closed:
            return False
        if "week" in numbers:
            span = numbers["week"][wall.weekday()]
        else:
            span = (
                (numbers["from_minute"], numbers["to_minute"])
                if wall.weekday() in numbers.get("days", range(7))
                else None
            )
        return bool(span) and span[0] <= wall.hour * 60 + wall.minute < span[1]

    def caps(self, contact, at):
        """Rules of frequency that this contact breaks: it is one more than the most in so many local days."""
        person, agency, call = self.row["person"], self.row["agency"], contact["channel"] in CALLS
        begun = [
            c
            for c in self.of["contact"]
            if c["direction"] == "out" and c["id"] != contact["id"] and moment(c["at"]) < at
        ]
        missed = ("busy", "not_in_service")
        calls = [c for c in begun if c["channel"] in CALLS and c["outcome"] not in missed]
        texts = [c for c in begun if c["channel"] == "sms"]
        budget = [c for c in begun if c["channel"] != "letter" and c["purpose"] not in AWAITED]
        asked = [("US-REGF-14b-FREQ", person and agency and call and self.within("US"), calls, True)]
        asked.append(
            (
                "US-MA-2IN7",
                person and self.within("US-MA") and (call or contact["channel"] == "sms"),
                calls + texts,
                True,
            )
        )
        asked.append(("US-DC-4IN7", person and call and self.within("US-DC"), calls, True))
        asked.append(("US-NYC-FREQ", person and agency and self.within("US-NY-NYC"), begun, False))
        asked.append(("US-WA-3WEEK", person and agency and self.within("US-WA"), begun, False))
        asked.append(
            ("HOUSE-BUDGET", contact["channel"] != "letter" and contact["purpose"] not in AWAITED, budget, False)
        )
        asked.append(("HOUSE-CALL-PACE", contact["channel"] in ("phone", "call"), calls, False))
        today = at.astimezone(self.zone).date()
        for name, applies, counted, per_debt in asked:
            numbers = self.rule(name, at) if applies else None
            if not numbers:
                continue
            first = today - timedelta(days=numbers["days"] - 1)
            late = [c for c in counted if moment(c["at"]).astimezone(self.zone).date() >= first]
            for debt in (contact["debts"] or [None]) if per_debt else [None]:
                many = sum(debt is None or not c["debts"] or debt in c["debts"] for c in late)
                if many >= numbers["max"]:
                    yield name, f"{many + 1} in {numbers['days']} days, at most {numbers['max']}"
                    break

    def stops(self, contact, at):
        """Wishes and states that this contact goes against."""
        if contact["purpose"] == "confirm_opt_out":
            return
        latest = {}
        for c in sorted(self.of["consent"], key=lambda c: c["at"]):
            if moment(c["at"]) <= at:
                latest[c["channel"], c["address"]] = c
        for (channel, address), c in latest.items():
            if not c["given"] and channel in (contact["channel"], "any") and address in ("", contact["address"]):
                yield "HOUSE-OPTOUT", f"ruled out on {c['at'][:10]}"
        for f in self.of["fact"]:
            if f["kind"] == "ceases" and moment(f["at"]) <= at and not (f["until"] and moment(f["until"]) <= at):
                yield "HOUSE-CEASE", f"asked to be left alone on {f['at'][:10]}"
        if contact["purpose"] in AWAITED:
            return
        for h in self.of["hold"]:
            about = h["debt"] is None or h["debt"] in contact["debts"]
            if about and moment(h["from"]) <= at and not (h["until"] and moment(h["until"]) <= at):
                yield "HOUSE-HOLD", f"on hold since {h['from'][:10]}"

    def set_aside(self, contact):
        """House rules that two people set aside for this contact."""
        return {name for r in self.of["ruling"] if r["contact"] == contact["id"] for name in r["set_aside"]}

    def broken(self):
        """(row, rule, why) of every rule that a contact in the pack's period breaks."""
        for contact in self.of["contact"]:
            if contact["direction"] != "out" or contact["before"]:
                continue
            at, aside = moment(contact["at"]), self.set_aside(contact)
            for check in (self.hours, self.caps, self.stops):
                for name, why in check(contact, at):
                    if name not in aside:
                        yield f"contact {contact['id']}: breaks {name}, {why}"


def findings(raw, seal=None):
    """(contacts, refusals, faults, seal) of the bytes of a pack. Raises Broken where it is not as it was made."""
    rows, found = unchained(opened(raw)["pack.jsonl"])
    if seal and seal != found:
        raise Broken(f"the seal is {found}, not the one you were told")
    rules = {}
    for r in rows:
        if r["row"] == "rule":
            rules.setdefault(r["id"], []).append(r)
    faults = list(ledger(rows))
    for r in rows:
        if r["row"] == "customer":
            faults += Customer(r, rows, rules).broken()
    contacts = [r for r in rows if r["row"] == "contact" and not r["before"]]
    return len(contacts), sum(r["row"] == "refusal" for r in rows), faults, found


def main(words):
    if not words or words[0] in ("-h", "--help"):
        print(__doc__)
        return 2
    seal = words[words.index("--seal") + 1] if "--seal" in words[:-1] else None
    try:
        with open(words[0], "rb") as file:
            contacts, refusals, faults, found = findings(file.read(), seal)
    except (Broken, ValueError, KeyError, TypeError, OSError) as error:
        print(f"BROKEN: {error}")
        return 1
    for fault in faults:
        print(fault)
    money = sum(not fault.startswith("contact ") for fault in faults)
    chain = "BROKEN" if money else "intact"
    print(f"{contacts} contacts, {len(faults) - money} rules broken, chain {chain}. {refusals} refusals. Seal {found}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
