"""manage.py export_case 26/0147 OUT: one decided case as the municipality's archive takes it."""

from grants.archive.commands import ExportCase as Command

__all__ = ["Command"]
