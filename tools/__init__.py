"""Tools of the project's makers; not part of what is installed."""
