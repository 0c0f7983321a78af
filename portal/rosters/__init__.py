"""Rosters: files from a school's own system, read into one neutral form, compared, applied and undone.

readers (oneroster, sds, pifu) -> records.Roster -> loading (staged by COPY, one transaction) -> undoing
"""
