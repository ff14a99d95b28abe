"""Based Music: one city's music scene on one server."""

__version__ = "0.1.0"
