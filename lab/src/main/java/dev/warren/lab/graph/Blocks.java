package dev.warren.lab.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topology as a graph with two kinds of ends: what holds hosts with several links, and networks
 * with all hosts that are on them alone.
 *
 * @param joints each from a block of hosts to one of a network
 * @param byBlock those of each block
 */
record Blocks(List<Block> blocks, List<Joint> joints, List<List<Joint>> byBlock) {
  /** From so many hosts on the same networks they are drawn as one block. */
  private static final int CROWD = 4;

  /**
   * What is laid out as one thing.
   *
   * @param network absent for hosts
   * @param colour the network's number
   * @param hosts those inside
   * @param root the root with its addresses on the network, where it has any
   */
  record Block(
      Picture.Kind kind,
      Optional<Topology.Network> network,
      int colour,
      List<Topology.Node> hosts,
      Optional<Topology.Node> root) {
    boolean isHost() {
      return network.isEmpty() && kind != Picture.Kind.LONELY;
    }
  }

  /**
   * A line between two blocks.
   *
   * @param label what stands at the host's end
   */
  record Joint(int host, int network, List<String> label) {
    int other(int block) {
      return block == host ? network : host;
    }
  }

  static Blocks of(Topology topology) {
    return new Builder(topology).build();
  }

  /** The joints of a block. */
  List<Joint> of(int block) {
    return byBlock.get(block);
  }

  private static final class Builder {
    private final Topology topology;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Joint> joints = new ArrayList<>();
    private final Map<String, Integer> blockOf = new HashMap<>();

    Builder(Topology topology) {
      this.topology = topology;
    }

    Blocks build() {
      Map<String, List<Topology.Node>> leaves = new HashMap<>();
      Map<List<String>, List<Topology.Node>> others = new LinkedHashMap<>();
      List<Topology.Node> lonely = new ArrayList<>();
      for (Topology.Node host : topology.hosts()) {
        List<String> networks = host.links().stream().map(Topology.Link::network).toList();
        List<String> distinct = networks.stream().distinct().toList();
        if (networks.isEmpty()) {
          lonely.add(host);
        } else if (distinct.size() == 1 && !isCable(distinct.getFirst())) {
          leaves.computeIfAbsent(distinct.getFirst(), _ -> new ArrayList<>()).add(host);
        } else {
          others
              .computeIfAbsent(networks.stream().sorted().toList(), _ -> new ArrayList<>())
              .add(host);
        }
      }
      for (Topology.Network network : topology.networks()) {
        blockOf.put(network.name(), blocks.size());
        blocks.add(
            new Block(
                isCable(network.name()) ? Picture.Kind.CABLE : Picture.Kind.NETWORK,
                Optional.of(network),
                topology.networks().indexOf(network),
                List.copyOf(leaves.getOrDefault(network.name(), List.of())),
                root(network)));
      }
      others.forEach(this::hosts);
      if (!lonely.isEmpty()) {
        blocks.add(
            new Block(
                Picture.Kind.LONELY, Optional.empty(), -1, List.copyOf(lonely), Optional.empty()));
      }
      List<List<Joint>> byBlock = new ArrayList<>();
      blocks.forEach(_ -> byBlock.add(new ArrayList<>()));
      for (Joint joint : joints) {
        byBlock.get(joint.host()).add(joint);
        byBlock.get(joint.network()).add(joint);
      }
      return new Blocks(List.copyOf(blocks), List.copyOf(joints), byBlock);
    }

    private Optional<Topology.Node> root(Topology.Network network) {
      Topology.Node root = topology.root();
      List<Topology.Link> links =
          root.links().stream().filter(link -> link.network().equals(network.name())).toList();
      return links.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Topology.Node(
                  root.name(), root.fullName(), root.roles(), root.services(), links));
    }

    private void hosts(List<String> networks, List<Topology.Node> hosts) {
      boolean sole = networks.stream().distinct().count() == networks.size();
      if (hosts.size() >= CROWD && sole && networks.stream().noneMatch(this::isCable)) {
        int block = add(Picture.Kind.GROUP, hosts);
        for (String network : networks) {
          joints.add(new Joint(block, block(network), List.of(hosts.size() + " links")));
        }
        return;
      }
      for (Topology.Node host : hosts) {
        int block = add(Picture.Kind.GROUP, List.of(host));
        for (Topology.Link link : host.links()) {
          List<String> label = new ArrayList<>(List.of(link.name()));
          label.addAll(link.conditions());
          joints.add(new Joint(block, block(link.network()), label));
        }
      }
    }

    private int add(Picture.Kind kind, List<Topology.Node> hosts) {
      blocks.add(new Block(kind, Optional.empty(), -1, List.copyOf(hosts), Optional.empty()));
      return blocks.size() - 1;
    }

    private int block(String network) {
      return blockOf.getOrDefault(network, 0);
    }

    /** Whether a network only joins two different hosts, and so is drawn as a line. */
    private boolean isCable(String name) {
      return topology.networks().stream().anyMatch(n -> n.name().equals(name) && n.cable())
          && topology.hosts().stream()
                  .filter(host -> host.links().stream().anyMatch(l -> l.network().equals(name)))
                  .count()
              == 2
          && topology.hosts().stream()
                  .flatMap(host -> host.links().stream())
                  .filter(l -> l.network().equals(name))
                  .count()
              == 2;
    }
  }
}
