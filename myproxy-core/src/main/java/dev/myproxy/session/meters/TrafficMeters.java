package dev.myproxy.session.meters;

import dev.myproxy.metrics.ServerCounter;
import dev.myproxy.metrics.Tally;

/**
 * Counts what has passed through one command phase, from running totals: called once per read burst, so that packets cost
 * nothing.
 */
public final class TrafficMeters {

    private final Tally<SessionCounter> clients;
    private final Tally<ServerCounter> server;
    private long receivedBytes;
    private long receivedPackets;
    private long queries;
    private long serverBytes;
    private long serverPackets;

    public TrafficMeters(Tally<SessionCounter> clients, Tally<ServerCounter> server) {
        this.clients = clients;
        this.server = server;
    }

    /** Takes the totals of the client's side. */
    public void client(long bytes, long packets, long statements) {
        clients.add(SessionCounter.RECEIVED_BYTES, bytes - receivedBytes);
        clients.add(SessionCounter.PACKETS_RECEIVED, packets - receivedPackets);
        clients.add(SessionCounter.QUERIES, statements - queries);
        receivedBytes = bytes;
        receivedPackets = packets;
        queries = statements;
    }

    /** Takes the totals of the server's side. */
    public void server(long bytes, long packets) {
        server.add(ServerCounter.RECEIVED_BYTES, bytes - serverBytes);
        server.add(ServerCounter.PACKETS_RECEIVED, packets - serverPackets);
        serverBytes = bytes;
        serverPackets = packets;
    }
}
