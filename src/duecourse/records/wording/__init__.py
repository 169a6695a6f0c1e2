"""Words that people here write for customers: versions, and who published them."""
