package org.tagwarden.dashboard.pages.door;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AccountLinks;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.SiteMap;

/** A forgotten password: the same answer for every address, whether it is somebody's or not. */
public final class ForgotPage implements Page {
  private final AccountLinks links;

  public ForgotPage(Collector collector) {
    this.links = collector.access().accountLinks();
  }

  @Override
  public void mount(SiteMap map) {
    map.open(HttpMethod.GET, "/forgot", request -> Future.succeededFuture(form(false)));
    map.open(HttpMethod.POST, "/forgot", this::ask);
  }

  private Reply form(boolean asked) {
    return Reply.page("door/forgot", new ForgotView(links.byMail(), asked, ""));
  }

  private Future<Reply> ask(Request request) {
    return Attempt.of(() -> links.forgot(request.text("email"), request.remoteAddress()))
        .map(done -> form(true))
        .recover(
            failure ->
                failure instanceof Refusal refusal
                    ? Future.succeededFuture(
                        Reply.again(
                            "door/forgot",
                            new ForgotView(links.byMail(), false, refusal.sentence())))
                    : Future.failedFuture(failure));
  }
}
