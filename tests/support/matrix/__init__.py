"""The matrix of permissions: every route of the OpenAPI document × every kind of caller × whose thing it is.

`expectations` says what must come, from nothing but the document and the table of permissions; `recipes` how a
route is called in order; `stage` has the people and the things. A new route is in the matrix at once; where it
takes something that the recipes do not know, the suite says what to add.
"""
