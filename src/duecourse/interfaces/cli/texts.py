"""Reads the JSON lines that the language commands take: one text a line, told apart by its id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import click


@dataclass(frozen=True, slots=True)
class Text:
    """`demand`: does it ask for money? None where the line does not say."""

    id: str | int
    words: str
    channel: str
    demand: bool | None


def texts(file: IO[str], *, channels: tuple[str, ...]) -> Iterator[Text]:
    """Each line as it comes, so that a pipe is answered at once. The first channel is meant where none is named.

    Raises ClickException with the line and the mend where a line is not what it should be.
    """
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        where = f"{getattr(file, 'name', 'input')}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise click.ClickException(f"{where} is not JSON ({error.msg}). Mend or remove it.") from None
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise click.ClickException(f'{where} has no text. Write it like this: {{"id": "1", "text": "..."}}')
        channel = row.get("channel") or channels[0]
        if channel not in channels:
            raise click.ClickException(f"{where}: the channel is {channel!r}. It can be {', '.join(channels)}.")
        demand = row.get("demand")
        if demand is not None and not isinstance(demand, bool):
            raise click.ClickException(f"{where}: demand is {demand!r}. It can be true or false.")
        name = row.get("id", number)
        yield Text(name if isinstance(name, str | int) else str(name), row["text"], channel, demand)
