"""SQL and nothing else: rows to contracts. `parties` and `sessions`."""
