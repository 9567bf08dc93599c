package org.tagwarden.dashboard.program;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that holds the policy, by its API. */
final class PolicyServer extends RemoteServer {
  @Option(
      names = "--client",
      paramLabel = "NAME",
      required = true,
      description = "Whose policy: the client's name.")
  private String client;

  /** The server's answer about the client's policy. */
  JsonObject call(String method, String path, @Nullable JsonObject body) {
    return object(send(method, "/api/v1/clients/" + clientId() + "/policy" + path, body));
  }

  private int clientId() {
    String answer = send("GET", "/api/v1/clients", null);
    JsonArray clients = new JsonArray(answer);
    for (int i = 0; i < clients.size(); i++) {
      JsonObject one = clients.getJsonObject(i);
      if (one.getString("name").equals(client)) return one.getInteger("id");
    }
    throw ProgramFailure.usage("This token sees no client \"" + client + "\".");
  }

  private static JsonObject object(String answer) {
    try {
      return new JsonObject(answer);
    } catch (DecodeException e) {
      throw ProgramFailure.cannot("The server's answer is no JSON: is it a Tagwarden?");
    }
  }

  static boolean isCsv(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).endsWith(".csv");
  }

  /** Prints what changes, a line each. */
  static void print(JsonObject plan, PrintWriter out) {
    JsonArray lines = plan.getJsonArray("lines");
    for (int i = 0; i < lines.size(); i++) {
      JsonObject line = lines.getJsonObject(i);
      String kind = line.getString("kind");
      out.println(sign(kind) + " " + line.getString("subject") + note(kind));
      for (Object difference : line.getJsonArray("differences")) {
        out.println("    " + difference);
      }
    }
    out.println(
        plan.getLong("changes")
            + " to change, "
            + plan.getInteger("unchanged")
            + " as the policy says.");
    out.flush();
  }

  private static String sign(String kind) {
    return switch (kind) {
      case "CREATE" -> "+";
      case "CHANGE" -> "~";
      case "WITHDRAW" -> "-";
      default -> " ";
    };
  }

  private static String note(String kind) {
    return kind.equals("KEEP") ? " is not in the policy and stays; --prune withdraws it" : "";
  }
}
