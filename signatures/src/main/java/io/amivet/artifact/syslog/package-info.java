/** Where logs are sent: configuration of syslog daemons, journald and auditd; and login records. */
@NullMarked
package io.amivet.artifact.syslog;

import org.jspecify.annotations.NullMarked;
