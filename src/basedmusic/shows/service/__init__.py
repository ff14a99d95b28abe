"""The verbs: check, decide, write, emit; inside the transaction that the edge opened."""
