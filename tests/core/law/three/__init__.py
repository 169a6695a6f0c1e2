"""Three cases of our own for each rule: one that it holds, one just on the other side, one far from it."""
