"""What reaches an open page by itself. For now one kind: hints that something changed."""
