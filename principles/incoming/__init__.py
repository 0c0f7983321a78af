"""A file on its way to become a draft: it is sent, waits for a worker, is read, is looked at and corrected."""
