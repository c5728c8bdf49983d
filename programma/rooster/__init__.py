"""The grid: the amounts of one programme in rows and columns, read, shown, put together and saved; no HTTP.

Pure are weergave, samenvoeging, blad, inzending and scherm; lezen and bewaren know the database.
One direction: weergave, samenvoeging < blad < inzending, lezen < scherm, bewaren.
"""
