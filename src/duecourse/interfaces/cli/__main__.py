"""`python -m duecourse.interfaces.cli`: the same as `duecourse`, for a process that starts another."""

from duecourse.interfaces.cli import main

main(prog_name="duecourse")
