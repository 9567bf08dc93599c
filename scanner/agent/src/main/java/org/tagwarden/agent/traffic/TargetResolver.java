package org.tagwarden.agent.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HostResolver;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.report.Failure;

/**
 * Decides, at connect time and after DNS, which address a connection goes to, so that a name that
 * resolves differently the second time gains nothing. An address that the scanner's operator wrote
 * into a mapping counts as allowed, our own ports never.
 */
final class TargetResolver implements HostResolver {
  private final TrafficRules rules;
  private final TrafficLog log;
  private final OwnPorts own;
  private final HostAliases aliases;
  private final @Nullable URI page;

  /**
   * @param page the one that is visited
   */
  TargetResolver(
      TrafficRules rules, TrafficLog log, OwnPorts own, HostAliases aliases, @Nullable URI page) {
    this.rules = rules;
    this.log = log;
    this.own = own;
    this.aliases = aliases;
    this.page = page;
  }

  @Override
  public InetSocketAddress resolve(String host, int port) throws UnknownHostException {
    for (ConnectTo mapping : rules.connectTo()) {
      if (!mapping.matches(host, port) || neverResolves(host, mapping)) continue;
      aliases.ask(host, true);
      boolean named = !mapping.toAddress().equals("*");
      return address(mapping.addressFor(host), host, port, mapping.portFor(port), named);
    }
    aliases.ask(host, false);
    return address(host, host, port, port, false);
  }

  /**
   * Whether a target may be asked of an upstream proxy. Names are looked up there; what this
   * machine knows to be private, or its own, is refused all the same.
   */
  boolean allowsBehindProxy(RequestTarget target) {
    for (ConnectTo mapping : rules.connectTo())
      if (mapping.matches(target.host(), target.port()) && !neverResolves(target.host(), mapping))
        return true;
    try {
      InetAddress.getAllByName(target.host());
    } catch (UnknownHostException e) {
      return true;
    }
    try {
      address(target.host(), target.host(), target.port(), target.port(), false);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Names under .invalid exist nowhere (RFC 6761): a mapping of any host does not mean them. */
  private static boolean neverResolves(String host, ConnectTo mapping) {
    return mapping.host().equals("*") && host.endsWith(".invalid");
  }

  private InetSocketAddress address(
      String name, String askedHost, int askedPort, int port, boolean allowed)
      throws UnknownHostException {
    InetAddress[] found = lookUp(name, askedHost, askedPort);
    for (InetAddress address : found) {
      if (own.own(name, address, port, page)) throw refusedAsOwn(askedHost, askedPort);
      if (allowed || rules.allowPrivate() || !PrivateAddresses.contains(address))
        return new InetSocketAddress(
            InetAddress.getByAddress(askedHost, address.getAddress()), port);
    }
    log.refused(
        askedHost,
        askedPort,
        new Failure(
            Failure.Code.PRIVATE_TARGET,
            askedHost
                + " is at the private address "
                + found[0].getHostAddress()
                + ". Scanners do not connect there unless the site is marked as internal"
                + " (--allow-private)."));
    throw new UnknownHostException(askedHost);
  }

  private UnknownHostException refusedAsOwn(String askedHost, int askedPort) {
    log.refused(
        askedHost,
        askedPort,
        new Failure(
            Failure.Code.PRIVATE_TARGET,
            askedHost
                + " port "
                + askedPort
                + " belongs to Tagwarden itself. Pages never get there, also those of internal"
                + " sites."));
    return new UnknownHostException(askedHost);
  }

  private InetAddress[] lookUp(String name, String askedHost, int askedPort)
      throws UnknownHostException {
    try {
      return InetAddress.getAllByName(name);
    } catch (UnknownHostException e) {
      aliases.lost(askedHost);
      log.refused(
          askedHost,
          askedPort,
          new Failure(
              Failure.Code.DNS,
              "The host name "
                  + name
                  + " does not resolve. Check the spelling, and whether the domain still exists."));
      throw e;
    }
  }
}
