from portal import checks


def test_a_page_without_a_rule_is_an_error():
    assert checks.every_page_has_a_rule(None) == []


def test_a_demo_is_not_deployed(settings):
    assert checks.nobody_real_lives_in_a_demo(None) == []
    settings.DEMO = True

    assert [error.id for error in checks.nobody_real_lives_in_a_demo(None)] == ["portal.E002"]
