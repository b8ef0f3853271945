package io.amivet.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeWalkTest {
  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final AnomalyLog anomalies = new AnomalyLog();

  private static List<String> paths(FileTree tree) {
    return tree.entries().stream().map(e -> e.path().toString()).toList();
  }

  @Test
  void walksLevelByLevelInTheOrderOfTheInodes() throws IOException {
    long etc = fs.directory(fs.root(), "etc");
    long late = fs.file(etc, "passwd");
    long home = fs.directory(fs.root(), "home");
    fs.file(home, "x");
    fs.link(home, "hard", late);

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(paths(tree))
        .containsExactly("/", "/etc", "/home", "/etc/passwd", "/home/hard", "/home/x");
    assertThat(tree.complete()).isTrue();
    assertThat(tree.unreadable()).isEmpty();
    assertThat(anomalies.isEmpty()).isTrue();
  }

  @Test
  void entersADirectoryOnlyOnceHoweverOftenItIsNamed() throws IOException {
    long a = fs.directory(fs.root(), "a");
    fs.link(a, "again", a);
    fs.link(a, "up", fs.root());
    fs.file(a, "f");

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(paths(tree)).containsExactly("/", "/a", "/a/f");
    assertThat(tree.complete()).isFalse();
    assertThat(tree.unreadable())
        .containsExactlyInAnyOrder(FsPath.of("/a/again"), FsPath.of("/a/up"));
    assertThat(anomalies.count(FileTreeFault.DIRECTORY_CYCLE.code())).isEqualTo(2);
  }

  @Test
  void aSmallVolumeDoesNotHoldMillionsOfNames() throws IOException {
    long file = fs.file(fs.root(), "f");
    for (int i = 0; i < 1100; i++) {
      long directory = fs.directory(fs.root(), "d" + i);
      for (int j = 0; j < 1000; j++) {
        fs.link(directory, "n" + j, file);
      }
    }

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(tree.complete()).isFalse();
    assertThat(tree.entries()).hasSize(1 << 20);
    assertThat(anomalies.count(FileTreeFault.TOO_MANY_ENTRIES.code())).isPositive();
  }

  @Test
  void losesWhatTheSourceDoesNotDeliverAndNothingElse() throws IOException {
    fs.failToDeliver(fs.file(fs.root(), "lost"));
    fs.file(fs.root(), "good");

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(paths(tree)).containsExactly("/", "/good");
    assertThat(tree.unreadable()).containsExactly(FsPath.of("/lost"));
    assertThat(tree.complete()).isFalse();
    assertThat(anomalies.count(FileTreeFault.CHILD_UNREADABLE.code())).isEqualTo(1);
  }

  @Test
  void losesADamagedChildAndNothingElse() throws IOException {
    fs.damage(fs.file(fs.root(), "bad"));
    fs.file(fs.root(), "good");
    fs.link(fs.root(), "nowhere", 4711);

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(paths(tree)).containsExactly("/", "/good");
    assertThat(tree.unreadable()).containsExactly(FsPath.of("/bad"), FsPath.of("/nowhere"));
    assertThat(tree.complete()).isFalse();
  }

  @Test
  void keepsADirectoryWhoseNamesAreLost() throws IOException {
    fs.damageNames(fs.directory(fs.root(), "bad"));
    long good = fs.directory(fs.root(), "good");
    fs.file(good, "f");

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(paths(tree)).containsExactly("/", "/bad", "/good", "/good/f");
    assertThat(tree.unreadable()).containsExactly(FsPath.of("/bad"));
    assertThat(tree.complete()).isFalse();
    assertThat(anomalies.toList().getFirst().imageOffset()).isPositive();
  }

  @Test
  void isIncompleteWhereADirectoryLostNames() throws IOException {
    long part = fs.directory(fs.root(), "part");
    fs.file(part, "kept");
    fs.loseNames(part);

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(paths(tree)).containsExactly("/", "/part", "/part/kept");
    assertThat(tree.complete()).isFalse();
    assertThat(tree.unreadable()).containsExactly(FsPath.of("/part"));
    assertThat(anomalies.count(FileTreeFault.DIRECTORY_INCOMPLETE.code())).isEqualTo(1);
  }

  @Test
  void stopsAtTheDepthLimitAndSaysSo() throws IOException {
    long parent = fs.root();
    for (int depth = 0; depth < TreeWalk.MAX_DEPTH + 10; depth++) {
      parent = fs.directory(parent, "d");
    }

    FileTree tree = TreeWalk.walk(fs, anomalies);

    assertThat(tree.entries()).hasSize(TreeWalk.MAX_DEPTH + 2);
    assertThat(tree.complete()).isFalse();
    assertThat(anomalies.count(FileTreeFault.TOO_DEEP.code())).isEqualTo(1);
  }

  @Test
  void failsWithoutARoot() {
    fs.damage(fs.root());
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> TreeWalk.walk(fs, anomalies));
  }

  @Test
  void handsEntriesOnWhileItWalks() throws IOException {
    long wide = fs.directory(fs.root(), "wide");
    for (int i = 0; i < 3000; i++) {
      fs.file(wide, "f" + i);
    }
    FileEntry root = new FileEntry(FsPath.ROOT, fs.inode(fs.rootInodeNumber()));
    List<List<FileEntry>> batches = new ArrayList<>();

    TreeWalk.Outcome outcome = TreeWalk.walk(fs, root, anomalies, batches::add);

    assertThat(outcome.complete()).isTrue();
    assertThat(batches.getFirst()).containsExactly(root);
    assertThat(batches).hasSizeGreaterThan(4).noneMatch(List::isEmpty);
    assertThat(batches.stream().flatMap(List::stream).toList())
        .isEqualTo(TreeWalk.walk(fs, anomalies).entries())
        .hasSize(3002);
  }

  @Test
  void aVisitorThatFailsEndsTheWalk() throws IOException {
    fs.directory(fs.root(), "never");
    FileEntry root = new FileEntry(FsPath.ROOT, fs.inode(fs.rootInodeNumber()));
    List<FileEntry> seen = new ArrayList<>();
    assertThatIOException()
        .isThrownBy(() ->
            TreeWalk.walk(
                fs,
                root,
                anomalies,
                entries -> {
                  seen.addAll(entries);
                  throw new IOException("enough");
                }))
        .withMessage("enough");
    assertThat(seen).containsExactly(root);
  }
}
