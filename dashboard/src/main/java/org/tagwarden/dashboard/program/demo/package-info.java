/**
 * The demo: three made-up clients whose sites stand in the playground, with schedules and decisions
 * as an agency would have them.
 */
@NullMarked
package org.tagwarden.dashboard.program.demo;

import org.jspecify.annotations.NullMarked;
