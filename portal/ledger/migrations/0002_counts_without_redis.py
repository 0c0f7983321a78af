from django.db import migrations


class Migration(migrations.Migration):
    """Where the cache writes while Redis is away: the columns are those of Django's cache in a database, and nobody but
    it reads them. What is in it may be lost at any time, so it costs no log."""

    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                """
                CREATE UNLOGGED TABLE portal_cache (
                    cache_key varchar(255) PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamp with time zone NOT NULL
                )
                """,
                "CREATE INDEX portal_cache_expires ON portal_cache (expires)",
            ],
            "DROP TABLE portal_cache",
        )
    ]
