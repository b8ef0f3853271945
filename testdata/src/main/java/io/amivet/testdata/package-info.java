/** Test images with what is in them, and a stand-in for EC2 and the EBS direct APIs. */
@NullMarked
package io.amivet.testdata;

import org.jspecify.annotations.NullMarked;
