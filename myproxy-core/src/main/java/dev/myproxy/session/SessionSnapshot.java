package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.meters.Phase;
import dev.myproxy.tls.Encryption;
import dev.myproxy.tls.PeerTls;
import java.time.Duration;
import java.util.Optional;

/**
 * What there is to say about a session while it runs.
 *
 * @param id            connection id in the greeting
 * @param name          the session's name in log lines
 * @param account       as the script set it
 * @param address       the client's
 * @param tls           what the client's connection is encrypted with; empty without TLS
 * @param listener      that accepted the client
 * @param proxy         that the client came through, if any
 * @param server        that the client is connected to, or is being connected to; after COM_CHANGE_USER the old one until
 *                      there is a new one
 * @param serverTls     what the connection to the server is encrypted with; empty without TLS
 * @param readOnly      whether the script prefers a read-only server for it
 * @param phase         how far it has come
 * @param inPhase       how long it has been in that phase
 * @param age           how long ago the client was accepted
 * @param queries       COM_QUERY packets
 * @param receivedBytes from the client in the command phase
 * @param sentBytes     to the client in the command phase
 */
public record SessionSnapshot(long id, String name, Optional<ByteString> account, Address address,
        Optional<PeerTls> tls, Address listener, Optional<Address> proxy, Optional<Address> server,
        Optional<Encryption> serverTls, boolean readOnly, Phase phase, Duration inPhase, Duration age, long queries,
        long receivedBytes, long sentBytes) {}
