/**
 * The lab's DNS service: real DNS over UDP and TCP for the names of a lab's hosts.
 *
 * <p>What happens to a query, in this order:
 *
 * <ol>
 *   <li>what cannot be read gets FORMERR; answers and fragments get nothing;
 *   <li>a name in a forwarded zone goes, byte for byte and by the transport it came, to the server
 *       of that zone, the longest zone first: queries, updates (RFC 2136), TKEY (RFC 2930) and
 *       whatever else; no answer in time is SERVFAIL. Forwarding wins over the lab's own records,
 *       since that server is the authority for its zone;
 *   <li>a name of the lab is answered with its records, and with none for other types;
 *   <li>every other name does not exist: nobody outside is ever asked.
 * </ol>
 */
@NullMarked
package dev.warren.lab.dns;

import org.jspecify.annotations.NullMarked;
