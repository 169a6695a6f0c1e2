"""Stripe: its hosted Checkout page for payers, and bare PaymentIntents for a saved way to pay."""

from duecourse.connectors.gateways.stripe_.checkout import StripeCheckout
from duecourse.connectors.gateways.stripe_.intents import StripeIntents

__all__ = ["StripeCheckout", "StripeIntents"]
