"""Stands in for a service of the desktop on the bus of a screen, for as long as the walk lasts."""

import threading

from panel import Gio, GLib, connect
from walkthrough import need


class Service:
    """One object with one interface. Whoever calls it is answered by `called`, which takes the arguments as Python has them
    and gives the answer as a variant.
    """

    def __init__(self, screen, name, path, interface):
        self.name, self.path, self.interface = name, path, interface
        self.bus, is_there = connect(screen.env["DBUS_SESSION_BUS_ADDRESS"]), threading.Event()
        threading.Thread(target=self._serve, args=(is_there,), daemon=True).start()
        need(is_there.wait(20), "the stand-in does not come")

    def _serve(self, is_there):
        context = GLib.MainContext()
        context.push_thread_default()
        interface = Gio.DBusNodeInfo.new_for_xml(self.interface).interfaces[0]
        self.bus.register_object(self.path, interface, self._called, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (self.name, 0)), None, Gio.DBusCallFlags.NONE, 20000, None)
        is_there.set()
        GLib.MainLoop(context).run()

    def _called(self, _bus, _sender, _path, _interface, _method, arguments, invocation):
        invocation.return_value(self.called(arguments.unpack()))
