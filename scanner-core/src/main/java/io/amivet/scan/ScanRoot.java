package io.amivet.scan;

import io.amivet.artifact.ImageView;
import io.amivet.rule.RuleSet;

/**
 * A mount and what judges it.
 *
 * @param image what is around its files
 * @param rules those that apply to it, with the homes of its system
 */
record ScanRoot(Mount mount, ImageView image, RuleSet rules) {}
