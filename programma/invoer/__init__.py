"""From a file to a concept: read once, recognised, checked and compared in SQL, confirmed in one transaction.

opslag (raw rows) -> herkenning (which column is what) -> duiding (what a row says) -> vergelijking (what would change)
-> verloop (the verbs that the screens call).
"""
