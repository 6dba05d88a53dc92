"""Civil time: closed intervals, durations, periods, holidays, the school calendar, the clock.

Range semantics, once for the whole program: every interval ``[fra, til]`` is closed, both days belong to
it. Days are civil dates in Europe/Oslo; inside this package and the core they are proleptic Gregorian
ordinals (``date.toordinal()``), because counting and intersecting whole years of days must be cheap.
"""
