"""The evidence pack: whole, minimal, checked by one file alone; and one changed byte is found anywhere."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from duecourse.actions.evidence import pack
from duecourse.actions.explain import NotFound
from duecourse.records.evidence import verify
from duecourse.records.evidence.gather import Pack
from duecourse.records.evidence.verify import Broken, chained, container, findings, opened, unchained
from duecourse.records.models import Consent, Contact, Customer, Hold
from duecourse.records.tenancy import scope
from tests import making

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def packed(made: making.Made, folder: Path, **more: object) -> Pack:
    return pack(key=made.key, at=TUESDAY + timedelta(days=1), runs=folder, version="test", **more)  # type: ignore[arg-type]


def contact(made: making.Made, at: datetime, **more: object) -> int:
    values = {
        "channel": "email",
        "direction": "out",
        "purpose": "reminder",
        "outcome": "sent",
        "contact_point_id": made.point_id,
    }
    base = {"shard": made.shard, "creditor_id": made.creditor_id, "customer_id": made.id}
    with scope("all"):
        return Contact.objects.create(**base, at=at, **{**values, **more}).id


@pytest.fixture
def one(book: object) -> making.Made:
    made = making.customer(
        late=(8, 30), settled_late=(3,), name="Marigold Pemberton", kind="person", email="marigold@mail.example"
    )
    making.pay(made, made.debts[0], 4_000, key="bank:1")
    contact(made, TUESDAY - timedelta(days=8))
    contact(made, TUESDAY)
    return made


def faults(made: making.Made, folder: Path) -> list[str]:
    return findings(packed(made, folder).data)[2]


def test_a_stranger_checks_it_with_one_file(one: making.Made, tmp_path: Path) -> None:
    made = packed(one, tmp_path)
    file, alone = tmp_path / "pack.zip", tmp_path / "verify.py"
    file.write_bytes(made.data)
    with zipfile.ZipFile(file) as inside:  # any zip program opens it
        assert inside.testzip() is None
        alone.write_bytes(inside.read("verify.py"))
    command = [sys.executable, "-I", "-S", str(alone), str(file), "--seal", made.seal]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env={})
    assert (done.returncode, done.stdout) == (
        0,
        f"2 contacts, 0 rules broken, chain intact. 0 refusals. Seal {made.seal}\n",
    )
    other = subprocess.run([*command[:-1], "0" * 64], capture_output=True, text=True, cwd=tmp_path, env={})
    assert other.returncode == 1
    assert "not the one you were told" in other.stdout


def test_the_same_facts_make_the_same_bytes(one: making.Made, tmp_path: Path) -> None:
    assert packed(one, tmp_path) == packed(one, tmp_path)


def test_one_changed_byte_is_found_anywhere(one: making.Made, tmp_path: Path) -> None:
    whole, rng = packed(one, tmp_path).data, random.Random(20261125)
    places = {0, len(whole) - 1, *range(len(whole) - 90, len(whole)), *(rng.randrange(len(whole)) for _ in range(400))}
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << rng.randrange(8)
        with pytest.raises(Broken):
            unchained(opened(bytes(changed))["pack.jsonl"])
    for cut in (whole[:-1], whole[1:], whole + b"\0", b""):
        with pytest.raises(Broken):
            opened(cut)


def test_a_removed_row_is_found_and_canary_lines_sealed_each_alone_would_hide_it(
    one: making.Made, tmp_path: Path
) -> None:
    rows, _ = unchained(opened(packed(one, tmp_path).data)["pack.jsonl"])
    kept = [row for row in rows if row["row"] != "contact"]
    kept[-1]["rows"] = len(kept) - 1
    lines = list(chained(rows))
    removed = [line for line in lines[:-1] if '"row":"contact"' not in line] + list(chained(kept))[-1:]
    with pytest.raises(Broken, match="changed, removed or moved"):
        unchained("".join(removed).encode())
    alone = [next(iter(chained([row]))) for row in kept]
    assert all(line == next(iter(chained([json.loads(line[65:])]))) for line in alone)


def test_canary_a_zip_program_does_not_mind_a_changed_date(one: making.Made, tmp_path: Path) -> None:
    changed = bytearray(packed(one, tmp_path).data)
    changed[12] ^= 1
    assert zipfile.ZipFile(BytesIO(changed)).testzip() is None
    with pytest.raises(Broken, match="byte 12"):
        opened(bytes(changed))


def forged(data: bytes, change: object) -> bytes:
    """A pack whose maker changed rows and sealed it anew: the chain fits, so only what it says can give it away."""
    files = opened(data)
    rows, _ = unchained(files["pack.jsonl"])
    change(rows)  # type: ignore[operator]
    rows[-1]["rows"] = len(rows) - 1
    return container({**files, "pack.jsonl": "".join(chained(rows)).encode()})


@pytest.mark.parametrize(
    ("row", "column", "value", "fault"),
    [
        ("leg", "amount_minor", 1, "not as it was posted"),
        ("entry", "booked_date", "2020-01-01", "not as it was posted"),
        ("block", "previous", "00" * 32, "does not"),
        ("block", "seq", 99_999, "does not follow"),
    ],
)
def test_money_that_was_changed_and_sealed_anew_is_named(
    one: making.Made, tmp_path: Path, row: str, column: str, value: object, fault: str
) -> None:
    def change(rows: list[dict[str, object]]) -> None:
        [r for r in rows if r["row"] == row][1][column] = value

    told = findings(forged(packed(one, tmp_path).data, change))[2]
    assert any(fault in line for line in told), told


def test_a_leg_that_was_left_out_of_the_chain_is_named(one: making.Made, tmp_path: Path) -> None:
    def change(rows: list[dict[str, object]]) -> None:
        rows.remove(next(r for r in rows if r["row"] == "block" and r["legs"]))

    told = findings(forged(packed(one, tmp_path).data, change))[2]
    assert any("in no block" in line for line in told), told


NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("acts", "rule"),
    [
        ([(NIGHT, {})], "UK-CONC-7.9"),
        ([(TUESDAY.replace(hour=20, minute=30), {})], "HOUSE-HOURS"),
        ([(datetime(2026, 8, 31, 11, tzinfo=UTC), {})], "HOUSE-HOURS"),  # summer bank holiday
        ([(TUESDAY - timedelta(days=d), {}) for d in (0, 1, 6)], "HOUSE-BUDGET"),
        (
            [(TUESDAY - timedelta(hours=h), {"channel": "phone", "outcome": "no_answer"}) for h in (0, 1)],
            "HOUSE-CALL-PACE",
        ),
    ],
)
def test_a_contact_that_breaks_a_rule_is_named(
    book: object, tmp_path: Path, acts: list[tuple[datetime, dict[str, object]]], rule: str
) -> None:
    made = making.customer(kind="person")
    ids = [contact(made, at, **more) for at, more in acts]
    told = faults(made, tmp_path)
    assert any(f"contact {ids[0]}: breaks {rule}" in line for line in told), told


def test_seven_days_are_local_days_and_the_edge_is_free(book: object, tmp_path: Path) -> None:
    made = making.customer(kind="person")
    for days in (0, 1, 7):
        contact(made, TUESDAY - timedelta(days=days))
    assert faults(made, tmp_path) == []


def test_opt_outs_and_holds_are_checked_from_when_they_were_known(one: making.Made, tmp_path: Path) -> None:
    base = {"shard": one.shard, "creditor_id": one.creditor_id, "customer_id": one.id}
    with scope("all"):
        Consent.objects.create(**base, channel="email", given=False, source="portal", at=TUESDAY + timedelta(hours=1))
        Hold.objects.create(**base, kind="dispute", placed_by="A. Clerk", from_at=TUESDAY + timedelta(hours=1))
    assert faults(one, tmp_path) == []
    with scope("all"):
        Consent.objects.create(**base, channel="email", given=False, source="reply", at=TUESDAY - timedelta(hours=1))
        Hold.objects.create(**base, kind="pause", placed_by="A. Clerk", from_at=TUESDAY - timedelta(hours=1))
    told = faults(one, tmp_path)
    assert {line.split("breaks ")[1].split(",")[0] for line in told} == {"HOUSE-OPTOUT", "HOUSE-HOLD"}


def test_no_name_and_no_address_leaves_with_it(one: making.Made, tmp_path: Path) -> None:
    said = opened(packed(one, tmp_path).data)["pack.jsonl"]
    assert b"Marigold" not in said
    assert b"marigold" not in said
    assert b"Names, addresses" in said
    assert one.ref.encode() in said


def test_a_period_holds_what_happened_in_it_and_carries_what_must_be_counted(one: making.Made, tmp_path: Path) -> None:
    day = TUESDAY.replace(hour=0)
    made = pack(at=TUESDAY, runs=tmp_path, version="test", period=(day, day + timedelta(days=1)))
    assert made.contacts == 1
    rows, _ = unchained(opened(made.data)["pack.jsonl"])
    assert [r["before"] for r in rows if r["row"] == "contact"] == [True, False]
    assert findings(made.data)[0] == 1


def test_another_creditor_s_staff_pack_nothing(one: making.Made, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        packed(one, tmp_path, creditors=[making.creditor("Elsewhere").id])


def test_a_day_s_refusals_and_the_sent_message_are_in_it(book: object, tmp_path: Path) -> None:
    stopped = making.customer(kind="person")
    contact(stopped, TUESDAY - timedelta(days=1))
    contact(stopped, TUESDAY - timedelta(days=2))
    making.run_day(tmp_path)
    rows, _ = unchained(opened(packed(stopped, tmp_path).data)["pack.jsonl"])
    refusals = [r for r in rows if r["row"] == "refusal"]
    assert refusals
    assert all((r["why"] or r["rules"]) and r["at"] for r in refusals)


def test_a_refusal_by_a_rule_that_also_names_an_hour_is_in_it(book: object, tmp_path: Path) -> None:
    """An agency writes to a person in New York before breakfast: no consent to e-mail, and too early besides."""
    made = making.customer(of=making.creditor("Harbour Agency", is_agency_client=True), kind="person")
    with scope("all"):
        Customer.objects.filter(id=made.id).update(country="US", region="NY", timezone="America/New_York")
    making.run_day(tmp_path)
    rows, _ = unchained(opened(packed(made, tmp_path).data)["pack.jsonl"])
    (refusal,) = (r for r in rows if r["row"] == "refusal")
    assert any(rule["until"] for rule in refusal["rules"])
    assert refusal["verdict"] == "block"


def test_the_verifier_needs_nothing_but_the_standard_library(tmp_path: Path) -> None:
    shutil.copy(verify.__file__, tmp_path / "verify.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(tmp_path / "verify.py")], capture_output=True, text=True, env={}
    )
    assert done.returncode == 2
    assert "python3 verify.py PACK.zip" in done.stdout
    assert zipfile.ZipFile(BytesIO(container({"a": b"b"}))).read("a") == b"b"


def test_the_customer_page_gives_it_to_staff_of_that_creditor_only(one: making.Made) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    address = reverse("desk:evidence", args=one.key)
    owner, stranger = Client(), Client()
    owner.force_login(get_user_model().objects.create_superuser("owner"))
    stranger.force_login(get_user_model().objects.create_user("stranger"))
    page = owner.get(reverse("desk:customer", args=one.key))
    assert f'href="{address}"' in page.content.decode()
    given = owner.get(address)
    assert given["X-Evidence-Seal"] == findings(given.content)[3]
    assert findings(given.content)[2] == []
    assert (stranger.get(address).status_code, Client().get(address).status_code) == (404, 302)


def test_staff_of_one_creditor_can_prove_the_chain_that_others_share(one: making.Made, tmp_path: Path) -> None:
    from duecourse.records.sharded import shard_of

    other = making.creditor("Harbour Glass")
    ref = next(f"H{n}" for n in range(9999) if shard_of(other.id, f"H{n}") == one.shard)
    theirs = making.customer(of=other, ref=ref, name="Somebody Else")
    making.pay(one, one.debts[1], 500, key="bank:2")
    contacts, _, told, _ = findings(packed(one, tmp_path, creditors=[one.creditor_id]).data)
    assert (contacts, told) == (2, [])
    assert theirs.ref.encode() not in opened(packed(one, tmp_path, creditors=[one.creditor_id]).data)["pack.jsonl"]
