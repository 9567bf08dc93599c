/**
 * Policy as code: a client's authorizations as a YAML or CSV file, compared with what holds and
 * taken over.
 */
@NullMarked
package org.tagwarden.collector.governance.policy;

import org.jspecify.annotations.NullMarked;
