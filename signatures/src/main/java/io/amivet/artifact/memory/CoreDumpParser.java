package io.amivet.artifact.memory;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Core dumps: ELF files of type {@code ET_CORE} (elf(5)). The process is that of the note {@code
 * NT_PRPSINFO}, {@code struct elf_prpsinfo} of {@code linux/elfcore.h}. Its command line may hold a
 * password, so only its name is shown in the clear. Kind {@code core-dump}.
 */
final class CoreDumpParser implements ArtifactParser {
  private static final int NAME_BYTES = 16;
  private static final int ARGUMENTS_BYTES = 80;

  @Override
  public String name() {
    return "core-dump";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    return ElfCore.of(file.bytes()).map(CoreDumpParser::fact).stream().toList();
  }

  private static Artifact fact(ElfCore core) {
    Optional<byte[]> info = core.processInfo();
    String process = info.map(bytes -> text(bytes, nameAt(bytes), NAME_BYTES)).orElse("");
    String arguments =
        info.map(bytes -> text(bytes, nameAt(bytes) + NAME_BYTES, ARGUMENTS_BYTES)).orElse("");
    Evidence evidence = Evidence.of("core dump" + (process.isEmpty() ? "" : " of " + process));
    if (!arguments.isEmpty()) {
      evidence = evidence.plus(", command line ").plus(Secret.ofLatin1(arguments));
    }
    return new Artifact(
        "core-dump", 0, 0, evidence, Fields.of("process", process).map(), List.of());
  }

  /**
   * What stands in front of the names differs between machines only in the width of its numbers.
   */
  private static int nameAt(byte[] info) {
    return info.length - NAME_BYTES - ARGUMENTS_BYTES;
  }

  private static String text(byte[] bytes, int from, int length) {
    String all = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    int end = all.indexOf('\0');
    return (end < 0 ? all : all.substring(0, end)).strip();
  }
}
