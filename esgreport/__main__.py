"""`python -m esgreport`: the same commands as `esgreport`."""

from esgreport.cli import main

main()
