"""A password hasher that costs nothing and counts."""


class PlainHasher:
    """Fits `accounts.passwords.Hasher`."""

    def __init__(self) -> None:
        self.verified = 0

    def hash(self, password: str) -> str:
        return f"hash of {password}"

    def verify_and_update(self, password: str, hash: str) -> tuple[bool, str | None]:
        self.verified += 1
        return hash == self.hash(password), None
