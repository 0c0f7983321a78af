from conferences.actions.booking import book, book_together, cancel_booking

__all__ = ["book", "book_together", "cancel_booking"]
