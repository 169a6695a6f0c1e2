"""A process that starts one payment and may be killed on the way; its words are creditor, shard, link and customer."""

from __future__ import annotations

import sys

import django


def main() -> None:
    django.setup()
    from duecourse.actions.pay import start_payment
    from duecourse.actions.pay_link import Opened
    from duecourse.site.clock import now

    who = Opened(*(int(word) for word in sys.argv[1:5]), None)
    start_payment(who, currency="GBP", amount_minor=300, return_url="http://localhost/p/x/paid/", now=now())


if __name__ == "__main__":
    main()
