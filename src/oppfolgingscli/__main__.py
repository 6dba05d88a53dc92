"""The console script and `python -m oppfolgingscli`."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line on sys.argv; ends in SystemExit with one of the exit codes."""
    # One short run makes much and throws away little: collecting rarely saves a twentieth of the time.
    gc.set_threshold(100_000, 50, 50)
    from oppfolgingscli.cli import rot

    rot.main(prog_name="oppfolging")


if __name__ == "__main__":
    main()
