package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.meters.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * What there is to say about a session while it runs.
 *
 * @param id            connection id in the greeting
 * @param name          the session's name in log lines
 * @param account       as the script set it
 * @param address       the client's
 * @param listener      that accepted the client
 * @param server        that the client is connected to, or is being connected to; after COM_CHANGE_USER the old one until
 *                      there is a new one
 * @param readOnly      whether the script prefers a read-only server for it
 * @param phase         how far it has come
 * @param inPhase       how long it has been in that phase
 * @param age           how long ago the client was accepted
 * @param queries       COM_QUERY packets
 * @param receivedBytes from the client in the command phase
 * @param sentBytes     to the client in the command phase
 */
public record SessionSnapshot(long id, String name, Optional<ByteString> account, Address address, Address listener,
        Optional<Address> server, boolean readOnly, Phase phase, Duration inPhase, Duration age, long queries,
        long receivedBytes, long sentBytes) {}
