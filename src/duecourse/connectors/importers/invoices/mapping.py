"""Which column is which field: a known export, or the header words weighed with the values. Always with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from duecourse.connectors.importers.invoices.evidence import fits, gather
from duecourse.connectors.importers.invoices.fields import BY_NAME
from duecourse.connectors.importers.invoices.named import by_name
from duecourse.connectors.importers.invoices.profiles import Profile, find_profile
from duecourse.connectors.importers.invoices.table import Table
from duecourse.connectors.importers.invoices.unnamed import by_values
from duecourse.connectors.importers.invoices.words import never, normalise
from duecourse.connectors.importers.problems import Unreadable

IGNORE = ""
NEVER = "never"


@dataclass(frozen=True)
class Choice:
    """What one column was taken for. `field`: a canonical field, `""` for none, `never` for dropped unread."""

    column: str
    field: str
    score: float
    why: str


@dataclass(frozen=True)
class Mapping:
    """One choice a column, in the order of the file. `currencies`: column to the currency that its header names."""

    choices: tuple[Choice, ...]
    profile: str = ""
    currencies: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str | None:
        """The column that holds a field."""
        return next((choice.column for choice in self.choices if choice.field == name), None)

    def fields(self) -> dict[str, str]:
        """Field to column."""
        return {choice.field: choice.column for choice in self.choices if choice.field not in (IGNORE, NEVER)}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Columns that nothing is taken from."""
        return tuple(choice.column for choice in self.choices if choice.field == IGNORE)

    @property
    def never(self) -> tuple[str, ...]:
        """Columns that are dropped unread: card and bank details."""
        return tuple(choice.column for choice in self.choices if choice.field == NEVER)

    def to_json(self) -> dict[str, str]:
        """What a mapping file holds: column to field, `""` for a column that is left out."""
        return {choice.column: choice.field for choice in self.choices}


def map_columns(table: Table, saved: dict[str, str] | None = None) -> Mapping:
    """Choose a field for every column. `saved` (column to field) overrules what would be chosen.

    Raises Unreadable where `saved` names a column that is not there, an unknown field, or one field twice.
    """
    profile = find_profile(table.headers)
    found = _by_profile(table, profile) if profile else _by_words(table)
    mapping = Mapping(
        tuple(
            Choice(h, *found.get(h, (IGNORE, 0.0, "No field has such a name and such values."))) for h in table.headers
        ),
        profile=profile.name if profile else "",
        currencies={h: code for h in table.headers if (code := by_name(h)[1])},
    )
    return overrule(mapping, saved) if saved else mapping


def overrule(mapping: Mapping, saved: dict[str, str]) -> Mapping:
    """A saved mapping's word counts; fields that it takes are given up by other columns."""
    columns = {choice.column for choice in mapping.choices}
    for column, name in saved.items():
        if column not in columns:
            raise Unreadable(
                "The mapping names a column that the file does not have.", mend=f"Correct “{column}” in the mapping."
            )
        if name not in (IGNORE, NEVER) and name not in BY_NAME:
            raise Unreadable(
                f"The mapping names a field that does not exist: {name}.", mend=f"Use one of {', '.join(BY_NAME)}."
            )
    taken = [name for name in saved.values() if name not in (IGNORE, NEVER)]
    if len(taken) != len(set(taken)):
        raise Unreadable("The mapping gives one field to two columns.", mend="Leave one of them out.")

    def choose(choice: Choice) -> Choice:
        if choice.column in saved:
            return Choice(choice.column, saved[choice.column], 1.0, "The saved mapping says so.")
        if choice.field in taken:
            return replace(
                choice, field=IGNORE, score=0.0, why="The saved mapping takes this field from another column."
            )
        return choice

    return replace(mapping, choices=tuple(map(choose, mapping.choices)))


def _by_profile(table: Table, profile: Profile) -> dict[str, tuple[str, float, str]]:
    """Columns of a known export; what somebody added to it is mapped by words, card and bank columns never."""
    chosen: dict[str, tuple[str, float, str]] = {}
    for header in table.headers:
        shape = normalise(header)
        if shape in profile.never or shape in never():
            chosen[header] = (NEVER, 1.0, "Card and bank details are left out, unread.")
        elif shape in profile.columns and all(profile.columns[shape] != c[0] for c in chosen.values()):
            chosen[header] = (profile.columns[shape], 1.0, f"{profile.name} has this column.")
        elif shape in profile.unused or shape in profile.columns:
            chosen[header] = (IGNORE, 1.0, f"{profile.name} has this column; it is not needed.")
    taken = {name for name, _, _ in chosen.values()}
    rest = {h: c for h, c in _by_words(table).items() if h not in chosen and c[0] not in taken}
    return chosen | rest


def _by_words(table: Table) -> dict[str, tuple[str, float, str]]:
    chosen: dict[str, tuple[str, float, str]] = {
        h: (NEVER, 1.0, "Card, bank and private details are left out, unread.")
        for h in table.headers
        if normalise(h) in never()
    }
    candidates = sorted(
        (
            (score, -position, name, why)
            for position, h in enumerate(table.headers)
            if h not in chosen
            for name, score, why in _weigh(table, h)
        ),
        reverse=True,
    )
    taken: set[str] = set()
    for score, position, name, why in candidates:
        header = table.headers[-position]
        if header not in chosen and name not in taken:
            chosen[header] = (name, score, why)
            taken.add(name)
    chosen |= by_values(table, dict(chosen.items()))
    return chosen


def _weigh(table: Table, header: str) -> list[tuple[str, float, str]]:
    names = by_name(header)[0]
    if not names:
        return []
    evidence = gather(table.cells[header], table.is_native(header))
    weighed = []
    for name, score, why in names:
        factor = fits(BY_NAME[name].shape, evidence)
        if name == "customer_ref" and evidence.distinct > 0.95 and evidence.filled > 20 and score < 0.9:
            factor *= 0.7
        if (total := score * factor) >= 0.45:
            weighed.append((name, round(total, 4), why + _agreement(BY_NAME[name].shape, factor, evidence.filled)))
    return weighed


def _agreement(shape: str, factor: float, filled: int) -> str:
    if filled == 0:
        return " The column is empty."
    words = {
        "date": "dates",
        "money": "numbers",
        "email": "e-mail addresses",
        "name": "names",
        "currency": "currencies",
    }.get(shape)
    return f" Its values are {words}." if words and factor == 1.0 else ""
