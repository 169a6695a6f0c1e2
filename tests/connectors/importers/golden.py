"""Golden answers of the samples. `python -m tests.connectors.importers.golden` writes them anew; read the difference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from duecourse.connectors.importers import invoices
from duecourse.connectors.importers.invoices import Parsed, parse
from duecourse.connectors.importers.source import Source

SAMPLES = Path(invoices.__file__).parent / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".csv", ".txt", ".xlsx"))


def read(path: Path) -> Parsed:
    return parse(Source.of(path), currency="USD")


def answer(parsed: Parsed) -> dict[str, Any]:
    """Everything that parsing found, as plain JSON."""
    return {
        "kind": parsed.sniffed.kind,
        "encoding": parsed.sniffed.encoding,
        "profile": parsed.mapping.profile,
        "conventions": parsed.conventions.to_json(),
        "mapping": parsed.mapping.to_json(),
        "rows": [
            {k: str(v) if hasattr(v, "isoformat") else v for k, v in row.items() if v is not None}
            for row in parsed.rows.iter_rows(named=True)
        ],
        "refused": [[r["line"], r["column"], r["cause"], r["found"]] for r in parsed.refused.iter_rows(named=True)],
        "left_out": [list(row) for row in parsed.left_out.iter_rows()],
        "notes": [[note.kind, note.count] for note in parsed.notes],
    }


def golden_of(path: Path) -> Path:
    return path.with_suffix(path.suffix + ".golden.json")


def as_text(found: dict[str, Any]) -> str:
    """JSON with one row a line, so that a difference shows the rows that changed."""
    parts = []
    for key, value in found.items():
        lines = [json.dumps(item, ensure_ascii=False) for item in value] if isinstance(value, list) else []
        body = "[\n  " + ",\n  ".join(lines) + "\n ]" if lines else json.dumps(value, ensure_ascii=False)
        parts.append(f' "{key}": {body}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    for file in FILES:
        golden_of(file).write_text(as_text(answer(read(file))), encoding="utf-8")
