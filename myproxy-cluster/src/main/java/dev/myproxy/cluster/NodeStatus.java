package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a node.
 *
 * @param weight     relative to the other nodes
 * @param reason     one line that says why it is in this state; empty before the first check
 * @param since      when it came into this state
 * @param checkTook  duration of the last check
 * @param lag        how far behind the last check found it
 */
public record NodeStatus(Address address, NodeState state, double weight, String reason, Instant since,
        Optional<Duration> checkTook, Optional<Duration> lag) {}
