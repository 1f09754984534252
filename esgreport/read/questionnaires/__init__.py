"""A customer's questionnaire from its file: what it asks, where the answers go; it answers nothing and writes nothing.

`surface` shows a sheet as a person sees it, `heads` finds the rows that head a table, `tables`, `forms` and
`crosswise` say which cell answers what, `outcome` makes questions of it, `lint` says what is odd.
"""
