package dev.warren.lab.description;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts with variables in double braces (Mustache): {@code {{host.fqdn}}}, {@code {{lab.name}}},
 * {@code {{hosts.db.ipv4}}}, {@code {{networks.lan.ipv4}}}.
 *
 * <p>{@code host} is the host that the text is for, {@code hosts.NAME} any host, the root included;
 * each has {@code name}, {@code fqdn}, {@code addresses} (a list), and, where it has one, {@code
 * domain}, {@code ipv4} and {@code ipv6} (its first addresses) and {@code address} (the first of
 * all). {@code lab.hosts} is the list of all hosts. A network has {@code ipv4} and {@code ipv6}.
 */
public final class TemplateText {
  private static final Pattern LINE = Pattern.compile(" on line ([0-9]+)");

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().escapeHTML(false).strictSections(true);

  private TemplateText() {}

  /** A template that cannot be filled in. */
  public static final class BadTemplateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;

    private BadTemplateException(String message, int line, Throwable cause) {
      super(message, cause);
      this.line = line;
    }

    /** The line of the template that is wrong, from 1; empty where that is not known. */
    public OptionalInt line() {
      return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }
  }

  /**
   * Fills in the variables.
   *
   * @throws BadTemplateException when there is no such variable, or the braces do not fit
   */
  public static String render(String text, LabDescription lab, HostDescription host) {
    try {
      return COMPILER.compile(text).execute(variables(lab, host));
    } catch (MustacheException.Context unknown) {
      throw new BadTemplateException(
          "the template's variable {{%s}} is not known here".formatted(unknown.key),
          unknown.lineNo,
          unknown);
    } catch (StringIndexOutOfBoundsException malformed) {
      // jmustache 1.16 lets this out at {{a..b}}.
      throw new BadTemplateException(
          "the template is malformed: a part of a variable's name is empty", 0, malformed);
    } catch (MustacheException | UnsupportedOperationException malformed) {
      String why = String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
      Matcher line = LINE.matcher(why);
      throw new BadTemplateException(
          "the template is malformed: " + why,
          line.find() ? Integer.parseInt(line.group(1)) : 0,
          malformed);
    }
  }

  private static Map<String, Object> variables(LabDescription lab, HostDescription host) {
    Map<String, Object> hosts = new LinkedHashMap<>();
    lab.everyone().forEach(one -> hosts.put(one.name(), of(lab, one)));
    Map<String, Object> networks = new LinkedHashMap<>();
    for (NetworkDescription network : lab.networks()) {
      Map<String, Object> ranges = new LinkedHashMap<>();
      network.ipv4().ifPresent(range -> ranges.put("ipv4", range.toString()));
      network.ipv6().ifPresent(range -> ranges.put("ipv6", range.toString()));
      networks.put(network.name(), ranges);
    }
    return Map.of(
        "lab",
        Map.of("name", lab.name(), "hosts", List.copyOf(hosts.values())),
        "host",
        of(lab, host),
        "hosts",
        hosts,
        "networks",
        networks);
  }

  private static Map<String, Object> of(LabDescription lab, HostDescription host) {
    List<InetAddress> addresses = lab.addresses(host);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", host.name());
    values.put("fqdn", host.fqdn());
    values.put("addresses", addresses.stream().map(IpAddresses::text).toList());
    host.naming().domain().ifPresent(domain -> values.put("domain", domain));
    for (InetAddress address : addresses) {
      String text = IpAddresses.text(address);
      values.putIfAbsent("address", text);
      values.putIfAbsent(address instanceof Inet4Address ? "ipv4" : "ipv6", text);
    }
    return values;
  }
}
