from ledger.core.db import Levels


def test_finds_nothing_where_both_are_alike():
    assert Levels.compare(["0001_a", "0002_b"], ["0002_b", "0001_a"]) == Levels((), ())


def test_tells_what_the_database_misses_in_the_order_to_apply_it():
    assert Levels.compare(["0001_a", "0002_b", "0003_c"], ["0001_a"]).missing == ("0002_b", "0003_c")


def test_tells_what_only_a_later_version_knows():
    assert Levels.compare(["0001_a"], ["0001_a", "0002_b"]) == Levels((), ("0002_b",))
