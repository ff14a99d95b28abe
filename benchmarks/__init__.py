"""Our figures beside those of named peers, measured in one run: `python -m benchmarks [NAME…]`."""
