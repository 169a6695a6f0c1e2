"""What each kind of document says, as blocks."""
