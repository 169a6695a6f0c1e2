"""Figures, each as a ratio to a reference that is run in the same process right before and after."""
