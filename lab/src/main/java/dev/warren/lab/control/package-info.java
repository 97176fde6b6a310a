/**
 * The labs that run: where they are registered, who keeps them, how they end.
 *
 * <pre>
 * DIRECTORY                    $XDG_RUNTIME_DIR/warren, /run/warren (root), /run/user/UID/warren or /tmp/warren-UID; 0700
 *   LAB                        appears complete, by rename(2)
 *     pid                      "PID START" of the supervisor
 *     lab.json                 what `warren ls` shows
 *     hosts/NAME               pid=, start=, user=: what `warren exec` reads
 *     networks                   their names: what shells complete
 *     services                   "HOST SERVICE", the same
 *     control                  socket that takes requests, see {@link dev.warren.lab.control.LabRequest}
 *     events.jsonl             what happened, see {@link dev.warren.lab.event.EventLog}
 *     log                      output of a supervisor that was detached
 *     state                    the lab's own files on the machine
 *   .new-PID-*                 a LAB before it is complete; PID is that of its supervisor
 *   .starting.PID.*            log of a supervisor that is starting; PID is that of its launcher
 *   .testenv.PID.*             pipes between a launcher and the supervisor that it starts
 * </pre>
 *
 * <p>When the supervisor dies, however it dies, a janitor outside of the lab removes the lab's
 * folder; where there is none (a power cut), the next command that looks does. The other entries
 * that nobody needs any more are removed when the next lab starts.
 */
@NullMarked
package dev.warren.lab.control;

import org.jspecify.annotations.NullMarked;
