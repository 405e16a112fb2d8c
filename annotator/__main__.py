"""`python -m annotator …`: see `annotator/cli`."""

from annotator.cli import main

if __name__ == "__main__":
    main()
