package io.amivet.artifact.startup;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Commands that no distribution starts by itself, and that backdoors do. */
enum SuspiciousCommand {
  DOWNLOAD_PIPED(
      "download piped to an interpreter",
      "\\b(?:curl|wget|fetch|lwp-request)\\b[^|\\n]{0,1024}\\|\\s{0,8}(?:sudo\\s{1,8})?(?:/\\S{0,64}/)?"
          + "(?:ba|da|z|k|a)?sh\\b|\\b(?:curl|wget)\\b[^|\\n]{0,1024}\\|\\s{0,8}(?:python|perl|ruby|php)"),
  DECODED(
      "decoded text piped to an interpreter",
      "(?:base64\\s{1,8}(?:-d|-D|--decode)|xxd\\s{1,8}-r|openssl\\s{1,8}(?:enc|base64)\\b[^|\\n]{0,256}-d)"
          + "[^|\\n]{0,512}(?:\\|[^|\\n]{0,256}){0,3}\\|\\s{0,8}(?:sudo\\s{1,8})?(?:/\\S{0,64}/)?"
          + "(?:(?:ba|da|z|k|a)?sh|python|perl)\\b"),
  SHELL_SOCKET("network connection of the shell", "/dev/(?:tcp|udp)/[\\w.$\\[{-]"),
  REVERSE_SHELL(
      "reverse shell",
      "\\b(?:nc|ncat|netcat)\\b[^|;\\n]{0,256}\\s-(?:[a-z]{0,6}e|c)\\s{0,8}(?:/bin/|/usr/bin/)?\\S{0,4}sh\\b"
          + "|\\bsocat\\b[^;\\n]{0,512}EXEC:|\\bsh\\s{1,8}-i\\s{0,8}[<>&]{1,2}"),
  TEMPORARY_FOLDER(
      "program in a temporary folder",
      "(?:^|[=;&|`(]|\\bexec\\s|\\bsh\\s|\\bnohup\\s)\\s{0,8}[-@:+!|]{0,3}/(?:tmp|var/tmp|dev/shm)/[\\w.-]{1,255}"
          + "(?:/[\\w.-]{1,255}){0,8}(?:\\s|$|;|&)"),
  TUNNEL(
      "tunnel or paste site",
      "(?i)\\b(?:[\\w-]{1,63}\\.){0,3}(?:ngrok\\.io|ngrok-free\\.app|trycloudflare\\.com|serveo\\.net"
          + "|pastebin\\.com|paste\\.ee|transfer\\.sh|[a-z2-7]{16,56}\\.onion)\\b"),
  WRITES_ACCESS(
      "writes who may log in",
      ">{1,2}\\s{0,8}[\"']?(?:/\\S{0,128}|~\\S{0,64}|\\$\\w{1,32}\\S{0,64})?/?(?:authorized_keys\\b|etc/ld\\.so\\.preload\\b"
          + "|etc/sudoers(?:\\.d/\\S{0,64})?\\b)"),
  SETS_SETUID(
      "sets the setuid bit",
      "\\bchmod\\s{1,8}(?:-\\w{1,4}\\s{1,8})?(?:u?\\+s|[4-7][0-7]{3})\\s{1,8}\\S{0,128}(?:/(?:ba|da|z|k|c|tc|a|fi)?sh|/tmp/\\S{0,64})(?=[\\s;&|\"']|$)"),
  MINER(
      "kills or starts a miner",
      "(?i)\\b(?:xmrig|kinsing|kdevtmpfsi|minerd|cryptonight|stratum\\+tcp://)");

  private static final List<SuspiciousCommand> ALL = List.of(values());
  private static final int MAX_CHARS = 4096;

  private final String reason;
  private final Pattern pattern;

  SuspiciousCommand(String reason, String regex) {
    this.reason = reason;
    this.pattern = Pattern.compile(regex);
  }

  String reason() {
    return reason;
  }

  /** The first of these that {@code line}, not a comment, is; of a very long one its beginning. */
  static Optional<SuspiciousCommand> in(String line) {
    String text = line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS);
    return ALL.stream().filter(one -> one.pattern.matcher(text).find()).findFirst();
  }
}
