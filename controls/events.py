"""What can happen to control tests and findings."""

from enum import StrEnum


class Verb(StrEnum):
    TEST_DEFINED = "controls.test.defined"
    POPULATION_FROZEN = "controls.population.frozen"
    SAMPLE_DRAWN = "controls.sample.drawn"
    ITEM_JUDGED = "controls.item.judged"
    TEST_CONCLUDED = "controls.test.concluded"
    TEST_DROPPED = "controls.test.dropped"
    RESULTS_EXPORTED = "controls.results.exported"
    FINDING_RAISED = "controls.finding.raised"
    FINDING_ANSWERED = "controls.finding.answered"
    FINDING_SENT_BACK = "controls.finding.sent_back"
    FINDING_CLOSED = "controls.finding.closed"
