package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Labs of all shapes, the same for the same seed. */
final class RandomTopologies {
  private final RandomGenerator random;
  private int links;

  private RandomTopologies(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static Stream<Topology> some(int count) {
    return IntStream.range(0, count).mapToObj(RandomTopologies::of);
  }

  static Topology of(int seed) {
    return new RandomTopologies(seed).next(seed);
  }

  private Topology next(int seed) {
    List<Topology.Network> networks = new ArrayList<>();
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      networks.add(
          new Topology.Network(
              name(1, 15), List.of("10.0.0.0/24", "fd00::/64"), random.nextInt(3) == 0));
    }
    List<Topology.Node> hosts = new ArrayList<>();
    int most = seed % 10 == 0 ? 60 : 14;
    for (int i = random.nextInt(0, most); i > 0; i--) {
      hosts.add(node(networks, random.nextInt(4) == 0 ? random.nextInt(0, 5) : 1));
    }
    return new Topology("lab" + seed, networks, node(networks, random.nextInt(3)), hosts);
  }

  private Topology.Node node(List<Topology.Network> networks, int count) {
    List<Topology.Link> own = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Topology.Network network = networks.get(random.nextInt(networks.size()));
      int number = ++links;
      own.add(
          new Topology.Link(
              network.name(),
              "veth" + number,
              List.of("10.0.0." + number, "2001:db8:1111:2222:3333:4444:5555:" + number),
              random.nextInt(4) == 0 ? List.of("20ms ±5ms", "loss 1%") : List.of()));
    }
    String name = name(1, 63);
    return new Topology.Node(
        name,
        name + ".example.test",
        random.nextInt(4) == 0 ? List.of("router", "NAT") : List.of(),
        random.nextInt(4) == 0 ? List.of("web", name(1, 40), name(1, 20)) : List.of(),
        own);
  }

  private String name(int least, int most) {
    StringBuilder name = new StringBuilder();
    for (int i = random.nextInt(least, most + 1); i > 0; i--) {
      name.append("abcdWMil-0123".charAt(random.nextInt(13)));
    }
    return name.append(++links).toString();
  }
}
