"""SQL and nothing else: rows to contracts and back. Every read starts from what the viewer may see.

`viewer` is the account that looks, or None for anybody. What a viewer may not see is not found.
"""
