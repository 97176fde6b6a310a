/**
 * Link conditions on the cables of a running lab: by the kernel's netem or tbf where it has them,
 * by a wire in user space otherwise.
 *
 * <pre>
 *  root namespace        namespace of the wires        host
 *  bridge - veth30-br ══ wire30 ─ two pumps ─ veth30-br ══ veth30
 * </pre>
 *
 * To put a wire into a cable its outer end moves from the root namespace to that of the wires, with
 * the host's end and all that it has untouched, and a new end of the same name, index and hardware
 * address takes its place on the bridge. A pump for each direction passes frames on.
 */
@NullMarked
package dev.warren.lab.wire;

import org.jspecify.annotations.NullMarked;
