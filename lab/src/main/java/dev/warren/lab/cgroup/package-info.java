/**
 * Control groups: how much of the machine a host may use (cgroups(7)). {@link
 * dev.warren.lab.cgroup.Cgroup} is a host's own.
 */
@NullMarked
package dev.warren.lab.cgroup;

import org.jspecify.annotations.NullMarked;
