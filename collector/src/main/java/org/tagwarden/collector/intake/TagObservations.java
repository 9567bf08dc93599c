package org.tagwarden.collector.intake;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.rules.Activity;
import org.tagwarden.collector.governance.rules.AsSeen;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.collector.vendors.Tag;

/** What tags do, read out of the newest stored visit of every page, in every consent state. */
public final class TagObservations {
  /** Reading one costs milliseconds; states of pages beyond these say little more. */
  private static final int MOST_VISITS = 60;

  private final Database database;
  private final RecognisedVisits visits;

  public TagObservations(Database database, RecognisedVisits visits) {
    this.database = database;
    this.visits = visits;
  }

  /** What the tag was seen to do where pages carry it now. */
  public Future<TagObservation> of(int siteId, SiteScope scope, int tagId, String tagKey) {
    return database
        .pool()
        .preparedQuery(IntakeQueries.VISITS_WITH_TAG)
        .execute(Tuple.of(siteId, tagId, MOST_VISITS))
        .compose(
            rows -> {
              Gathered gathered = new Gathered(tagKey);
              Future<Void> done = Future.succeededFuture();
              int pages = 0;
              for (Row row : rows) {
                UUID visit = row.getUUID("visit_id");
                pages = row.getInteger("pages");
                done =
                    done.compose(before -> visits.find(siteId, visit, scope))
                        .map(
                            found -> {
                              found.ifPresent(gathered::add);
                              return null;
                            });
              }
              int visitedPages = pages;
              return done.map(all -> gathered.observation(visitedPages));
            });
  }

  private static final class Gathered {
    private final String tagKey;
    private final List<Activity> activities = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();

    Gathered(String tagKey) {
      this.tagKey = tagKey;
    }

    void add(RecognisedVisit found) {
      for (Tag tag : found.recognition().tags()) {
        if (!tag.key().equals(tagKey)) continue;
        activities.add(Activity.of(found.visit(), found.recognition(), tag));
        times.add(found.visit().startedAt());
      }
    }

    TagObservation observation(int visitedPages) {
      if (activities.isEmpty()) return new TagObservation(0, null, null, Envelope.OPEN);
      return new TagObservation(
          activities.size(),
          times.stream().min(Instant::compareTo).get(),
          times.stream().max(Instant::compareTo).get(),
          AsSeen.of(activities, visitedPages));
    }
  }
}
