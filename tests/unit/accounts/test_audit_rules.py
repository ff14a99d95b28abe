"""The audit log's chain: whatever is done to it afterwards is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts.contracts import AuditEntry, BrokenLink, ChainHead, Hand
from basedmusic.accounts.rules.audit import BEGINNING, canonical, find_break, next_entry
from basedmusic.kernel.ids import AccountId

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
ACTORS = st.one_of(st.sampled_from(Hand), st.uuids().map(AccountId))
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20))
PAYLOADS = st.dictionaries(st.text(max_size=8), PLAIN, max_size=3)
SUBJECTS = st.tuples(st.sampled_from(["account", "profile", "job"]), st.none() | st.uuids().map(str))
ACTS = st.sampled_from(["account.suspended", "scene.role_set"])
HASHES = st.binary(min_size=32, max_size=32)
CHANGES = {
    "at": st.integers(1, 10**9).map(lambda us: START - timedelta(microseconds=us)),
    "act": st.just("job.released"),
    "hand": st.just("nobody"),
    "actor_id": st.none() | st.uuids(),
    "subject_kind": st.just("party"),
    "subject_id": st.none() | st.text(min_size=1, max_size=9),
    "salt": st.none() | HASHES,
    "payload": st.none() | st.text(max_size=9),
    "payload_hash": HASHES,
    "hash": HASHES,
}


@st.composite
def chains(draw: st.DrawFn, least: int = 1) -> list[AuditEntry]:
    """As the service writes them; some with their details erased."""
    head, entries = BEGINNING, list[AuditEntry]()
    for number in range(draw(st.integers(least, 6))):
        at = START + timedelta(seconds=number)
        salt = draw(HASHES)
        entry = next_entry(head, at, draw(ACTS), draw(ACTORS), draw(SUBJECTS), draw(PAYLOADS), salt)
        head = ChainHead(entry.seq, entry.hash)
        entries.append(replace(entry, salt=None, payload=None) if draw(st.booleans()) else entry)
    return entries


def whole(entries: list[AuditEntry]) -> ChainHead:
    return ChainHead(entries[-1].seq, entries[-1].hash)


@given(chains())
def test_what_was_written_holds_with_and_without_its_details(entries: list[AuditEntry]):
    assert find_break(BEGINNING, entries) == whole(entries)


@given(chains(), st.data())
def test_any_changed_entry_is_found(entries: list[AuditEntry], data: st.DataObject):
    at = data.draw(st.integers(0, len(entries) - 1))
    name = data.draw(st.sampled_from(sorted(CHANGES)))
    value = data.draw(CHANGES[name].filter(lambda new: new != getattr(entries[at], name)))
    tampered = [*entries[:at], replace(entries[at], **{name: value}), *entries[at + 1 :]]
    found = find_break(BEGINNING, tampered)
    assert isinstance(found, BrokenLink)
    assert found.seq == at + 1


@given(chains(least=2), st.data())
def test_any_removed_entry_is_found(entries: list[AuditEntry], data: st.DataObject):
    at = data.draw(st.integers(0, len(entries) - 1))
    found = find_break(BEGINNING, [*entries[:at], *entries[at + 1 :]])
    if at == len(entries) - 1:  # the end is for the head to tell
        assert found != whole(entries)
    else:
        assert found == BrokenLink(at + 1, f"entry {at + 1} is missing")


@given(chains(least=2), st.data())
def test_any_two_exchanged_entries_are_found(entries: list[AuditEntry], data: st.DataObject):
    first, second = sorted(data.draw(st.sets(st.integers(0, len(entries) - 1), min_size=2, max_size=2)))
    exchanged = list(entries)
    exchanged[first], exchanged[second] = entries[second], entries[first]
    assert isinstance(find_break(BEGINNING, exchanged), BrokenLink)
    # Also where the numbers are made to fit.
    renumbered = [replace(entry, seq=place) for place, entry in enumerate(exchanged, 1)]
    assert isinstance(find_break(BEGINNING, renumbered), BrokenLink)


@given(chains(), st.data())
def test_an_entry_rewritten_with_its_hash_breaks_what_follows(entries: list[AuditEntry], data: st.DataObject):
    at = data.draw(st.integers(0, len(entries) - 1))
    before = whole(entries[:at]) if at else BEGINNING
    forged = next_entry(before, START, "job.released", Hand.SHELL, ("job", "7"), {}, bytes(32))
    found = find_break(BEGINNING, [*entries[:at], forged, *entries[at + 1 :]])
    if at == len(entries) - 1:
        assert found != whole(entries)
    else:
        assert isinstance(found, BrokenLink) and found.seq == at + 2


def test_the_canonical_form_is_one_for_equal_values_and_takes_anything_written():
    assert canonical({"b": 1, "a": "é\0\ud800"}) == '{"a":"\\u00e9\\u0000\\ud800","b":1}'
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_the_same_payload_hashes_differently_with_another_salt():
    made = [
        next_entry(BEGINNING, START, "a.b", AccountId(UUID(int=1)), ("account", None), {"reason": "x"}, salt)
        for salt in (bytes(32), b"1" * 32)
    ]
    assert made[0].payload == made[1].payload
    assert made[0].payload_hash != made[1].payload_hash
