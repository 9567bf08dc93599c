package org.tagwarden.agent;

import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tagwarden.agent.crawl.Frontier;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.Journey;
import org.tagwarden.report.VisitOptions;

/**
 * One scan under way: its pages and journeys, one after the other on each of the threads that call.
 */
final class ScanRun {
  /** What visits are made with; shared by all scans. */
  record Means(PageVisitor visitor, JourneyVisitor traveller, Slots slots, Clock clock) {}

  /** A journey of a visitor who makes this choice. */
  private record Trip(Journey journey, ConsentState choice) {}

  private final ScanOrder order;
  private final VisitOptions options;
  private final ScanListener listener;
  private final Means means;
  private final Pace pace;
  private final Places places;
  private final Queue<Trip> trips = new ConcurrentLinkedQueue<>();
  private volatile SignIn signIn = SignIn.NONE;

  ScanRun(ScanOrder order, ScanListener listener, Means means) {
    this.order = order;
    this.options = order.options();
    this.listener = listener;
    this.means = means;
    this.pace = new Pace(options.delayMs());
    this.places = new Places(options.concurrency(), means.slots());
    for (Journey journey : order.journeys())
      for (ConsentState choice : options.consents()) trips.add(new Trip(journey, choice));
  }

  /** The sign-in, if there is one: before any choice, so that each visit can make its own. */
  void signIn() throws InterruptedException {
    Journey journey = order.signIn();
    if (journey == null) return;
    VisitOptions stranger = options.withConsents(List.of(ConsentState.NONE));
    signIn = SignIn.of(take(journey, stranger));
  }

  /** Visits pages until there are no more, with the pause that the site asks for. */
  void visit(Frontier pages, long siteDelayMs) throws InterruptedException {
    pace.atLeast(siteDelayMs);
    for (String url = pages.next(); url != null; url = pages.next()) {
      List<String> links = List.of();
      try {
        links = visitOnceForEachChoice(url);
      } finally {
        if (pages.visited(url, links)) listener.pagesFound(pages.pages());
      }
    }
  }

  /** Several choices are several visits, each of a stranger; returns what the page links to. */
  private List<String> visitOnceForEachChoice(String url) throws InterruptedException {
    Set<String> links = new LinkedHashSet<>();
    for (ConsentState choice : options.consents()) {
      VisitOptions one = options.withConsents(List.of(choice));
      VisitAssembly.Visited visited =
          signIn.failed() ? signIn.instead(url, one, means.clock().instant()) : visit(url, one);
      links.addAll(visited.links());
      listener.visited(visited.result());
    }
    return List.copyOf(links);
  }

  /** The next visit begins when this one's page is left: its last beacons need no place. */
  private VisitAssembly.Visited visit(String url, VisitOptions one) throws InterruptedException {
    try (Places.Place place = places.take()) {
      pace.await();
      listener.visitStarted(url);
      return means.visitor().visit(url, one, signIn.state(), place::close);
    }
  }

  /** Takes journeys until there are no more, each once for each choice. */
  void travel() throws InterruptedException {
    for (Trip trip = trips.poll(); trip != null; trip = trips.poll()) {
      VisitOptions one = options.withConsents(List.of(trip.choice()));
      if (signIn.failed())
        listener.visited(signIn.instead(trip.journey(), one, means.clock().instant()));
      else take(trip.journey(), one);
    }
  }

  private JourneyVisitor.Taken take(Journey journey, VisitOptions one) throws InterruptedException {
    try (Places.Place place = places.take()) {
      pace.await();
      listener.visitStarted(journey.name());
      JourneyVisitor.Taken taken =
          means.traveller().take(journey, one, signIn.state(), listener::stepTaken);
      taken.results().forEach(listener::visited);
      return taken;
    }
  }

  /** No further journey is begun. */
  void cancel() {
    trips.clear();
  }
}
