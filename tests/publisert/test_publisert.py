"""What is new, changed and gone between two releases, and the file that remembers it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from oppfolgingscli import publisert
from oppfolgingscli.feil import Inndatafeil
from oppfolgingscli.publisert import Innhold, Tilstand, Utgave, Utgivelse
from vis.test_ical import innhold

if TYPE_CHECKING:
    from pathlib import Path

DAG1, DAG2, DAG3 = date(2024, 1, 2), date(2024, 2, 1), date(2024, 9, 1)
MOTE = innhold(dato="2024-03-05")
FLYTTET = replace(MOTE, dato="2024-03-06")


def slipp(
    tilstand: Tilstand, na: dict[str, Innhold], per: date = DAG1, *, avlys: bool = False, vis_deltaker: bool = True
) -> Utgivelse:
    return publisert.publish(tilstand, na, lambda _now, _before: True, per, avlys=avlys, vis_deltaker=vis_deltaker)


def kort(u: Utgave) -> tuple[int, str, int]:
    return u.sekvens, u.stempel.isoformat(), u.avlyst


def test_first_release_then_nothing_changed_then_one_moved() -> None:
    first = slipp({}, {"a": MOTE, "b": MOTE})
    assert [kort(u) for u in first.utgaver] == [(0, "2024-01-02T00:00:00+00:00", 0)] * 2
    assert (first.nye, first.endret) == (2, 0)

    same = slipp(first.tilstand, {"a": MOTE, "b": MOTE}, DAG2)
    assert same.utgaver == first.utgaver
    assert publisert.dump(same.tilstand) == publisert.dump(first.tilstand)

    moved = slipp(same.tilstand, {"a": MOTE, "b": FLYTTET}, DAG2)
    assert [(u.uid, *kort(u)) for u in moved.utgaver] == [
        ("a", 0, "2024-01-02T00:00:00+00:00", 0),
        ("b", 1, "2024-02-01T00:00:00+00:00", 0),
    ]


def test_two_changes_on_one_day_and_a_per_that_goes_back_still_move_the_stamp() -> None:
    state = slipp({}, {"a": MOTE}, DAG2).tilstand
    state = slipp(state, {"a": FLYTTET}, DAG2).tilstand
    state = slipp(state, {"a": MOTE}, DAG1).tilstand
    assert kort(state["a"]) == (2, "2024-02-01T00:00:02+00:00", 0)


def test_gone_is_told_then_cancelled_then_dropped_and_may_come_back() -> None:
    state = slipp({}, {"a": MOTE}).tilstand

    told = slipp(state, {}, DAG2)
    assert [u.uid for u in told.borte] == ["a"]
    assert told.utgaver == [state["a"]]  # as it was published
    assert told.tilstand == state

    cancelled = slipp(told.tilstand, {}, DAG2, avlys=True)
    assert [kort(u) for u in cancelled.utgaver] == [(1, "2024-02-01T00:00:00+00:00", 1)]
    assert (cancelled.avlyst, cancelled.borte) == (1, [])

    # One more release at least, and until the day has passed; with or without the flag.
    again = slipp(cancelled.tilstand, {}, DAG2)
    assert [kort(u) for u in again.utgaver] == [(1, "2024-02-01T00:00:00+00:00", 2)]
    assert [kort(u)[2] for u in slipp(again.tilstand, {}, DAG2, avlys=True).utgaver] == [2]
    dropped = slipp(again.tilstand, {}, DAG3)
    assert dropped.utgaver == []

    back = slipp(dropped.tilstand, {"a": MOTE}, DAG3)
    assert [kort(u) for u in back.utgaver] == [(2, "2024-09-01T00:00:00+00:00", 0)]


def test_cancelled_after_the_day_is_still_kept_for_one_more_release() -> None:
    state = slipp({}, {"a": MOTE}).tilstand
    cancelled = slipp(state, {}, DAG3, avlys=True)
    assert [u.avlyst for u in cancelled.utgaver] == [1]
    assert [u.avlyst for u in slipp(cancelled.tilstand, {}, DAG3).utgaver] == [2]


def test_a_filter_makes_nothing_look_gone() -> None:
    state = slipp({}, {"a": MOTE, "b": replace(MOTE, roller=("nav_veileder",))}).tilstand

    def nav(now: Innhold, _before: Innhold | None) -> bool:
        return "nav_veileder" in now.roller

    out = publisert.publish(state, {"a": MOTE}, nav, DAG2, avlys=True)
    assert [(u.uid, u.avlyst) for u in out.utgaver] == [("b", 1)]
    assert out.tilstand["a"] == state["a"]
    unseen = publisert.publish(state, {"b": MOTE}, nav, DAG2, avlys=True)
    assert unseen.utgaver == []  # a is gone but not asked for; b is there but not asked for any more


def test_a_meeting_moved_out_of_the_asked_dates_is_released_once_more() -> None:
    state = slipp({}, {"a": MOTE}).tilstand

    def until_the_fifth(now: Innhold, before: Innhold | None) -> bool:
        return now.dato <= "2024-03-05" or (before is not None and before.dato <= "2024-03-05")

    out = publisert.publish(state, {"a": FLYTTET}, until_the_fifth, DAG2, avlys=False)
    assert [(u.innhold.dato, u.sekvens) for u in out.utgaver] == [("2024-03-06", 1)]


def test_what_only_filters_ask_for_changes_no_number() -> None:
    state = slipp({}, {"a": MOTE}).tilstand
    out = slipp(state, {"a": replace(MOTE, personer=("kl2", "D01"))}, DAG2)
    assert kort(out.utgaver[0]) == kort(state["a"])
    assert out.tilstand["a"].innhold.personer == ("kl2", "D01")


def test_the_participant_is_taken_out_of_what_is_gone_when_names_are_off() -> None:
    state = slipp({}, {"a": replace(MOTE, sted="Barnehage 3")}).tilstand
    (gone,) = slipp(state, {}, DAG2, vis_deltaker=False).utgaver
    assert (gone.innhold.vist, gone.innhold.sted, gone.sekvens) == (None, None, 1)
    assert gone.innhold.referanse == "k/elevsamtale/2024-var/1"


def test_the_state_comes_back_from_its_file(tmp_path: Path) -> None:
    state = slipp({}, {"b": MOTE, "a": innhold(start=None, slutt=None, sted="Blåbærhagen «Æ»")}).tilstand
    path = tmp_path / publisert.FILNAVN
    path.write_bytes(publisert.dump(state))
    assert publisert.load(path) == state
    assert publisert.dump(publisert.load(path)) == path.read_bytes()
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith('"a": {')
    assert publisert.load(tmp_path / "none.json") == {}
    assert state["a"].stempel == datetime(2024, 1, 2, tzinfo=UTC)


GOD = json.loads(publisert.dump(slipp({}, {"a": MOTE}).tilstand))


def _med(**endret: object) -> str:
    return json.dumps({"format": 1, "hendelser": {"a": GOD["hendelser"]["a"] | endret}})


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null", "{}", '{"format": 1}', '{"format": 1, "hendelser": []}', "\udcff",
        '{"format": 1, "hendelser": {"a": {}}}', '{"format": 1, "hendelser": {"a": 1}}', "[" * 100_000,
        _med(sekvens=-1), _med(sekvens="0"), _med(sekvens=True), _med(stempel="i går"), _med(dato="2024-02-30"),
        _med(start="25:00"), _med(start=None), _med(tittel=None), _med(roller=None), _med(roller=[1]),
    ],
)  # fmt: skip
def test_a_state_that_cannot_be_read_is_a_fault_and_stays(tmp_path: Path, content: str) -> None:
    path = tmp_path / publisert.FILNAVN
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(Inndatafeil) as caught:
        publisert.load(path)
    assert publisert.FILNAVN in str(caught.value)
    assert caught.value.feil[0].rad


def test_a_state_from_a_newer_program_says_so(tmp_path: Path) -> None:
    path = tmp_path / publisert.FILNAVN
    path.write_text('{"format": 2, "hendelser": {}}', encoding="utf-8")
    with pytest.raises(Inndatafeil, match="en annen utgave av programmet"):
        publisert.load(path)
