"""Stand-ins for ports, whole enough to be used like the real thing."""
