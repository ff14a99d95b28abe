"""Technique: databases, blobs, queues, HTTP. Knows no slice."""
