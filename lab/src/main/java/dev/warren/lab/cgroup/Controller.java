package dev.warren.lab.cgroup;

import java.util.ArrayList;
import java.util.List;

/** What the kernel can limit, as cgroups(7) calls it. */
enum Controller {
  MEMORY("memory"),
  CPU("cpu"),
  PIDS("pids");

  private final String title;

  Controller(String title) {
    this.title = title;
  }

  /** Its name in /proc and in files of cgroups. */
  String title() {
    return title;
  }

  static List<String> titles(Iterable<Controller> controllers) {
    List<String> titles = new ArrayList<>();
    controllers.forEach(one -> titles.add(one.title));
    return titles;
  }
}
