"""The pages Chromium looks at: every kind there is, with something on it."""

from __future__ import annotations

SIDER = (
    "/",
    "/?person=v1",
    "/logg",
    "/logg?deltaker=D01&rutine=besok",
    "/hendelse",
    "/avtale",
    "/avtale/a1/utfort",
    "/rett/kontakter/k03",
    "/deltaker",
    "/deltaker/D01",
    "/deltaker/k?punkt=k/statusmote/k/2024-01/1",
    "/maned",
    "/maned?maned=2023-12&rolle=laerer",
    "/rapport",
    "/rapport?periode=2023-host",
    "/arshjul",
    "/finnes-ikke",
)
