"""`duecourse language check`: JSON lines in, one answer a line out, exit codes, faults of the input in plain words."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from duecourse.interfaces.cli.language import language

GOOD = "Your bill of £50 is open. Please pay by 3 June at shop.example. Need more time? Just reply."


def _run(*lines: object, json_out: bool = True, verb: str = "check") -> Result:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return CliRunner().invoke(language, [verb, "-", *(["--json"] if json_out else [])], input=text)


def test_check_answers_each_text() -> None:
    ran = _run({"id": "a", "text": GOOD, "channel": "email", "demand": True}, {"id": 2, "text": "You lied. Pay."})
    first, second = map(json.loads, ran.output.splitlines())
    assert first == {
        "id": "a",
        "ok": True,
        "faults": [],
        "grade": first["grade"],
        "mean_sentence_words": first["mean_sentence_words"],
    }
    assert second["id"] == 2 and not second["ok"] and ran.exit_code == 1
    assert set(second["faults"][0]) == {"kind", "quote", "why", "suggestion"}


def test_check_exits_with_0_where_all_is_well() -> None:
    assert _run({"id": "a", "text": GOOD}).exit_code == 0


def test_check_speaks_to_people() -> None:
    ran = _run({"id": "a", "text": "You lied about the £50."}, json_out=False)
    assert "MEND  a" in ran.output and "Better:" in ran.output and "accusatory" in ran.output


def test_faulty_input_is_explained() -> None:
    for line, words in [
        ("{", "line 1 is not JSON"),
        ("[1]", "line 1 has no text"),
        ({"id": 1, "text": "x", "channel": "pigeon"}, "It can be email, sms, letter, call_script"),
        ({"id": 1, "text": "x", "demand": "yes"}, "It can be true or false"),
    ]:
        ran = _run(line)
        assert ran.exit_code == 1 and words in ran.output and "Traceback" not in ran.output
