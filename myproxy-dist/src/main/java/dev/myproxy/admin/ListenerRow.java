package dev.myproxy.admin;

import java.util.OptionalLong;

/**
 * What is shown of a listener.
 *
 * @param kind      what it is for: {@code mysql}, {@code prometheus}, {@code admin} or {@code control}
 * @param accepting whether connections are accepted
 * @param accepted  how many were accepted so far; empty where there are no connections
 */
public record ListenerRow(String address, String kind, boolean accepting, OptionalLong accepted) {}
