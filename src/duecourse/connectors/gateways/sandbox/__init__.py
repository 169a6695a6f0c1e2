"""A payment gateway for trying things out: a process of its own that keeps its state, and takes no money.

`python -m duecourse.connectors.gateways.sandbox --port N --home DIR --webhook URL --secret-file F`
"""
