"""What changed between versions."""

from hypothesis import given
from hypothesis import strategies as st

from nastavnik.content.logic.diff import Change, Shape, compare, unchanged_keys


def shape(key: str, **fields: object) -> Shape:
    made = {"kind": "article", "title": key, "minutes": 5, "is_required": True, "settings": {"text": key}}
    return Shape(key, **{**made, **fields})  # type: ignore[arg-type]  # a dict of mixed values


def changes(before: str, after: str) -> str:
    lines = compare([shape(one) for one in before], [shape(one) for one in after])
    return " ".join(f"{line.key}:{line.change}" for line in lines if line.change != Change.SAME)


def test_one_moved_activity_is_one_change() -> None:
    assert changes("abcd", "bcda") == "a:moved"
    assert changes("abcd", "dabc") == "d:moved"
    assert changes("abc", "adbc") == "d:added"
    assert changes("abc", "ac") == "b:removed"
    assert changes("abc", "abc") == ""


def test_a_change_names_its_fields_and_a_new_wording_keeps_the_evidence() -> None:
    before = [shape("a"), shape("b")]
    after = [shape("a", title="A", minutes=6), shape("b", settings={"text": "new", "min_seconds": 5})]
    lines = compare(before, after)
    assert [line.fields for line in lines] == [("title", "minutes"), ("min_seconds", "text")]
    assert unchanged_keys(before, after) == {"a"}


@given(st.permutations("abcdef"))
def test_reordering_never_adds_or_removes(order: list[str]) -> None:
    lines = compare([shape(one) for one in "abcdef"], [shape(one) for one in order])
    assert {line.change for line in lines} <= {Change.SAME, Change.MOVED}
    stayed = [line.key for line in lines if line.change == Change.SAME]
    assert stayed == sorted(stayed)
