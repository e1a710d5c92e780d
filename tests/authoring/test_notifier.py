from tradewind.authoring.notifier import BaseNotifier


class Note(BaseNotifier):
    template_fields = ("text",)

    def __init__(self, text):
        super().__init__()
        self.text = text
        self.sent = []

    def notify(self, context):
        self.sent.append(self.text)


def test_each_call_renders_the_fields_anew():
    note = Note("{{ task }} failed")

    note({"task": "a"})
    note({"task": "b"})

    assert note.sent == ["a failed", "b failed"]
    assert note.text == "{{ task }} failed"


def test_a_notifier_that_fails_is_logged_and_goes_no_further(caplog):
    class Broken(BaseNotifier):
        def notify(self, context):
            raise ValueError("no network")

    Broken()({})

    assert "Failed to send notification by Broken" in caplog.text
    assert "no network" in caplog.text
