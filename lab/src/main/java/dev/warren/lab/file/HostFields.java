package dev.warren.lab.file;

import dev.warren.lab.description.GroupDescription;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.Password;
import dev.warren.lab.description.UserDescription;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Reads what hosts have wherever they are described, in lab files and in testenvs:
 *
 * <pre>{@code
 * domain: example.test                  # the full name is NAME.example.test
 * aliases: [www, ftp.example.test]
 * search: [example.test]
 * private: [/var/lib/samba]             # directories of its own, empty at the start
 * users:
 *   - {name: ada, uid: 1000, gid: 1000, gecos: Ada, home: /home/ada, shell: /bin/bash}
 *   - {name: bob, uid: 1001, password: secret}   # or password-hash: $6$...
 * groups:
 *   - {name: staff2, gid: 1001, members: [ada]}
 * nsswitch: {passwd: files winbind}
 * }</pre>
 */
public final class HostFields {

  private final Problems problems;

  private HostFields(Problems problems) {
    this.problems = problems;
  }

  /** Takes these fields into the host; every mistake is reported at its value. */
  public static void read(Fields fields, HostBuilder host, Problems problems) {
    new HostFields(problems).read(fields, host);
  }

  private void read(Fields fields, HostBuilder host) {
    fields.scalar("domain").ifPresent(domain -> set(domain, host::domain));
    fields.scalars("aliases").forEach(alias -> set(alias, host::alias));
    fields.scalars("search").forEach(domain -> set(domain, host::search));
    FileFields files = new FileFields(problems);
    fields.items("private").forEach(one -> files.directory(one).ifPresent(host::privateDirectory));
    fields.fieldsList("users").forEach(user -> user(user).ifPresent(host::user));
    fields.fieldsList("groups").forEach(group -> group(group).ifPresent(host::group));
    fields
        .scalarMap("nsswitch")
        .forEach((database, sources) -> set(sources, text -> host.nsswitch(database, text)));
  }

  private void set(ScalarNode node, Function<String, HostBuilder> setter) {
    node.text(problems).ifPresent(text -> problems.attempt(node, () -> setter.apply(text)));
  }

  private Optional<UserDescription> user(Fields fields) {
    fields.require("name", "uid");
    Optional<String> name = fields.text("name");
    OptionalInt uid = fields.integer("uid", 0, Integer.MAX_VALUE);
    OptionalInt gid =
        fields.value("gid").isPresent() ? fields.integer("gid", 0, Integer.MAX_VALUE) : uid;
    String gecos = fields.text("gecos").orElse("");
    Optional<String> home = fields.text("home");
    String shell = fields.text("shell").orElse("/bin/sh");
    Optional<ScalarNode> plain = fields.scalar("password");
    Optional<ScalarNode> hash = fields.scalar("password-hash");
    if (plain.isPresent() && hash.isPresent()) {
      problems.add(fields.position("password"), "give \"password\" or \"password-hash\", not both");
    }
    Optional<Password> password =
        plain
            .flatMap(node -> problems.attempt(node, () -> Password.plain(node.value())))
            .or(
                () ->
                    hash.flatMap(
                        node -> problems.attempt(node, () -> Password.hash(node.value()))));
    fields.done();
    if (name.isEmpty() || uid.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        fields.node(),
        () ->
            new UserDescription(
                name.get(),
                uid.getAsInt(),
                gid.getAsInt(),
                gecos,
                home.orElse("/home/" + name.get()),
                shell,
                password));
  }

  private Optional<GroupDescription> group(Fields fields) {
    fields.require("name", "gid");
    Optional<String> name = fields.text("name");
    OptionalInt gid = fields.integer("gid", 0, Integer.MAX_VALUE);
    var members = fields.texts("members");
    fields.done();
    if (name.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    return problems.attempt(
        fields.node(), () -> new GroupDescription(name.get(), gid.getAsInt(), members));
  }
}
