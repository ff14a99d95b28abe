"""HTTP as all slices speak it: problem details, pages, idempotency, limits, where a request comes from."""
