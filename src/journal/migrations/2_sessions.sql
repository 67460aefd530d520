-- What happened in sessions. Each row of what happened belongs to one session (by its number here) and has its place
-- in it: seq is counted over all tables of a session, so that everything can be read back in the order in which it
-- happened. Times in ..._ms are milliseconds since the session began; times in ..._at of sessions are those of the clock
-- on the wall. Whole numbers are kept bit by bit, so that the largest come back as they were.

CREATE TABLE sessions (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT NOT NULL UNIQUE,
    state        TEXT NOT NULL,
    owner        TEXT NOT NULL,
    version      TEXT NOT NULL,
    started_at   INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    environment  TEXT NOT NULL,
    goal         TEXT NOT NULL,
    seed         INTEGER NOT NULL,
    strategy     TEXT NOT NULL,
    demo         INTEGER NOT NULL,
    outcome      TEXT,
    steps        INTEGER NOT NULL DEFAULT 0,
    score        REAL,
    clean        INTEGER,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    next_seq     INTEGER NOT NULL DEFAULT 1
) STRICT;

-- What is long and seldom changes stands apart: the row above is written anew with every step.
CREATE TABLE session_texts (
    session  INTEGER PRIMARY KEY REFERENCES sessions (number) ON DELETE CASCADE,
    started  TEXT NOT NULL,
    settings TEXT NOT NULL,
    report   TEXT,
    summary  TEXT
) STRICT;

-- Each picture once, whoever saw it and how often.
CREATE TABLE pictures (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    hash   INTEGER NOT NULL,
    png    BLOB NOT NULL
) STRICT;
CREATE INDEX pictures_by_hash ON pictures (hash);

-- A view is kept whole (view_base is empty), or as those of its fields that differ from the whole one in the row
-- view_base of the same session.
CREATE TABLE observations (
    session   INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq       INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    look      INTEGER NOT NULL,
    tick      INTEGER NOT NULL,
    scene     TEXT NOT NULL,
    situation TEXT NOT NULL,
    score     REAL,
    view_base INTEGER,
    picture   INTEGER REFERENCES pictures (number),
    text      TEXT NOT NULL,
    facts     TEXT NOT NULL,
    view      TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT;
CREATE INDEX observations_by_look ON observations (session, look);
CREATE INDEX observations_with_whole_view ON observations (session, seq) WHERE view_base IS NULL;
CREATE INDEX observations_by_picture ON observations (picture) WHERE picture IS NOT NULL;

CREATE TABLE questions (
    session  INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq      INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    question INTEGER NOT NULL,
    look     INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

-- One row for the question and the answer; it has two places in the order. The texts are empty (NULL) where they were
-- not recorded.
CREATE TABLE model_calls (
    session           INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    call              INTEGER NOT NULL,
    asked_seq         INTEGER,
    asked_record_ms   INTEGER,
    asked_left_at_ms  INTEGER,
    ended_seq         INTEGER,
    ended_record_ms   INTEGER,
    question          INTEGER,
    role              TEXT NOT NULL,
    provider          TEXT NOT NULL,
    model             TEXT NOT NULL,
    model_answered    TEXT NOT NULL DEFAULT '',
    endpoint          TEXT NOT NULL,
    state             TEXT NOT NULL,
    asked_at_ms       INTEGER NOT NULL,
    left_at_ms        INTEGER,
    first_token_at_ms INTEGER,
    ended_at_ms       INTEGER,
    tokens_per_second REAL,
    prompt_tokens     INTEGER,
    answer_tokens     INTEGER,
    usd               REAL,
    failure           TEXT,
    cause             TEXT,
    system            TEXT,
    prompt            TEXT,
    answer            TEXT,
    reasoning         TEXT,
    PRIMARY KEY (session, call)
) STRICT;
CREATE INDEX model_calls_by_question ON model_calls (session, question);

CREATE TABLE decisions (
    session    INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL,
    question   INTEGER NOT NULL,
    look       INTEGER NOT NULL,
    answers    INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    action     TEXT NOT NULL,
    arguments  TEXT NOT NULL,
    by         TEXT NOT NULL,
    because    TEXT NOT NULL,
    shortfalls TEXT NOT NULL,
    took_ms    INTEGER NOT NULL,
    effect     TEXT,
    PRIMARY KEY (session, seq)
) STRICT;
CREATE INDEX decisions_by_question ON decisions (session, question);

-- The proposals of a decision, by its seq.
CREATE TABLE opinions (
    session    INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    title      TEXT NOT NULL,
    action     TEXT,
    arguments  TEXT,
    thought    TEXT NOT NULL,
    confidence REAL NOT NULL,
    followed   INTEGER NOT NULL,
    decisive   INTEGER NOT NULL,
    took_ms    INTEGER NOT NULL,
    tokens     INTEGER,
    usd        REAL,
    PRIMARY KEY (session, seq, place)
) STRICT;

CREATE TABLE acts (
    session   INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq       INTEGER NOT NULL,
    at_ms     INTEGER NOT NULL,
    action    TEXT NOT NULL,
    arguments TEXT NOT NULL,
    question  INTEGER,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE steps (
    session    INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq        INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    action     TEXT NOT NULL,
    arguments  TEXT NOT NULL,
    ordered_by TEXT NOT NULL,
    by         TEXT NOT NULL,
    because    TEXT NOT NULL,
    score      REAL,
    took_ms    INTEGER NOT NULL,
    question   INTEGER,
    PRIMARY KEY (session, seq)
) STRICT;
CREATE INDEX steps_by_step ON steps (session, step);

-- What came of a step, by its seq.
CREATE TABLE effects (
    session INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    status  TEXT NOT NULL,
    text    TEXT NOT NULL,
    score   REAL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT;

-- One row when an action begins to wait, and one when it waits no longer.
CREATE TABLE approvals (
    session  INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq      INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    approval INTEGER NOT NULL,
    closed   INTEGER NOT NULL,
    body     TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgements (
    session        INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq            INTEGER NOT NULL,
    at_ms          INTEGER NOT NULL,
    step           INTEGER NOT NULL,
    cost           REAL NOT NULL,
    is_proved      INTEGER NOT NULL,
    still_possible REAL NOT NULL,
    advice         TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
    session INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    source  TEXT NOT NULL,
    text    TEXT NOT NULL,
    problem TEXT,
    PRIMARY KEY (session, seq)
) STRICT;

CREATE TABLE narrations (
    session INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    text    TEXT NOT NULL,
    by      TEXT NOT NULL,
    step    INTEGER NOT NULL,
    dropped INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT;

-- One row for each pause and one for each time that it went on; the body says why, or with what word.
CREATE TABLE pauses (
    session INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    resumed INTEGER NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

-- One row for everything begun that could outlive the program, and one when it is gone.
CREATE TABLE belongings (
    session INTEGER NOT NULL REFERENCES sessions (number) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at_ms   INTEGER NOT NULL,
    closed  INTEGER NOT NULL,
    kind    TEXT NOT NULL,
    name    TEXT NOT NULL,
    handle  TEXT NOT NULL,
    place   TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificates (
    session        INTEGER PRIMARY KEY REFERENCES sessions (number) ON DELETE CASCADE,
    clean          INTEGER NOT NULL,
    gate_closed_ms REAL NOT NULL,
    stopped_ms     REAL NOT NULL,
    items          TEXT NOT NULL,
    open_after     TEXT NOT NULL
) STRICT;
