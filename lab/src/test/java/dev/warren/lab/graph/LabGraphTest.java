package dev.warren.lab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.NetworkDescription;
import dev.warren.lab.description.NetworkSettings;
import dev.warren.lab.description.Subnet;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the drawings of a lab say. */
class LabGraphTest {
  private static final LabDescription LAB =
      LabDescription.builder("shop")
          .network("lan", "10.1.0.0/24", "fd01::/64")
          .network("wan", "10.2.0.0/24")
          .root(HostDescription.named("visitor").on("lan", 11).build())
          .host(HostDescription.named("web").domain("shop.test").on("lan", 80))
          .host(HostDescription.named("router").on("lan", 1).on("wan", 2))
          .host(HostDescription.named("db").on("wan", 3))
          .build();

  @Test
  void theSvgShowsEveryHostAndAddress() throws Exception {
    assertThat(texts(LabGraph.svg(LAB), "text"))
        .contains("shop", "3 hosts, 2 networks")
        .contains("lan", "10.1.0.0/24", "fd01::/64", "wan", "10.2.0.0/24")
        .contains("visitor", "10.1.0.11", "fd01::b")
        .contains("web", "10.1.0.80", "fd01::50", "veth80")
        .contains("router", "10.1.0.1", "10.2.0.2", "veth1", "veth2")
        .contains("db", "10.2.0.3", "veth3");
  }

  @Test
  void routersSayWhatTheyDoAndCablesAreLines() throws Exception {
    LabDescription lab =
        LabDescription.builder("routed")
            .network("lan", "10.1.0.0/24")
            .network(
                new NetworkDescription(
                    "line",
                    Optional.of(Subnet.parse("10.2.0.0/24")),
                    Optional.empty(),
                    NetworkSettings.DEFAULT.asCable()))
            .host(
                HostDescription.named("gate")
                    .on("lan", 1)
                    .on("line", 2)
                    .routing(HostRouting.NONE.forwarding(true).masquerade("line")))
            .host(HostDescription.named("far").on("line", 3))
            .build();

    assertThat(texts(LabGraph.svg(lab), "text"))
        .contains("2 hosts, 1 network, 1 cable", "router", "NAT");
    assertThat(LabLayout.of(Topology.of(lab)).panels().stream().map(Picture.Panel::kind))
        .containsExactlyInAnyOrder(Picture.Kind.NETWORK, Picture.Kind.CABLE);
  }

  @Test
  void theSvgTellsTheSameToThoseWhoCannotSeeIt() throws Exception {
    String svg = LabGraph.svg(LAB);

    assertThat(texts(svg, "title")).contains("Lab shop", "web.shop.test");
    assertThat(texts(svg, "desc"))
        .containsExactly(
            "Lab shop: 3 hosts, 2 networks."
                + " Network lan has 10.1.0.0/24 and fd01::/64. Network wan has 10.2.0.0/24."
                + " Root visitor has 10.1.0.11 and fd01::b on lan."
                + " Host web has 10.1.0.80 and fd01::50 on lan."
                + " Host router has 10.1.0.1 and fd01::1 on lan, 10.2.0.2 on wan."
                + " Host db has 10.2.0.3 on wan.");
  }

  @Test
  void theSvgFollowsTheViewersChoiceOfLightOrDark() {
    assertThat(LabGraph.svg(LAB)).contains("@media (prefers-color-scheme: dark)");
  }

  @Test
  void theSameLabGivesTheSameBytes() {
    for (Topology lab : RandomTopologies.some(20).toList()) {
      assertThat(LabGraph.svg(lab)).isEqualTo(LabGraph.svg(lab));
      assertThat(LabGraph.mermaid(lab)).isEqualTo(LabGraph.mermaid(lab));
    }
  }

  @Test
  void everySvgIsWellFormed() throws Exception {
    for (Topology lab : RandomTopologies.some(60).toList()) {
      assertThat(parse(LabGraph.svg(lab)).getDocumentElement().getTagName()).isEqualTo("svg");
    }
  }

  @Test
  void whatMeansSomethingInXmlIsTextInNames() throws Exception {
    assertThat(texts(LabGraph.svg(odd("<b>&amp;\"'")), "text")).contains("<b>&amp;\"'");
    assertThat(texts(LabGraph.svg(odd("bell\u0007 and ]]>")), "text")).contains("bell? and ]]>");
  }

  @Test
  void whatMeansSomethingInMermaidIsWrittenAsCodes() {
    assertThat(LabGraph.mermaid(odd("\"]; end|<br>#")))
        .contains("[\"#34;#93;#59; end#124;#60;br#62;#35;\"]");
  }

  @Test
  void mermaidSaysTheSame() {
    assertThat(LabGraph.mermaid(LAB))
        .isEqualTo(
            """
            flowchart TB
              accTitle: Lab shop
              accDescr: %s
              n0(["lan<br/>10.1.0.0/24<br/>fd01::/64"]):::network
              n1(["wan<br/>10.2.0.0/24"]):::network
              root{{"visitor<br/>root"}}:::rootHost
              root -.-|"10.1.0.11<br/>fd01::b"| n0
              h0["web"]:::host
              h0 ---|"veth80<br/>10.1.0.80<br/>fd01::50"| n0
              h1["router"]:::host
              h1 ---|"veth1<br/>10.1.0.1<br/>fd01::1"| n0
              h1 ---|"veth2<br/>10.2.0.2"| n1
              h2["db"]:::host
              h2 ---|"veth3<br/>10.2.0.3"| n1
              classDef network fill:#2b66d1,stroke:#2b66d1,color:#ffffff
              classDef cable fill:#ffffff,stroke:#2b66d1,color:#18212d
              classDef host fill:#ffffff,stroke:#8b97a6,color:#18212d
              classDef router fill:#dfe5ee,stroke:#18212d,color:#18212d
              classDef rootHost fill:#edf0f5,stroke:#8b97a6,color:#18212d,stroke-dasharray:4 3
            """
                .formatted(Summary.of(Topology.of(LAB))));
  }

  private static Topology odd(String name) {
    return new Topology(
        "odd",
        List.of(),
        new Topology.Node("root", "root", List.of(), List.of(), List.of()),
        List.of(new Topology.Node(name, name, List.of(), List.of(), List.of())));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(String svg, String element) throws Exception {
    NodeList found = parse(svg).getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }
}
