package dev.warren.linux.nftables;

import dev.warren.linux.netlink.message.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages that the kernel carries out all or none. Constants from linux/netfilter/nfnetlink.h and
 * linux/netfilter/nf_tables.h.
 */
final class Batch {
  /** More than any message takes: a rule has a few expressions of less than 100 bytes each. */
  private static final int LONGEST_MESSAGE = 2048;

  private static final int NLM_F_REQUEST = 0x01;
  private static final int NLM_F_ACK = 0x04;
  private static final int NLM_F_CREATE = 0x400;
  private static final int NLM_F_APPEND = 0x800;

  private static final int NFNL_MSG_BATCH_BEGIN = 0x10;
  private static final int NFNL_MSG_BATCH_END = 0x11;
  private static final int NFNL_SUBSYS_NFTABLES = 10;

  private static final int NFT_MSG_NEWTABLE = 0;
  private static final int NFT_MSG_DELTABLE = 2;
  private static final int NFT_MSG_NEWCHAIN = 3;
  private static final int NFT_MSG_NEWRULE = 6;

  private static final int NFTA_TABLE_NAME = 1;
  private static final int NFTA_CHAIN_TABLE = 1;
  private static final int NFTA_CHAIN_NAME = 3;
  private static final int NFTA_CHAIN_HOOK = 4;
  private static final int NFTA_CHAIN_POLICY = 5;
  private static final int NFTA_CHAIN_TYPE = 7;
  private static final int NFTA_HOOK_HOOKNUM = 1;
  private static final int NFTA_HOOK_PRIORITY = 2;
  private static final int NFTA_HOOK_DEV = 3;
  private static final int NFTA_RULE_TABLE = 1;
  private static final int NFTA_RULE_CHAIN = 2;
  private static final int NFTA_RULE_EXPRESSIONS = 4;

  private final List<Part> parts = new ArrayList<>();

  /** A message still to be written. */
  private record Part(
      String words, int type, int flags, Family family, Consumer<Message> attributes) {}

  Batch addTable(Family family, String name) {
    return table("add table", NFT_MSG_NEWTABLE, NLM_F_CREATE, family, name);
  }

  /** Must be there: {@link #addTable} does nothing to one that is. */
  Batch deleteTable(Family family, String name) {
    return table("delete table", NFT_MSG_DELTABLE, 0, family, name);
  }

  private Batch table(String verb, int type, int flags, Family family, String name) {
    String words = "nftables: %s %s %s".formatted(verb, family, name);
    parts.add(
        new Part(words, type, flags, family, message -> message.attribute(NFTA_TABLE_NAME, name)));
    return this;
  }

  Batch addChains(Table table) {
    for (Chain chain : table.chains()) {
      parts.add(
          new Part(
              "nftables: add chain " + chain.name() + " " + chain.hook(),
              NFT_MSG_NEWCHAIN,
              NLM_F_CREATE,
              table.family(),
              message -> chain(message, table.name(), chain)));
      for (Rule rule : chain.rules()) {
        parts.add(
            new Part(
                "nftables: add rule to " + chain.name() + ": " + rule,
                NFT_MSG_NEWRULE,
                NLM_F_CREATE | NLM_F_APPEND,
                table.family(),
                message -> rule(message, table.name(), chain.name(), rule)));
      }
    }
    return this;
  }

  private static void chain(Message message, String table, Chain chain) {
    Hook hook = chain.hook();
    message
        .attribute(NFTA_CHAIN_TABLE, table)
        .attribute(NFTA_CHAIN_NAME, chain.name())
        .nested(
            NFTA_CHAIN_HOOK,
            () -> {
              message
                  .bigEndian(NFTA_HOOK_HOOKNUM, hook.point().number())
                  .bigEndian(NFTA_HOOK_PRIORITY, hook.priority());
              hook.device().ifPresent(device -> message.attribute(NFTA_HOOK_DEV, device));
            })
        .bigEndian(NFTA_CHAIN_POLICY, hook.policy().number())
        .attribute(NFTA_CHAIN_TYPE, hook.type().toString());
  }

  private static void rule(Message message, String table, String chain, Rule rule) {
    message
        .attribute(NFTA_RULE_TABLE, table)
        .attribute(NFTA_RULE_CHAIN, chain)
        .nested(NFTA_RULE_EXPRESSIONS, () -> new RuleEncoder(message).append(rule));
  }

  /** How many messages can be answered: those of the batch and the one that begins it. */
  int answers() {
    return parts.size() + 1;
  }

  /** What one of them is to do, counted from 0. */
  String describe(int index) {
    return index == 0 ? "nftables" : parts.get(index - 1).words();
  }

  /** How many bytes it takes at most. */
  int room() {
    return LONGEST_MESSAGE * (parts.size() + 2);
  }

  void write(ByteBuffer buffer, int sequence) {
    frame(buffer, NFNL_MSG_BATCH_BEGIN, sequence);
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      // The answer to the last one comes when everything is done.
      int acknowledge = i == parts.size() - 1 ? NLM_F_ACK : 0;
      Message message =
          new Message(
                  buffer,
                  NFNL_SUBSYS_NFTABLES << 8 | part.type(),
                  NLM_F_REQUEST | part.flags() | acknowledge,
                  sequence + 1 + i)
              .bytes(part.family().number(), 0, 0, 0);
      part.attributes().accept(message);
      message.finish();
    }
    frame(buffer, NFNL_MSG_BATCH_END, sequence + 1 + parts.size());
  }

  /** struct nfgenmsg: family, version, and whose batch it is, big-endian. */
  private static void frame(ByteBuffer buffer, int type, int sequence) {
    new Message(buffer, type, NLM_F_REQUEST, sequence)
        .bytes(0, 0, 0, NFNL_SUBSYS_NFTABLES)
        .finish();
  }
}
