/** Tests of the pages: on a real PostgreSQL, over real HTTP, in a real browser. */
@NullMarked
package org.tagwarden.dashboard;

import org.jspecify.annotations.NullMarked;
