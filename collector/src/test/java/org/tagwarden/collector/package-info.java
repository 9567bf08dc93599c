/** Test support and tests of the wiring. */
@NullMarked
package org.tagwarden.collector;

import org.jspecify.annotations.NullMarked;
