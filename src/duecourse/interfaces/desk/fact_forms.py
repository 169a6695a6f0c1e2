"""The forms by which people write down what a customer told us, one a kind of fact, in plain words.

>>> form_of("ceases").name
'Asks to be left alone, or refuses to pay'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecourse.core.facts.law_schemas import SCHEMAS
from duecourse.core.law.telling import NEEDED, WORDS
from duecourse.interfaces.desk.fact_choices import CHOICES


@dataclass(frozen=True, slots=True)
class Input:
    """`shape`: choice, flag, day, time, days, number or text. `needed`: it says nothing without."""

    name: str
    label: str
    shape: str
    options: tuple[tuple[str, str], ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """`of_debt`, `of_address`, `of_person`: it may name one."""

    kind: str
    name: str
    hint: str
    inputs: tuple[Input, ...]
    of_debt: bool
    of_address: bool
    of_person: bool


# kind: its name, a hint, and each answer as column, label and shape. Choices are the words that the rules know.
_FORMS: Final = {
    "preferences": (
        "A time that is not welcome",
        "We do not write or call then.",
        (
            ("start_minute", "From", "time"),
            ("end_minute", "To", "time"),
            ("days", "On these days", "days"),
            ("from_on", "First day", "day"),
            ("until_on", "Last day", "day"),
        ),
    ),
    "places": (
        "A place that is not welcome",
        "Home or work. Say so where the employer forbids it.",
        (
            ("place", "Where", "choice"),
            ("employer", "The employer forbids it", "flag"),
        ),
    ),
    "locations": (
        "Where they may be",
        "Every place counts: we keep the hours and the law of all of them.",
        (
            ("country", "Country (two letters)", "text"),
            ("region", "State or nation", "text"),
            ("postcode", "Postcode", "text"),
            ("tz", "Time zone, where you know it", "text"),
        ),
    ),
    "suppressions": (
        "Does not want to be reached this way",
        "It holds at once.",
        (
            ("medium", "Way", "choice"),
            ("scope", "Only for", "choice"),
        ),
    ),
    "consents": (
        "Agrees to something",
        "Say to whom. What was agreed with another does not always count.",
        (
            ("kind", "To what", "choice"),
            ("given_to", "Said to", "choice"),
            ("on_on", "Only on", "day"),
            ("start_minute", "From", "time"),
            ("end_minute", "To", "time"),
        ),
    ),
    "points": (
        "About an address or number",
        "What kind it is, or that it is not theirs.",
        (
            ("kind", "What it is", "choice"),
            ("basis", "Why we may use the email", "choice"),
            ("stale", "No longer in use", "flag"),
        ),
    ),
    "persons": (
        "A person beside the customer",
        "Who they are to the customer.",
        (
            ("relation", "Who", "choice"),
            ("died_on", "Died on", "day"),
            ("minor", "Under age", "flag"),
        ),
    ),
    "representations": (
        "Somebody acts for them",
        "We speak with that person instead.",
        (
            ("kind", "Who", "choice"),
            ("reachable", "We know how to reach them", "flag"),
        ),
    ),
    "ceases": (
        "Asks to be left alone, or refuses to pay",
        "In writing. It counts from the day that we got it.",
        (("kind", "What", "choice"),),
    ),
    "disputes": (
        "Says that something is wrong",
        "Chasing stops until it is answered.",
        (
            ("kind", "What", "choice"),
            ("written", "In writing", "flag"),
            ("grounds", "In what way", "text"),
            ("partial", "Only a part of it", "flag"),
            ("outcome", "How it ended", "choice"),
        ),
    ),
    "bankruptcies": (
        "Bankrupt or insolvent",
        "Nothing is asked for while it lasts.",
        (("kind", "State", "choice"),),
    ),
    "breathing_spaces": (
        "Breathing space (England and Wales)",
        "From the day after it is on the register.",
        (
            ("kind", "Kind", "choice"),
            ("starts_on", "Starts on", "day"),
            ("treatment_ended_on", "Treatment ended on", "day"),
        ),
    ),
    "notices": (
        "Another notice or request",
        "A dated fact that a rule asks about.",
        (
            ("kind", "What", "choice"),
            ("on", "On", "day"),
        ),
    ),
    "validations": (
        "Notice about the debt was given",
        "The customer's time to question the debt runs from it.",
        (
            ("method", "How", "text"),
            ("stated_end_on", "Last day that it names", "day"),
        ),
    ),
    "number_checks": (
        "A check of a phone number",
        "Does it still belong to the customer?",
        (("reassigned", "It went to somebody else", "flag"),),
    ),
    "creditor_notices": (
        "The creditor's notice about our emails",
        "12 CFR 1006.6(d)(4)(ii): sent before the debt came to us.",
        (
            ("sent_on", "Sent on", "day"),
            ("opt_out_by_on", "They could object until", "day"),
            ("complete", "All five points were in it", "flag"),
            ("obtained_from_consumer", "The customer gave the address", "flag"),
            ("used_for_account", "The creditor used it", "flag"),
            ("domain_public", "A public mail service", "flag"),
            ("employer_known", "It is the employer's", "flag"),
        ),
    ),
    "prior_collectors": (
        "An earlier collector",
        "1 is the one right before us.",
        (
            ("position", "Which one", "number"),
            ("obtained", "Had the address rightly", "flag"),
            ("used_email", "Wrote to it", "flag"),
            ("opted_out", "They objected", "flag"),
        ),
    ),
    "debts": (
        "About a debt",
        "What the law asks about it.",
        (
            ("limitation_expired_on", "Too old for court since", "day"),
            ("in_default_when_obtained", "Late when it came to us", "flag"),
            ("secured_lien", "Secured", "flag"),
            ("natural_person_commercial", "A person's business debt", "flag"),
        ),
    ),
}


def _input(kind: str, name: str, label: str, shape: str) -> Input:
    words = WORDS.get((kind, name), ())
    options = tuple((word, CHOICES.get(word, word.replace("_", " ").capitalize())) for word in words)
    # A place is worked out from country, state and postcode, so none of its columns is asked for by itself.
    return Input(name, label, shape, options, name in NEEDED.get(kind, ()) and kind != "locations")


FORMS: Final = tuple(
    Form(
        kind,
        name,
        hint,
        tuple(_input(kind, *said) for said in answers),
        "debt" in SCHEMAS[kind],
        "point" in SCHEMAS[kind],
        "person" in SCHEMAS[kind] and kind != "persons",
    )
    for kind, (name, hint, answers) in _FORMS.items()
)


def form_of(kind: str) -> Form | None:
    """The form of a kind; None where there is none."""
    return next((form for form in FORMS if form.kind == kind), None)
