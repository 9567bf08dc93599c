/** The REST API under /api/v1, as api.yaml describes it. */
@NullMarked
package org.tagwarden.collector.api;

import org.jspecify.annotations.NullMarked;
