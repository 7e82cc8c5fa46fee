from modelcalls.backoff import seconds_to_wait


def test_the_wait_doubles_up_to_five_minutes() -> None:
    assert [seconds_to_wait(tries, chance=0) for tries in (1, 2, 3, 4, 20)] == [2, 4, 8, 16, 300]


def test_jitter_takes_at_most_half_away() -> None:
    assert seconds_to_wait(3, chance=0.999) > 4
    assert all(4 < seconds_to_wait(3) <= 8 for _ in range(200))


def test_a_server_that_asks_for_longer_is_heard_up_to_an_hour() -> None:
    assert seconds_to_wait(1, asked=30, chance=0) == 30
    assert seconds_to_wait(1, asked=0.1, chance=0) == 2
    assert seconds_to_wait(1, asked=90_000, chance=0) == 3600
