package io.amivet.match;

import io.amivet.artifact.Artifact;
import io.amivet.rule.Rule;

/** A content rule that fired, with what it found (kind {@code token}). */
public record ContentHit(Rule rule, Artifact artifact) {}
