from django.urls import path

from controls.views import control_tests, crosswalk, findings, items

TEST = "controls/<uuid:test_id>/"
FINDING = "findings/<uuid:finding_id>/"

app_name = "controls"
urlpatterns = [
    path("controls/", control_tests.listed, name="tests"),
    path("controls/new/", control_tests.new, name="test-new"),
    path(TEST, control_tests.record, name="test"),
    path(f"{TEST}population/", control_tests.population, name="test-population"),
    path(f"{TEST}freeze/", control_tests.freeze, name="test-freeze"),
    path(f"{TEST}draw/", control_tests.draw, name="test-draw"),
    path(f"{TEST}judge/<int:rank>/", items.judge, name="item-judge"),
    path(f"{TEST}conclude/", control_tests.conclude, name="test-conclude"),
    path(f"{TEST}drop/", control_tests.drop, name="test-drop"),
    path(f"{TEST}export/", control_tests.export, name="test-export"),
    path("findings/", findings.listed, name="findings"),
    path("findings/new/", findings.new, name="finding-new"),
    path(FINDING, findings.record, name="finding"),
    path(f"{FINDING}answer/", findings.answer, name="finding-answer"),
    path(f"{FINDING}send-back/", findings.send_back, name="finding-send-back"),
    path(f"{FINDING}close/", findings.close, name="finding-close"),
    path("crosswalk/", crosswalk.crosswalk, name="crosswalk"),
]
