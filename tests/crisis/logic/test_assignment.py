"""Who gets a case."""

from nastavnik.crisis.logic.assignment import Candidate, Choice, choose


def test_the_least_loaded_who_fits_gets_it_and_the_others_are_counted() -> None:
    crowd = [
        Candidate(1, is_here=False),
        Candidate(2, is_here=True),
        Candidate(3, is_here=True, skills=frozenset({"vip"}), has_permit=False),
        Candidate(4, is_here=True, skills=frozenset({"vip"}), load=5),
        Candidate(5, is_here=True, skills=frozenset({"vip"}), load=2),
    ]
    assert choose(crowd, "vip") == Choice(5, away=1, unskilled=1, unpermitted=1)
    assert choose(crowd, None) == Choice(2, away=1, unskilled=0, unpermitted=1)
    assert choose(crowd[:3], "vip") == Choice(None, away=1, unskilled=1, unpermitted=1)


def test_ties_go_to_whoever_has_waited_longest() -> None:
    crowd = [Candidate(1, True, load=2, last_at=900), Candidate(2, True, load=2, last_at=100)]
    assert choose(crowd, None).person == 2
