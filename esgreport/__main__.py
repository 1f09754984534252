"""`python -m esgreport`: the same commands as `esgreport`."""

from esgreport.cli import main

if __name__ == "__main__":
    main()
