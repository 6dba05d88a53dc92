"""oppfolgingscli: follow-up routines from routine file to calendar. Holds the version, no more."""

__version__ = "0.1.0"
