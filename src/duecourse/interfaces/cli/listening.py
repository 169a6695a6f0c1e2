"""`duecourse language classify | evaluate | fit`: what inbound messages mean, how well that is heard, learning it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from duecourse.interfaces.cli.texts import Text, texts

if TYPE_CHECKING:
    from duecourse.core.language.listen import Heard
    from duecourse.core.language.listen.instances import Encode

CHANNELS = ("email", "sms", "portal", "call_note")
_TOGETHER = 32
"""Messages heard at once: twice as quick as one by one. The first is answered alone, so that a person sees something."""


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message.")
def classify(file: IO[str], as_json: bool) -> None:
    """What does every message of FILE mean (JSON lines; - reads standard input)? Several labels may hold at once."""
    from duecourse.core.language.listen import listen

    encode = _encode()
    for batch in _batches(texts(file, channels=CHANNELS)):
        heard = listen([(text.words, text.channel) for text in batch], encode=encode)
        for text, one in zip(batch, heard, strict=True):
            click.echo(_json(text, one) if as_json else _plain(text, one))


def _batches(given: Iterator[Text]) -> Iterator[list[Text]]:
    for first in given:
        yield [first]
        while batch := list(islice(given, _TOGETHER)):
            yield batch


def _json(text: Text, heard: Heard) -> str:
    return json.dumps({"id": text.id, **asdict(heard)}, ensure_ascii=False)


def _plain(text: Text, heard: Heard) -> str:
    flags = ["URGENT"] * heard.urgent + ["for a person"] * heard.person
    head = f"{text.id}  {', '.join(heard.labels)}  ({', '.join([heard.language, *flags])})"
    return "\n".join(chain([head], (f"      {one.label}: “{one.quote}”" for one in heard.evidence)))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def evaluate(files: tuple[Path, ...], as_json: bool) -> None:
    """How well are the messages of FILES heard, whose lines name their labels? Precision and recall by label."""
    from duecourse.core.language.listen import listen
    from duecourse.core.language.listen.measure import scores
    from duecourse.core.language.listen.training import labelled

    rows = [row for file in files for row in labelled(file.read_text(encoding="utf-8"))]
    found = scores(rows, listen([(row.text, row.channel) for row in rows], encode=_encode()))
    if as_json:
        click.echo(json.dumps({"n": len(rows), **asdict(found)}))
        return
    click.echo(f"{'':26}held  precision  recall     F1")
    for one in (*found.by_label, found.urgent):
        shares = ["     -" if share is None else f"{share:6.3f}" for share in (one.precision, one.recall)]
        click.echo(f"{one.name:26}{one.held:4}     {shares[0]}  {shares[1]} {one.f1:6.3f}")
    click.echo(f"{len(rows)} messages, macro F1 {found.macro_f1:.3f}, all labels right {found.right:.3f}")
    if found.traps_right is not None:
        click.echo(f"{sum(row.trap for row in rows)} traps, {found.traps_right:.3f} right")


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Default: the head of this installation.")
def fit(out: Path | None) -> None:
    """Learn the labels again from the texts in core/language/data/training. Takes about two minutes."""
    import numpy as np

    from duecourse.core import language as place
    from duecourse.core.language.listen.fit import fit as learn
    from duecourse.core.language.listen.prepared import prepared
    from duecourse.core.language.listen.training import training

    out = out or Path(place.__path__[0]) / "data" / "head.npz"
    rows = training()
    messages = [prepared(row.text, row.channel) for row in rows]
    said = [row.said for row in rows]
    encode = _encode()
    if encode is None:
        raise click.ClickException("The sentence model is missing, and both heads are learned. Run `make setup`.")
    arrays = {**learn(messages, said, encode).arrays("full"), **learn(messages, said, None).arrays("words")}
    np.savez_compressed(out, **arrays)
    click.echo(f"Learned from {len(rows)} texts: {out} ({out.stat().st_size // 1000} kB).")


def _encode() -> Encode | None:
    from duecourse.connectors.embedding import NoModel, load_encoder

    try:
        return load_encoder().encode
    except NoModel as error:
        click.echo(f"Hearing by words only, which is a little less exact: {error}.", err=True)
        return None
