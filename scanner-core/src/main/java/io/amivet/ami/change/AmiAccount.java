package io.amivet.ami.change;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The account and Region that changes are made in. A resource is an image ({@code ami-…}, whose
 * permission is to launch it) or a snapshot ({@code snap-…}, to create volumes from it). Every
 * failure is an {@link io.amivet.source.AcquisitionException} with a sentence for the user.
 */
public interface AmiAccount extends AutoCloseable {
  String region();

  /** ARN of the identity that makes the changes. */
  String callerArn() throws IOException;

  ImageState image(String imageId) throws IOException;

  Set<Grantee> grantees(String resourceId) throws IOException;

  void grant(String resourceId, Set<Grantee> grantees) throws IOException;

  void revoke(String resourceId, Set<Grantee> grantees) throws IOException;

  Map<String, String> tags(String resourceId) throws IOException;

  /** Sets these tags, and leaves others as they are. */
  void tag(String resourceId, Map<String, String> tags) throws IOException;

  void deprecate(String imageId, Instant time) throws IOException;

  void attachWatermark(String imageId, String name) throws IOException;

  /** A parameter of Systems Manager; empty if there is none of that name. */
  Optional<Parameter> parameter(String name) throws IOException;

  /** Lets a parameter of the data type {@link Parameter#IMAGE} name an image. */
  void putImageParameter(String name, String imageId) throws IOException;

  @Override
  void close();

  /** What a parameter holds. */
  record Parameter(String value, String dataType) {
    /** The data type whose values Systems Manager checks to be images. */
    public static final String IMAGE = "aws:ec2:image";
  }
}
