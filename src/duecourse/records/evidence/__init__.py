"""The evidence pack: one file that a third party checks without this product, a database or a network.

`verify.py` is the whole of what they need, in the standard library alone; a copy lies in every pack. `rows` reads, `gather` packs.
"""
