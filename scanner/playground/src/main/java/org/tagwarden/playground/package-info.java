/**
 * A small internet on loopback to scan: client sites and stand-in tags under real-looking host
 * names, a log of everything that was asked for, and a catcher for the mails the server sends. For
 * the demo, the browser tests and the benchmarks; never part of what is shipped to production. May
 * depend on the JDK, Vert.x, BouncyCastle and GreenMail, on no other module.
 */
@NullMarked
package org.tagwarden.playground;

import org.jspecify.annotations.NullMarked;
