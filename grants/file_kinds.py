"""The kinds of files that the room reads, writes and hands over."""

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
