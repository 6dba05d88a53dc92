"""The console script and `python -m oppfolgingscli`."""

from __future__ import annotations


def main() -> None:
    """Run the command line on sys.argv; ends in SystemExit with one of the exit codes."""
    from oppfolgingscli.cli import rot

    rot.main(prog_name="oppfolging")


if __name__ == "__main__":
    main()
