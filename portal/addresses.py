"""What the addresses in the environment (DATABASE_URL, REDIS_URL, EMAIL_URL ...) mean to Django and Celery."""

from urllib.parse import parse_qsl, unquote, urlsplit


def database(url):
    """postgres://user:password@host:5432/name; a host of %2Frun%2Fpostgresql is a folder of sockets, and `?pooled=true`
    says that a pooler in between gives each transaction another connection."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    pooled = options.pop("pooled", "") == "true"
    options.setdefault("connect_timeout", "5")  # so that a visitor is told soon when there is no database
    if not pooled:
        options.setdefault("options", "-c plan_cache_mode=force_generic_plan")  # a standing question is planned once
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.netloc.rpartition("@")[2].partition(":")[0]),
        "PORT": parts.port or "",
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if pooled else 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
    }


def broker(url):
    return url.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")


def email(url):
    """smtp://, smtps:// (TLS from the start) or smtp+tls:// (STARTTLS)."""
    parts = urlsplit(url)
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def host(url):
    return urlsplit(url).hostname


def origin(url):
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
