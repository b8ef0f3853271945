package io.amivet.source.ebs;

import io.amivet.testdata.aws.AwsEndpoint;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An endpoint with one snapshot on a disk of known bytes, and clients with synthetic keys. */
final class EbsTestBed implements AutoCloseable {
  static final String SNAPSHOT = "snap-0123456789abcdef0";
  static final int BLOCK = EbsSnapshot.BLOCK_BYTES;
  static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "synthetic/key/for/tests/only"));
  static final RetryPolicy IMPATIENT =
      new RetryPolicy(
          8,
          Duration.ofMillis(5),
          Duration.ofMillis(200),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  final AwsEndpoint endpoint = AwsEndpoint.start();
  final Path image;

  /** Blocks 0, 2, 4 … of the image hold data, the others are holes. */
  EbsTestBed(Path folder, int blocks) throws IOException {
    image = writeImage(folder.resolve("disk.img"), blocks);
    endpoint.add(ServedSnapshot.of(SNAPSHOT, image, 1));
  }

  static Path writeImage(Path file, int blocks) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int index = 0; index < blocks; index += 2) {
        channel.write(ByteBuffer.wrap(block(index)), (long) index * BLOCK);
      }
    }
    return file;
  }

  static byte[] block(int index) {
    byte[] bytes = new byte[BLOCK];
    new Random(index).nextBytes(bytes);
    return bytes;
  }

  static AwsOptions options(URI endpoint) {
    return new AwsOptions("eu-west-1", null, endpoint, 5000, 16);
  }

  AwsTargets targets() {
    return targets(endpoint.uri());
  }

  static AwsTargets targets(URI endpoint) {
    return new AwsTargets(options(endpoint), IMPATIENT, CREDENTIALS);
  }

  static byte[] fetch(EbsSnapshot snapshot, long index) throws IOException {
    byte[] target = new byte[BLOCK];
    Arrays.fill(target, (byte) 0x5a);
    snapshot.fetch(index, target);
    return target;
  }

  @Override
  public void close() throws IOException {
    endpoint.close();
  }
}
