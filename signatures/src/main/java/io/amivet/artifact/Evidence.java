package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a finding shows of what it found: plain text with secrets in between. Build it from parts
 * that were understood ({@code "aws_secret_access_key = ", secret}); never paste a raw line of a
 * file, which may hold a second secret that the parser did not see.
 */
public final class Evidence {
  private static final Evidence NONE = new Evidence(List.of());

  private sealed interface Part {
    record Text(String text) implements Part {}

    record Hidden(Secret secret) implements Part {}
  }

  private final List<Part> parts;

  private Evidence(List<Part> parts) {
    this.parts = parts;
  }

  public static Evidence none() {
    return NONE;
  }

  public static Evidence of(String text) {
    return NONE.plus(text);
  }

  public Evidence plus(String text) {
    return with(new Part.Text(text));
  }

  public Evidence plus(Secret secret) {
    return with(new Part.Hidden(secret));
  }

  private Evidence with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Evidence(List.copyOf(more));
  }

  /** With each secret replaced by {@code ***(length)}. */
  public String redacted() {
    return render(false);
  }

  /** With the secrets in the clear: only for {@code --show-secrets}. */
  public String revealed() {
    return render(true);
  }

  /** As the user asked for it. */
  public String text(boolean showSecrets) {
    return render(showSecrets);
  }

  private String render(boolean reveal) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text plain -> text.append(plain.text());
        case Part.Hidden hidden ->
            text.append(
                reveal
                    ? new String(hidden.secret().reveal(), StandardCharsets.UTF_8)
                    : hidden.secret().toString());
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return redacted();
  }
}
