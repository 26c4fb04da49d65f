"""List what a department is promised, feature by feature, with the tests that show each as it runs.

`script/test --features` runs the marked tests alone and fails where a feature has none that passed.
"""

from collections import defaultdict
from typing import Any

import pytest

FEATURES = (
    "complaint submission by residents and by staff",
    "automated complaint review and prioritisation",
    "digital documents: photographs, reports, evidence",
    "notice generation",
    "compliance timelines",
    "reinspection scheduling and results",
    "escalation tracking: legal, fines, penalties",
    "full records: photographs, inspections, notices, contacts",
    "public portal: the status of a case",
    "hearing scheduling",
    "advanced and ad-hoc reports",
    "legal action tracking: court, liens",
    "appeals",
)
"""What the products of the field offer, each of which is shown by a test marked with its name."""


class Features:
    """Runs the marked tests alone, and lists at the end what each feature was shown by."""

    def __init__(self) -> None:
        self._passed: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what is marked with no feature."""
        others = [item for item in items if not item.get_closest_marker("feature")]
        items[:] = [item for item in items if item.get_closest_marker("feature")]
        config.hook.pytest_deselected(items=others)
        for item in items:
            for mark in item.iter_markers("feature"):
                item.user_properties.append(("feature", str(mark.args[0])))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what passed, under its features."""
        if report.when == "call" and report.passed:
            for key, feature in report.user_properties:
                if key == "feature":
                    self._passed[str(feature)].append(report.nodeid.partition("[")[0])

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail where a feature was shown by nothing."""
        if hasattr(session.config, "workerinput") or session.config.option.collectonly:
            return
        if set(FEATURES) - set(self._passed):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """List every feature with the tests that show it."""
        terminalreporter.section("features")
        for number, feature in enumerate(FEATURES, 1):
            tests = list(dict.fromkeys(self._passed[feature]))
            told = f"{len(tests)} passed" if tests else "shown by no test"
            terminalreporter.write_line(f"{number:2}. {feature}: {told}", red=not tests)
            for each in tests:
                terminalreporter.write_line(f"      {each}")


def add_option(parser: pytest.Parser) -> None:
    """Take ``--features``."""
    parser.addoption(
        "--features", action="store_true", help="run the tests that are marked with a feature"
    )


def configure(config: pytest.Config) -> None:
    """Begin to list, where it is asked for."""
    if config.getoption("features"):
        config.pluginmanager.register(Features(), "features")
