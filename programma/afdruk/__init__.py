"""The budget on paper: a tagged PDF of a programme and of a document as a whole.

What goes in is the page itself (`programma.pagina`, `programma.tables`), turned into plain data by `inhoud`; a child
process sets it (`zetten`, `kind`), and `programma.bewaard` keeps the bytes with the version. See docs/besluiten/0009.
"""
