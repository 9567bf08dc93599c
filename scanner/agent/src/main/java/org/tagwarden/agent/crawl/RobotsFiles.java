package org.tagwarden.agent.crawl;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The robots.txt of each host that a crawl comes to, fetched once. A host without one allows
 * everything; one that cannot say, because its server is in trouble, allows nothing.
 */
public final class RobotsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RobotsFiles.class);

  /** The name that a site's owner writes after User-agent. */
  private static final String NAME = "tagwarden";

  private final SitemapReader.Fetcher fetcher;
  private final Map<String, Robots> byHost = new ConcurrentHashMap<>();

  public RobotsFiles(SitemapReader.Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  /** Whether a crawl may go to this address. */
  public boolean allow(String url) {
    return of(url).allow(url);
  }

  /** The pause between visits, in milliseconds, that the host asks for; 0 for none. */
  public long delayMs(String url) {
    return (long) (of(url).delaySeconds() * 1_000);
  }

  private Robots of(String url) {
    String file = URI.create(url).resolve("/robots.txt").toString();
    return byHost.computeIfAbsent(file, this::fetch);
  }

  private Robots fetch(String file) {
    try {
      return Robots.read(new String(fetcher.fetch(file), StandardCharsets.UTF_8), NAME);
    } catch (SitemapReader.MissingFileException e) {
      return Robots.OPEN;
    } catch (IOException e) {
      LOG.warn("{} cannot be read ({}); nothing there is crawled", file, e.getMessage());
      return Robots.CLOSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Robots.CLOSED;
    }
  }
}
