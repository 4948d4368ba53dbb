package dev.myproxy.cluster;

import dev.myproxy.address.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a node.
 *
 * @param suspect   whether it has just failed, which a check has not confirmed yet: it comes behind the other nodes in its
 *                  state
 * @param weight    relative to the other nodes
 * @param reason    one line: what the last check found or, of a suspect, what failed; empty if there was nothing yet
 * @param since     when it came into this state
 * @param checkTook duration of the last check
 * @param lag       how far behind the last check found it
 */
public record NodeStatus(Address address, NodeState state, boolean suspect, double weight, String reason, Instant since,
        Optional<Duration> checkTook, Optional<Duration> lag) {}
