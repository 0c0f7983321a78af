"""The address of a row is the address that the router gives."""

import pytest
from django.urls import reverse

from portal.paths import path_to


@pytest.mark.parametrize("key", [0, 7, 2**62])
@pytest.mark.parametrize("name", ["conferences:talk_show", "conferences:conference_show", "conferences:family_book"])
def test_path_to_is_what_the_router_says(name, key):
    assert path_to(name, key) == reverse(name, args=[key])
