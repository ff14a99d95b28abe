"""The demo's own content: synthesised pieces as files, and their drawn covers. Nothing else needs it.

Only `contracts` is pure; the rest runs in media processes.
"""
