"""Planning: from points to dates and times, under people's days, hours and capacity. Pure and deterministic.

``plan_moter`` is the only way in.
"""

from __future__ import annotations

from oppfolgingscli.planlegg.mote import Grunn, Mote, varighet_for
from oppfolgingscli.planlegg.plasser import moteorden, plan_moter

__all__ = ["Grunn", "Mote", "moteorden", "plan_moter", "varighet_for"]
