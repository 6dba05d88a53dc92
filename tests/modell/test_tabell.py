"""The records the models are made of."""

from typing import Annotated

import pytest

from oppfolgingscli.modell.felt import Bool, Id, Linje
from oppfolgingscli.modell.klasse import Pause
from oppfolgingscli.modell.tabell import Felt, Tabell, felt
from oppfolgingscli.modell.verdier import Feltfeil, Feltfeilene, parse_heltall


class _Hylle(Tabell):
    id: Id
    plass: Annotated[int, Felt(parse_heltall, lambda: {"type": "integer"})] = 3


class _Rom(Tabell):
    navn: Linje = felt(hjelp="Hva rommet heter.")
    hyller: tuple[_Hylle, ...] = ()
    etter_navn: dict[Id, _Hylle] = felt(default_factory=dict)
    lukket: Bool = False
    beste: _Hylle | None = None


def test_et_rom_leses() -> None:
    rom = _Rom.model_validate(
        {"navn": " Kjeller ", "hyller": [{"id": "a"}], "etter_navn": {"b": {"id": "b", "plass": 1}}}
    )
    assert rom == _Rom(navn="Kjeller", hyller=(_Hylle(id="a"),), etter_navn={"b": _Hylle(id="b", plass=1)})
    assert (rom.hyller[0].plass, rom.lukket, rom.beste, rom.merknad) == (3, False, None, None)


def test_alle_feil_pa_en_gang_med_sti() -> None:
    with pytest.raises(Feltfeilene) as caught:
        _Rom.model_validate({
            "hyller": [{"id": "a"}, {"id": "/", "plas": 1}], "etter_navn": {"æ": {"id": "x"}, "ok": {}}, "lukket": "ja",
        })  # fmt: skip
    assert {(fault.kode, fault.sti, fault.om_nokkel) for fault in caught.value.feil} == {
        ("mangler", ("navn",), False),
        ("ugyldig_id", ("hyller", 1, "id"), False),
        ("ukjent_nokkel", ("hyller", 1, "plas"), True),
        ("ugyldig_id", ("etter_navn", "æ"), True),
        ("mangler", ("etter_navn", "ok", "id"), False),
        ("feil_type", ("lukket",), False),
    }


@pytest.mark.parametrize("data", [5, "tekst", [], None])
def test_bare_tabeller_er_tabeller(data: object) -> None:
    with pytest.raises(Feltfeil):
        _Hylle.model_validate(data)


def test_en_ukjent_annotasjon_ses_nar_klassen_lages() -> None:
    with pytest.raises(TypeError, match="hoyde"):

        class _Stol(Tabell):
            hoyde: int


def test_standardverdier_deles_ikke() -> None:
    assert _Rom(navn="a").etter_navn is not _Rom(navn="b").etter_navn


def test_poster_endres_ikke_men_kan_kopieres() -> None:
    hylle = _Hylle(id="a")
    with pytest.raises(AttributeError):
        hylle.plass = 4  # type: ignore[misc]
    assert hylle.model_copy(update={"plass": 4}) == _Hylle(id="a", plass=4)
    assert hylle.plass == 3
    assert len({hylle, _Hylle(id="a"), _Hylle(id="b")}) == 2
    assert repr(hylle) == "_Hylle(id='a', plass=3)"


def test_merknad_er_lov_overalt() -> None:
    assert _Hylle.model_validate({"id": "a", "merknad": "skjev"}).merknad == "skjev"


def test_standardverdi_som_folger_med_fra_kode() -> None:
    assert Pause.model_validate({"fra": "2024-03-01"}).grunn == "pause"


def test_skjemaet_sier_det_samme() -> None:
    defs: dict[str, dict[str, object]] = {}
    skjema = _Rom.skjema(defs)
    assert skjema["required"] == ["navn"]
    assert skjema["additionalProperties"] is False
    assert skjema["properties"]["navn"]["description"] == "Hva rommet heter."
    assert skjema["properties"]["hyller"] == {"type": "array", "items": {"$ref": "#/$defs/_Hylle"}}
    assert set(defs) == {"_Hylle"}
