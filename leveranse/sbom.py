"""The bill of materials (SBOM) as CycloneDX 1.6: what the program is made of, with versions, licences and checksums."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference as Referanse
from cyclonedx.model import ExternalReferenceType as Slag
from cyclonedx.model import HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from leveranse.pakker import NAVN, installed_with, needs


def bill(versjon: str) -> Bom:
    """Return the bill of one version of the program: itself, and all that is installed with it."""
    licences = LicenseFactory()
    packages = installed_with()
    components = {}
    for one in packages.values():
        components[one.navn] = Component(
            name=one.navn,
            version=one.versjon,
            type=ComponentType.LIBRARY,
            bom_ref=f"{one.navn}@{one.versjon}",
            purl=PackageURL("pypi", name=one.navn, version=one.versjon),
            licenses=[licences.make_from_string(one.lisens)] if one.lisens else [],
            external_references=[
                Referanse(
                    type=Slag.DISTRIBUTION,
                    url=XsUri(f"urn:sha256:{total}"),
                    hashes=[HashType(alg=HashAlgorithm.SHA_256, content=total)],
                )
                for total in one.sjekksummer
            ],
        )
    root = Component(
        name=NAVN, version=versjon, type=ComponentType.APPLICATION, bom_ref=f"{NAVN}@{versjon}",
        licenses=[licences.make_from_string("MIT")], purl=PackageURL("pypi", name=NAVN, version=versjon),
    )  # fmt: skip
    bom = Bom(components=list(components.values()))
    bom.metadata.component = root
    bom.register_dependency(root, [components[name] for name in sorted(needs(NAVN))])
    for one in packages.values():
        bom.register_dependency(components[one.navn], [components[name] for name in sorted(one.trenger)])
    return bom


def render(versjon: str) -> str:
    """Return the bill as JSON: the same each time, for it has no time in it, and its number comes of what it says."""
    made = json.loads(JsonV1Dot6(bill(versjon)).output_as_string(indent=2))
    made.get("metadata", {}).pop("timestamp", None)
    made.pop("serialNumber", None)
    made["serialNumber"] = uuid5(NAMESPACE_URL, json.dumps(made, sort_keys=True)).urn
    return json.dumps(made, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write(mappe: Path, versjon: str) -> Path:
    """Write the bill beside what it is about, and return its file.

    Raises:
        ValueError: the bill does not follow the schema of CycloneDX. (To ask takes a quarter of a minute.)
    """
    text = render(versjon)
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault is not None:
        raise ValueError(str(fault))
    file = mappe / f"{NAVN}-{versjon}.cdx.json"
    file.write_text(text, encoding="utf-8", newline="\n")
    return file
