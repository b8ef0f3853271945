package io.amivet.artifact.history;

import java.util.List;
import java.util.regex.Pattern;

/** Which program wrote a history, known by the name of the file. */
enum HistoryFormat {
  BASH("bash", Dialect.SHELL, "\\.bash_history.*|.*/\\.bash_sessions/.*"),
  SH("sh", Dialect.SHELL, "\\.(?:sh|ash|dash)_history"),
  ZSH("zsh", Dialect.SHELL, "\\.zsh_history.*|\\.zhistory|\\.histfile|.*/\\.zsh_sessions/.*"),
  KSH("ksh", Dialect.SHELL, "\\.(?:ksh|mksh)_history"),
  CSH("csh", Dialect.SHELL, "\\.t?csh_history|\\.history"),
  FISH("fish", Dialect.SHELL, "fish_history"),
  POWERSHELL("powershell", Dialect.CODE, ".*/PSReadLine/[^/]*_history\\.txt"),
  OTHER_SHELL("other shell", Dialect.SHELL, ".*/(?:nushell|xonsh|elvish|atuin|mcfly|\\.histdb)/.*"),
  MYSQL("mysql", Dialect.SQL, "\\.(?:mysql|mariadb)_history"),
  PSQL("psql", Dialect.SQL, "\\.psql_history.*"),
  SQL(
      "sql",
      Dialect.SQL,
      "\\.(?:sqlite|usql)_history|\\.mycli-history|.*/\\.config/(?:pgcli|litecli)/history"
          + "|.*/\\.(?:beeline|snowsql)/history|.*/\\.cassandra/cqlsh_history|\\.hivehistory"
          + "|\\.impalahistory|\\.influx_history|\\.clickhouse-client-history"
          + "|\\.sqlplus_history|\\.sqlcmd.*"),
  REDIS("redis", Dialect.REDIS, "\\.(?:rediscli|valkeycli)_history"),
  MONGO("mongo", Dialect.CODE, "\\.dbshell|\\.mongorc\\.js|.*/\\.mongodb/.*"),
  PYTHON("python", Dialect.CODE, "\\.python_history|.*/\\.ipython/.*"),
  NODE("node", Dialect.CODE, "\\.(?:node_repl|ts_node_repl|deno|bun_repl)_history"),
  INTERPRETER(
      "interpreter",
      Dialect.CODE,
      "\\.(?:irb|pry|php|scala|lua)_history|\\.Rhistory|\\.perldb.*|.*/repl_history\\.jl"),
  VIM("vim", Dialect.SHELL, "\\.viminfo|_viminfo"),
  LESS("less", Dialect.SHELL, "\\.lesshst|lesshst"),
  EDITOR(
      "editor",
      Dialect.SHELL,
      ".*/\\.vim/.*|.*/nvim/.*|.*/\\.emacs\\.d/.*|\\.nano_history|.*/(?:nano|mc)/[^/]*history[^/]*"),
  UNKNOWN("unknown", Dialect.SHELL, "");

  /** What the commands are written in, and so how secrets look in them. */
  enum Dialect {
    SHELL,
    SQL,
    REDIS,
    CODE
  }

  private static final List<HistoryFormat> ALL = List.of(values());

  private final String label;
  private final Dialect dialect;
  private final Pattern place;

  /**
   * @param place of the file: its name, or its path where the pattern starts with a wildcard
   */
  HistoryFormat(String label, Dialect dialect, String place) {
    this.label = label;
    this.dialect = dialect;
    this.place = Pattern.compile(place);
  }

  String label() {
    return label;
  }

  Dialect dialect() {
    return dialect;
  }

  static HistoryFormat ofPath(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (HistoryFormat format : ALL) {
      if (format.place.matcher(name).matches() || format.place.matcher(path).matches()) {
        return format;
      }
    }
    return UNKNOWN;
  }
}
