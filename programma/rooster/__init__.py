"""The grid: the amounts of one programme in rows and columns, read, shown, put together and saved; no HTTP.

Pure are weergave, samenvoeging, blad, eenheid, inzending and scherm; lezen, herkomst and bewaren know the database,
aanwezig the cache.
One direction: weergave, samenvoeging < blad < eenheid, inzending, lezen < herkomst, scherm, bewaren.
"""
