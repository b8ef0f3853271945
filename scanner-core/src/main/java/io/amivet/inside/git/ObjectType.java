package io.amivet.inside.git;

import java.util.Optional;

/** The four kinds of objects, with the number that packs give them. */
enum ObjectType {
  COMMIT(1),
  TREE(2),
  BLOB(3),
  TAG(4);

  private final int number;

  ObjectType(int number) {
    this.number = number;
  }

  /** 1 to 4. */
  int number() {
    return number;
  }

  static Optional<ObjectType> ofNumber(int number) {
    for (ObjectType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  static Optional<ObjectType> ofLabel(String label) {
    for (ObjectType type : values()) {
      if (type.label().equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The name that stands in the header of an object. */
  String label() {
    return switch (this) {
      case COMMIT -> "commit";
      case TREE -> "tree";
      case BLOB -> "blob";
      case TAG -> "tag";
    };
  }
}
