/**
 * A stand-in for EC2 and the EBS direct APIs that serves disk images from local files over HTTP on
 * the loopback interface, and fails on demand in the ways the real services do.
 *
 * <p>It follows the service models {@code ec2/2016-11-15} (query protocol, XML) and {@code
 * ebs/2019-11-02} (REST, JSON), so that an unmodified AWS SDK or command line talks to it.
 */
@NullMarked
package io.amivet.testdata.aws;

import org.jspecify.annotations.NullMarked;
