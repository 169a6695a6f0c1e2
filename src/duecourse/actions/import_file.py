"""Importing a file, step by step: begin → answer → preview → commit. Each is a plain function for any interface.

row = begin(path, creditor=1, by="Ada", home=home, now=now)
while row.state == "asking": row = answer(row.id, creditor=1, home=home, answers=Conventions(day_first=True))
preview(row.id, creditor=1, home=home)
commit(row.id, creditor=1, home=home, now=now, progress=print)
"""

from duecourse.actions.import_begin import answer, begin
from duecourse.actions.import_commit import commit
from duecourse.actions.import_keep import refused_file
from duecourse.actions.import_preview import Preview, preview
from duecourse.connectors.importers.guard import Caps
from duecourse.connectors.importers.invoices import Conventions
from duecourse.connectors.importers.problems import Unreadable

__all__ = ["Caps", "Conventions", "Preview", "Unreadable", "answer", "begin", "commit", "preview", "refused_file"]
