package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.DatabaseFile;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.sqlite.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What browsers keep in SQLite databases. Kinds: {@code saved-passwords}, {@code saved-cookies} and
 * {@code visited-pages}, with their number, and how many are {@code readable} by whoever has the
 * file. Chrome on Linux encrypts with a key that is a constant of its sources where it has no
 * keyring (such values start with {@code v10}, see os_crypt_linux.cc); of others ({@code v11}) the
 * key is in the keyring. Firefox keeps cookies as they are.
 *
 * <p>Shows numbers alone: sites and accounts are not the reader's business.
 */
final class BrowserStoreParser implements ArtifactParser {
  private static final int MAX_ROWS = 1_000_000;
  private static final byte[] IN_KEYRING = "v11".getBytes(StandardCharsets.US_ASCII);

  private static final List<Store> STORES =
      List.of(
          new Store("saved-passwords", "saved passwords", "logins", "password_value", ""),
          new Store("saved-cookies", "cookies", "cookies", "encrypted_value", "value"),
          new Store("saved-cookies", "cookies", "moz_cookies", "value", ""),
          new Store("visited-pages", "pages visited", "urls", "url", ""),
          new Store("visited-pages", "pages visited", "moz_places", "url", ""));

  /**
   * A table of a browser.
   *
   * @param value the column that matters; a row without one is not counted
   * @param plain where the value may stand instead, as it is
   */
  private record Store(String kind, String label, String table, String value, String plain) {
    /** Whether pages are counted, which nobody encrypts. */
    boolean isSecret() {
      return !kind.equals("visited-pages");
    }
  }

  @Override
  public String name() {
    return "browser-store";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    Optional<DatabaseFile> database = DatabaseFile.open(file, image);
    List<Artifact> found = new ArrayList<>();
    if (database.isPresent()) {
      for (Store store : STORES) {
        count(database.get(), store).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Artifact> count(DatabaseFile database, Store store) {
    int[] all = {0};
    int[] readable = {0};
    database.rows(
        store.table,
        List.of(store.value, store.plain),
        values -> {
          boolean encrypted = length(values.get(0)) > 0;
          if (encrypted || length(values.get(1)) > 0) {
            all[0]++;
            readable[0] += encrypted && isInKeyring(values.get(0)) ? 0 : 1;
          }
          return all[0] < MAX_ROWS;
        });
    return all[0] == 0 ? Optional.empty() : Optional.of(artifact(store, all[0], readable[0]));
  }

  private static int length(Value value) {
    return switch (value) {
      case Value.Text text -> text.value().length();
      case Value.Blob blob -> blob.value().length;
      default -> 0;
    };
  }

  private static boolean isInKeyring(Value value) {
    return value instanceof Value.Blob blob
        && blob.value().length > IN_KEYRING.length
        && Arrays.equals(blob.value(), 0, IN_KEYRING.length, IN_KEYRING, 0, IN_KEYRING.length);
  }

  private static Artifact artifact(Store store, int all, int readable) {
    String text = store.label + ": " + all;
    if (store.isSecret()) {
      text += readable > 0 ? ", readable: " + readable : ", encrypted with a key of the keyring";
    }
    return new Artifact(
        store.kind,
        0,
        -1,
        Evidence.of(text),
        Map.of("readable", readable > 0 ? "yes" : "no"),
        List.of());
  }
}
