#!/usr/bin/python3
"""Installs, uses, upgrades and removes the Linux packages on this machine, as a new user would.

usage: linux.py BINARY_DIR DEB NEWER_DEB OUTDIR

BINARY_DIR holds the program that goes into the tarball. NEWER_DEB is a package of a higher version; with `-` it is made
from DEB. Pictures of the windows go into OUTDIR. Prints a line for each thing seen, and exits with 1 when one is not as it
should be. Needs root, and a machine on which Singularis is not installed; a user is made for this and removed again.
See `.ci/run` for the Debian packages that it needs.
"""

import json
import os
import pwd
import re
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "window"))

import system  # noqa: E402
from panel import TROUBLE  # noqa: E402
from system import PACKAGE, changes, run  # noqa: E402
from walkthrough import elapsed, need  # noqa: E402

USER = "singularis-test"
SIZES = 16, 22, 24, 32, 48, 64, 128, 256, 512
ENTRY = "/usr/share/applications/singularis.desktop"
PROGRAM = "/usr/bin/singularis"
# Errors of lintian that are meant, each with its reason.
ALLOWED = {}
# What the program keeps in a home; the README must name both.
OWN_FOLDERS = ".config/singularis", ".local/share/singularis"
# What a desktop, its bus and the libraries that draw keep in a home, whoever draws.
OF_THE_DESKTOP = re.compile(r"^\.(cache|dbus|config/(dconf|openbox|gtk-3\.0|ibus)"
                            r"|local/share/(recently-used\.xbel|gvfs-metadata|keyrings))(/|$)")


class Journey:
    """The steps, one after the other. Whatever happens, `tidy` leaves the machine as it was."""

    def __init__(self, binaries, deb, newer, outdir, place):
        self.binary, self.outdir, self.place = Path(binaries) / PACKAGE, Path(outdir), Path(place)
        self.deb, self.newer = deb, newer
        self.home, self.came_along, self.before = None, [], {}
        self.walks, self.archive, self.unpacked, self.home_before = 0, None, None, []
        self.is_ours = False  # whether what is installed was installed here

    def step(self, name, action):
        started = time.monotonic()
        note = action()
        print(f"ok   {elapsed(started):7.0f} ms  {name}{f': {note}' if note else ''}", flush=True)

    def run(self):
        self.step("nothing of it is here", self.nothing_here)
        self.step("a newer package is at hand", self.make_newer)
        self.step("lintian", self.lintian)
        self.before = system.files()
        self.step("a new user", self.make_user)
        self.step("apt installs it", self.install)
        self.step("entry, metadata, manual", self.validate)
        self.step("the icon in every size", self.icons)
        self.walk("first", ENTRY, PROGRAM)
        kept = self.kept()
        self.step("apt upgrades it", self.upgrade)
        self.step("settings and sessions stay", lambda: self.same(kept))
        self.walk("again", ENTRY, PROGRAM)
        self.step("it is removed and purged", self.remove)
        self.step("the user's own files stay in the home", self.own_files)
        self.step("the tarball is the same each time", self.tarball)
        self.step("it is installed from there", self.install_tarball)
        self.walk("again", f"{self.home}/.local/share/applications/singularis.desktop", f"{self.home}/.local/bin/singularis")
        self.step("it is uninstalled", self.uninstall_tarball)
        self.step("the user goes", self.remove_user)
        self.step("the system is as it was", self.as_before)

    # --- before ---

    def nothing_here(self):
        need(os.geteuid() == 0, "this needs root")
        need(not system.state_of(PACKAGE), "Singularis is installed here already")
        need(not [user for user in pwd.getpwall() if user.pw_name == USER], f"there is a user {USER} already")
        left = [path for path in (ENTRY, PROGRAM) if os.path.lexists(path)]
        need(not left, f"somebody has put these here: {left}")
        shutil.copy(self.deb, self.place / "first.deb")
        self.deb = self.place / "first.deb"
        return f"{PACKAGE} {system.version_of(self.deb)}"

    def make_newer(self):
        if self.newer == "-":
            folder = self.place / "newer"
            run("dpkg-deb", "-R", self.deb, folder)
            control, readme = folder / "DEBIAN/control", folder / "usr/share/doc" / PACKAGE / "README.md"
            upstream, _, revision = system.version_of(self.deb).partition("-")
            version = f"{upstream}+newer" + (f"-{revision}" if revision else "")
            control.write_text(re.sub(r"(?m)^Version:.*$", f"Version: {version}", control.read_text()))
            readme.write_text(f"{readme.read_text()}\nThis is the newer one.\n")
            # They would say something else now.
            for sums in folder.glob("DEBIAN/*sums"):
                sums.unlink()
            run("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", folder, self.place / "second.deb")
        else:
            shutil.copy(self.newer, self.place / "second.deb")
        self.newer = self.place / "second.deb"
        old, new = map(system.version_of, (self.deb, self.newer))
        run("dpkg", "--compare-versions", new, "gt", old)
        return f"{new} is newer than {old}"

    def lintian(self):
        said = run("lintian", "--tag-display-limit", "0", self.deb, seconds=300, may_fail=True).splitlines()
        errors = [line for line in said if line.startswith("E:")]
        wrong = [line for line in errors if line.split()[2] not in ALLOWED]
        need(not wrong, "\n".join(wrong))
        need(not [line for line in said if "internal error" in line or "cannot" in line.lower()], "\n".join(said))
        warnings = sorted({line.split()[2] for line in said if line.startswith("W:")})
        return f"no error that is not meant; {len(warnings)} kinds of warning: {', '.join(warnings) or 'none'}"

    def make_user(self):
        run("useradd", "--create-home", "--shell", "/bin/sh", "--base-dir", self.place, USER)
        self.home = pwd.getpwnam(USER).pw_dir
        return self.home

    def as_user(self, *command, seconds=60, **options):
        """What a command prints that the user gives, with nothing of our environment."""
        plain = ["env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin", f"HOME={self.home}", f"USER={USER}", "LANG=C.UTF-8"]
        return run("runuser", "-u", USER, "--", *plain, *command, seconds=seconds, cwd=self.home, **options)

    # --- the package ---

    def install(self):
        self.is_ours = True
        self.came_along = system.install(self.deb)
        paths = system.is_installed_as(self.deb)
        came, went, other = changes(self.before, system.files())
        theirs = {path for package in self.came_along for path in run("dpkg", "-L", package).splitlines()}
        more = set(came) - set(run("dpkg", "-L", PACKAGE).splitlines()) - theirs
        if not self.came_along:
            need(not more and not went and not set(other) - set(system.LISTS), f"more has changed: {more} {went} {other}")
        self.says_its_version(self.deb)
        return f"{len(paths)} files, with {', '.join(self.came_along) or 'nothing else'}"

    def says_its_version(self, deb):
        """Behind its number the program may say more. What a package has behind a `+` the program does not know of."""
        said = self.as_user("singularis", "-V").strip()
        wanted = system.version_of(deb).split("-")[0].split("+")[0]
        need(said.split()[:2] == ["singularis", wanted], f"it says {said!r} and the package {wanted!r}")
        return said

    def validate(self):
        run("desktop-file-validate", ENTRY)
        metadata = [path for path in system.contents(self.deb) if path.endswith(".metainfo.xml")]
        need(len(metadata) == 1, f"metadata: {metadata}")
        verdict = run("appstreamcli", "validate", "--no-net", *metadata).strip().splitlines()[-1]
        page = run("man", "--warnings", "-P", "cat", "singularis")
        need("SINGULARIS(1)" in page, f"no manual page: {page[:300]}")
        return verdict

    def icons(self):
        system.icons(SIZES)
        return f"{', '.join(map(str, SIZES))} and one that can be scaled; listed in {system.lists_with(PACKAGE) or 'no cache'}"

    def upgrade(self):
        system.install(self.newer)
        system.is_installed_as(self.newer)
        return f"{system.version_of(self.newer)}, {self.says_its_version(self.newer)!r}"

    def remove(self):
        run(*system.APT, "remove", PACKAGE)
        if system.state_of(PACKAGE) == "config-files":
            run("dpkg", "--purge", PACKAGE)
        if self.came_along:
            run(*system.APT, "purge", *self.came_along)
        self.is_ours = False
        need(not system.state_of(PACKAGE), f"dpkg still knows it: {system.state_of(PACKAGE)}")
        need(not system.lists_with(PACKAGE), f"it is still in {system.lists_with(PACKAGE)}")
        info = [path.name for path in Path("/var/lib/dpkg/info").glob(f"{PACKAGE}.*")]
        need(not info, f"dpkg still keeps {info}")
        return self.as_before()

    def as_before(self):
        came, went, other = changes(self.before, system.files())
        need(not came and not went and not set(other) - set(system.LISTS), f"left: {came}\ngone: {went}\nchanged: {other}")
        return f"{len(self.before)} files and folders, none came, none went, none changed"

    # --- the user ---

    def walk(self, phase, entry, program):
        """The window, by the user; its steps speak for themselves."""
        code = self.place / "code"
        if not code.exists():
            code.mkdir()
            for path in [*(ROOT / "tests/window").glob("*.py"), *(ROOT / "tests/package").glob("*.py")]:
                shutil.copy(path, code)
        self.walks += 1
        pictures = Path(self.home) / "pictures"
        self.as_user("mkdir", pictures)
        try:
            self.as_user("/usr/bin/python3", "-B", code / "entry.py", phase, pictures, entry, program, seconds=400, stdout=None)
        finally:
            sys.stdout.flush()
            shutil.copytree(pictures, self.outdir / f"{self.walks}-{phase}", dirs_exist_ok=True)
            shutil.rmtree(pictures)
        self.no_processes()

    def no_processes(self):
        left = run("ps", "-u", USER, "-o", "pid=,args=", may_fail=True).strip()
        need(not left, f"processes of the user are left: {left}")

    def kept(self):
        """The settings, and the names of the sessions."""
        settings = (Path(self.home) / OWN_FOLDERS[0] / "settings.toml").read_text()
        listed = json.loads(self.as_user("singularis", "sessions", "list", "--json"))
        names = re.findall(r'"(?:id|session|name)": ?"(s-[^"]+)"', json.dumps(listed))
        need(names, f"no session is kept: {listed}")
        return settings, names

    def same(self, kept):
        need(self.kept() == kept, f"it was {kept}, it is {self.kept()}")
        return f"{len(kept[0].splitlines())} lines of settings, sessions {', '.join(kept[1])}"

    def own_files(self):
        readme = (ROOT / "README.md").read_text()
        for folder in OWN_FOLDERS:
            need(os.listdir(f"{self.home}/{folder}"), f"nothing is in {folder}")
            need(f"~/{folder}" in readme, f"the README does not say what is in ~/{folder}")
        return f"in {' and '.join(OWN_FOLDERS)}, as the README says; beside them {', '.join(self.others()) or 'nothing'}"

    def others(self):
        """What is in the home and neither the program's own nor the desktop's, nor a folder that leads to those."""
        found = [str(path.relative_to(self.home)) for path in Path(self.home).rglob("*")]
        ways = {str(way) for folder in OWN_FOLDERS for way in Path(folder).parents} | set(OWN_FOLDERS)
        own = tuple(f"{folder}/" for folder in OWN_FOLDERS)
        skeleton = os.listdir("/etc/skel")
        return sorted(path for path in found if path not in ways and not path.startswith(own)
                      and not OF_THE_DESKTOP.match(path) and path not in skeleton)

    # --- the tarball ---

    def tarball(self):
        def pack(name):
            return Path(run(ROOT / "packaging/linux/tarball.py", self.binary, self.place / name).strip())

        self.archive, again = pack("tarball"), pack("again")
        need(self.archive.read_bytes() == again.read_bytes(), "two archives of the same files differ")
        return f"{self.archive.name}, {self.archive.stat().st_size / 1e6:.1f} MB"

    def install_tarball(self):
        self.home_before = self.others()
        run("tar", "-xzf", self.archive, "-C", self.place)
        self.unpacked = self.place / self.archive.name.removesuffix(".tar.gz")
        said = self.as_user("sh", self.unpacked / "install.sh")
        run("desktop-file-validate", f"{self.home}/.local/share/applications/singularis.desktop")
        system.icons(SIZES, f"{self.home}/.local/share/icons/hicolor")
        # Twice is as good as once.
        self.as_user("sh", self.unpacked / "install.sh")
        return said.splitlines()[0]

    def uninstall_tarball(self):
        self.as_user("sh", f"{self.home}/.local/lib/singularis/uninstall.sh")
        left = sorted(set(self.others()) ^ set(self.home_before))
        need(not left, f"left in the home, or gone from it: {left}")
        self.own_files()
        return "the home is as it was, with the user's own files"

    # --- the end ---

    def remove_user(self):
        self.no_processes()
        run("userdel", "--remove", USER)
        self.home = None

    def tidy(self):
        """What a step that failed has left."""
        if self.is_ours:
            run("dpkg", "--purge", PACKAGE, *self.came_along, may_fail=True)
        if self.home:
            for pid in run("ps", "-u", USER, "-o", "pid=", may_fail=True).split():
                os.kill(int(pid), signal.SIGKILL)
            run("userdel", "--remove", USER, may_fail=True)


def main():
    if len(sys.argv) != 5:
        print(__doc__)
        return 2
    # What is ended from outside tidies up too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.makedirs(sys.argv[4], exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="package-") as place:
        os.chmod(place, 0o755)
        journey = Journey(*sys.argv[1:], place)
        try:
            journey.run()
        except TROUBLE as trouble:
            print(f"FAIL  {trouble}", flush=True)
            return 1
        finally:
            journey.tidy()
    print("all is well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
