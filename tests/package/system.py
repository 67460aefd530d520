"""What a Debian system has: its files, its packages, and what a package brings.

    before = files()
    install("/tmp/x.deb")
    need(not added(before, files()), …)
"""

import configparser
import hashlib
import os
import re
import struct
import subprocess
import tarfile

from walkthrough import need

# Where a package may leave something.
ROOTS = "/etc", "/usr", "/var", "/opt", "/srv", "/boot", "/lib", "/bin", "/sbin"
# What the system itself keeps of every package, rebuilds by itself, or writes all the time.
ITS_OWN = re.compile(
    r"^/var/(lib/(dpkg|apt|systemd|swcatalog|app-info)|cache/(apt|debconf|man|fontconfig|swcatalog|app-info|ldconfig)|log|tmp"
    r"|run|spool/mail|mail)(/|$)|/__pycache__(/|$)|^/etc/(passwd|group|shadow|gshadow|subuid|subgid)-?$")
# Lists that the system makes of what is installed.
LISTS = ("/usr/share/icons/hicolor/icon-theme.cache", "/usr/share/applications/mimeinfo.cache",
         "/usr/share/applications/bamf-2.index")
PACKAGE = "singularis"
APT = ["apt-get", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0", "-q", "-y"]


def run(*command, seconds=300, may_fail=False, **options):
    """What a command prints, errors included."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} | options
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    done = subprocess.run([str(part) for part in command], env=environment, timeout=seconds, **options)
    need(done.returncode == 0 or may_fail, f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def files():
    """Everything below the roots, as {path: what it is}; of settings also what is in them."""
    found = {}
    for root in ROOTS:
        if os.path.islink(root):
            continue  # a second name for something below /usr
        for folder, folders, names in os.walk(root):
            for path in (os.path.join(folder, name) for name in folders + names):
                if not ITS_OWN.search(path):
                    found[path] = nature(path)
    return found


def nature(path):
    try:
        state = os.lstat(path)
        if path.startswith("/etc/") and os.path.isfile(path):
            with open(path, "rb") as file:
                return oct(state.st_mode), hashlib.sha256(file.read()).hexdigest()
        return (oct(state.st_mode),)
    except OSError:
        return ("gone",)


def changes(before, after):
    """Paths that came, that went, and that became something else."""
    came, went = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    return came, went, sorted(path for path in before.keys() & after.keys() if before[path] != after[path])


def packages():
    """The installed packages."""
    lines = run("dpkg-query", "-W", "-f=${db:Status-Status} ${Package}\n").splitlines()
    return {line.split()[1] for line in lines if line.startswith("installed ")}


def state_of(package):
    """What dpkg says of a package; empty when it knows nothing of it."""
    said = run("dpkg-query", "-W", "-f=${db:Status-Status}", package, may_fail=True)
    return "" if "no packages found" in said else said


def install(deb):
    """Installs a file as a user would; gives the packages that came along."""
    before = packages()
    run(*APT, "install", "--no-install-recommends", deb, seconds=600)
    return sorted(packages() - before - {PACKAGE})


def version_of(deb):
    return run("dpkg-deb", "-f", deb, "Version").strip()


def contents(deb):
    """Everything that a package brings, as {path: (kind and rights, bytes)}."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE) as process:
        found = {}
        with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
            for entry in archive:
                path = os.path.normpath(f"/{entry.name}")
                need(entry.uid == entry.gid == 0, f"{path} belongs to {entry.uid}:{entry.gid} in the package")
                found[path] = entry.isdir(), entry.mode & 0o7777, archive.extractfile(entry).read() if entry.isfile() else b""
    need(process.returncode == 0, f"{deb} cannot be read")
    return found


def is_installed_as(deb):
    """Looks whether every file of a package is there as it is in the package, and whether dpkg lists the same."""
    brought = contents(deb)
    for path, (is_folder, mode, data) in brought.items():
        need(os.path.isdir(path) == is_folder, f"{path} is missing")
        if is_folder:
            continue
        state = os.lstat(path)
        need((state.st_uid, state.st_gid) == (0, 0), f"{path} belongs to {state.st_uid}:{state.st_gid}")
        need(state.st_mode & 0o7777 == mode and not mode & 0o022, f"{path} has the rights {oct(state.st_mode)}")
        with open(path, "rb") as file:
            need(file.read() == data, f"{path} is not as in the package")
    listed = {path for path in run("dpkg", "-L", PACKAGE).splitlines() if path != "/."}
    need(listed == brought.keys() - {"/"}, f"dpkg lists something else: {sorted(listed ^ brought.keys())}")
    return sorted(path for path, (is_folder, *_) in brought.items() if not is_folder)


def icons(sizes, folder="/usr/share/icons/hicolor", theme="/usr/share/icons/hicolor/index.theme"):
    """Looks for the program's icon in each size as the specification of icon themes has it looked for."""
    index = configparser.ConfigParser(interpolation=None)
    index.read(theme)
    for size in sizes:
        section = f"{size}x{size}/apps"
        need(section in index["Icon Theme"]["Directories"].split(","), f"no theme has a folder {section}")
        need(index[section]["Size"] == str(size) and index[section]["Context"] == "Applications", f"{section} is for others")
        with open(f"{folder}/{section}/{PACKAGE}.png", "rb") as file:
            head = file.read(24)
        need(head[:8] == b"\x89PNG\r\n\x1a\n", f"the icon in {section} is no PNG")
        need(struct.unpack(">II", head[16:24]) == (size, size), f"the icon in {section} has another size")
    need(os.path.isfile(f"{folder}/scalable/apps/{PACKAGE}.svg"), "there is no icon that can be scaled")


def lists_with(text):
    """The system's own lists in which `text` stands."""
    return [path for path in LISTS if os.path.isfile(path) and text.encode() in read_bytes(path)]


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()
