package io.amivet.scan.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.scan.layer.BoltFile.Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The databases that containerd 1.6 left in the image of {@code make-layers.sh}. */
class BoltFileTest {

  private static byte[] file(String name) throws IOException {
    try (InputStream in = BoltFileTest.class.getResourceAsStream(name + ".gz")) {
      assertThat(in).isNotNull();
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  private static Bucket root(String name) throws IOException {
    return BoltFile.open(file(name)).orElseThrow().root();
  }

  @Test
  void readsBucketsInBucketsAndTheirValues() throws IOException {
    Bucket snapshots = root("metadata.db").bucket("v1", "snapshots");

    assertThat(snapshots.bucketNames()).hasSize(4).allMatch(key -> key.startsWith("default/"));
    assertThat(snapshots.bucketNames().stream().map(key -> snapshots.bucket(key).number("id")))
        .containsExactly(1L, 2L, 3L, 4L);
    List<String> keys = List.copyOf(snapshots.bucketNames());
    assertThat(snapshots.bucket(keys.get(0)).text("parent")).isEmpty();
    assertThat(snapshots.bucket(keys.get(1)).text("parent")).isEqualTo(keys.get(0));
    assertThat(root("meta.db").bucket("v1", "default", "images").bucketNames())
        .containsExactly("amivet/app:2");
  }

  @Test
  void whatIsNotThereIsEmpty() throws IOException {
    Bucket none = root("metadata.db").bucket("v2", "snapshots");

    assertThat(none.bucketNames()).isEmpty();
    assertThat(none.keys()).isEmpty();
    assertThat(none.text("id")).isEmpty();
    assertThat(none.number("id")).isEqualTo(-1);
    assertThat(BoltFile.open(new byte[0])).isEmpty();
    assertThat(BoltFile.open(new byte[1 << 16])).isEmpty();
  }

  @Test
  void aDamagedMetaPageLeavesTheOther() throws IOException {
    for (int page : new int[] {0, 4096}) {
      byte[] bytes = file("metadata.db");
      bytes[page + 30] ^= 1;

      assertThat(BoltFile.open(bytes)).isPresent();
    }
  }

  @Test
  void damagedPagesEnd() throws IOException {
    byte[] whole = file("meta.db");
    Random random = new Random(20261126);
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = whole.clone();
      for (int k = random.nextInt(40); k >= 0; k--) {
        // Not the meta pages, which have a checksum.
        bytes[8192 + random.nextInt(bytes.length - 8192)] = (byte) random.nextInt(256);
      }
      int length = bytes.length - (i % 3 == 0 ? random.nextInt(bytes.length / 2) : 0);
      Optional<BoltFile> file = BoltFile.open(java.util.Arrays.copyOf(bytes, length));
      assertThat(file.map(one -> visit(one.root(), 0)).orElse(0)).isLessThan(100_000);
    }
  }

  private static int visit(Bucket bucket, int depth) {
    int count = bucket.keys().size();
    bucket.keys().forEach(bucket::text);
    if (depth < 6) {
      for (String name : bucket.bucketNames()) {
        count += 1 + visit(bucket.bucket(name), depth + 1);
      }
    }
    return count;
  }
}
