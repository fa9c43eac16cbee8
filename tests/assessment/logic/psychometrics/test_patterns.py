"""Counting equal answers once, and the two sums by eight items at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.assessment.logic.psychometrics.patterns import Answer, collapse

WIDTH = 19
rows_of_answers = st.lists(st.lists(st.sampled_from([0, 1]), min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=60)


@given(rows_of_answers)
def test_sums_over_right_answers_are_those_of_adding_one_by_one(rows: list[list[Answer]]) -> None:
    found = collapse(rows)
    (block,) = found.blocks
    values = [1.5**item for item in range(WIDTH)]
    kinds = [[block.right(item, number) for item in range(WIDTH)] for number in range(len(block.weights))]
    assert block.per_pattern(values) == pytest.approx(
        [sum(value for value, right in zip(values, kind, strict=True) if right) for kind in kinds]
    )
    per_kind = [1.1**number for number in range(len(kinds))]
    assert block.per_item(per_kind) == pytest.approx(
        [sum(value for value, kind in zip(per_kind, kinds, strict=True) if kind[item]) for item in range(WIDTH)]
    )
    assert found.rights == [sum(row[item] or 0 for row in rows) for item in range(WIDTH)]
    assert found.takers == len(rows)


def test_many_patterns_and_few_give_the_same_sums() -> None:
    many = [[number >> bit & 1 for bit in range(10)] for number in range(200)]
    values = [float(bit * bit) for bit in range(10)]
    block = collapse(many).blocks[0]
    apart = {sums for row in many for sums in collapse([row]).blocks[0].per_pattern(values)}
    assert set(block.per_pattern(values)) == apart


def test_takers_of_different_forms_are_kept_apart_and_empty_rows_left_out() -> None:
    found = collapse([[1, None], [None, 0], [1, 0], [None, None], [1, None]])
    assert [(block.items, block.weights) for block in found.blocks] == [((0,), (2,)), ((0, 1), (1,)), ((1,), (1,))]
    assert (found.rights, found.shown, found.takers) == ([3, 0], [3, 2], 4)


def test_a_choice_of_items_is_renumbered() -> None:
    found = collapse([[1, 0, 1], [0, None, 1]]).only([2, 0])
    assert (found.items, found.rights, found.shown) == (2, [2, 1], [2, 2])
