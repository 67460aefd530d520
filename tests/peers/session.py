"""A session with settings of its own that is watched while it runs."""

import os
import sys

from path import need

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "window"))
from homes import Breach, Home, Run, events  # noqa: E402

SEEN = 60  # seconds until something is seen, in a debug build on a busy machine
# So that the session lasts as long as the test: nothing else of how it decides is changed.
LASTING = "\n[agent]\npace_ms = 800\n\n[breakers]\nsame_action = 0\nno_change = 0\nsame_error = 0\n"


def home(binary, folder, settings, key=None):
    os.makedirs(folder)
    with open(os.path.join(folder, "settings.toml"), "w") as file:
        file.write(settings)
    return Home(binary, folder, env={"HOME": folder} | ({"LM_API_TOKEN": key} if key else {}))


class Session:
    """A session that is watched while it runs."""

    def __init__(self, place):
        self.place, self.run = place, Run([place.binary, "run", "--cycles", "1000", "--json"], place.env)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run.close()

    def here(self):
        """How much has been printed, to look only at what comes later."""
        return len(self.run.printed)

    def hears(self, since, source, *pieces):
        """What this one says with all these pieces in it."""
        def notice(printed):
            return next((line for line in events(printed[since:], "notice")
                         if line["from"] == source and all(piece in line["text"] for piece in pieces)), None)
        found = self.run.wait_for(notice, SEEN)
        said = [line["text"][:160] for line in events(self.run.printed[since:], "notice")][-8:]
        need(found, f"{source} did not say {pieces} within {SEEN} s, only {said}\n{self.run.said()[-2000:]}")
        return found["text"]

    def steps(self, since, count, by=None):
        """So many steps, of whomever or of one."""
        def taken(printed):
            steps = [step for step in events(printed[since:], "step") if by in (None, step["by"])]
            return steps if len(steps) >= count else None
        steps = self.run.wait_for(taken, SEEN)
        need(steps, f"no {count} steps by {by or 'anybody'} within {SEEN} s: {self.run.printed[-3:]}")
        return [step["by"] for step in steps]

    def stop(self):
        """Ends it as Ctrl-C does: its report, with a clean certificate and nothing left."""
        self.run.interrupt()
        answer = self.run.finish()
        certificate = self.run.printed[-1].get("certificate")
        need(certificate and certificate["clean"] is True, f"not clean: {certificate}")
        need(answer.code == 0, answer.text()[-3000:])
        need(not self.place.strays(), f"still running: {self.place.strays()}")
        return events(self.run.printed, "session_ended")[0]
