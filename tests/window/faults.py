#!/usr/bin/python3
"""Takes away from running sessions what their journal needs: the disk, the right to write, the file itself, the lock.

usage: faults.py BINARY [--seed 1] [--jobs N] [--times 50] [--may-skip]

Each must give a clear problem in what is printed and no panic; what was said before the trouble must be in the journal
afterwards, and a file that was damaged must never be lost. Prints a line for every fault and exits with 1 when
anything of that was not so. The full disk needs a mount, therefore root: where that cannot be had it says so and fails,
except with --may-skip.
"""

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from homes import BEGINS, KEPT, Breach, Home, events, missing, need

# Somebody who may write nothing that is not theirs.
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}
FULL, NOT_RECORDED = "no space left", re.compile(r"not being recorded|cannot be written|read-?only", re.IGNORECASE)
# In seconds, for a debug build on a busy machine.
TROUBLE_COMES, SESSION_TAKES, HELD = 90, 120, 3
# So many steps are well before something is taken away, and so many after it came back.
BEFORE, AFTER = 3, 5
TRIES = 5
SMALL, LARGE = "300k", "8m"


class Skipped(Exception):
    """What could not be tried here."""


# --- what was printed ------------------------------------------------------------------------------------------------


def tells(line, of):
    return of in json.dumps(line).lower()


def steps(count):
    return lambda printed: len(events(printed, "step")) >= count


def trouble(of):
    """The first line that tells of it."""
    return lambda printed: next((line for line in printed if tells(line, of)), None)


def before_trouble(printed, of):
    """Everything that was printed before it was told; all of that is in the journal by promise."""
    first = next((number for number, line in enumerate(printed) if tells(line, of)), len(printed))
    return printed[:first]


def problems(printed):
    """Every problem that was printed, wherever."""
    return [line["problem"] for line in printed if isinstance(line.get("problem"), dict)]


def clear(printed, of):
    """The problem, with its evidence and a way out."""
    found = next((problem for problem in problems(printed) if of in problem["summary"].lower()), None)
    need(found, f"no problem tells of it: {problems(printed)}")
    need(found["details"] and found["remedies"], f"the problem is not clear: {found}")
    need(not found["summary"].endswith("."), f"the problem is no summary: {found['summary']}")
    return found["summary"]


def kept(home, session):
    """What the journal has of a session; nothing where it does not know it."""
    listed = home.ask("sessions", "list", "--json")
    if listed.code != 0 or session not in [line["session"] for line in listed.json()["sessions"]]:
        return []
    return home.replayed(session)


def all_is_kept(home, printed, session):
    lost = missing(printed, kept(home, session))
    need(not lost, f"this was printed and is not in the journal: {lost}")
    return ", ".join(f"{len(events(printed, kind))} {kind} lines" for kind in KEPT)


def journal_lines(printed):
    """What the certificate says of the journal: the outcomes and notes of its lines."""
    certificates = [line["certificate"] for line in printed if "certificate" in line]
    need(certificates, f"there is no certificate: {printed[-2:]}")
    return [item for item in certificates[-1]["items"] if item["kind"] == "journal"]


# --- a full disk -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def disk(size):
    """A folder on a disk of its own."""
    folder = tempfile.mkdtemp(prefix="disk-")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", folder],
                             capture_output=True, text=True)
    if mounted.returncode != 0:
        os.rmdir(folder)
        raise Skipped(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        # Something may look into it for a moment longer.
        subprocess.run(["umount", "--lazy", folder], check=True)
        os.rmdir(folder)


def larger(folder, size=LARGE):
    subprocess.run(["mount", "-o", f"remount,size={size}", folder], check=True)


def fill(folder):
    """Leaves nothing free; gives the file that is in the way."""
    ballast = os.path.join(folder, "ballast")
    with open(ballast, "wb", buffering=0) as file, contextlib.suppress(OSError):  # until nothing more fits
        while True:
            file.write(bytes(4096))
    return ballast


def disk_too_small(args):
    """Hardly room for the tables."""
    with disk(SMALL) as folder:
        home = Home(args.binary, folder)
        run = home.run("--cycles", "12", "--seed", str(args.seed))
        try:
            answer = run.finish(SESSION_TAKES)
            need(FULL in (answer.out + answer.err).lower(), f"nobody was told: {answer.text()}")
            summary = clear(run.printed, FULL)
            need(run.session(), f"no session began: {answer.text()}")
            listed = home.ask("sessions", "list", "--json")
            need(listed.code == 0 or listed.out + listed.err, "the list failed and said nothing")
            larger(folder)
            before = before_trouble(run.printed, FULL)
            all_is_kept(home, before, run.session())
            home.is_sound()
            return f"{summary}; {len(events(run.printed, 'step'))} steps, {len(events(before, 'step'))} before it"
        finally:
            run.close()


@contextlib.contextmanager
def filled(args, **options):
    """A session whose disk is full from its third step on; gives what is needed to go on."""
    with disk(LARGE) as folder:
        home = Home(args.binary, folder)
        run = home.run("--seed", str(args.seed), **options)
        try:
            need(run.wait_for(steps(BEFORE), BEGINS), f"it does not get on: {run.printed[-2:]} {run.said()}")
            ballast = fill(folder)
            need(run.wait_for(trouble(FULL), TROUBLE_COMES), f"nobody was told: {run.printed[-2:]} {run.said()}")
            yield home, run, ballast
        finally:
            run.close()


def disk_full(args):
    """Nobody is there who could say whether it goes on, so it ends, and says what is missing."""
    with filled(args) as (home, run, ballast):
        run.finish(SESSION_TAKES)
        summary, before = clear(run.printed, FULL), before_trouble(run.printed, FULL)
        need(len(events(before, "step")) >= BEFORE, "the trouble came before the disk was full")
        os.remove(ballast)
        all_is_kept(home, before, run.session())
        home.is_sound()
        lost = missing(run.printed, kept(home, run.session()))
        failed = [item for item in journal_lines(run.printed) if item["outcome"] == "failed"]
        need(bool(lost) <= bool(failed), f"{lost} is missing, and the certificate says {journal_lines(run.printed)}")
        note = f"{failed[0]['name']}: {failed[0]['note']}" if failed else "nothing is missing"
        return f"{summary}; {len(events(before, 'step'))} steps before it; {note}"


def disk_free_again(args):
    """The session is saved all the same, if there is space before it has ended: a machine too slow for that tries again."""
    for _ in range(TRIES - 1):
        with contextlib.suppress(TooLate):
            return freed_in_time(args)
    return freed_in_time(args)  # a program that never saves it never passes


class TooLate(Breach):
    """The last attempt to write had failed before there was space, as the certificate says."""


def freed_in_time(args):
    with filled(args) as (home, run, ballast):
        os.remove(ballast)
        run.finish(SESSION_TAKES)
        home.is_sound()
        items = journal_lines(run.printed)
        if not all(item["outcome"] == "closed" for item in items) or not items:
            raise TooLate(f"the certificate says {items}")
        return all_is_kept(home, run.printed, run.session())


def disk_free_and_on(args):
    """Somebody sits there, frees some space, and lets the session go on."""
    ours, theirs = os.openpty()
    try:
        with filled(args, stdin=theirs) as (home, run, ballast):
            need(run.wait_for(lambda printed: events(printed, "paused"), TROUBLE_COMES), "it did not pause")
            os.remove(ballast)
            done = len(events(run.printed, "step"))
            os.write(ours, b"\n")
            need(run.wait_for(steps(done + AFTER), TROUBLE_COMES), f"it does not go on: {run.printed[-3:]}")
            run.interrupt()
            answer = run.finish()
            need(answer.code == 0, f"it did not end well: {answer.text()}")
            return all_is_kept(home, run.printed, run.session())
    finally:
        os.close(ours)
        os.close(theirs)


# --- nothing may be written ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def borrowed_home(args):
    """A home that whoever runs the program may read and not write, and how to be them."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        # The one that was built may lie where others cannot go.
        binary = shutil.copy(args.binary, os.path.join(folder, "singularis"))
        place = os.path.join(folder, "home")
        os.mkdir(place)
        yield Home(binary, place, env={"HOME": folder}), place, NOBODY if os.geteuid() == 0 else {}
        os.chmod(place, 0o755)


def nothing_written(args):
    """No journal can be begun."""
    with borrowed_home(args) as (home, place, nobody):
        os.chmod(place, 0o555)
        ran = home.ask("run", "--demo", "--json", "--cycles", "3", seconds=SESSION_TAKES, **nobody)
        noted = says_not_recorded(ran)
        listed = home.ask("sessions", "list", "--json", **nobody)
        need(listed.code == 0 or listed.out + listed.err, "the list failed and said nothing")
        need(not os.listdir(place), f"something was written: {os.listdir(place)}")
        return noted


def nothing_changed(args):
    """There is a journal, and nothing can be added to it."""
    with borrowed_home(args) as (home, place, nobody):
        need(home.ask("run", "--demo", "--json", "--cycles", "2", seconds=SESSION_TAKES).code == 0, "no session ran")
        os.chmod(home.journal, 0o444)
        os.chmod(place, 0o555)
        before = contents(home.journal)
        ran = home.ask("run", "--demo", "--json", "--cycles", "3", seconds=SESSION_TAKES, **nobody)
        noted = says_not_recorded(ran)
        listed = home.ask("sessions", "list", "--json", **nobody)
        need(listed.code == 0 or listed.out + listed.err, "the list failed and said nothing")
        need(contents(home.journal) == before, "the journal was changed")
        return f"{noted}; the list {'is shown' if listed.code == 0 else 'is refused with a reason'}"


def says_not_recorded(ran):
    need(NOT_RECORDED.search(ran.out + ran.err), f"nobody was told: {ran.text()}")
    lines = ran.lines()
    found = problems(lines)
    need(found and all(problem["remedies"] for problem in found), f"no clear problem: {ran.text()}")
    done = len(events(lines, "step"))
    need(done >= 3 if ran.code == 0 else events(lines, "refused") or done, f"it neither ran nor said why: {ran.text()}")
    return f"{found[0]['summary']}; {done} steps all the same"


# --- a damaged file --------------------------------------------------------------------------------------------------


def contents(path):
    with open(path, "rb") as file:
        return file.read()


def cut(journal, dice):
    return journal[:dice.randrange(len(journal))]


def overwritten(journal, dice):
    damaged = bytearray(journal)
    for _ in range(dice.randint(1, 8)):
        start = dice.randrange(len(damaged))
        end = min(start + dice.randint(1, 500), len(damaged))
        damaged[start:end] = dice.randbytes(end - start)
    return bytes(damaged)


def damaged(args):
    """Every command either works or says what is wrong, and nobody takes the file away."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Home(args.binary, folder)
        for seed in (1, 2):
            ran = whole.ask("run", "--demo", "--json", "--cycles", "3", "--seed", str(seed), seconds=SESSION_TAKES)
            need(ran.code == 0, f"no session ran: {ran.text()}")
        need(not os.path.exists(f"{whole.journal}-wal"), "a part of the journal stands beside it")
        journal = contents(whole.journal)
        tasks = [(harm, number) for harm in (cut, overwritten) for number in range(args.times)]
        with ThreadPoolExecutor(args.jobs) as pool:
            came_to = list(pool.map(lambda task: one_damage(args, journal, *task), tasks))
        return ", ".join(f"{came_to.count(outcome)} {outcome}" for outcome in sorted(set(came_to)))


def one_damage(args, journal, harm, number):
    dice = random.Random(f"{args.seed} {harm.__name__} {number}")
    broken = harm(journal, dice)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(args.binary, folder)
        with open(home.journal, "wb") as file:
            file.write(broken)
        at = f"{harm.__name__} {number}, {len(broken)} of {len(journal)} bytes"
        try:
            listed = home.ask("sessions", "list", "--json")
            need(listed.code == 0 or listed.out + listed.err, "the list failed and said nothing")
            need(contents(home.journal) == broken, "looking at it has changed it")
            ran = home.ask("run", "--demo", "--json", "--cycles", "3", "--seed", str(number), seconds=SESSION_TAKES)
            lines = ran.lines()
            need(ran.code in (0, 1) and lines, f"the run said nothing: {ran.text()}")
            has_reason = problems(lines) or journal_lines(lines)
            need(ran.code == 0 or has_reason, f"it failed and gave no reason: {ran.text()}")
            need(os.path.getsize(home.journal) >= len(broken), "a part of the file is gone")
            session = next((line["session"] for line in events(lines, "session_started")), None)
            is_told = "journal" in json.dumps(problems(lines)).lower()
            if is_told:
                need(all(problem["remedies"] for problem in problems(lines)), f"no way out: {problems(lines)}")
                return "refused or broken off with a reason"
            all_is_kept(home, lines, session)
            return "went on in it"
        except Breach as breach:
            raise Breach(f"{at}: {breach}") from None


# --- a lock ----------------------------------------------------------------------------------------------------------


def locked(args):
    """Another program holds the journal for a while in the midst of a session."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(args.binary, folder)
        run = home.run("--seed", str(args.seed))
        try:
            need(run.wait_for(steps(BEFORE), BEGINS), f"it does not get on: {run.printed[-2:]} {run.said()}")
            with contextlib.closing(sqlite3.connect(home.journal, timeout=20, isolation_level=None)) as other:
                other.execute("BEGIN EXCLUSIVE")
                held_at = len(run.printed)
                time.sleep(HELD)  # this is the fault itself
                other.execute("ROLLBACK")
            told = [line for line in run.printed[held_at:] if tells(line, "holds the journal")]
            # It has waited and goes on, or has said so and ends, because nobody is there to ask.
            run.wait_for(steps(len(events(run.printed, "step")) + AFTER), TROUBLE_COMES)
            if run.process.poll() is None:
                run.interrupt()
            run.finish()
            noted = all_is_kept(home, run.printed, run.session())
            home.is_sound()
            return f"{'it said so' if told else 'it waited'}; {noted}"
        finally:
            run.close()


FAULTS = disk_too_small, disk_full, disk_free_again, disk_free_and_on, nothing_written, nothing_changed, damaged, locked


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1), help="damaged files at the same time")
    parser.add_argument("--times", type=int, default=50, help="damaged files of each kind")
    parser.add_argument("--may-skip", action="store_true", help="what cannot be tried here is no failure")
    args = parser.parse_args()
    failed = skipped = 0
    for fault in FAULTS:
        name, started = fault.__name__.replace("_", " "), time.monotonic()
        try:
            print(f"ok    {name}: {fault(args)}, {time.monotonic() - started:.1f} s", flush=True)
        except Skipped as why:
            skipped += 1
            print(f"NOT TRIED  {name}: {why}", flush=True)
        except (Breach, OSError, ValueError, KeyError, sqlite3.Error, subprocess.SubprocessError) as breach:
            failed += 1
            print(f"FAIL  {name}: {type(breach).__name__}: {breach}", flush=True)
    print(f"{len(FAULTS) - failed - skipped} faults were borne, {failed} were not, {skipped} could not be tried")
    return 1 if failed or (skipped and not args.may_skip) else 0


if __name__ == "__main__":
    sys.exit(main())
