"""Parts that need more than the base install say what to install, instead of failing on an import."""

from __future__ import annotations

from oppfolgingscli.feil import Bruksfeil
from oppfolgingscli.sprak import _


def krev(tillegg: str, *moduler: str) -> None:
    """See to it that the modules of an extra are there.

    Raises:
        Bruksfeil: one is not; the message says what to install.
    """
    from importlib.util import find_spec

    lacking = [name for name in moduler if find_spec(name) is None]
    if lacking:
        raise Bruksfeil(
            _('Dette trenger {moduler}, som ikke er installert. Kjør: pip install "oppfolgingscli[{tillegg}]"').format(
                moduler=_(" og ").join(lacking), tillegg=tillegg
            )
        )
