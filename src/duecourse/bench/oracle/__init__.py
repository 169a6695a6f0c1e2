"""A second opinion on the contact gate: plain Python, one contact at a time, days counted by hand.

`worlds` makes up people and acts, `judge` answers by constants and calendars of its own, `question` asks the gate about the
same worlds, `compare` lists where they differ. Only `question` knows the gate, so that a fault in one does not hide in
the other; a test holds that.
"""
