/**
 * The scanner's own key pair, and the signature by which a site's firewall can tell it from those
 * who only say that they are it (HTTP Message Signatures, RFC 9421, as Web Bot Auth uses them).
 * Knows the JDK only.
 */
@NullMarked
package org.tagwarden.agent.identity;

import org.jspecify.annotations.NullMarked;
