"""A llama.cpp server that can die in the middle of its work, and come back at the same address."""

import signal

from path import Server


class Backend(Server):
    """Served under `name`; what it has generated counts from its last start."""

    def __init__(self, model, name):
        super().__init__(model, "--alias", name)
        self.name, self.place = name, f"127.0.0.1:{self.port}"

    def die(self):
        """As if the power had gone: it closes nothing and says nothing."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def again(self):
        self.__enter__()

    def be_there(self):
        if self.process.poll() is not None:
            self.again()
