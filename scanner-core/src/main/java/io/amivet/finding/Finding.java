package io.amivet.finding;

import io.amivet.artifact.Evidence;
import io.amivet.fs.FsPath;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing found, at one place.
 *
 * @param id keyed fingerprint of rule, path and secret; the same in every run with the same key
 * @param severity for the profile of the scan
 * @param volume index of the volume, from 1
 * @param member name inside the archive at {@code path}, hostile text; empty if the finding is in
 *     the file itself
 * @param offset byte offset in the file, -1 if unknown
 * @param line line in the file, 0 if lines mean nothing
 * @param imageOffset offset on the disk image, -1 if unknown
 * @param evidence redacts itself; reporters print {@code redacted()} unless told otherwise
 * @param fields what identifies without revealing, in the order to show them
 */
public record Finding(
    String id,
    Rule rule,
    Severity severity,
    int volume,
    FsPath path,
    Origin origin,
    String member,
    long inode,
    int mode,
    long uid,
    long gid,
    Instant modified,
    long offset,
    int line,
    long imageOffset,
    Evidence evidence,
    Map<String, String> fields) {
  public Finding {
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The same with one more field, the last to be shown. */
  public Finding withField(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Finding(
        id,
        rule,
        severity,
        volume,
        path,
        origin,
        member,
        inode,
        mode,
        uid,
        gid,
        modified,
        offset,
        line,
        imageOffset,
        evidence,
        more);
  }
}
