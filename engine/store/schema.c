/* schema.c -- the drill file as SQL: migrations, each one transaction, and the statements. */
#include "store/schema.h"

#include "base/attr.h"

/* The kinds of log rows, for people: the numbers of enum log_kind. */
static const char migration_1[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE source(name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"
    "CREATE TABLE log("
    " id INTEGER PRIMARY KEY, line INTEGER NOT NULL, kind INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " t_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, payload BLOB NOT NULL, hash BLOB NOT NULL) STRICT;"
    "CREATE INDEX log_line ON log(line, id);"
    "CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;"
    "CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;"
    "CREATE TABLE line(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, fork_ms INTEGER NOT NULL,"
    " reason INTEGER NOT NULL, note TEXT NOT NULL, wall_ms INTEGER NOT NULL) STRICT;"
    "CREATE TRIGGER line_no_update BEFORE UPDATE ON line BEGIN SELECT RAISE(ABORT, 'lines are never edited'); END;"
    "CREATE TRIGGER line_no_delete BEFORE DELETE ON line BEGIN SELECT RAISE(ABORT, 'lines are never edited'); END;"
    "CREATE TABLE field(i INTEGER PRIMARY KEY, slice TEXT NOT NULL, name TEXT NOT NULL) STRICT;"
    /* derived: may be dropped and rebuilt */
    "CREATE TABLE word(log INTEGER PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL) STRICT;"
    "CREATE TABLE snapshot(line INTEGER NOT NULL, t_ms INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " PRIMARY KEY(line, t_ms)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE measure(line INTEGER NOT NULL, t_ms INTEGER NOT NULL, name TEXT NOT NULL, value REAL,"
    " PRIMARY KEY(line, name, t_ms)) STRICT, WITHOUT ROWID;"
    /* evaluation */
    "CREATE TABLE baseline(name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE score(version INTEGER PRIMARY KEY, line INTEGER NOT NULL, total REAL NOT NULL,"
    " grade TEXT NOT NULL, grade_zh TEXT NOT NULL, grade_en TEXT NOT NULL, veto_zh TEXT NOT NULL,"
    " veto_en TEXT NOT NULL, head TEXT NOT NULL, wall_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE score_item(version INTEGER NOT NULL REFERENCES score, i INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " id TEXT NOT NULL, parent TEXT NOT NULL, title_zh TEXT NOT NULL, title_en TEXT NOT NULL, weight REAL NOT NULL,"
    " value REAL, unit TEXT NOT NULL, score REAL, lost REAL NOT NULL, method TEXT NOT NULL, reason_zh TEXT NOT NULL,"
    " reason_en TEXT NOT NULL, PRIMARY KEY(version, i)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE score_evidence(version INTEGER NOT NULL, i INTEGER NOT NULL, event INTEGER NOT NULL,"
    " PRIMARY KEY(version, i, event)) STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER score_no_update BEFORE UPDATE ON score BEGIN SELECT RAISE(ABORT, 'a score is never edited'); END;"
    "CREATE TRIGGER score_no_delete BEFORE DELETE ON score BEGIN SELECT RAISE(ABORT, 'a score is never edited'); END;"
    "";

/* What people with a sqlite3 shell read. */
static const char migration_2[] =
    "CREATE VIEW v_line AS SELECT l.id AS line, l.parent, l.fork_ms / 60000.0 AS fork_min,"
    " CASE l.reason WHEN 0 THEN '原线 main' WHEN 1 THEN '分支 branch' WHEN 2 THEN '更正 correction'"
    " ELSE '补记 back-dated' END AS reason, l.note,"
    " l.id = coalesce((SELECT seq FROM log WHERE kind = 5 ORDER BY id DESC LIMIT 1), 1) AS official FROM line l;"
    "CREATE VIEW v_order AS SELECT g.line, g.seq, printf('%02d:%02d', g.t_ms / 3600000, g.t_ms / 60000 % 60) AS at,"
    " w.zh, w.en, datetime(g.wall_ms / 1000.0, 'unixepoch') AS entered_utc FROM log g LEFT JOIN word w ON w.log = g.id"
    " WHERE g.kind = 1;"
    "CREATE VIEW v_refusal AS SELECT g.line, printf('%02d:%02d', g.t_ms / 3600000, g.t_ms / 60000 % 60) AS at,"
    " w.zh, w.en FROM log g LEFT JOIN word w ON w.log = g.id WHERE g.kind = 2;"
    "CREATE VIEW v_event AS SELECT g.line, g.seq, printf('%02d:%02d', g.t_ms / 3600000, g.t_ms / 60000 % 60) AS at,"
    " w.zh, w.en FROM log g LEFT JOIN word w ON w.log = g.id WHERE g.kind = 8;"
    "CREATE VIEW v_step AS SELECT line, t_ms / 60000.0 AS min, hex(substr(payload, 1, 8)) AS hash FROM log WHERE kind = 3;"
    "CREATE VIEW v_score AS SELECT s.version, s.line, i.id, i.title_zh, i.title_en, i.weight, i.value, i.unit,"
    " i.score, i.lost, i.reason_zh, i.reason_en,"
    " (SELECT group_concat(event, ' ') FROM score_evidence e WHERE e.version = i.version AND e.i = i.i) AS events"
    " FROM score s JOIN score_item i ON i.version = s.version"
    " UNION ALL SELECT version, line, 'total', '总分', 'total', 100, total, '', total, 100 - total,"
    " grade_zh || CASE veto_zh WHEN '' THEN '' ELSE '；' || veto_zh END,"
    " grade_en || CASE veto_en WHEN '' THEN '' ELSE '; ' || veto_en END, NULL FROM score;"
    "CREATE VIEW v_head AS SELECT count(*) AS rows, lower(hex((SELECT hash FROM log ORDER BY id DESC LIMIT 1))) AS head FROM log;";

/* The assessment: entries are rows of the log (kind 6) whose payload is one JSON object of texts. */
#define ENTRY(name) "json_extract(CAST(payload AS TEXT), '$." name "')"
static const char migration_3[] =
    "ALTER TABLE score ADD COLUMN basis TEXT NOT NULL DEFAULT 'auto';"
    "CREATE VIEW v_entry AS SELECT seq, datetime(wall_ms / 1000.0, 'unixepoch') AS at_utc, " ENTRY("entry") " AS kind,"
    " CAST(payload AS TEXT) AS entry FROM log WHERE kind = 6;"
    "CREATE VIEW v_evaluator AS SELECT " ENTRY("id") " AS id, " ENTRY("name") " AS name, " ENTRY("unit") " AS unit, "
    ENTRY("role") " AS role, " ENTRY("expertise") " AS expertise, coalesce(" ENTRY("kind") ", 'expert') AS panel, "
    "coalesce(" ENTRY("weight") ", '1') AS weight, " ENTRY("sheets") " AS sheets, " ENTRY("lead") " AS lead FROM log"
    " WHERE kind = 6 AND " ENTRY("entry") " = 'evaluator';"
    "CREATE VIEW v_mark AS SELECT seq, datetime(wall_ms / 1000.0, 'unixepoch') AS at_utc, " ENTRY("by") " AS evaluator, "
    ENTRY("item") " AS item, " ENTRY("value") " AS value, " ENTRY("comment") " AS comment, " ENTRY("event") " AS event, "
    ENTRY("reason") " AS reason, seq = max(seq) OVER (PARTITION BY " ENTRY("by") ", " ENTRY("item") ") AS latest"
    " FROM log WHERE kind = 6 AND " ENTRY("entry") " = 'mark';"
    "CREATE VIEW v_finding AS SELECT * FROM (SELECT " ENTRY("id") " AS id, " ENTRY("class") " AS class, " ENTRY("text")
    " AS text, " ENTRY("item") " AS item, " ENTRY("clause") " AS clause, " ENTRY("events") " AS events, " ENTRY("cause")
    " AS cause, (SELECT json_extract(CAST(g.payload AS TEXT), '$.to') FROM log g WHERE g.kind = 6 AND"
    " json_extract(CAST(g.payload AS TEXT), '$.entry') = 'state' AND json_extract(CAST(g.payload AS TEXT), '$.finding') = "
    "json_extract(CAST(log.payload AS TEXT), '$.id') ORDER BY g.seq DESC LIMIT 1) AS state,"
    " seq = max(seq) OVER (PARTITION BY " ENTRY("id") ") AS latest FROM log WHERE kind = 6 AND " ENTRY("entry")
    " = 'finding') WHERE latest;"
    "CREATE VIEW v_action AS SELECT " ENTRY("finding") " AS finding, " ENTRY("measure") " AS measure, " ENTRY("unit")
    " AS unit, " ENTRY("person") " AS person, " ENTRY("due") " AS due FROM log WHERE kind = 6 AND " ENTRY("entry")
    " = 'action';"
    "CREATE VIEW v_version AS SELECT version, basis, total, grade_zh, grade_en, veto_zh, veto_en, head,"
    " datetime(wall_ms / 1000.0, 'unixepoch') AS at_utc FROM score;";

/* Format 4: the log covers every row (seal.c); what is to come has its tables. A file is made in this format and never brought
 * up to it: the tables that change are empty here. */
#define KEPT(table) \
    "CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table " BEGIN SELECT RAISE(ABORT, 'rows of " table " are never edited'); END;" \
    "CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table " BEGIN SELECT RAISE(ABORT, 'rows of " table " are never edited'); END;"
static const char migration_4[] =
    "DROP TABLE baseline; DROP TABLE score_evidence;"
    /* the drill with nobody acting, up to a moment */
    "CREATE TABLE baseline(name TEXT NOT NULL, until_ms INTEGER NOT NULL, value REAL, PRIMARY KEY(name, until_ms)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE score_evidence(version INTEGER NOT NULL, i INTEGER NOT NULL, event INTEGER NOT NULL,"
    " PRIMARY KEY(version, i, event), FOREIGN KEY(version, i) REFERENCES score_item(version, i)) STRICT, WITHOUT ROWID;"
    /* what others would have made of the same course: policy is '' (nobody acts) or a bot; basis an indicator set and its
     * version, '' for none; how tells what was followed ('closed' loop, seeds ..) */
    "CREATE TABLE reference(course INTEGER NOT NULL, basis TEXT NOT NULL, policy TEXT NOT NULL, until_ms INTEGER NOT NULL,"
    " measure TEXT NOT NULL, value REAL, how TEXT NOT NULL, wall_ms INTEGER NOT NULL,"
    " PRIMARY KEY(course, basis, policy, until_ms, measure)) STRICT, WITHOUT ROWID;"
    /* an expert's sheet under his PIN until all are in; commitment: SHA-256 of nonce and plain text. Opened, or reset by the
     * head (how, reason); the entries then follow in the log */
    "CREATE TABLE seal(id INTEGER PRIMARY KEY, evaluator TEXT NOT NULL, panel TEXT NOT NULL, basis TEXT NOT NULL, kdf TEXT NOT NULL,"
    " ops INTEGER NOT NULL, mem INTEGER NOT NULL, salt BLOB NOT NULL, nonce BLOB NOT NULL, box BLOB NOT NULL,"
    " commitment BLOB NOT NULL, wall_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE seal_opened(seal INTEGER PRIMARY KEY REFERENCES seal(id), how TEXT NOT NULL CHECK(how IN ('opened', 'reset')),"
    " reason TEXT NOT NULL, first_entry INTEGER, entries INTEGER NOT NULL, wall_ms INTEGER NOT NULL) STRICT;"
    /* the office's key (its public part alone) and what was signed: the head after row `log`, and the text that says what the
     * signature covers (set and version, weights, method, total, grade, gates) */
    "CREATE TABLE office_key(id INTEGER PRIMARY KEY, algorithm TEXT NOT NULL, public BLOB NOT NULL, title TEXT NOT NULL,"
    " wall_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE signature(id INTEGER PRIMARY KEY, office_key INTEGER NOT NULL REFERENCES office_key(id),"
    " log INTEGER NOT NULL REFERENCES log(id), head TEXT NOT NULL, version INTEGER REFERENCES score(version),"
    " covers TEXT NOT NULL, signer TEXT NOT NULL, bytes BLOB NOT NULL, wall_ms INTEGER NOT NULL) STRICT;"
    /* photos, scans, papers: to an entry of the assessment, to an event of a line, or to the drill as a whole */
    "CREATE TABLE attachment(id INTEGER PRIMARY KEY, name TEXT NOT NULL, media TEXT NOT NULL, bytes BLOB NOT NULL,"
    " note TEXT NOT NULL, entry INTEGER, line INTEGER REFERENCES line(id), event INTEGER, author TEXT NOT NULL,"
    " wall_ms INTEGER NOT NULL) STRICT;"
    "";

static const char migration_4_kept[] =
    KEPT("meta") KEPT("source") KEPT("field") KEPT("baseline") KEPT("reference") KEPT("score_item") KEPT("score_evidence")
    KEPT("seal") KEPT("seal_opened") KEPT("office_key") KEPT("signature") KEPT("attachment");

const char *const store_migrations[][2] = {{migration_1, ""}, {migration_2, ""}, {migration_3, ""}, {migration_4, migration_4_kept}};
const int store_migration_count = COUNT_OF(store_migrations);

const char *const store_sql[SQL_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_META_PUT] = "INSERT INTO meta(name, value) VALUES(?1, ?2)",
    [SQL_META_GET] = "SELECT value FROM meta WHERE name = ?1",
    [SQL_SOURCE_PUT] = "INSERT INTO source(name, bytes) VALUES(?1, ?2)",
    [SQL_SOURCE_GET] = "SELECT bytes FROM source WHERE name = ?1",
    [SQL_SOURCE_LIST] = "SELECT name, length(bytes) FROM source ORDER BY name",
    [SQL_LINE_PUT] = "INSERT INTO line(parent, fork_ms, reason, note, wall_ms) VALUES(?1, ?2, ?3, ?4, ?5)",
    [SQL_LINE_LIST] = "SELECT id, parent, fork_ms, reason, note FROM line ORDER BY id",
    [SQL_LINE_GET] = "SELECT parent, fork_ms FROM line WHERE id = ?1",
    [SQL_OFFICIAL] = "SELECT seq FROM log WHERE kind = 5 ORDER BY id DESC LIMIT 1",
    [SQL_LOG_PUT] = "INSERT INTO log(id, line, kind, seq, t_ms, wall_ms, payload, hash)"
                    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_LOG_HEAD] = "SELECT id, hash FROM log ORDER BY id DESC LIMIT 1",
    [SQL_LOG_LINE] = "SELECT id, kind, seq, t_ms, wall_ms, payload FROM log WHERE line = ?1 ORDER BY id",
    [SQL_LOG_ALL] = "SELECT id, line, kind, seq, t_ms, wall_ms, payload, hash FROM log ORDER BY id",
    [SQL_LOG_COUNT] = "SELECT count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2), count(*) FILTER (WHERE kind = 8)"
                      " FROM log WHERE line = ?1",
    [SQL_LOG_ENDED] = "SELECT count(*) FROM log WHERE kind = 4 AND seq IN (5, 6)",
    [SQL_ENTRY_COUNT] = "SELECT count(*) FROM log WHERE kind = 6",
    [SQL_ENTRY_LIST] = "SELECT seq, wall_ms, payload FROM log WHERE kind = 6 ORDER BY id",
    [SQL_WORD_PUT] = "INSERT OR REPLACE INTO word(log, zh, en) VALUES(?1, ?2, ?3)",
    [SQL_WORD_GET] = "SELECT zh, en FROM word WHERE log = ?1",
    [SQL_FIELD_PUT] = "INSERT INTO field(i, slice, name) VALUES(?1, ?2, ?3)",
    [SQL_FIELD_LIST] = "SELECT slice, name FROM field ORDER BY i",
    [SQL_SNAPSHOT_PUT] = "INSERT OR REPLACE INTO snapshot(line, t_ms, bytes) VALUES(?1, ?2, ?3)",
    [SQL_SNAPSHOT_GET] = "SELECT t_ms, bytes FROM snapshot WHERE line = ?1 AND t_ms <= ?2 ORDER BY t_ms DESC LIMIT 1",
    [SQL_SNAPSHOT_LIST] = "SELECT line, t_ms, length(bytes) FROM snapshot ORDER BY line, t_ms",
    [SQL_SNAPSHOT_DROP] = "DELETE FROM snapshot WHERE line = ?1 AND t_ms = ?2",
    [SQL_SCORE_VERSION] = "SELECT max((SELECT coalesce(max(version), 0) FROM score), (SELECT count(*) FROM log WHERE kind = 9 AND seq = 5)) + 1",
    [SQL_SCORE_PUT] = "INSERT INTO score(version, line, total, grade, grade_zh, grade_en, veto_zh, veto_en, head, wall_ms,"
                      " basis) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [SQL_SCORE_LIST] = "SELECT version, basis, total, grade, grade_zh, grade_en, veto_zh, veto_en, head, wall_ms, line FROM score"
                       " ORDER BY version",
    [SQL_SCORE_LIST_2] = "SELECT version, 'auto', total, grade, grade_zh, grade_en, veto_zh, veto_en, head, wall_ms, line"
                         " FROM score ORDER BY version",
    [SQL_SCORE_ITEMS] = "SELECT kind, id, parent, title_zh, title_en, method, unit, reason_zh, reason_en, weight, value, score,"
                        " lost FROM score_item WHERE version = ?1 ORDER BY i",
    [SQL_ITEM_PUT] = "INSERT INTO score_item(version, i, kind, id, parent, title_zh, title_en, weight, value, unit,"
                     " score, lost, method, reason_zh, reason_en)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    [SQL_EVIDENCE_PUT] = "INSERT OR IGNORE INTO score_evidence(version, i, event) VALUES(?1, ?2, ?3)",
    [SQL_BASELINE_PUT] = "INSERT INTO baseline(name, until_ms, value) VALUES(?1, ?2, ?3)",
    [SQL_BASELINE_GET] = "SELECT value FROM baseline WHERE name = ?1 AND until_ms = ?2",
    [SQL_BASELINE_GET_3] = "SELECT value FROM baseline WHERE name = ?1",
    [SQL_MEASURE_LIST] = "SELECT name, t_ms, value FROM measure WHERE line = ?1 ORDER BY name, t_ms",
    [SQL_MEASURE_PUT] = "INSERT OR REPLACE INTO measure(line, t_ms, name, value) VALUES(?1, ?2, ?3, ?4)",
};
