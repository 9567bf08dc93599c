/**
 * The commands that people type, one class each: parsing and wiring only. What a command does lives
 * in the folder of its name.
 */
@NullMarked
package org.tagwarden.dashboard.program;

import org.jspecify.annotations.NullMarked;
