package io.amivet.ami.change;

/** Who may launch an image, or create volumes from a snapshot. */
public record Grantee(Kind kind, String id) implements Comparable<Grantee> {
  /** Everybody: what makes an image or snapshot public. */
  public static final Grantee EVERYBODY = new Grantee(Kind.GROUP, "all");

  /** What an id names. */
  public enum Kind {
    GROUP("group"),
    ACCOUNT("account"),
    ORGANIZATION("organization"),
    UNIT("organizational unit");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** An AWS account by its twelve digits. */
  public static Grantee account(String id) {
    return new Grantee(Kind.ACCOUNT, id);
  }

  @Override
  public int compareTo(Grantee other) {
    int byKind = kind.compareTo(other.kind);
    return byKind == 0 ? id.compareTo(other.id) : byKind;
  }

  @Override
  public String toString() {
    return equals(EVERYBODY) ? "everybody" : kind.label + " " + id;
  }
}
