"""Texts to a mobile phone. Verbs: `render`, `send`, `parse_receipt`, `parse_inbound`; one module a provider."""
