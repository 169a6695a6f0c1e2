"""`duecourse verify`: proves the ledger, its hash chains and the outbox, or names the rows that are wrong."""

from __future__ import annotations

import json

import click

from duecourse.interfaces.cli.progress import progress
from duecourse.interfaces.cli.start import with_database


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@with_database
def verify(as_json: bool) -> None:
    """Prove ledger sums, hash chains and the outbox. Exit code 1 where something is wrong."""
    from duecourse.records.proofs import PROOFS, breaches, shards_in_use

    shards = shards_in_use()
    with progress("Verifying", len(shards)) as step:
        found = list(breaches(shards, step))
    wrong = {proof.name: [b for b in found if b.proof == proof.name] for proof in PROOFS}
    if as_json:
        proofs = [
            {
                "name": proof.name,
                "truth": proof.truth,
                "holds": not wrong[proof.name],
                "breaches": [{"shard": b.shard, "row": b.row} for b in wrong[proof.name]],
            }
            for proof in PROOFS
        ]
        click.echo(json.dumps({"ok": not found, "proofs": proofs}))
    else:
        for proof in PROOFS:
            click.echo(f"{'wrong' if wrong[proof.name] else 'holds'}  {proof.truth}")
            for breach in wrong[proof.name]:
                click.echo(f"         {breach.row} in shard {breach.shard}")
    if found:
        click.echo("Do not go on. Restore the last backup, or ask for help with this list.", err=True)
        raise SystemExit(1)
