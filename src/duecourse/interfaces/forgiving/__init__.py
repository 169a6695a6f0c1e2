"""Input as people type it: amounts, dates and codes, with spaces, signs and words."""
