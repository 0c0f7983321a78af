"""Coming in through an identity provider. The stand-in is a real one: the library's own, on a port of this machine."""

from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client as RelyingParty
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client

from portal.people.models import Person
from tests import make

pytestmark = pytest.mark.urls("tests.portal.people.idp_urls")


def private_key():
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(*pem).decode()


@pytest.fixture
def provider(live_server, settings):
    """An identity provider that the portal knows by its settings alone."""
    cache.clear()
    settings.IDP_OIDC_PRIVATE_KEY = private_key()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "town",
                    "name": "The town",
                    "client_id": "portal",
                    "secret": "a secret",
                    "settings": {"server_url": live_server.url},
                }
            ],
        }
    }
    party = RelyingParty(
        id="portal",
        name="Portal",
        scopes="openid\nemail\nprofile",
        redirect_uris="http://testserver/account/oidc/town/login/callback/",
        skip_consent=True,
    )
    party.set_secret("a secret")
    party.save()
    return live_server


def come_in(visitor, at_provider):
    there = urlsplit(visitor.post("/account/oidc/town/login/").url)
    back = urlsplit(at_provider.get(f"{there.path}?{there.query}")["Location"])
    return visitor.get(f"{back.path}?{back.query}")


def test_the_button_stands_on_the_sign_in_page(provider):
    assert "The town" in Client().get("/account/login/").content.decode()


def test_somebody_with_an_account_comes_in(provider):
    _nora, amira = make.family(make.school_class(at=make.school()), email="amira@example.org")
    visitor, at_provider = Client(), Client()
    at_provider.force_login(amira)

    answer = come_in(visitor, at_provider)

    assert answer.url == "/"
    assert visitor.get("/me/").status_code == 200


def test_somebody_without_an_account_does_not(provider):
    stranger = make.person()
    EmailAddress.objects.create(user=stranger, email="stranger@example.org", verified=False, primary=True)
    visitor, at_provider = Client(), Client()
    at_provider.force_login(stranger)
    before = Person.objects.count()

    answer = come_in(visitor, at_provider)

    assert visitor.get(answer.url if answer.status_code == 302 else "/account/login/").status_code == 200
    assert visitor.get("/me/").status_code == 302
    assert Person.objects.count() == before
