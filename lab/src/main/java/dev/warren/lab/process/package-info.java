/** Processes of hosts: commands to start, what runs, and stopping all of it for a while. */
@NullMarked
package dev.warren.lab.process;

import org.jspecify.annotations.NullMarked;
