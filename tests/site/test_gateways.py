"""Which gateways an installation uses, and where a payer may be sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from duecourse.site.gateways import gateway_settings, page_origins
from duecourse.site.trouble import Trouble

FILE = """
[cards]
kind = "stripe"
secret_key = "sk_test_1"
webhook_secrets = ["whsec_1"]

[second]
kind = "sandbox"
url = "http://localhost:8002"
secret_file = "/x"
"""


def test_the_file_names_them_in_order(tmp_path: Path) -> None:
    (tmp_path / "gateways.toml").write_text(FILE)
    found = gateway_settings(tmp_path, {"DUECOURSE_SANDBOX_URL": "http://localhost:8001"})
    assert list(found) == ["cards", "second"] and found["cards"]["webhook_secrets"] == ["whsec_1"]
    assert page_origins(found) == ["https://checkout.stripe.com", "http://localhost:8002"]


def test_without_a_file_it_is_the_sandbox_where_that_runs(tmp_path: Path) -> None:
    assert gateway_settings(tmp_path, {}) == {}
    found = gateway_settings(tmp_path, {"DUECOURSE_SANDBOX_URL": "http://localhost:8001"})
    assert found == {
        "sandbox": {"kind": "sandbox", "url": "http://localhost:8001", "secret_file": str(tmp_path / "sandbox_secret")}
    }


def test_a_file_with_a_mistake_says_where(tmp_path: Path) -> None:
    (tmp_path / "gateways.toml").write_text("[cards\nkind = 1")
    with pytest.raises(Trouble, match="line 1") as caught:
        gateway_settings(tmp_path, {})
    assert str(tmp_path / "gateways.toml") in caught.value.what and caught.value.mend
