"""Documents: blocks in, tagged PDF, plain text or HTML out."""
