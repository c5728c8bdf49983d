"""Backups: made in one moment of the database, and put back only where nothing stands, with proof that all is the same.

`kopiemap` is the folder of one backup with its checksums; `stand` is what a database holds, to compare; `maken` and
`terugzetten` are the two verbs, `doel` the database that something is put back in.
"""
