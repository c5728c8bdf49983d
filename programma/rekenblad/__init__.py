"""The budget as workbooks (XLSX): its lines with an explanation, and a workbook in which an accountant recomputes it.

`begroting` and `narekenen` write them into a file, row by row; `formules` and `optelling` are pure; `soort` is how they
are kept with a publication.
"""
