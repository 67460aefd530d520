#!/usr/bin/env python3
"""Packs the program with all that an installation needs: singularis-VERSION-linux-ARCH.tar.gz.

usage: tarball.py BINARY FOLDER

Prints the path of what it wrote. The same files give the same bytes: sorted, owned by nobody in particular, dated by
SOURCE_DATE_EPOCH, else by the last commit.
"""

import argparse
import gzip
import io
import os
import platform
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
ICON = ROOT / "assets" / "icon"
SIZES = 16, 22, 24, 32, 48, 64, 128, 256, 512


def contents(binary):
    """Everything in it, as {name in the archive: file here}. What stands below `files` is installed."""
    found = {"files/bin/singularis": binary}
    # What the README leads to lies beside it, in the archive as well as where it is installed.
    pages = sorted(path.relative_to(ROOT) for path in ROOT.glob("docs/*.md"))
    for name in "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", *map(str, pages):
        found[name] = found[f"files/share/doc/singularis/{name}"] = ROOT / name
    for path in sorted(ROOT.glob("assets/fonts/*LICENSE*")):
        found[f"files/share/doc/singularis/fonts/{path.name}"] = path
    for path in sorted(path for path in ROOT.glob("THIRD-PARTY*") if path.is_file()):
        found[f"files/share/doc/singularis/{path.name}"] = path
    for path in sorted(ROOT.glob("assets/pictures/*.png")):
        found[f"assets/pictures/{path.name}"] = path  # the README shows them
    for name in "install.sh", "uninstall.sh":
        found[name] = LINUX / name
    found["files/share/applications/singularis.desktop"] = LINUX / "singularis.desktop"
    found["files/share/man/man1/singularis.1"] = LINUX / "singularis.1"
    for path in LINUX.glob("*.metainfo.xml"):
        found[f"files/share/metainfo/{path.name}"] = path
    icons = "files/share/icons/hicolor"
    for pixels in SIZES:
        found[f"{icons}/{pixels}x{pixels}/apps/singularis.png"] = ICON / f"{pixels}.png"
    found[f"{icons}/scalable/apps/singularis.svg"] = ICON / "singularis.svg"
    return found


def version():
    with open(ROOT / "Cargo.toml", "rb") as file:
        return tomllib.load(file)["package"]["version"]


def date():
    """Seconds since 1970 that every file is dated by."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    command = ["git", "-C", ROOT, "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout)


def packed(binary, folder):
    """The path of the archive."""
    name = f"singularis-{version()}-linux-{platform.machine()}"
    seconds, raw = date(), io.BytesIO()
    files = {f"{name}/{inside}": path for inside, path in contents(binary).items()}
    folders = {str(parent) for inside in files for parent in Path(inside).parents if str(parent) != "."}
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for inside in sorted(folders | files.keys()):
            entry = tarfile.TarInfo(inside)
            entry.mtime, entry.mode = seconds, 0o755
            if inside in folders:
                entry.type = tarfile.DIRTYPE
                archive.addfile(entry)
                continue
            data = files[inside].read_bytes()
            entry.size = len(data)
            if not inside.endswith((".sh", "/bin/singularis")):
                entry.mode = 0o644
            archive.addfile(entry, io.BytesIO(data))
    path = folder / f"{name}.tar.gz"
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=seconds) as out:
        out.write(raw.getvalue())
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=Path)
    parser.add_argument("folder", type=Path, help="where it goes; made if it is missing")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    print(packed(args.binary, args.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
