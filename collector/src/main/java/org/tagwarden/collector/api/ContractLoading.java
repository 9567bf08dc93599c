package org.tagwarden.collector.api;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * Reads api.yaml on a worker thread: checking it against OpenAPI's own schema takes a second or two
 * of CPU on a small machine, too much for an event loop. A verticle, since Vert.x resolves the
 * contract on the context that asks for it.
 */
final class ContractLoading extends VerticleBase {
  private @Nullable ApiContract loaded;

  static Future<ApiContract> onWorker(Vertx vertx) {
    ContractLoading loading = new ContractLoading();
    DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    return vertx
        .deployVerticle(loading, worker)
        .compose(vertx::undeploy)
        .map(done -> java.util.Objects.requireNonNull(loading.loaded));
  }

  @Override
  public Future<?> start() {
    return ApiContract.load(vertx).onSuccess(contract -> loaded = contract);
  }
}
