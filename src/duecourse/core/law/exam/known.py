"""The `facts` of a case, and what its CLEAN baseline grants where it is silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duecourse.core.law.exam.dossier import Dossier, day

FIVE = {"transfer", "address_and_use", "others_may_see", "opt_out_method", "opt_out_date"}
RATES = {"boe_base_on_": "boe_base", "ecb_main_refi_on_": "ecb_main"}


def known(dossier: Dossier, facts: Mapping[str, Any]) -> None:
    """Add fact rows for everything under `facts`."""
    _permissions(dossier, facts)
    _email(dossier, facts)
    _representation(dossier, facts)
    for key, value in facts.items():
        for prefix, name in RATES.items():
            if key.startswith(prefix):
                dossier.rows["rates"].append(
                    {"name": name, "on": day(key.removeprefix(prefix)), "bp": round(float(value) * 100)}
                )
    ended = day(facts.get("crisis_treatment_ended_on"))
    for row in dossier.rows["breathing_spaces"]:
        row["treatment_ended_on"] = row.get("treatment_ended_on") or ended


def _permissions(dossier: Dossier, facts: Mapping[str, Any]) -> None:
    """CLEAN holds every channel permission; a case that speaks of one says whether it is held."""
    york = facts.get("ny_email")
    if york is None or all(
        york.get(key) for key in ("voluntarily_provided", "written_consent", "affirmed_not_employer")
    ):
        dossier.add("consents", kind="ny_email", given_to="collector")
    if facts.get("dc_ecomm_consent", True):
        dossier.add("consents", kind="electronic", given_to="collector")
    robots = facts.get("tcpa_consent", {})
    if robots is not None and not robots.get("revoked") and robots.get("given", True):
        dossier.add("consents", kind="tcpa", given_to=robots.get("given_to", "collector"))


def _email(dossier: Dossier, facts: Mapping[str, Any]) -> None:
    basis = facts.get("email_basis", "")
    if basis.startswith("6(d)(4)"):
        dossier.add("points", basis=basis)
    for row in dossier.rows["creditor_notices"]:
        row |= {
            "obtained_from_consumer": facts.get("creditor_obtained_address_from_consumer"),
            "used_for_account": facts.get("creditor_used_address_for_account"),
            "domain_public": facts.get("domain_public"),
            "asked_creditor_to_stop": facts.get("consumer_asked_creditor_to_stop"),
            "employer_known": facts.get("employer_provided_known"),
        }
    earlier = [link for link in facts.get("chain", ()) if not link.get("current")]
    for position, link in enumerate(reversed(earlier), 1):
        dossier.add(
            "prior_collectors",
            position=position,
            obtained=str(link.get("obtained_by", "")).startswith(("6(d)(4)(i)", "6(d)(4)(ii)")),
            used_email=link.get("used_email"),
            opted_out=link.get("opted_out"),
        )


def _representation(dossier: Dossier, facts: Mapping[str, Any]) -> None:
    reach = [facts.get(key) for key in ("attorney_identity_known", "attorney_identity_readily_ascertainable")]
    reachable = None if reach == [None, None] else any(reach)
    for row in dossier.rows["representations"]:
        if reachable is not None and row["reachable"] is None:
            row["reachable"] = reachable
        if facts.get("attorney_reasonable_response_period_elapsed") or facts.get(
            "representative_reasonable_response_period_elapsed"
        ):
            row["silent_at"] = row["at"]
