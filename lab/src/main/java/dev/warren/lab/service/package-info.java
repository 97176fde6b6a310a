/**
 * Services of a running lab: starting them in order, seeing when they are ready, restarting and
 * stopping them. Each has a thread of its own that lives as long as the service runs.
 */
@NullMarked
package dev.warren.lab.service;

import org.jspecify.annotations.NullMarked;
