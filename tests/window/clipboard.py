"""The clipboard of a display, as another program sees and fills it. Needs Debian's xclip and xdotool."""

import subprocess

from panel import FOCUSED, Failure, wait_until


def copied(screen, seconds):
    """What another program finds in it, once there is something."""
    read = "xclip", "-selection", "clipboard", "-out"
    return wait_until("something in the clipboard", lambda: screen._run(*read).stdout, seconds)


def paste(screen, program, field, text, seconds):
    """As people do with a token: copied elsewhere, put into the text field of this name with the keyboard."""
    # Whoever has put it there goes on holding it.
    holder = subprocess.Popen(["xclip", "-quiet", "-selection", "clipboard", "-in"], env=screen.env, text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        holder.stdin.write(text)
        holder.stdin.close()
        wait_until("the text in the clipboard", lambda: copied(screen, seconds) == text, seconds)
        place = "text", field
        program._act(*place, seconds, "Component", "GrabFocus", None)
        wait_until(f"the focus on {field}", lambda: program.find(*place).has(FOCUSED), seconds)
        if (pressed := screen._run("xdotool", "key", "ctrl+v")).returncode != 0:
            raise Failure(f"nothing was pressed: {pressed.stderr.strip()}")
        # A field that hides what is typed still says how much it is.
        wait_until(f"the text in {field}", lambda: len(program.text(program.find(*place))) >= len(text), seconds)
    finally:
        holder.kill()
        holder.wait()
