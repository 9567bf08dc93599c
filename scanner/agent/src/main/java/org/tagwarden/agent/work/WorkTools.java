package org.tagwarden.agent.work;

import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.delivery.Delivery;
import org.tagwarden.agent.delivery.ServerConnection;

/**
 * What jobs are done with.
 *
 * @param lighthouse null when this scanner takes no Lighthouse jobs
 */
public record WorkTools(
    PageScan pages, @Nullable Lighthouse lighthouse, Delivery delivery, ServerConnection server) {}
