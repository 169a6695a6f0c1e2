"""Tables of invoices: CSV and XLSX from accounting programs or by hand.

`sniff` looks, `parse` reads, `explain` says why; `write_refused` gives back what was refused.
"""

from duecourse.connectors.importers.invoices.conventions import Conventions
from duecourse.connectors.importers.invoices.explain import explain
from duecourse.connectors.importers.invoices.main_currency import main_currency
from duecourse.connectors.importers.invoices.mapping import Choice, Mapping
from duecourse.connectors.importers.invoices.notes import Note
from duecourse.connectors.importers.invoices.parse import Parsed, Recalled, parse
from duecourse.connectors.importers.invoices.question import Option, Question
from duecourse.connectors.importers.invoices.refused_file import write_refused
from duecourse.connectors.importers.invoices.sniff import Sniffed, sniff

__all__ = [
    "Choice",
    "Conventions",
    "Mapping",
    "Note",
    "Option",
    "Parsed",
    "Question",
    "Recalled",
    "Sniffed",
    "explain",
    "main_currency",
    "parse",
    "sniff",
    "write_refused",
]
