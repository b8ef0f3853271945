package io.amivet.artifact.startup;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stack of PAM (pam.d(5)). Kinds: {@code accepts-anything} for {@code pam_permit} that suffices
 * for authentication before a password was asked for; {@code runs-program} for modules that run one
 * ({@code program}); {@code foreign-module} for a module by a path outside of the usual folders;
 * {@code empty-password} for {@code nullok}.
 */
final class PamParser implements ArtifactParser {
  private static final int MAX_FACTS = 200;

  private static final Pattern LINE =
      Pattern.compile(
          "-?(?<type>auth|account|password|session)\\s{1,64}(?<control>\\[[^\\]]{0,256}\\]|\\w{1,32})"
              + "\\s{1,64}(?<module>\\S{1,256})(?<arguments>.{0,1024})");

  private static final Set<String> PROGRAM_MODULES =
      Set.of("pam_exec.so", "pam_script.so", "pam_python.so");

  private static final Pattern USUAL_FOLDER =
      Pattern.compile("(?:/usr)?/lib(?:32|64)?(?:/[\\w-]{1,64})?/security/[\\w.-]{1,128}");

  private static final Pattern PROGRAM = Pattern.compile("(?:^|\\s)(/[^\\s\\]]{1,255})");

  @Override
  public String name() {
    return "pam";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    boolean asked = false;
    for (TextLines.Line line : TextLines.of(file)) {
      Matcher entry = LINE.matcher(line.text().strip());
      if (!entry.matches() || facts.size() >= MAX_FACTS) {
        continue;
      }
      String module = entry.group("module");
      String name = module.substring(module.lastIndexOf('/') + 1);
      boolean auth = entry.group("type").equals("auth");
      boolean include = Set.of("include", "substack").contains(entry.group("control"));
      if (auth && name.equals("pam_permit.so") && suffices(entry.group("control")) && !asked) {
        facts.add(fact("accepts-anything", name, "", line));
      }
      if (PROGRAM_MODULES.contains(name)) {
        Matcher program = PROGRAM.matcher(entry.group("arguments"));
        facts.add(fact("runs-program", name, program.find() ? program.group(1) : "", line));
      }
      if (module.startsWith("/") && !include && !USUAL_FOLDER.matcher(module).matches()) {
        facts.add(fact("foreign-module", module, "", line));
      }
      boolean nullok = entry.group("arguments").matches(".*\\bnullok\\b.*");
      if (auth && nullok && name.equals("pam_unix.so")) {
        facts.add(fact("empty-password", name, "", line));
      }
      asked |= auth && !name.equals("pam_permit.so");
    }
    return facts;
  }

  private static boolean suffices(String control) {
    return control.equals("sufficient") || control.contains("success=done");
  }

  private static Artifact fact(String kind, String module, String program, TextLines.Line line) {
    return new Artifact(
        kind,
        line.number(),
        line.offset(),
        Evidence.of(program.isEmpty() ? module : module + " runs " + program),
        Fields.of("module", module).and("program", program).map(),
        List.of());
  }
}
