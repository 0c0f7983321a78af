"""A file on its way to becoming a draft: sent, waiting for a worker, read, reviewed and corrected."""
