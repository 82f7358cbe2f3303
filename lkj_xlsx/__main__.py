"""`python -m lkj_xlsx` is `lkj`."""

from lkj_xlsx.cli import main

main()
