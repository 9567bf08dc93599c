/**
 * The commands of the scanner program and its configuration: {@code capture} for one scan without a
 * server, {@code work} for a server's jobs.
 */
@NullMarked
package org.tagwarden.agent.program;

import org.jspecify.annotations.NullMarked;
