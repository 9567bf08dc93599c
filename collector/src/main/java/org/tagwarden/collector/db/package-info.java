/** The connection pool, the migrations and the embedded PostgreSQL. */
@NullMarked
package org.tagwarden.collector.db;

import org.jspecify.annotations.NullMarked;
