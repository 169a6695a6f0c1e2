"""`duecourse predict` as it is typed: files of all kinds, refusals in words, and a model's way into use."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta

import polars as pl
import pytest
from click.testing import CliRunner

from duecourse.interfaces.cli import main
from tests import making
from tests.core.predict import books

SPLIT = ["--split-date", "2026-01-15"]


def _run(*args):
    return CliRunner().invoke(main, ["predict", *map(str, args)])


def _file(tmp_path, frame=None, name="settled.csv", separator=",", **renamed):
    frame = books.habits(12, 30) if frame is None else frame
    plain = frame.rename({"issued": "invoice_date", "due": "due_date", "settled": "clear_date"}).with_columns(
        pl.col("amount") / 100
    )
    path = tmp_path / name
    content = plain.rename(renamed).write_csv(separator=separator).encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def _figures(*args):
    said = _run("evaluate", *args, "--json")
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def test_json_holds_the_figures_and_those_of_the_baselines(tmp_path):
    found = _figures(_file(tmp_path), *SPLIT)
    figures = {"mae", "rmse", "auc_late", "brier_late", "interval_coverage"}
    for one in (found, found["always_on_time"], found["customer_as_of_median"], *found["baselines"].values()):
        assert figures <= set(one)
    assert found["n"] > 50


def test_the_predictions_give_the_figures_again(tmp_path):
    path, out = _file(tmp_path), tmp_path / "predictions.csv"
    found = _figures(path, *SPLIT, "--out", out)
    told = pl.read_csv(out)
    assert told.columns == ["row_id", "predicted_days_late", "p10", "p90", "p_late"]
    rows = (
        pl.read_csv(path, try_parse_dates=True).with_row_index("row_id").with_columns(pl.col("row_id").cast(pl.Int64))
    )
    both = told.join(rows, on="row_id").with_columns(late=(pl.col("clear_date") - pl.col("due_date")).dt.total_days())
    assert both.height == told.height == rows.filter(pl.col("due_date") >= pl.date(2026, 1, 15)).height
    assert (both["late"] - both["predicted_days_late"]).abs().mean() == pytest.approx(found["mae"], abs=1e-3)
    inside = both["late"].is_between(both["p10"], both["p90"]).mean()
    assert inside == pytest.approx(found["interval_coverage"], abs=0.02)


@pytest.mark.parametrize(
    "more",
    [
        {"name": "settled.csv.gz"},
        {"separator": ";"},
        {"separator": "\t"},
        {
            "customer": "cust_number",
            "amount": "total_open_amount",
            "due_date": "due_in_date",
            "clear_date": "SettledDate",
        },
    ],
)
def test_the_same_rows_written_otherwise_give_the_same_figures(tmp_path, more):
    plain = _figures(_file(tmp_path, name="plain.csv"), *SPLIT)
    other = _figures(_file(tmp_path, **more), *SPLIT)
    assert {k: v for k, v in other.items() if k != "columns"} == {k: v for k, v in plain.items() if k != "columns"}


@pytest.mark.parametrize(
    ("form", "way"), [("%m/%d/%Y", None), ("%d/%m/%Y", None), ("%Y%m%d", None), ("%d.%m.%Y", "dmy")]
)
def test_dates_are_read_as_the_file_writes_them(tmp_path, form, way):
    plain = _figures(_file(tmp_path, name="plain.csv"), *SPLIT)
    frame = books.habits(12, 30).with_columns(pl.col("issued", "due", "settled").dt.strftime(form))
    other = _figures(_file(tmp_path, frame), *SPLIT, *(["--dates", way] if way else []))
    assert other["mae"] == plain["mae"]


def test_a_mark_of_how_disputes_ended_is_never_read(tmp_path):
    frame = books.habits(12, 30).with_columns(
        Disputed=pl.lit("Yes"), PaperlessBill=pl.lit("Paper"), DaysLate=pl.lit("7")
    )
    found = _figures(_file(tmp_path, frame), *SPLIT)
    assert set(found["columns"].values()) == {"customer", "amount", "due_date", "clear_date", "invoice_date"}


def test_groups_are_compared_and_never_learned_from(tmp_path):
    frame = books.habits(12, 30).with_columns(region=pl.int_range(pl.len()) % 2)
    plain, found = (
        _figures(_file(tmp_path, name="a.csv"), *SPLIT),
        _figures(_file(tmp_path, frame), *SPLIT, "--group", "region"),
    )
    assert found["mae"] == plain["mae"]
    part = found["fairness"]["region"]
    assert [row["group"] for row in part["groups"]] == ["0", "1"]
    assert sum(row["n"] for row in part["groups"]) == found["n"]
    assert "region: 0" in _run("evaluate", _file(tmp_path, frame), *SPLIT, "--group", "region").output
    assert "has no column “sex”" in _run("evaluate", _file(tmp_path), *SPLIT, "--group", "sex").output


REFUSED = [
    ("", "is empty"),
    ("a,b\n1,2\n", "No column could be found for: customer, amount, due_date, clear_date"),
    ("customer,amount,due_date,clear_date\nx,1,soon,later\n", "The dates cannot be read"),
    ("customer,amount,due_date,clear_date\nx,1,01/02/2026,03/02/2026\n", "Say which: --dates dmy or --dates mdy"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, text, says):
    path = tmp_path / "odd.csv"
    path.write_text(text)
    said = _run("evaluate", path, *SPLIT)
    assert said.exit_code == 1
    assert says in said.output
    assert "Traceback" not in said.output


def test_rows_that_cannot_be_read_are_counted_and_the_rest_is_used(tmp_path):
    path = _file(tmp_path)
    path.write_text(
        path.read_text()
        + ",5,2025-01-01,2025-02-01,2025-02-03\nx,5,2025-01-01,,2025-02-03\nx,?,2025-01-01,2025-02-01,\n"
    )
    said = _run("evaluate", path, *SPLIT, "--json")
    assert said.exit_code == 1
    assert json.loads(said.stdout)["n_refused"] == 3
    assert "3 rows were left out. The first is row 360" in said.stderr


def test_too_little_is_said_and_written_as_empty_cells(tmp_path):
    out = tmp_path / "predictions.csv"
    path = _file(tmp_path, books.habits(2, 8))
    said = _run("evaluate", path, "--split-date", "2026-01-01", "--out", out)
    assert said.exit_code == 0
    assert "Not enough data" in said.output
    told = pl.read_csv(out)
    assert told["p_late"].null_count() == told.height > 0


@pytest.mark.timeout(300)
def test_a_model_is_fitted_approved_by_another_and_used(book):
    for n in range(14):
        making.customer(late=(-10, 5), settled_late=tuple(n + (k % 3) for k in range(12)))
    day = making.TODAY.isoformat()
    fitted = _run("fit", "--by", "Ana", "--as-of", day, "--json")
    assert fitted.exit_code == 0, fitted.output
    name = json.loads(fitted.stdout)["model"]
    assert "No model was approved yet" in _run("outlook", "--as-of", day).output
    assert "Somebody else must approve it" in _run("approve", name, "--by", "ana", "--why", "mine").output
    assert "There is no model named" in _run("approve", "other", "--by", "Ben", "--why", "read it").output
    approved = _run("approve", name, "--by", "Ben", "--why", "read it")
    assert approved.exit_code == 0, approved.output
    assert "fitted_by" in _run("card", "--json").output
    told = [json.loads(line) for line in _run("outlook", "--as-of", day, "--json").stdout.splitlines()]
    assert len(told) == 28
    assert all(row["expected"] >= day for row in told)
    came = json.loads(_run("receipts", "--as-of", day, "--weeks", "4", "--json").stdout)
    weeks = [row["week"] for row in came["weeks"]]
    assert weeks == [(making.TODAY + timedelta(days=7 * n)).isoformat() for n in range(4)]
    record = (book.home / "models" / "all" / "approvals.jsonl").read_text()
    assert json.loads(record.strip())["approved_by"] == "Ben"
    damaged = book.home / "models" / "all" / f"{name}.json"
    damaged.write_text(damaged.read_text().replace("Ana", "Eve"))
    assert "changed after it was written" in _run("outlook", "--as-of", day).output
