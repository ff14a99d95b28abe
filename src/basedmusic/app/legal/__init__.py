"""The legal pages: terms, privacy, imprint, and where to send a notice. One text, which the server writes for
readers without scripts and the app shows as well."""
