/**
 * How reports reach the server: each is on disk before anything else happens to it ({@link
 * org.tagwarden.agent.delivery.Spool}), and leaves the disk when the server has answered ({@link
 * org.tagwarden.agent.delivery.Delivery}). The server's HTTP calls are in {@link
 * org.tagwarden.agent.delivery.ServerConnection}.
 */
@NullMarked
package org.tagwarden.agent.delivery;

import org.jspecify.annotations.NullMarked;
