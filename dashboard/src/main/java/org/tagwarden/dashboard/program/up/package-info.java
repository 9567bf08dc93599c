/**
 * What runs on this machine after {@code serve} or {@code up}: the server in this JVM, PostgreSQL
 * and the other programs as processes beside it; how they start in order and end in reverse.
 */
@NullMarked
package org.tagwarden.dashboard.program.up;

import org.jspecify.annotations.NullMarked;
