"""manage.py export_archive 2026 OUT: the closed cases of a year as Noark 5, a folder for each municipality."""

from grants.archive.commands import ExportArchive as Command

__all__ = ["Command"]
