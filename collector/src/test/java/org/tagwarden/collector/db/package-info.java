/** Test support: a real PostgreSQL, and tests of the database layer. */
@NullMarked
package org.tagwarden.collector.db;

import org.jspecify.annotations.NullMarked;
