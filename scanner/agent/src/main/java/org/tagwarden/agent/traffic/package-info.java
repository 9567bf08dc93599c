/**
 * The proxy that keeps the record: one port per visit, every exchange that went over the wire, with
 * sizes, timings, headers and TLS facts. The only package that imports LittleProxy and Netty. It
 * streams: nothing but the bodies of scripts is kept, and those up to a limit.
 */
@NullMarked
package org.tagwarden.agent.traffic;

import org.jspecify.annotations.NullMarked;
