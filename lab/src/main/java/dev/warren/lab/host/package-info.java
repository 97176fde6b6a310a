/**
 * What a host is made of: its namespaces and who keeps them, its init, its private files, the
 * processes in it.
 *
 * <pre>
 *   JVM ──┬─ holds the namespace files (net, mnt, uts, ipc, pid)
 *         └─ holds the writing end of a pipe ─────────┐
 *                                                     ▼
 *   host: PID namespace ── 1 init (cat) reads the pipe; ignores SIGCHLD, so orphans are reaped
 *                          ├─ n  processes started by posix_spawn from a thread that entered
 *                          └─ m  processes started by nsenter (warren exec)
 * </pre>
 *
 * When the JVM ends, however it ends, the pipe closes, init ends, and the kernel kills all the
 * others and drops network and mounts.
 */
@NullMarked
package dev.warren.lab.host;

import org.jspecify.annotations.NullMarked;
