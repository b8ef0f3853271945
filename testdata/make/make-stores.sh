#!/usr/bin/env bash
# Makes databases as programs keep them, of the programs' own schemas, with sqlite3, and what sqlite3
# itself prints of them: signatures/src/test/resources/io/amivet/artifact/stores. All secrets are made up.
#   testdata/make/make-stores.sh
set -euo pipefail
out="$(cd "$(dirname "$0")/../.." && pwd)/signatures/src/test/resources/io/amivet/artifact/stores"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

# store NAME QUERY <SQL: the database, and what the query says of it
store() {
  { echo 'pragma page_size=1024;'; cat; } | sqlite3 "$work/$1"
  sqlite3 -noheader "$work/$1" "$2" >"$out/$1.txt"
  gzip -9n <"$work/$1" >"$out/$1.gz"
}

# migrations of atuin 18
store atuin.db 'select command from history' <<'SQL'
CREATE TABLE history (
	id text primary key,
	timestamp integer not null,
	duration integer not null,
	exit integer not null,
	command text not null,
	cwd text not null,
	session text not null,
	hostname text not null, deleted_at integer,

	unique(timestamp, cwd, command)
);
CREATE INDEX idx_history_timestamp on history(timestamp);
insert into history values('0190a1', 1700000000000000000, 5, 0, 'ls -la /opt', '/root', 's1', 'build:root', null);
insert into history values('0190a2', 1700086400000000000, 5, 0,
  'mysql -u root -pSynth-Pw-201 shop', '/root', 's1', 'build:root', null);
insert into history values('0190a3', 1700090000000000000, 5, 0, 'echo déjà vu', '/root', 's1', 'build:root', null);
SQL

# zsh-histdb, schema version 2
store histdb.db 'select argv from commands' <<'SQL'
create table commands (id integer primary key autoincrement, argv text, unique(argv) on conflict ignore);
create table places   (id integer primary key autoincrement, host text, dir text, unique(host, dir) on conflict ignore);
create table history  (id integer primary key autoincrement,
                       session int,
                       command_id int references commands (id),
                       place_id int references places (id),
                       exit_status int,
                       start_time int,
                       duration int);
insert into commands(argv) values('make install');
insert into commands(argv) values('curl -u deploy:Synth-Pw-202 https://repo.internal/x.tgz');
insert into places(host, dir) values('build', '/root');
insert into history values(1, 1, 1, 1, 0, 1700000000, 3), (2, 1, 2, 1, 0, 1700000005, 3);
SQL

# mcfly, schema version 3
store mcfly.db 'select cmd from commands' <<'SQL'
CREATE TABLE commands(
  id INTEGER PRIMARY KEY AUTOINCREMENT, cmd TEXT NOT NULL, cmd_tpl TEXT, session_id TEXT NOT NULL,
  when_run INTEGER NOT NULL, exit_code INTEGER NOT NULL, selected INTEGER NOT NULL, dir TEXT, old_dir TEXT);
insert into commands values(1, 'export DB_PASSWORD=Synth-Pw-203', '', 's', 1700000000, 0, 0, '/root', null);
SQL

# reedline's SqliteBackedHistory, of nushell; in UTF-16, which sqlite3 leaves to whoever makes the file
store nushell.db 'select command_line from history' <<'SQL'
pragma encoding='UTF-16le';
create table history (
    id integer primary key autoincrement,
    command_line text not null,
    start_timestamp integer,
    session_id integer,
    hostname text,
    cwd text,
    duration_ms integer,
    exit_status integer,
    more_info text
) strict;
insert into history(command_line, start_timestamp) values('sshpass -p Synth-Pw-204 ssh db1', 1700000000000);
SQL

# xonsh's history backend sqlite
store xonsh.db 'select inp from xonsh_history' <<'SQL'
CREATE TABLE xonsh_history
    (inp TEXT,
     rtn INTEGER,
     tsb REAL,
     tse REAL,
     sessionid TEXT,
     out TEXT,
     info TEXT
    , frequency INTEGER default 1, cwd TEXT);
insert into xonsh_history values('export API_TOKEN=Synth-Pw-205', 0, 1700000000.5, 1700000001.5, 's', null, null, 1, '/');
SQL

# IPython's HistoryManager
store ipython.db 'select source_raw from history' <<'SQL'
CREATE TABLE sessions (session integer primary key autoincrement, start timestamp, end timestamp, num_cmds integer, remark text);
CREATE TABLE history (session integer, line integer, source text, source_raw text, PRIMARY KEY (session, line));
CREATE TABLE output_history (session integer, line integer, output text, PRIMARY KEY (session, line));
insert into history values(1, 1, 'import psycopg2', 'import psycopg2');
insert into history values(1, 2, 'x', 'conn = psycopg2.connect(host=''db1'', password=''Synth-Pw-206'')');
SQL

# gcloud, core/credentials/creds.py
store gcloud-credentials.db 'select account_id from credentials' <<'SQL'
CREATE TABLE "credentials" (account_id TEXT PRIMARY KEY, value BLOB);
insert into credentials values('dev@example.org', '{
  "client_id": "amivet.apps.googleusercontent.com",
  "client_secret": "synthetic-Client-41",
  "refresh_token": "1//04CSlvh4f1hKzzLHOJTXpAxid8NvJ5akSHWUFgzTg6uFIsTDE814B3E47fp7d",
  "token_uri": "https://oauth2.googleapis.com/token",
  "type": "authorized_user"
}');
insert into credentials values('ci@example.org', '{"type": "external_account", "audience": "x"}');
SQL
store gcloud-tokens.db 'select account_id from access_tokens' <<'SQL'
CREATE TABLE "access_tokens" (account_id TEXT PRIMARY KEY, access_token TEXT, token_expiry TIMESTAMP, rapt_token TEXT, id_token TEXT);
insert into access_tokens values('dev@example.org', 'ya29.a0AWY7CknSynthetic5tq3VbN8Xo2Lr6Pd1Kf4Jh7Gs9', '2023-11-14 22:13:20', null, null);
SQL

# Chrome: Login Data, History and Cookies; values of the form, not of the encryption
store chrome-logins.db 'select count(*) from logins' <<'SQL'
CREATE TABLE logins (origin_url VARCHAR NOT NULL, action_url VARCHAR, username_element VARCHAR, username_value VARCHAR, password_element VARCHAR, password_value BLOB, submit_element VARCHAR, signon_realm VARCHAR NOT NULL, date_created INTEGER NOT NULL, blacklisted_by_user INTEGER NOT NULL, id INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (origin_url, username_element, username_value, password_element, signon_realm));
insert into logins(origin_url, username_value, password_value, signon_realm, date_created, blacklisted_by_user)
  values('https://git.internal/', 'al', x'763130000102030405060708090a0b0c0d0e0f', 'https://git.internal/', 0, 0),
        ('https://ci.internal/', 'al', x'763131000102030405060708090a0b0c0d0e0f', 'https://ci.internal/', 0, 0),
        ('https://never.internal/', '', x'', 'https://never.internal/', 0, 1);
SQL
store chrome-history.db 'select count(*) from urls' <<'SQL'
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR,title LONGVARCHAR,visit_count INTEGER DEFAULT 0 NOT NULL,typed_count INTEGER DEFAULT 0 NOT NULL,last_visit_time INTEGER NOT NULL,hidden INTEGER DEFAULT 0 NOT NULL);
insert into urls(url, last_visit_time) values('https://wiki.internal/', 0), ('https://git.internal/', 0);
SQL
store chrome-cookies.db 'select count(*) from cookies' <<'SQL'
CREATE TABLE cookies(creation_utc INTEGER NOT NULL,host_key TEXT NOT NULL,top_frame_site_key TEXT NOT NULL,name TEXT NOT NULL,value TEXT NOT NULL,encrypted_value BLOB NOT NULL,path TEXT NOT NULL,expires_utc INTEGER NOT NULL);
insert into cookies values(0, '.git.internal', '', 'session', '', x'763131000102030405060708090a0b0c0d0e0f', '/', 0);
SQL
store firefox-cookies.db 'select count(*) from moz_cookies' <<'SQL'
CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '', name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, CONSTRAINT moz_uniqueid UNIQUE (name, host, path, originAttributes));
insert into moz_cookies(name, value, host) values('session', 'synthetic-cookie-1', '.git.internal'), ('lang', 'en', '.git.internal');
SQL
store firefox-places.db 'select count(*) from moz_places' <<'SQL'
CREATE TABLE moz_places (   id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0);
insert into moz_places(url) values('https://wiki.internal/');
SQL
store chrome-empty.db 'select count(*) from logins' <<'SQL'
CREATE TABLE logins (origin_url VARCHAR NOT NULL, password_value BLOB);
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR);
SQL

# another program's
store other.db 'select body from notes' <<'SQL'
create table notes(id integer primary key, body text);
insert into notes(body) values('curl -u deploy:Synth-Pw-207 https://repo.internal/x.tgz');
SQL
ls -l "$out"
