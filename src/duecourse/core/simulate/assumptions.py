"""What we take for granted about the people of the simulated world. Every number is here; docs/simulation.md has sources.

Where real data allow, a number is set so that the world under the playbook `plain@1` pays like the public samples of
receivables do; the rest are judgements, stated so that they can be argued with and changed in a sensitivity table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CAUSES: Final = ("habit", "forgot", "cash", "hardship", "dispute", "never_received", "unwilling")
"""Why a debt is not paid on its due date. `habit`: it is paid on the customer's own usual day, late or not."""
HABIT, FORGOT, CASH, HARDSHIP, DISPUTE, NEVER_RECEIVED, UNWILLING = range(len(CAUSES))


@dataclass(frozen=True)
class Assumptions:
    """Shares are of debts, chances of one message or call that was read or answered, spans in days."""

    # Who they are
    share_in_us: float = 0.25
    share_persons: float = 0.3
    debts_a_year: float = 7.0
    typical_amount: float = 600.0
    amount_spread: float = 1.1  # standard deviation of the logarithm
    # The customer's own usual day, counted from the due date: most pay about then, a quarter much later
    prompt_day: float = -3.5
    prompt_spread: float = 4.0
    late_share: float = 0.18
    late_day: float = 8.0
    late_spread: float = 6.0
    debt_spread: float = 4.0  # around the customer's usual day
    # Causes, mean share of debts; each customer has shares of their own around them
    forgets: float = 0.045
    short_of_cash: float = 0.02
    hardship: float = 0.005
    disputes: float = 0.012
    never_received: float = 0.008
    unwilling: float = 0.003
    unlike: float = 1.2  # how unlike customers are: standard deviation of the logarithm of each share
    # What happens without us, mean spans after the due date
    remembers_after: float = 32.0
    cash_comes_after: float = 16.0
    pays_after_cash: float = 10.0
    hardship_pays_after: float = 260.0
    raises_dispute_after: float = 60.0
    asks_for_invoice_after: float = 45.0
    unwilling_pays_after: float = 300.0
    # What a message does once it is read
    email_read: float = 0.62
    sms_read: float = 0.82
    letter_read: float = 0.70
    call_answered: float = 0.45
    reads_least: float = 0.35  # the worst reader reads this share of what the average one does
    recalls: float = 0.45
    recalls_fade: float = 0.75  # each later message about the same debt does this share of the one before
    hurries: float = 0.08
    cash_goes_to_us: float = 0.5
    promises: float = 0.15
    promise_hope: float = 0.7  # promised day over the day the cash comes
    asks_for_plan: float = 0.30
    says_dispute: float = 0.55
    says_never_received: float = 0.65
    gives_in: float = 0.06
    call_counts: float = 1.6  # a talk does this many times what a message does
    # Ways out
    instalments: int = 4
    instalment_kept: float = 0.90
    dispute_takes: int = 14
    dispute_credit: float = 0.35  # share of the amount that is credited
    dispute_lost: float = 0.5  # share of disputes in which the customer was right
    pays_in_part: float = 0.05
    # Harm
    complaint: float = 0.0006
    complaint_each_recent: float = 0.6  # more, for each message of the last fourteen days
    complaint_disputed: float = 5.0
    complaint_needless: float = 2.0  # they were about to pay anyway
    opt_out: float = 0.0010
    complaint_takes: int = 10
    # Addresses
    has_sms: float = 0.5
    has_letter: float = 0.9
    moves_a_year: float = 0.04
    found_again: float = 0.8
    # People at work
    calls_a_day_per_thousand: float = 2.0


def stated(assumptions: Assumptions) -> dict[str, float]:
    """Name → number, for a report that says what it took for granted."""
    return {name: float(value) for name, value in vars(assumptions).items()}
