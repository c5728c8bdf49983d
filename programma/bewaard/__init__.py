"""The files that are made once, right after a publication, and kept with it: PDFs, workbooks, the dossier.

A kind of file (`soort`) says which names a version has and makes each; `soorten` is the one list of kinds, in the order
in which they are made; `maken` makes what is missing and keeps the bytes. See docs/besluiten/0009.
"""
