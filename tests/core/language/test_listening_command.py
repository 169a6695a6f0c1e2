"""`duecourse language classify`: JSON lines in, one answer a line out; odd input is no fault; quick enough."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duecourse.connectors.embedding import NoModel
from duecourse.core.language.listen import listen
from duecourse.core.language.listen.label import LEARNED
from duecourse.interfaces.cli.language import language
from tests.core.language.heard_set import PLACE, messages


def _run(*lines: object, json_out: bool = True) -> Result:
    text = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return CliRunner().invoke(language, ["classify", "-", *(["--json"] if json_out else [])], input=text)


def test_an_answer_a_line_in_the_form_that_stays() -> None:
    ran = _run(
        {"id": "a", "text": "Paid last week, please stop calling me at work", "channel": "sms"},
        {"id": 2, "text": "Thanks!", "channel": "portal"},
    )
    first, second = map(json.loads, ran.output.splitlines())
    assert ran.exit_code == 0 and (first["id"], second["id"]) == ("a", 2)
    assert first["labels"] == ["stop_contact", "already_paid"] and first["urgent"] is False
    assert first["language"] == "en" and first["person"] is False
    assert first["evidence"][0] == {"label": "stop_contact", "quote": "please stop calling me at work"}
    assert set(first["confidence"]) == {str(label) for label in LEARNED}
    assert second["labels"] == ["other"] and second["evidence"] == []


def test_it_speaks_to_people() -> None:
    ran = _run({"id": "a", "text": "I have filed for bankruptcy."}, json_out=False)
    assert "a  insolvency  (en)" in ran.output and "insolvency: “I have filed for bankruptcy.”" in ran.output


def test_odd_texts_are_answered() -> None:
    odd = ["", "👍🙏", "\x00", "<b>", "a" * 100_000, "ja " * 5_000, "Ho già pagato la fattura ieri, grazie mille"]
    ran = _run(*({"id": number, "text": text} for number, text in enumerate(odd)))
    answers = [json.loads(line) for line in ran.output.splitlines()]
    assert ran.exit_code == 0 and len(answers) == len(odd)
    assert answers[-1]["language"] == "it" and answers[-1]["person"]


def test_bytes_of_another_charset_are_read_as_well_as_can_be() -> None:
    ran = _run(b'{"id": 1, "text": "It\x92s paid already, thank you"}')
    assert json.loads(ran.output)["labels"] == ["already_paid"]


def test_faulty_lines_are_explained() -> None:
    ran = _run({"id": 1, "text": "x", "channel": "pigeon"})
    assert ran.exit_code == 1 and "email, sms, portal, call_note" in ran.output and "Traceback" not in ran.output


def test_without_the_model_it_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise NoModel("the package is not installed; run `make setup`")

    monkeypatch.setattr("duecourse.connectors.embedding.load_encoder", missing)
    ran = _run({"id": 1, "text": "Wrong number."})
    assert "Hearing by words only" in ran.stderr and json.loads(ran.stdout)["labels"] == ["wrong_person"]


def test_evaluate_names_every_label(tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text("\n".join((PLACE / "heard" / "d-traps-1.jsonl").read_text("utf-8").splitlines()[:20]), "utf-8")
    ran = CliRunner().invoke(language, ["evaluate", str(file)])
    assert ran.exit_code == 0 and "20 traps" in ran.output and all(label in ran.output for label in LEARNED)


def test_rules_and_words_take_a_small_part_of_the_time() -> None:
    """50 messages a second are promised with the model; processor time, so that a busy machine does not count."""
    said = [(row.text, row.channel) for row in messages()[:200]]
    began = time.process_time()
    listen(said, encode=None)
    took = time.process_time() - began
    assert took / len(said) < 0.02
