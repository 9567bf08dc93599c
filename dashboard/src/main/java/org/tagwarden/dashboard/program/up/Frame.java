package org.tagwarden.dashboard.program.up;

import java.util.List;

/** A frame around the lines that a person looks for in the terminal. */
public final class Frame {
  private Frame() {}

  /** The lines with a frame. */
  public static String around(List<String> lines) {
    int width = lines.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder framed = new StringBuilder("\n┌" + "─".repeat(width + 2) + "┐\n");
    for (String line : lines)
      framed.append("│ ").append(line).append(" ".repeat(width - line.length())).append(" │\n");
    return framed.append("└").append("─".repeat(width + 2)).append("┘\n").toString();
  }
}
