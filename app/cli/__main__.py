"""`python -m app.cli` is `talia`."""

from app.cli import main

main()
