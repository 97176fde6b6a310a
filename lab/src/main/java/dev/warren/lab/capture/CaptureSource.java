package dev.warren.lab.capture;

/**
 * Where frames come from.
 *
 * @param device the interface in the lab's root namespace: a bridge, or a cable's end on one
 * @param link whether it is a cable's end: what comes in there was sent by the host
 * @param name what the capture calls it: {@code lan}, or {@code a:veth30}
 * @param description in a few words
 */
public record CaptureSource(String device, boolean link, String name, String description) {}
