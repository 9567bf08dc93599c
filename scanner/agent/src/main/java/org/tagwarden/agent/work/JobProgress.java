package org.tagwarden.agent.work;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.ScanJob;

/** Counts a job's visits and tells after each how far it is. Thread-safe. */
final class JobProgress implements ScanListener {
  private final Consumer<Progress> told;
  private final int choices;
  private final int journeys;
  private final Set<String> journeysDone = new HashSet<>();
  private int pages;
  private int pagesDone;
  private @Nullable String page;

  JobProgress(ScanJob job, Consumer<Progress> told) {
    this.told = told;
    this.choices = job.options().consents().size();
    this.journeys = job.journeys().size() * choices + (job.signIn() == null ? 0 : 1);
  }

  @Override
  public void pagesFound(List<String> urls) {
    tell(() -> pages = urls.size() * choices);
  }

  @Override
  public void visitStarted(String url) {
    synchronized (this) {
      page = url;
    }
  }

  /** A journey's pages are handed over together: they count as one. */
  @Override
  public void visited(VisitResult result) {
    tell(
        () -> {
          JourneyRun journey = result.visit().journey();
          if (journey == null) pagesDone++;
          else journeysDone.add(journey.name() + '/' + result.visit().consent());
        });
  }

  private void tell(Runnable change) {
    Progress now;
    synchronized (this) {
      change.run();
      now = new Progress(pages + journeys, pagesDone + journeysDone.size(), page);
    }
    told.accept(now);
  }
}
