package dev.warren.lab;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.event.Events;
import dev.warren.lab.plan.Operation;
import dev.warren.lab.service.Supervisor;
import dev.warren.lab.wire.LinkReport;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What makes the hosts of a running lab private, and does to the lab what {@link Lab} is asked. */
interface Backing extends AutoCloseable {
  Isolation isolation();

  LabDescription description();

  Events events();

  long seed();

  Supervisor services();

  DnsService dns();

  /** By name, the root first, then in the order of the description. */
  Map<String, Host> hosts();

  Capture capture(CaptureTarget target, WritableByteChannel out, int snapLength, String file)
      throws IOException;

  boolean isCut(int number);

  void cut(List<Link> links) throws IOException;

  void mend(List<Link> links) throws IOException;

  void setConditions(Host host, int number, LinkConditions conditions) throws IOException;

  LinkReport conditions(int number) throws IOException;

  Map<String, List<Set<String>>> partitions();

  void partition(String network, List<Set<String>> groups) throws IOException;

  void heal(String network) throws IOException;

  void reboot(Host host) throws IOException;

  List<Operation> difference(LabDescription wanted) throws IOException;

  List<Operation> apply(LabDescription wanted) throws IOException;

  /** Makes it another lab; what was done to links and networks that stay is left. */
  void become(LabDescription wanted) throws IOException;

  @Override
  void close();
}
